"""What every response owes the Web: HEAD, open CORS without credentials, no sniffing, and addresses with a suffix."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED = "GET, HEAD, OPTIONS"
EXPOSED = (
    "Link, ETag, Content-Location, Retry-After, Location, "
    "Result-Count, Result-Truncated, Result-Version, Result-Version-At"
)
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class Middleware:
    """ASGI layer round the whole application.

    A suffix on the last part of an address under /v1 or /id (`….graph.json`) is taken off before routing and handed
    on as `request.state.suffix`, beside the whole `request.state.address` and the true `request.state.method`: slugs
    never hold a dot. Files of /v1/schema keep theirs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        method, head = scope["method"], scope["method"] == "HEAD"
        path, suffix = _split(scope["path"])
        state = {**scope.get("state", {}), "suffix": suffix, "address": scope["path"], "method": method}

        async def polite(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message))
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if method == "OPTIONS":
            await polite({"type": "http.response.start", "status": 204, "headers": [(b"allow", ALLOWED.encode())]})
            return await send({"type": "http.response.body"})
        # The server keeps its own scope: it must still know that a HEAD has no body.
        inner = {**scope, "method": "GET" if head else method, "path": path, "state": state}
        return await self.app(inner, receive, polite)


def _split(path: str) -> tuple[str, str | None]:
    if not path.startswith(("/v1/", "/id/")) or path.startswith("/v1/schema/"):
        return path, None
    folder, _, last = path.rpartition("/")
    name, dot, suffix = last.partition(".")
    return f"{folder}/{name}", suffix if dot else None


def _add(headers: MutableHeaders) -> None:
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Allow-Methods"] = ALLOWED
    headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    headers["Access-Control-Expose-Headers"] = EXPOSED
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = POLICY
