"""The web server that the bench talks to, in a process of its own: the graph's, or a bare one for comparison."""

import asyncio
import os
import socket
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response

from api.serve import serve, take_port
from api.site import Site
from api.sparql.keeper import Keeper
from api.sparql.pool import Limits
from graph.connection import Reader


async def serve_graph(listener: socket.socket, base: str) -> None:
    """The real service over the store that the environment names; it tells its address once it answers.

    Queries in SPARQL are answered where their limit in seconds is named, dumps handed out where their folder is.
    """
    uri, username, password, database = (os.environ[f"BENCH_{n}"] for n in ("URI", "USERNAME", "PASSWORD", "DATABASE"))
    async with await Reader.open(uri, (username, password), database) as graph, AsyncExitStack() as beside:
        site = Site(graph, base, dumps=Path(os.environ.get("BENCH_DUMPS", "dumps")))
        seconds, keeper = os.environ.get("BENCH_SPARQL"), None
        if seconds:
            folder = Path(beside.enter_context(tempfile.TemporaryDirectory()))
            keeper = await beside.enter_async_context(Keeper(site, folder, Limits(float(seconds))).running())
            await keeper.changed.wait()
        await serve(site, listener, keeper)


async def serve_constant(listener: socket.socket, base: str) -> None:
    """The bare framework: one route that answers with so many bytes as the environment says."""
    app = FastAPI(openapi_url=None)
    body = b"x" * int(os.environ["BENCH_SIZE"])

    @app.get("/")
    async def constant() -> Response:
        return Response(body, media_type="application/json")

    print(base, flush=True)  # connections wait in the listener until the server is up
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    taken = take_port("127.0.0.1", 0)
    taken.listen()
    address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    asyncio.run((serve_graph if sys.argv[1] == "graph" else serve_constant)(taken, address))
