"""`civicgraph load`: bring the store to what claims files say."""

import argparse
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from api import signals
from api.commands import DONE, Command, settings
from api.commands.check import sound
from api.console import announce, seen, show_progress
from graph.settings import Settings
from graph.store import Graph, open_store, preparing
from graph.write import Report, clear, load
from schema.claims_file import ClaimsFile
from seed.read import Reading

MOST_NAMED = 10


@asynccontextmanager
async def loaded(given: Settings, reading: Reading) -> AsyncIterator[tuple[Graph, Report]]:
    """The store, with these claims files in it as one change, and what was done, which is told."""
    announce(preparing(given))
    async with open_store(given) as graph:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        done = await load(graph.writer, reading.files, now, show_progress)
        for each in done.otherwise:
            print(f"warning: {seen(each)}", file=sys.stderr)
        print(
            f"{_named(reading.files)}: "
            f"{done.claims_created} claims created, {done.claims_changed} changed, "
            f"{done.claims_retracted} retracted, {done.claims_unchanged} as they were; "
            f"{done.entities_created} entities created, {done.entities_changed} changed; {done.edition}"
        )
        yield graph, done


def _named(files: Sequence[ClaimsFile]) -> str:
    if len(files) > MOST_NAMED:
        return f"{len(files)} documents"
    return ", ".join(file.document.id for file in files)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path)


def _run(given: argparse.Namespace) -> int:
    store, reading = settings(), sound(given.paths)

    async def work() -> None:
        async with loaded(store, reading) as (graph, done):
            if done.edition.rest:
                announce(f"clearing away what was replaced, in {graph.writer.grace:.0f} s")
            await clear(graph.writer, done)

    signals.run(work())
    return DONE


COMMAND = Command("Bring the store to what claims files say.", "seed/claims", _run, _arguments)
