"""Bodies sent compressed to those who take them so, under one weak tag with those that are not."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 1000
LEVEL = 6
_REFUSED = re.compile(r"\bgzip\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$)", re.IGNORECASE)


class Compression:
    """ASGI layer round the application.

    A tag tells what an answer says, not its bytes, so it is weak: the compressed answer and the plain one have the
    same, and either is enough for a 304. Every answer says that it varies by what the client takes, a 304 too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = GZipMiddleware(app, minimum_size=SMALLEST, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and _REFUSED.search(Headers(scope=scope).get("accept-encoding", "")):
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                _weaken(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, tagged)


def _weaken(headers: MutableHeaders) -> None:
    words = [word.strip() for value in headers.getlist("vary") for word in value.split(",")]
    headers["Vary"] = ", ".join(dict.fromkeys([*words, "Accept-Encoding"]))
    if "etag" in headers and not headers["etag"].startswith("W/"):
        headers["ETag"] = f"W/{headers['etag']}"
