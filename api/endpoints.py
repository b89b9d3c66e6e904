"""Which address asks which named query, and what else has an address: catalogue, schema, identities, health, pages."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from api.answer import answer, refuse_unknown, respond, unasked
from api.described import dataset, dumps, terms
from api.described.document import OFFER, RDF
from api.errors import PROBLEMS
from api.formats import FORMATS
from api.formats.nanopub import nanopub_address
from api.health import healthz, readyz
from api.negotiate import LINKED_DATA_ORDER, choose
from api.openapi import describe, describe_plain
from api.pages import front, questions, vocabulary
from api.pages.foot import Version, newest
from api.pages.rendering import Page
from api.place import Place
from api.site import ICON, Site
from graph.errors import NotFound
from graph.query import Query
from graph.run import run
from schema.derive import ARTEFACTS
from schema.spelling import near
from schema.values import CLAIM_ID_PATTERN

JSON = "application/json"
HTML = "text/html; charset=utf-8"
FOR_ALL = (FORMATS["json"], FORMATS["html"])

ADDRESSES = {
    "/v1/entities": "entities-by-type",
    "/v1/entities/{id}": "entity",
    "/v1/entities/{id}/relations": "neighbourhood",
    "/v1/entities/{id}/counts": "counts-by-relation",
    "/v1/claims/{id}": "claim",
    "/v1/sources": "sources",
    "/v1/sources/{document}": "source",
    "/v1/sources/{document}/claims": "claims-of-document",
    "/v1/search": "search",
    "/v1/paths": "shortest-path",
    "/v1/graph": "claims",
    "/v1/coverage": "coverage",
}


async def list_queries(request: Request) -> Response:
    """All named queries, as records or as a page."""
    site = Site.of(request)
    listed = [questions.about(query, site.base) for query in site.queries.values()]
    page = partial(questions.page, site.queries, request.state.root)
    return await _for_all(request, {"queries": listed}, page)


async def one_query(request: Request) -> Response:
    """One named query, as a record or as a form, with its answer where it needs to be told nothing."""
    name, site = request.path_params["name"], Site.of(request)
    if name not in site.queries:
        raise NotFound(f"no query has the name {name}", near(name, site.queries, 3), name)
    query = site.queries[name]
    if choose(request, FOR_ALL).suffix == "html" and not any(p.required for p in query.parameters):
        return respond(request, await unasked(request, query), HTML)
    form = partial(questions.form, query, request.state.root)
    return await _for_all(request, questions.about(query, site.base), form)


async def list_schema(request: Request) -> Response:
    """What is derived from the types, as records or as a page."""
    listed = vocabulary.listed(Site.of(request).base)
    return await _for_all(request, {"artefacts": listed}, partial(vocabulary.page, request.state.root))


async def one_artefact(request: Request) -> Response:
    """One file derived from the types."""
    file = request.path_params["file"]
    for artefact in ARTEFACTS.values():
        if file == artefact.FILE:
            return respond(request, artefact.render().encode(), artefact.MEDIA_TYPE)
    raise NotFound(f"no artefact has the name {file}", near(file, (a.FILE for a in ARTEFACTS.values()), 3), file)


async def identity(request: Request) -> Response:
    """From a thing to what is known of it, in the format the client wants; Turtle where it leaves the choice."""
    id, site = request.path_params["id"], Site.of(request)
    form = choose(request, LINKED_DATA_ORDER)
    kind, name = ("claims", "claim") if re.fullmatch(CLAIM_ID_PATTERN, id) else ("entities", "entity")
    asked = site.queries[name].check({"id": id, "limit": 1}, by_id=True)
    await run(site.reader, site.queries[name], asked)  # an id that names nothing leads nowhere
    return RedirectResponse(f"{request.state.root}v1/{kind}/{id}.{form.suffix}", 303, {"Vary": "Accept"})


async def nanopublication(request: Request) -> Response:
    """From an address that tells what a claim says to the claim, as long as it says that."""
    id, site = request.path_params["id"], Site.of(request)
    query = site.queries["claim"]
    found = await run(site.reader, query, query.check({"id": id}, by_id=True))
    now = nanopub_address(found.claims[id], found.entities, Place(site.base, ""))
    if now.rpartition("/")[2] != request.path_params["code"]:
        raise NotFound(f"the claim does not say that, or no longer; what it says now is {now}")
    return RedirectResponse(f"{request.state.root}v1/claims/{id}.np.trig", 303)


async def problem_type(request: Request) -> Response:
    """What the `type` of a problem means."""
    slug = request.path_params["slug"]
    if slug not in PROBLEMS:
        raise NotFound(f"no problem has the name {slug}", near(slug, PROBLEMS, 3), slug)
    status, title, meaning = PROBLEMS[slug]
    body: dict[str, Any] = {"type": slug, "status": status, "title": title, "meaning": meaning}
    return respond(request, orjson.dumps(body), JSON)


async def favicon(request: Request) -> Response:
    """The mark of the house, where browsers ask for it unasked."""
    return respond(request, ICON.read_bytes(), "image/svg+xml")


async def openapi(request: Request) -> Response:
    """The HTTP interface as OpenAPI."""
    return respond(request, orjson.dumps(request.app.openapi()), JSON)


async def _for_all(request: Request, record: dict[str, Any], page: Callable[[Version | None], bytes]) -> Response:
    form = choose(request, FOR_ALL)
    body = page(await newest(request)) if form.suffix == "html" else orjson.dumps(record)
    return respond(request, body, form.content_type)


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


def _page(page: Page) -> Plain:
    async def endpoint(request: Request) -> Response:
        return respond(request, await page.told(request), HTML)

    return Plain(page.path, endpoint, page.title)


async def front_door(request: Request) -> Response:
    """The front page, and for programs that ask for RDF the description of the dataset."""
    if choose(request, (FORMATS["html"], *RDF)).suffix == "html":
        return respond(request, await front.PAGE.told(request), HTML)
    return await dataset.describe(request)


_ALL: dict[str, Any] = {"content": [f.media_type for f in FOR_ALL], "suffixes": [f.suffix for f in FOR_ALL]}
_DERIVED = sorted({a.MEDIA_TYPE for a in ARTEFACTS.values()})
_LINKED = [f.suffix for f in LINKED_DATA_ORDER]
_DOCUMENT: dict[str, Any] = {"content": [f.media_type for f in OFFER], "suffixes": [f.suffix for f in OFFER]}
_QUERY = "One named query: question, parameters, columns, Cypher"
_IDENTITY = "The thing itself: leads to what is known of it"

PLAIN = (
    Plain("/v1/queries", list_queries, "All named queries", **_ALL),
    Plain("/v1/queries/{name}", one_query, _QUERY, {"name": "groups-advising-mayors"}, **_ALL),
    Plain("/v1/schema", list_schema, "What can be said: the derived artefacts", **_ALL),
    Plain("/v1/schema/{file}", one_artefact, "One derived artefact", {"file": "ontology.ttl"}, _DERIVED),
    Plain("/id/{id}", identity, _IDENTITY, {"id": "new-york-city"}, (), _LINKED, 303),
    Plain("/v1/vocabulary", terms.all_terms, "All terms: types, relations, properties, words", **_DOCUMENT),
    Plain("/v1/vocabulary/{term}", terms.one_term, "One term", {"term": "advises"}, **_DOCUMENT),
    Plain("/.well-known/void", dataset.describe, "The dataset: what it holds, terms, where to get it", **_DOCUMENT),
    Plain("/dumps", dumps.all_dumps, "All versions of which there is a dump", **_DOCUMENT),
    Plain("/healthz", healthz, "The process runs"),
    Plain("/readyz", readyz, "The store answers and holds claims"),
    Plain("/problems/{slug}", problem_type, "What a problem type means", {"slug": "not-found"}),
)

# For people, or saying nothing of its own; the last is reached only where no query has the name.
PAGES = (
    Plain(front.PAGE.path, front_door),
    *(_page(page) for page in front.pages() if page is not front.PAGE),
    Plain("/openapi.json", openapi),
    Plain("/favicon.ico", favicon),
    Plain("/dumps/{version}", dumps.one_dump, suffixes=[f.suffix for f in OFFER]),
    Plain("/dumps/{version}/{file}", dumps.one_file),
    Plain("/np/{id}/{code}", nanopublication),
    Plain("/v1/queries/{name}/results", one_query),
)


def add_endpoints(app: FastAPI, queries: Mapping[str, Query]) -> None:
    """Give every query its address, those of ADDRESSES a second one, and the rest of the addresses theirs."""
    for name, query in queries.items():
        _add_query(app, f"/v1/queries/{name}/results", query, name)
    for path, name in ADDRESSES.items():
        _add_query(app, path, queries[name], path.strip("/").translate(str.maketrans("/", "-", "{}")))
    for plain in PLAIN:
        _add_plain(app, plain, openapi_extra=describe_plain(plain.content, plain.examples, plain.suffixes))
    for plain in PAGES:
        _add_plain(app, plain, include_in_schema=False)


def _add_query(app: FastAPI, path: str, query: Query, name: str) -> None:
    async def endpoint(request: Request) -> Response:
        return await answer(request, query)

    app.add_api_route(
        path,
        endpoint,
        operation_id=name,
        summary=query.question,
        description=query.description,
        openapi_extra=describe(query, path),
        response_class=Response,
        tags=["queries" if path.startswith("/v1/queries") else "graph"],
    )


def _add_plain(app: FastAPI, plain: Plain, **more: Any) -> None:
    known = ("format",) if plain.suffixes else ()

    async def refuse(request: Request) -> None:
        refuse_unknown(request.query_params, known)

    app.add_api_route(
        plain.path,
        plain.endpoint,
        operation_id=plain.endpoint.__name__.replace("_", "-"),
        summary=plain.summary,
        status_code=plain.status,
        dependencies=[Depends(refuse)],
        response_class=Response,
        tags=["service"],
        **more,
    )
