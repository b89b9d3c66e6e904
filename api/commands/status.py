"""`civicgraph status`: what the store holds, relation by relation."""

import argparse
import asyncio

from api import signals
from api.commands import DONE, Command, settings
from api.commands.export import everything
from graph.connection import Reader
from graph.edition import MOMENT, Edition
from graph.result import Result
from graph.store import open_reader


def _run(given: argparse.Namespace) -> int:
    store = settings()

    async def work() -> tuple[list[str], Result]:
        async with open_reader(store) as reader:
            return await _editions(reader), await everything(reader)

    told, found = signals.run(work())
    print(*told, sep="\n")
    relations = sorted(c["relation"] for c in found.claims.values())
    print(f"{len(found.claims)} claims, {len(found.entities)} entities")
    for relation in dict.fromkeys(relations):
        print(f"{relations.count(relation):8} {relation}")
    return DONE


async def _editions(reader: Reader) -> list[str]:
    """Which version is read, whether one is being loaded or was cut short, and what has not been cleared away."""
    edition = await reader.newest() or Edition()
    told = [
        f"{edition}, published {edition.published_at} as edition {edition.number}" if edition.number else f"{edition}"
    ]
    if edition.draft is not None:
        await asyncio.sleep(MOMENT)
        later = await reader.newest() or Edition()
        state = "is being loaded" if edition.moved(later) else "was cut short, or waits: the next load undoes it"
        told.append(f"edition {edition.draft} {state}; {later.beat} writes so far")
    elif edition.rest:
        told.append(f"what edition {edition.number} replaced is still there: it or the next load clears it away")
    return told


COMMAND = Command("Say what the store holds.", "", _run)
