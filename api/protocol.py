"""What is no request that can be read is answered like any other mistake: with a problem, not with plain text."""

import sys

import orjson
from httptools import HttpParserInvalidMethodError
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.errors import MEDIA_TYPE, problem
from api.middleware import ALLOWED

LONGEST = 65_535  # the server's parser counts the letters of an address in two bytes
EXCERPT = 200


class Protocol(HttpToolsProtocol):
    """The server's own, which knows of nothing but plain text where a request cannot be read."""

    base = "/"

    def send_400_response(self, msg: str) -> None:
        """Answer and close the connection."""
        slug = self._slug()
        told = problem(slug, self.base, msg, self._address())
        status, body = told["status"], orjson.dumps(told)
        lines = [b"content-type: " + MEDIA_TYPE.encode(), b"content-length: %d" % len(body), b"connection: close"]
        lines += [b"cache-control: no-store", b"access-control-allow-origin: *", b"x-content-type-options: nosniff"]
        lines += [b"allow: " + ALLOWED.encode()] if status == 405 else []
        self.transport.write(STATUS_LINE[status] + b"\r\n".join(lines) + b"\r\n\r\n" + body)
        self.transport.close()

    def _slug(self) -> str:
        if isinstance(sys.exc_info()[1], HttpParserInvalidMethodError):
            return "method-not-allowed"
        return "address-too-long" if len(self._asked()) > LONGEST else "not-readable"

    def _asked(self) -> bytes:
        return getattr(self, "url", b"")

    def _address(self) -> str:
        """The beginning of what was asked for, where as much was read."""
        return self._asked().partition(b"?")[0][:EXCERPT].decode("ascii", "replace") or "/"
