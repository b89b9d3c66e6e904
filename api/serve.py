"""The web server: a port taken before anything is started, the address told once it answers, a clean end."""

import resource
import socket

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from api.app import create_app
from api.errors import LOG
from api.line import Line
from api.protocol import Protocol
from api.site import Site
from api.sparql.keeper import Keeper

EXAMPLES = (
    "v1/queries/groups-advising-mayors/results.html",
    "v1/queries/groups-advising-mayors/results.ttl",
    "v1/queries/groups-advising-mayors/results.graph.json",
)

# Files that may be open beside connections: those of the store, of pages, and what is accepted before it is counted.
OTHER_FILES = 128
MOST_CONNECTIONS = 2000
ACCEPTED_AT_ONCE, NOT_YET_ACCEPTED = 16, 1024
# Longer than proxies and clients keep a connection; where they are few, the idle ones go first.
IDLE = 75

# Our own log goes where the server's goes, in the same form.
_LOGGING = {**LOGGING_CONFIG, "loggers": {**LOGGING_CONFIG["loggers"], LOG.name: {"handlers": ["default"]}}}


class PortInUse(Exception):
    """The port cannot be listened on."""


def take_port(host: str, port: int) -> socket.socket:
    """A listening socket; PortInUse says what to do otherwise."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # head and body go out in two pieces; without this the second waits 40 ms for the first one's acknowledgement
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # two sockets can be bound to one port, but only one can listen
    except OSError as error:
        listener.close()
        raise PortInUse(f"port {port} on {host}: {error.strerror}; choose another with PORT= or --port") from None
    return listener


def address(listener: socket.socket) -> str:
    """Where the socket is reached, ending in `/`."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def most_connections() -> int:
    """As many as the limit on open files leaves: beyond it nobody at all would be answered."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if files < 0 else max(1, min(MOST_CONNECTIONS, files - OTHER_FILES))


async def serve(site: Site, listener: socket.socket, keeper: Keeper | None = None) -> None:
    """Answer until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        create_app(site, keeper),
        http=type("SitesProtocol", (Protocol,), {"base": site.base, "most": most_connections(), "line": Line()}),
        ws="none",
        backlog=ACCEPTED_AT_ONCE,
        log_config=_LOGGING,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=10,
        timeout_keep_alive=IDLE,
    )
    server = _Telling(config, address(listener))
    await server.serve(sockets=[listener])


class _Telling(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, here: str) -> None:
        super().__init__(config)
        self.here = here

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in (
            sockets or ()
        ):  # the loop knows one number for both; a crowd may wait, and is taken in bit by bit
            listener.listen(NOT_YET_ACCEPTED)
        print(f"civicgraph answers at {self.here}", *(f"  {self.here}{e}" for e in EXAMPLES), sep="\n", flush=True)
