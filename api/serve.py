"""The web server: a port taken before anything is started, the address told once it answers, a clean end."""

import socket

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from api.app import create_app
from api.errors import LOG
from api.protocol import Protocol
from api.site import Site

EXAMPLES = (
    "v1/queries/groups-advising-mayors/results.html",
    "v1/queries/groups-advising-mayors/results.ttl",
    "v1/queries/groups-advising-mayors/results.graph.json",
)


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


async def serve(site: Site, listener: socket.socket) -> None:
    """Answer until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        create_app(site),
        http=type("SitesProtocol", (Protocol,), {"base": site.base}),
        log_config=_LOGGING,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=10,
    )
    server = _Telling(config, address(listener))
    await server.serve(sockets=[listener])


class _Telling(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, here: str) -> None:
        super().__init__(config)
        self.here = here

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(f"civicgraph answers at {self.here}", *(f"  {self.here}{e}" for e in EXAMPLES), sep="\n", flush=True)
