"""`civicgraph status`: what the store holds, relation by relation."""

import argparse
import asyncio

from api import signals
from api.commands import DONE, Command, settings
from graph.connection import Reader
from graph.counts import Counts, count
from graph.edition import MOMENT, Edition
from graph.store import open_reader


def _run(given: argparse.Namespace) -> int:
    store = settings()

    async def work() -> tuple[list[str], Counts]:
        async with open_reader(store) as reader:
            edition = await reader.newest() or Edition()
            found = await count(reader.read, edition.number)
            return await _editions(reader, edition), found

    told, found = signals.run(work())
    print(*told, sep="\n")
    print(f"{found.claims} claims, {found.entities} entities")
    for relation, claims in found.by_relation.items():
        print(f"{claims:8} {relation}")
    return DONE


async def _editions(reader: Reader, edition: Edition) -> list[str]:
    """Which version is read, whether one is being loaded or was cut short, and what has not been cleared away."""
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
