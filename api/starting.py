"""Who answers before the store does: every request is told to come again, so that nobody waits for a silent port."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import orjson

from api.errors import MEDIA_TYPE, owed, problem
from api.middleware import POLITE

ALIVE = "/healthz"
LOOK = 0.1
NOT_YET = "the store is being started and loaded"


class Starting:
    """Answers on the listener from `with` on, until `end`: 503, but for whether the process lives."""

    def __init__(self, listener: socket.socket, base: str) -> None:
        self._server = ThreadingHTTPServer(("", 0), type("Answer", (_Answer,), {"base": base}), bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = listener
        self._server.daemon_threads, self._server.block_on_close = True, False
        self._thread = threading.Thread(target=self._server.serve_forever, args=[LOOK], name="starting", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Leave the listener to others; whoever has connected and was not taken yet is theirs."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()


class _Answer(BaseHTTPRequestHandler):
    base, timeout = "/", 2.0  # seconds for a request to arrive

    def _tell(self) -> None:
        address, method = getattr(self, "path", "/"), getattr(self, "command", "GET")
        status, told, kind = 200, b'{"status":"ok"}', "application/json"
        if address != ALIVE or method not in ("GET", "HEAD"):
            status, kind = 503, MEDIA_TYPE
            told = orjson.dumps(problem("unavailable", self.base, NOT_YET, address[:200]))
        self.close_connection = True
        self.send_response_only(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(told)), "Connection": "close"}
        for name, value in (headers | POLITE | {"Cache-Control": "no-store"} | owed(status)).items():
            self.send_header(name, value)
        self.end_headers()
        if method != "HEAD":
            self.wfile.write(told)

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = _tell

    def send_error(self, *_: Any, **__: Any) -> None:
        """What cannot be read is told the same."""
        self._tell()

    def log_message(self, *_: Any) -> None:
        """Nothing is logged of it."""
