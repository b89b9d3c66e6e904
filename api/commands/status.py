"""`civicgraph status`: what the store holds, relation by relation."""

import argparse

from api import signals
from api.commands import DONE, Command, settings
from api.commands.export import everything
from graph.result import Result
from graph.store import open_reader


def _run(given: argparse.Namespace) -> int:
    store = settings()

    async def work() -> Result:
        async with open_reader(store) as reader:
            return await everything(reader)

    found = signals.run(work())
    relations = sorted(c["relation"] for c in found.claims.values())
    print(f"{len(found.claims)} claims, {len(found.entities)} entities")
    for relation in dict.fromkeys(relations):
        print(f"{relations.count(relation):8} {relation}")
    return DONE


COMMAND = Command("Say what the store holds.", "", _run)
