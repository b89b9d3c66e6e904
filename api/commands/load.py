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
from graph.connection import Writer
from graph.held import Held
from graph.removal import emptied
from graph.settings import Settings
from graph.store import Graph, open_store, preparing
from graph.write import Report, clear, load
from schema.claims_file import ClaimsFile
from seed.read import Reading

MOST_NAMED = 10


@asynccontextmanager
async def loaded(given: Settings, reading: Reading, only: bool = False) -> AsyncIterator[tuple[Graph, Report]]:
    """The store, with these claims files in it as one change, and what was done, which is told.

    With `only` every other document is withdrawn by the same change.
    """
    announce(preparing(given))
    async with open_store(given) as graph:
        yield graph, await brought(graph.writer, [*reading.files, *(await _others(graph, reading) if only else ())])


async def brought(writer: Writer, files: Sequence[ClaimsFile]) -> Report:
    """Load as of now, and tell what that did."""
    done = await load(writer, files, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), show_progress)
    for each in done.otherwise:
        print(f"warning: {seen(each)}", file=sys.stderr)
    if done.more_otherwise:
        print(f"warning: {done.more_otherwise} more entities are declared differently", file=sys.stderr)
    print(
        f"{_named(files)}: "
        f"{done.claims_created} claims created, {done.claims_changed} changed, "
        f"{done.claims_retracted} retracted, {done.claims_unchanged} as they were; "
        f"{done.entities_created} entities created, {done.entities_changed} changed; {done.edition}"
    )
    if done.left_out:
        print(f"left out, as it was taken down: {', '.join(done.left_out)}")
    return done


async def cleared(writer: Writer, done: Report) -> None:
    """Delete what was replaced, once nobody can be reading it."""
    if done.edition.rest:
        announce(f"clearing away what was replaced, in {writer.grace:.0f} s")
    await clear(writer, done)


async def _others(graph: Graph, reading: Reading) -> list[ClaimsFile]:
    held, own = Held(graph.writer), {file.document.id for file in reading.files}
    return await emptied(held, [id for id in await held.documents() if id not in own])


def _named(files: Sequence[ClaimsFile]) -> str:
    if len(files) > MOST_NAMED:
        return f"{len(files)} documents"
    return ", ".join(file.document.id for file in files)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--only", action="store_true", help="withdraw every document that is not among these files")


def _run(given: argparse.Namespace) -> int:
    store, reading = settings(), sound(given.paths)

    async def work() -> None:
        async with loaded(store, reading, given.only) as (graph, done):
            await cleared(graph.writer, done)

    signals.run(work())
    return DONE


COMMAND = Command("Bring the store to what claims files say.", "seed/claims", _run, _arguments)
