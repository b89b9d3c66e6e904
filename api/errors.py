"""Every error as RFC 9457 problem details: one table from exception to status, type and title."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from api.manners import ALLOWED
from api.negotiate import NotAcceptable
from graph.errors import BadRequest, GraphError, NotFound, TooSlow, Unavailable

MEDIA_TYPE = "application/problem+json"

PROBLEMS: dict[str, tuple[int, str, str]] = {
    "bad-request": (400, "A parameter is unknown or wrong", "`errors` names each one and says what would be right."),
    "not-found": (404, "Nothing has this address", "`near` lists what has an address like it."),
    "method-not-allowed": (405, "Only GET and HEAD are answered", "The graph is written by its loader, not over HTTP."),
    "not-acceptable": (406, "No format on offer fits", "`available` lists what is on offer."),
    "internal-error": (500, "The server made a mistake", "It is written down in the server's log."),
    "unavailable": (503, "The store does not answer now", "Try again after the seconds in Retry-After."),
    "too-slow": (504, "The query took too long", "Ask for less: a narrower question or a smaller page."),
}

_SLUGS: dict[type[Exception], str] = {
    BadRequest: "bad-request",
    NotFound: "not-found",
    NotAcceptable: "not-acceptable",
    TooSlow: "too-slow",
    Unavailable: "unavailable",
    GraphError: "internal-error",
    Exception: "internal-error",
}


def problem(slug: str, request: Request, detail: str, **more: Any) -> Response:
    """A response that says what went wrong, in one shape for all errors."""
    status, title, _ = PROBLEMS[slug]
    body = {
        "type": f"{request.app.state.base}problems/{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": quote(request.state.address),
    } | more
    headers = {"Retry-After": "2"} if status == 503 else {"Allow": ALLOWED} if status == 405 else {}
    return Response(orjson.dumps(body), status, headers | {"Vary": "Accept", "Cache-Control": "no-store"}, MEDIA_TYPE)


def _extras(error: Exception) -> dict[str, Any]:
    if isinstance(error, BadRequest):
        return {"errors": list(error.errors)}
    if isinstance(error, NotFound):
        return {"near": list(error.near)}
    if isinstance(error, NotAcceptable):
        return {"available": [{"suffix": f.suffix, "media_type": f.media_type} for f in error.available]}
    return {}


def _handler(slug: str) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        detail = PROBLEMS[slug][2] if slug == "internal-error" else str(error)
        return problem(slug, request, detail, **_extras(error))

    return handle


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    slug = {404: "not-found", 405: "method-not-allowed"}.get(status, "internal-error")
    told = PROBLEMS[slug][2] if slug == "internal-error" else f"{request.method} {quote(request.state.address)}"
    return problem(slug, request, told, **({"near": []} if slug == "not-found" else {}))


def install(app: FastAPI) -> None:
    """Let the application answer every exception of the table with its problem."""
    for kind, slug in _SLUGS.items():
        app.add_exception_handler(kind, _handler(slug))
    app.add_exception_handler(HTTPException, _http)
