"""The addresses that ask no named query: the catalogue of them, the schema, identities, health, pages for people."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.answer import respond
from api.errors import PROBLEMS
from api.formats import FORMATS
from api.negotiate import LINKED_DATA_ORDER, choose
from api.pages import artefacts, docs, front, questions
from graph.errors import NotFound, Unavailable
from graph.run import run
from schema.derive import ARTEFACTS
from schema.spelling import near

JSON = "application/json"
HTML = "text/html; charset=utf-8"
FOR_ALL = (FORMATS["json"], FORMATS["html"])


async def list_queries(request: Request) -> Response:
    """All named queries, as records or as a page."""
    queries = request.app.state.queries
    listed = [questions.about(q, request.app.state.base) for q in queries.values()]
    return _for_all(request, {"queries": listed}, questions.page(queries))


async def one_query(request: Request) -> Response:
    """One named query, as a record or as a form."""
    name, queries = request.path_params["name"], request.app.state.queries
    if name not in queries:
        raise NotFound(f"no query has the name {name}", near(name, queries, 3))
    about = questions.about(queries[name], request.app.state.base)
    return _for_all(request, about, questions.form(queries[name]))


async def list_schema(request: Request) -> Response:
    """What is derived from the types, as records or as a page."""
    listed = artefacts.listed(request.app.state.base)
    return _for_all(request, {"artefacts": listed}, artefacts.page(listed))


async def one_artefact(request: Request) -> Response:
    """One file derived from the types."""
    file = request.path_params["file"]
    for artefact in ARTEFACTS.values():
        if file == artefact.FILE:
            return respond(request, artefact.render().encode(), artefact.MEDIA_TYPE)
    raise NotFound(f"no artefact has the name {file}", [a.FILE for a in ARTEFACTS.values()])


async def identity(request: Request) -> Response:
    """From a thing to what is known of it, in the format the client wants; Turtle where it leaves the choice."""
    id = request.path_params["id"]
    request.app.state.queries["entity"].check({"id": id})
    form = choose(request, LINKED_DATA_ORDER)
    kind = "claims" if re.fullmatch(r"c-[0-9a-f]{16}", id) else "entities"
    return RedirectResponse(f"/v1/{kind}/{id}.{form.suffix}", 303, {"Vary": "Accept"})


async def healthz(request: Request) -> Response:
    """That the process runs, whatever the store does."""
    return Response(b'{"status":"ok"}', headers={"Cache-Control": "no-store"}, media_type=JSON)


async def readyz(request: Request) -> Response:
    """That the store answers and holds claims."""
    everything = request.app.state.queries["claims"]
    found = await run(request.app.state.graph, everything, everything.check({"limit": 1}))
    if not found.rows:
        raise Unavailable("the store holds no claims yet; load some")
    return Response(b'{"status":"ready"}', headers={"Cache-Control": "no-store"}, media_type=JSON)


async def problem_type(request: Request) -> Response:
    """What the `type` of a problem means."""
    slug = request.path_params["slug"]
    if slug not in PROBLEMS:
        raise NotFound(f"no problem has the name {slug}", list(PROBLEMS))
    status, title, meaning = PROBLEMS[slug]
    body: dict[str, Any] = {"type": slug, "status": status, "title": title, "meaning": meaning}
    return respond(request, orjson.dumps(body), JSON)


async def front_page(request: Request) -> Response:
    """The canned questions."""
    return respond(request, front.page(request.app.state.queries), HTML)


async def documentation(request: Request) -> Response:
    """The HTTP interface as a page."""
    return respond(request, docs.page(request.app.openapi()), HTML)


async def openapi(request: Request) -> Response:
    """The HTTP interface as OpenAPI."""
    return respond(request, orjson.dumps(request.app.openapi()), JSON)


def _for_all(request: Request, record: dict[str, Any], page: bytes) -> Response:
    form = choose(request, FOR_ALL)
    return respond(request, page if form.suffix == "html" else orjson.dumps(record), form.content_type)


@dataclass(frozen=True)
class Plain:
    """A route by hand: examples of its path's parameters, media types it answers in, suffixes that `format` takes."""

    path: str
    endpoint: Callable[[Request], Awaitable[Response]]
    summary: str = ""
    examples: Mapping[str, str] = field(default_factory=dict)
    content: Sequence[str] = (JSON,)
    suffixes: Sequence[str] = ()
    status: int = 200


_ALL: dict[str, Any] = {"content": [f.media_type for f in FOR_ALL], "suffixes": [f.suffix for f in FOR_ALL]}
_DERIVED = sorted({a.MEDIA_TYPE for a in ARTEFACTS.values()})

PLAIN = (
    Plain("/v1/queries", list_queries, "All named queries", **_ALL),
    Plain(
        "/v1/queries/{name}",
        one_query,
        "One named query: question, parameters, columns, Cypher",
        {"name": "groups-advising-mayors"},
        **_ALL,
    ),
    Plain("/v1/schema", list_schema, "What can be said: the derived artefacts", **_ALL),
    Plain("/v1/schema/{file}", one_artefact, "One derived artefact", {"file": "ontology.ttl"}, _DERIVED),
    Plain(
        "/id/{id}",
        identity,
        "The thing itself: leads to what is known of it",
        {"id": "new-york-city"},
        (),
        [f.suffix for f in LINKED_DATA_ORDER],
        303,
    ),
    Plain("/healthz", healthz, "The process runs"),
    Plain("/readyz", readyz, "The store answers and holds claims"),
    Plain("/problems/{slug}", problem_type, "What a problem type means", {"slug": "not-found"}),
)

# For people, or saying nothing of its own; the last is reached only where no query has the name.
PAGES = (
    Plain("/", front_page),
    Plain("/docs", documentation),
    Plain("/openapi.json", openapi),
    Plain("/v1/queries/{name}/results", one_query),
)
