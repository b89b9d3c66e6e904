"""How requests arrive: within bounds of size, time and number; what is refused here gets a problem like any other."""

import asyncio

import orjson
from httptools import HttpParserError, HttpParserInvalidMethodError, HttpParserUpgrade
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.errors import LOG, MEDIA_TYPE, PROBLEMS, owed, problem
from api.middleware import POLITE

LONGEST = 65_535  # the server's parser counts the letters of an address in two bytes
HEADERS = 32_768
AROUND = 4  # the colon, the space and the end of the line of a header
SECONDS = 10.0
LINGERING = 2.0
EXCERPT = 200


class _Refused(Exception):
    """Raised inside the parser, to end its work on a request; says which problem it is and, if need be, why."""


class Protocol(HttpToolsProtocol):
    """The server's own, which bounds neither the head of a request nor the time that it takes to arrive.

    A connection whose request is awaited has a timer. The one that has had it longest gives way where there are `most`.
    """

    base, most = "/", 512
    _timer: asyncio.TimerHandle | None = None
    _taken = _headers = 0
    _in_head, _refused = True, False

    # What comes

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, in the place of an idle one if need be."""
        super().connection_made(transport)
        self._await(SECONDS)
        if len(self.connections) > self.most:
            self._displace()

    def _displace(self) -> None:
        idle = [each for each in self.connections if isinstance(each, Protocol) and each is not self and each._timer]
        if idle:
            longest = min(idle, key=lambda each: each._timer.when() if each._timer else 0)
            longest._await(None)
            longest.transport.close()
        else:
            LOG.warning("%s: 503, all %d connections are at work", (self.client or ("?",))[0], self.most)
            self._refuse("busy")

    def data_received(self, data: bytes) -> None:
        """Parse it, unless the request has been refused: then the rest is thrown away, so that the answer is read."""
        self._unset_keepalive_if_required()
        if self._refused:
            return
        if self._in_head:
            self._taken += len(data)
        try:
            self.parser.feed_data(data)
        except HttpParserUpgrade:
            self._refuse("not-readable")  # what comes after it, that is: it is answered as if it had asked for none
        except HttpParserInvalidMethodError:
            self._refuse("method-not-allowed")
        except HttpParserError as error:
            told = error.__context__
            self._refuse(*told.args if isinstance(told, _Refused) else ("not-readable",))
        else:
            if self._taken > LONGEST + 2 * HEADERS:  # a line without end, of which the parser has told nothing yet
                self._refuse("headers-too-large")

    def on_message_begin(self) -> None:
        """Count anew."""
        super().on_message_begin()
        self._headers = 0

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        super().on_url(url)
        if len(self.url) > LONGEST:
            raise _Refused("address-too-long")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, or a trailer."""
        super().on_header(name, value)
        self._headers += len(name) + len(value) + AROUND
        if self._headers > HEADERS:
            raise _Refused("headers-too-large")

    def on_headers_complete(self) -> None:
        """Hand the request on."""
        self._in_head, self._taken = False, 0
        self._await(None)
        if self.parser.get_http_version() == "1.1" and [name for name, _ in self.headers].count(b"host") != 1:
            raise _Refused("not-readable", "A request of HTTP/1.1 has one header Host.")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes now belongs to the next request."""
        super().on_message_complete()
        self._in_head = True

    def on_response_complete(self) -> None:
        """Await the next request."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._await(SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._await(None)
        super().connection_lost(exc)

    # What is refused

    def _await(self, seconds: float | None) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, self._out_of_time) if seconds else None

    def _out_of_time(self) -> None:
        self._await(None)
        if self._taken and not self._refused:
            self._refuse("request-timeout")
        else:
            self.transport.close()

    def _refuse(self, slug: str, why: str = "") -> None:
        """Answer, and close once the client has read it."""
        self._refused = True
        if self.cycle and not self.cycle.response_complete:
            self.cycle.keep_alive = False  # the answer under way is the last one
            return
        told = problem(slug, self.base, why or PROBLEMS[slug][2], self._address())
        body = orjson.dumps(told)
        headers = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), "Connection": "close"}
        headers |= owed(told["status"]) | POLITE
        lines = [STATUS_LINE[told["status"]], *(f"{n.lower()}: {v}\r\n".encode() for n, v in headers.items()), b"\r\n"]
        self.transport.write(b"".join([*lines, body]))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._await(LINGERING)

    def _address(self) -> str:
        """The beginning of what was asked for, where as much was read."""
        return getattr(self, "url", b"").partition(b"?")[0][:EXCERPT].decode("ascii", "replace") or "/"
