"""`civicgraph serve`: start the store, load the seed, answer over HTTP until told to stop."""

import argparse
import asyncio

from api import signals
from api.commands import DONE, Command, base, settings
from api.commands.check import sound
from api.commands.load import loaded
from api.errors import LOG
from api.serve import address, serve, take_port
from api.site import Site, fingerprint
from api.sparql.keeper import Keeper, folder
from api.sparql.pool import Limits
from api.starting import Starting
from api.texts import Texts
from graph.connection import Writer
from graph.errors import GraphError
from graph.query import read_queries
from graph.write import Report, clear


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8000)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 0 (any free one) to 65535")
    return int(text)


def _run(given: argparse.Namespace) -> int:
    store, reading, queries = settings(), sound([]), read_queries()
    listener = take_port(given.host, given.port)

    here, texts = base(store, address(listener)), Texts(store.civicgraph_documents)

    async def work(starting: Starting) -> None:
        async with loaded(store, reading) as (graph, done), asyncio.TaskGroup() as beside:
            # what is left when we end, the next load clears away
            tasks = [beside.create_task(_clear(graph.writer, done)), beside.create_task(graph.reader.watch())]
            build = fingerprint() + await asyncio.to_thread(texts.mark)
            starting.end()
            site = Site(graph.reader, here, queries, build, texts=texts, dumps=store.civicgraph_dumps)
            async with Keeper(site, folder(store), Limits(store.sparql_seconds)).running() as keeper:
                await serve(site, listener, keeper)
            for task in tasks:
                task.cancel()

    with Starting(listener, here) as starting:
        signals.run(work(starting))
    return DONE


async def _clear(writer: Writer, done: Report) -> None:
    try:
        await clear(writer, done)
    except GraphError as error:  # nobody who reads is harmed, and the next load does it
        LOG.warning("what the load replaced is still there: %s", error)


COMMAND = Command("Start the store, load the seed, answer over HTTP.", "--port 8001", _run, _arguments)
