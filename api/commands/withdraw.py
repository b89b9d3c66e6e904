"""`civicgraph withdraw`: take documents back; their claims are retracted and stay as history."""

import argparse

from api import signals
from api.commands import DONE, Command, settings
from api.commands.load import brought, cleared
from graph.held import Held
from graph.removal import emptied
from graph.store import open_store


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="id of a document that was loaded")


def _run(given: argparse.Namespace) -> int:
    store = settings()

    async def work() -> None:
        async with open_store(store) as graph:
            files = await emptied(Held(graph.writer), given.documents)
            await cleared(graph.writer, await brought(graph.writer, files))

    signals.run(work())
    return DONE


COMMAND = Command("Take documents back; their claims are retracted.", "cities-push-back-on-ice", _run, _arguments)
