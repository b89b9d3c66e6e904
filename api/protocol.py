"""How requests arrive: within bounds of size, time and number; what is refused here gets a problem like any other."""

import asyncio
import sys
from contextlib import suppress
from fcntl import ioctl
from termios import TIOCOUTQ
from urllib.parse import unquote, urlsplit

import orjson
from httptools import HttpParserError, HttpParserInvalidMethodError, HttpParserUpgrade
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from api.errors import GONE, LOG, MEDIA_TYPE, PROBLEMS, owed, problem
from api.line import Line
from api.middleware import POLITE, QUERIES, STATUS

LONGEST = 65_535  # the server's parser counts the letters of an address in two bytes
HEADERS = 32_768
AROUND = 4  # the colon, the space and the end of the line of a header
SECONDS = 10.0
LINGERING = 2.0
EXCERPT = 200
ALWAYS = (b"/healthz", b"/readyz")  # who looks after the server is answered in any crowd


class _Refused(Exception):
    """Raised inside the parser, to end its work on a request; says which problem it is and, if need be, why."""


class Protocol(HttpToolsProtocol):
    """The server's own, which bounds neither the head of a request nor the time that it takes to arrive.

    A connection that waits for its client has a timer. The one that has had it longest gives way where there are
    `most`, unless its answer is still being read.
    """

    base, most, line = "/", 512, Line()
    _timer: asyncio.TimerHandle | None = None
    _running: tuple[RequestResponseCycle, asyncio.Task[None]] | None = None
    _taken = _headers = _unread = 0
    _in_head, _refused = True, False

    # What comes

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, in the place of an idle one if need be."""
        super().connection_made(transport)
        self._await(SECONDS)
        if len(self.connections) > self.most:
            self._displace()

    def _displace(self) -> None:
        others = [each for each in self.connections if isinstance(each, Protocol) and each is not self]
        idle = [(each._timer.when(), id(each), each) for each in others if each._timer and not each._left_to_read()]
        if idle:
            longest = min(idle)[-1]
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
        if not self.flow.write_paused:
            self._await(None)
        if self.parser.get_http_version() == "1.1" and [name for name, _ in self.headers].count(b"host") != 1:
            raise _Refused("not-readable", "A request of HTTP/1.1 has one header Host.")
        if self.line.is_full and not self.url.partition(b"?")[0].endswith((*ALWAYS, QUERIES.encode())):
            self.line.refuse(self._address())
            raise _Refused("busy")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes now belongs to the next request."""
        super().on_message_complete()
        self._in_head = True

    def on_response_complete(self) -> None:
        """Await the next request, if none has come."""
        super().on_response_complete()
        if self.pipeline:
            self.flow.pause_reading()  # the server's own reads on, and one connection fills the memory
        if self.cycle.response_complete and not self.transport.is_closing():
            self._await(SECONDS)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]
        task = self.loop.create_task(cycle.run_asgi(app))  # type: ignore[arg-type]
        task.add_done_callback(self.tasks.discard)
        task.add_done_callback(lambda _: self._end(cycle))
        self.tasks.add(task)
        if not self._is_apart(cycle):
            self.line.join()
        self._running = cycle, task

    def _is_apart(self, cycle: RequestResponseCycle) -> bool:
        """Whether it has a line of its own, as it takes seconds in which this process has nothing to do."""
        return cycle.scope["path"] in (QUERIES, unquote(urlsplit(self.base).path)[:-1] + QUERIES)

    def _end(self, cycle: RequestResponseCycle) -> None:
        if not self._is_apart(cycle):
            self.line.leave(answered=cycle.response_complete and cycle.scope["state"].get(STATUS) != 503)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it, and end what nobody waits for any more."""
        self._await(None)
        super().connection_lost(exc)
        if self._running and not self._running[0].response_complete:
            self._running[0].disconnected = True
            self._running[1].cancel(GONE)

    def pause_writing(self) -> None:
        """The client reads slowly."""
        super().pause_writing()
        self._await(SECONDS)

    def resume_writing(self) -> None:
        """It has read almost all."""
        super().resume_writing()
        self._await(SECONDS if self.cycle and self.cycle.response_complete else None)

    # What is refused

    def _await(self, seconds: float | None) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, self._out_of_time) if seconds else None

    def _left_to_read(self) -> int:
        """Bytes of an answer that the client has not taken; the system holds megabytes of them."""
        if not (ours := self.transport.get_write_buffer_size()):
            return 0
        held = bytearray(4)
        with suppress(OSError):
            ioctl(self.transport.get_extra_info("socket").fileno(), TIOCOUTQ, held)
        return ours + int.from_bytes(held, sys.byteorder)

    def _out_of_time(self) -> None:
        self._await(None)
        before, self._unread = self._unread, self._left_to_read()
        if self._unread and self._unread != before:
            self._await(SECONDS)  # something of the answer may have been read meanwhile
        elif self._unread:
            self.transport.abort()
        elif self._taken and not self._refused:
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
        self.transport.write(b"".join(lines if self.parser.get_method() == b"HEAD" else [*lines, body]))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._await(LINGERING)

    def _address(self) -> str:
        """The beginning of what was asked for, where as much was read."""
        return getattr(self, "url", b"").partition(b"?")[0][:EXCERPT].decode("ascii", "replace") or "/"
