"""From a request to `/sparql` to its response: what is asked, who evaluates it, the answer as it lies on the disk."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any

import orjson
from fastapi import FastAPI, Request, Response
from starlette.types import Receive, Scope, Send

from api.answer import respond
from api.errors import GONE, Refusal, is_for_people, owed, told_of
from api.middleware import QUERIES
from api.negotiate import NotAcceptable, negotiate
from api.pages.foot import stamp
from api.pages.sparql import Told, page
from api.place import Place
from api.site import Site
from api.sparql.asked import Asked, asked
from api.sparql.described import describe_get, describe_post
from api.sparql.description import describe, endpoint, graph
from api.sparql.examples import examples
from api.sparql.keeper import Keeper
from api.sparql.pool import Limits
from api.sparql.snapshot import Snapshot
from api.sparql.syntaxes import GRAPHS, PAGE, TABLES, Syntax
from graph.errors import BadRequest, Busy, GraphError, TooLarge, Unavailable
from schema.vocabulary import PREFIXES

SUMMARY = "A query in SPARQL 1.1, read-only; without one what the endpoint is"
SMALL, PIECE = 1 << 18, 1 << 16  # bytes that are sent at once, and that are read at once of more
SENDING = 32  # large answers that are sent at the same time
PATIENCE, SLOWEST = 60.0, 16_384  # seconds that any answer may take to be read, and bytes a second beyond
KEPT = {"Cache-Control": "no-store", "Vary": "Accept"}  # NOW() and RAND() answer otherwise each time


async def sparql(request: Request) -> Response:
    """The answer to a query; without one the service description, or the page on which to write one."""
    try:
        told = await asked(request, graph(Site.of(request).base))
        request.state.query_text = told.query
        return _described(request, told) if told.query is None else await _answered(request, told, told.query)
    except (GraphError, Refusal, NotAcceptable) as error:
        if not is_for_people(request):
            raise
        problem = told_of(request, error)
        query = getattr(request.state, "query_text", None) or request.query_params.get("query", "")
        return _page(request, Told(query, problem=problem), problem["status"], owed(problem["status"]))


async def _answered(request: Request, told: Asked, query: str) -> Response:
    site, keeper = Site.of(request), _keeper(request)
    table, rdf = _syntax(request, told, (*TABLES, PAGE)), _syntax(request, told, (*GRAPHS, PAGE))
    if not (table or rdf):
        raise NotAcceptable(_accept(request, told), (*TABLES, *GRAPHS, PAGE))
    question = {
        "query": query,
        "base": site.base,
        "graph": graph(site.base),
        "table_syntax": table.suffix if table else "",
        "graph_syntax": rdf.suffix if rdf else "",
        "prefixes": PREFIXES,
    }
    with closing(_Handed(keeper.spool())) as spool:
        snapshot, found = await keeper.evaluate(question, spool.file)
        _refuse(request, told, found)
        if found["syntax"] == PAGE.suffix:
            spool.file.seek(0)
            offered = [each.suffix for each in (GRAPHS if found["graph"] else TABLES)]
            shown = Told(query, orjson.loads(spool.file.read()), None, offered)
            return _page(request, shown, 200, KEPT | _version(snapshot))
        chosen = {each.suffix: each for each in (table, rdf) if each}[found["syntax"]]
        return _sent(keeper, spool, KEPT | _version(snapshot) | {"Content-Type": chosen.content_type})


def _page(request: Request, told: Told, status: int, headers: dict[str, str]) -> Response:
    site, keeper = Site.of(request), _kept(request)
    snapshot, limits = keeper.newest if keeper else None, keeper.limits if keeper else Limits()
    about = {
        "version": stamp(snapshot.hash, snapshot.instant) if snapshot else None,
        "triples": f"{snapshot.triples:,}" if snapshot else "",
        "limits": f"A query has {limits.seconds:g} seconds and {limits.memory >> 20} MB; an answer at most "
        f"{limits.rows:,} rows and {limits.bytes >> 20} MB. What is more is refused, never cut.",
    }
    body = page(told, examples(), Place(site.base, endpoint(site.base), root=request.state.root), about)
    return Response(body, status, headers | {"Vary": "Accept", "Content-Type": PAGE.content_type})


def _kept(request: Request) -> Keeper | None:
    found: Keeper | None = request.app.state.sparql
    return found


def _keeper(request: Request) -> Keeper:
    if (keeper := _kept(request)) is None:
        raise Unavailable("no snapshot is kept here that queries could be asked of")
    return keeper


def _accept(request: Request, told: Asked) -> str:
    return told.format or ",".join(request.headers.getlist("accept"))


def _syntax(request: Request, told: Asked, offer: tuple[Syntax, ...]) -> Syntax | None:
    """What of these the client takes best, None where nothing."""
    try:
        return negotiate(None, told.format or None, ",".join(request.headers.getlist("accept")), offer)
    except NotAcceptable:
        return None


def _refuse(request: Request, told: Asked, found: dict[str, Any]) -> None:
    fault = found.get("fault")
    if fault == "query":
        raise BadRequest([{"parameter": "query", "detail": found["told"]}])
    if fault == "syntax":
        raise NotAcceptable(_accept(request, told), GRAPHS if found["graph"] else TABLES)
    if fault == "much":
        raise TooLarge(
            f"the answer has more than {found['told']}; ask for less, or page through it by ORDER BY, LIMIT, OFFSET"
        )
    if fault:
        raise GraphError(f"the query could not be evaluated: {found['told']}")


def _version(snapshot: Snapshot) -> dict[str, str]:
    return {"Result-Version": snapshot.hash, "Result-Version-At": snapshot.instant}


def _described(request: Request, told: Asked) -> Response:
    accept = ",".join(request.headers.getlist("accept"))
    form = negotiate(None, told.format or None, accept, (*GRAPHS, PAGE))
    if form is PAGE:
        return _page(request, Told(), 200, {"Cache-Control": "no-store"})
    keeper = _kept(request)
    snapshot = keeper.newest if keeper else None
    body = describe(Site.of(request).base, snapshot, form.suffix)
    response = respond(request, body, form.content_type)
    response.headers.update(_version(snapshot) if snapshot else {})
    return response


class _Handed:
    """A file that is closed here unless it was handed on."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self._ours = file, True

    def hand_on(self) -> IO[bytes]:
        """The file, which is the taker's from now on."""
        self._ours = False
        return self.file

    def close(self) -> None:
        if self._ours:
            self.file.close()


def _sent(keeper: Keeper, spool: _Handed, headers: dict[str, str]) -> Response:
    size = spool.file.seek(0, 2)
    spool.file.seek(0)
    if size <= SMALL:
        return Response(spool.file.read(), headers=headers)
    if keeper.sending >= SENDING:
        raise Busy("too many large answers are being sent")
    return _Large(keeper, spool.hand_on(), size, headers)


class _Large(Response):
    """An answer that is read from the disk as fast as the client takes it; who is too slow is left with a part.

    Its length is told, or its end, so that nobody takes a part for all.
    """

    def __init__(self, keeper: Keeper, file: IO[bytes], size: int, headers: dict[str, str]) -> None:
        super().__init__(headers=headers | {"Content-Length": str(size)})
        self._keeper, self._file, self._size = keeper, file, size
        keeper.sending += 1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            async with asyncio.timeout(PATIENCE + self._size / SLOWEST):
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                for piece in self._pieces():
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            raise asyncio.CancelledError(GONE) from None
        finally:
            self._keeper.sending -= 1
            self._file.close()

    def _pieces(self) -> Iterator[bytes]:
        while piece := self._file.read(PIECE):
            yield piece


def add_sparql(app: FastAPI) -> None:
    """Give queries their address, by both methods."""
    for method, name, told in (("GET", "sparql", describe_get()), ("POST", "sparql-post", describe_post())):
        app.add_api_route(
            QUERIES,
            sparql,
            methods=[method],
            operation_id=name,
            summary=SUMMARY,
            response_class=Response,
            tags=["graph"],
            openapi_extra=told,
        )
