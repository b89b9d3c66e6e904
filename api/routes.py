"""Which address asks which named query, and what else stands beside them."""

from typing import Any

from fastapi import Depends, FastAPI, Request, Response

from api.answer import answer, refuse_unknown
from api.openapi import describe, describe_plain
from api.surroundings import PAGES, PLAIN, Plain
from graph.query import Query

ADDRESSES = {
    "/v1/entities": "entities-by-type",
    "/v1/entities/{id}": "entity",
    "/v1/entities/{id}/relations": "neighbourhood",
    "/v1/claims/{id}": "claim",
    "/v1/sources/{document}/claims": "claims-of-document",
    "/v1/search": "search",
    "/v1/paths": "shortest-path",
    "/v1/graph": "claims",
    "/v1/coverage": "coverage",
}


def add_routes(app: FastAPI, queries: dict[str, Query]) -> None:
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
        tags=["surroundings"],
        **more,
    )
