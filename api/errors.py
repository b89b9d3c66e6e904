"""Every error as RFC 9457 problem details, or as a page for people: one table of them all; ours are logged."""

import asyncio
import logging
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.formats import FORMATS
from api.middleware import ALLOWED
from api.negotiate import NotAcceptable, negotiate
from api.pages.problem import page
from api.site import Site
from graph.errors import BadRequest, Busy, Gone, NotFound, TooLarge, TooSlow, Unavailable

LOG = logging.getLogger("civicgraph")

GONE = "the client has gone"
LOGGED = 500  # letters of what was asked: a query may have thousands
MEDIA_TYPE = "application/problem+json"
HTML = FORMATS["html"].content_type

PROBLEMS: dict[str, tuple[int, str, str]] = {
    "bad-request": (400, "A parameter is unknown or wrong", "`errors` names each one and says what would be right."),
    "not-found": (404, "Nothing has this address", "The front page leads to all that has one."),
    "no-such-thing": (404, "Nothing has this id or name", "`near` lists ids or names like it."),
    "gone": (410, "This is told no more", "It was taken down, or every claim that named it has been retracted."),
    "method-not-allowed": (
        405,
        "Only GET and HEAD are answered",
        "The graph is written by its loader, not over HTTP; a query is sent by POST to /sparql alone.",
    ),
    "not-readable": (400, "This is no HTTP request", "What was sent cannot be read, so that nothing was done."),
    "request-timeout": (408, "The request took too long to arrive", "Within 10 seconds it is here, with all headers."),
    "content-too-large": (413, "What was sent is too large", "A query has at most 65535 bytes."),
    "unsupported-media-type": (415, "Nothing is asked in this way", "`Content-Type` names how a query is sent."),
    "headers-too-large": (431, "The headers are too large", "All headers together have at most 32768 letters."),
    "address-too-long": (414, "The address is too long", "An address has at most 65535 letters."),
    "not-acceptable": (406, "No format on offer fits", "`available` lists what is on offer."),
    "internal-error": (500, "The server made a mistake", "It is written down in the server's log."),
    "unavailable": (503, "The store does not answer now", "Try again after the seconds in Retry-After."),
    "busy": (503, "Too much is asked at once", "Try again after the seconds in Retry-After; nothing was begun."),
    "too-slow": (504, "The query took too long", "Ask for less: a narrower question or a smaller page."),
    "too-large": (
        507,
        "The answer is too large for the store",
        "Ask for less: a narrower question or a smaller page. The same question will fail again.",
    ),
}


class Refusal(Exception):
    """What no other layer knows of: the slug of its problem, and why it is one."""

    def __init__(self, slug: str, why: str) -> None:
        super().__init__(why)
        self.slug = slug


_SLUGS: dict[type[Exception], str] = {
    BadRequest: "bad-request",
    Busy: "busy",
    Gone: "gone",
    NotFound: "no-such-thing",
    NotAcceptable: "not-acceptable",
    TooLarge: "too-large",
    TooSlow: "too-slow",
    Unavailable: "unavailable",
    Exception: "internal-error",
}
_OF_ROUTING = {404: "not-found", 405: "method-not-allowed"}


def install(app: FastAPI) -> None:
    """Let the application answer every exception with its problem."""
    app.add_exception_handler(HTTPException, _answer)  # else the framework answers these itself, as plain text
    app.add_middleware(Problems)


class Problems:
    """ASGI layer round the endpoints; nothing passes it, so that no server round it logs an error a second time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except (Exception, asyncio.CancelledError) as error:
            if GONE in error.args:
                return
            if begun:  # too late for a problem; the server breaks the connection off
                raise
            told = Unavailable("the server ends") if isinstance(error, asyncio.CancelledError) else error
            await (await _answer(Request(scope), told))(scope, receive, send)


async def _answer(request: Request, error: Exception) -> Response:
    told = told_of(request, error)
    status, headers = told["status"], owed(told["status"]) | {"Vary": "Accept"}
    if is_for_people(request):
        return Response(page(request, told, getattr(error, "sought", "")), status, headers, HTML)
    return Response(orjson.dumps(told), status, headers, MEDIA_TYPE)


def told_of(request: Request, error: Exception) -> dict[str, Any]:
    """The problem that an error is; where it is ours, it is logged."""
    slug = _slug(error)
    status, title, meaning = PROBLEMS[slug]
    _log(request, status, title, error)
    detail = meaning if status == 500 else _detail(request, error)
    return problem(slug, Site.of(request).base, detail, quote(request.state.address)) | _extras(slug, error)


def is_for_people(request: Request) -> bool:
    """Whether the client would be sent the page of an answer, by its Accept header alone."""
    accept = ",".join(request.headers.getlist("accept"))
    try:
        return negotiate(None, None, accept, tuple(FORMATS.values())).suffix == "html"
    except NotAcceptable:
        return False


def owed(status: int) -> dict[str, str]:
    """The headers that go with the status of a problem."""
    more = (
        {"Retry-After": str(Unavailable.again_after)} if status == 503 else {"Allow": ALLOWED} if status == 405 else {}
    )
    return more | {"Cache-Control": "no-store"}


def problem(slug: str, base: str, detail: str, instance: str) -> dict[str, Any]:
    """What every problem says."""
    status, title, _ = PROBLEMS[slug]
    return {"type": f"{base}problems/{slug}", "title": title, "status": status, "detail": detail, "instance": instance}


def _detail(request: Request, error: Exception) -> str:
    if isinstance(error, HTTPException):
        return f"{request.method} {quote(request.state.address)}"
    near = f"; near: {', '.join(error.near)}" if isinstance(error, NotFound) and error.near else ""
    return f"{error}{near}"


def _slug(error: Exception) -> str:
    if isinstance(error, HTTPException):
        return _OF_ROUTING.get(error.status_code, "internal-error")
    if isinstance(error, Refusal):
        return error.slug
    return next(_SLUGS[kind] for kind in type(error).__mro__ if kind in _SLUGS)


def _extras(slug: str, error: Exception) -> dict[str, Any]:
    if isinstance(error, BadRequest):
        return {"errors": list(error.errors)}
    if isinstance(error, NotAcceptable):
        return {"available": [{"suffix": f.suffix, "media_type": f.media_type} for f in error.available]}
    return {"near": list(error.near)} if isinstance(error, NotFound) and slug != "gone" else {}


def _log(request: Request, status: int, title: str, error: Exception) -> None:
    query = quote(request.url.query, safe="=&%+,:;")
    asked = f"?{query if len(query) <= LOGGED else f'{query[:LOGGED]}…'}" if query else ""
    address = f"{request.state.method} {quote(request.state.address)}{asked}"
    if status == 500:
        LOG.error("%s: %s", address, title, exc_info=error)
    elif status > 500:
        LOG.warning("%s: %d, %s: %s", address, status, title, error)
