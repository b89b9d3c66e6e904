"""`civicgraph serve`: start the store, load the seed, answer over HTTP until told to stop."""

import argparse

from api import signals
from api.commands import DONE, Command, base, settings
from api.commands.check import sound
from api.commands.load import loaded
from api.serve import address, serve, take_port
from api.site import Site


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8000)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 0 (any free one) to 65535")
    return int(text)


def _run(given: argparse.Namespace) -> int:
    store, reading = settings(), sound([])
    listener = take_port(given.host, given.port)

    async def work() -> None:
        async with loaded(store, reading) as graph:
            await serve(Site(graph.reader, base(store, address(listener))), listener)

    signals.run(work())
    return DONE


COMMAND = Command("Start the store, load the seed, answer over HTTP.", "--port 8001", _run, _arguments)
