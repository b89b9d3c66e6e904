"""What every response owes the Web: HEAD, open CORS without credentials, no sniffing, and addresses in one form."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED = "GET, HEAD, OPTIONS"
QUERIES = "/sparql"  # where POST is answered as well
POSTED = {"allow": "GET, HEAD, POST, OPTIONS", "headers": "Accept, Content-Type, If-None-Match"}
EXPOSED = (
    "Link, ETag, Content-Location, Retry-After, Location, "
    "Memento-Datetime, Result-Count, Result-Truncated, Result-Version, Result-Version-At"
)
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_POLICY = "Content-Security-Policy"
# What every response says, whoever writes it.
POLITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "Accept, Accept-Datetime, Accept-Profile, If-None-Match",
    "Access-Control-Expose-Headers": EXPOSED,
    "X-Content-Type-Options": "nosniff",
    _POLICY: POLICY,
}
STATUS = "status"  # in the state of a request, for whoever counts
_KEPT = "%/:;=@!$&'()*+,~?"


class Middleware:
    """ASGI layer round the whole application.

    A suffix on the last part of an address under /v1 or /id (`….graph.json`) is taken off before routing and handed
    on as `request.state.suffix`, beside the whole `request.state.address`, the true `request.state.method` and the way
    back to where all addresses begin, `request.state.root`. Slugs never hold a dot; files of /v1/schema keep theirs.

    `prefix` is the path at which the graph is published, `/` for none. A proxy may take it off or leave it on.
    """

    def __init__(self, app: ASGIApp, prefix: str = "/") -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        method, head, asked = scope["method"], scope["method"] == "HEAD", _Asked.of(scope, self.prefix)
        path, suffix = _split(asked.path)
        told = {"suffix": suffix, "address": self.prefix[:-1] + asked.path, "method": method, "root": asked.root}

        async def polite(message: Message) -> None:
            if message["type"] == "http.response.start":
                scope.setdefault("state", {})[STATUS] = message["status"]
                headers = MutableHeaders(scope=message)
                own = headers.get(_POLICY)  # a file that stands alone may do less, and colours itself
                headers.update(POLITE | ({_POLICY: own} if own else {}))
                if path == QUERIES:
                    _allow_post(headers)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if method == "OPTIONS":
            await polite({"type": "http.response.start", "status": 204, "headers": [(b"allow", ALLOWED.encode())]})
            return await send({"type": "http.response.body"})
        if location := asked.without_slash():
            return await Response(status_code=308, headers={"Location": location})(scope, receive, polite)
        # The server keeps its own scope: it must still know that a HEAD has no body.
        state = {**scope.get("state", {}), **told}
        inner = {**scope, "method": "GET" if head else method, "path": path, "raw_path": asked.raw, "state": state}
        return await self.app(inner, receive, polite)


def _allow_post(headers: MutableHeaders) -> None:
    headers["Access-Control-Allow-Methods"] = POSTED["allow"]
    headers["Access-Control-Allow-Headers"] = POSTED["headers"]
    if "allow" in headers:
        headers["Allow"] = POSTED["allow"]


@dataclass(frozen=True)
class _Asked:
    """An address below the prefix: decoded, and as it was sent, where `%2F` is no slash."""

    path: str
    raw: bytes
    query: bytes

    @classmethod
    def of(cls, scope: Scope, prefix: str) -> "_Asked":
        path, raw = scope["path"], scope.get("raw_path") or quote(scope["path"]).encode()
        if prefix != "/" and path.startswith(prefix):
            path, raw = path[len(prefix) - 1 :], b"/" + raw.split(b"/", prefix.count("/"))[-1]
        return cls(path, raw, scope["query_string"])

    @property
    def root(self) -> str:
        return "../" * (self.raw.count(b"/") - 1) or "./"

    def without_slash(self) -> str:
        """Where the same address without the slash at its end is, seen from here; empty if it has none."""
        if self.raw == b"/" or not self.raw.endswith(b"/") or b"//" in self.raw:  # clients part over empty parts
            return ""
        last = quote(self.raw[:-1].rpartition(b"/")[2], _KEPT)
        return f"../{last}" + ("?" + quote(self.query, _KEPT) if self.query else "")


def _split(path: str) -> tuple[str, str | None]:
    if not path.startswith(("/v1/", "/id/")) or path.startswith("/v1/schema/"):
        return path, None
    folder, _, last = path.rpartition("/")
    name, dot, suffix = last.partition(".")
    return f"{folder}/{name}", suffix if dot else None
