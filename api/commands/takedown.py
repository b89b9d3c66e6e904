"""`civicgraph takedown`: delete things for good; of each a tombstone is left, which does not tell what it was."""

import argparse

from api import signals
from api.commands import DONE, Command, settings
from api.commands.load import cleared
from graph.store import open_store
from graph.write import take_down


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help="id of a claim, an entity or a document")


def _run(given: argparse.Namespace) -> int:
    store = settings()

    async def work() -> None:
        async with open_store(store) as graph:
            done, taken = await take_down(graph.writer, given.ids)
            print(f"{len(taken.whole)} claims and {len(taken.entities)} entities taken down; {done.edition}")
            if taken.touched:
                print(f"{len(taken.touched)} claims lost a document or whom their words mean")
            await cleared(graph.writer, done)

    signals.run(work())
    return DONE


COMMAND = Command("Delete things for good; a tombstone is left.", "c-17212859340cbff8", _run, _arguments)
