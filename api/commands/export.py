"""`civicgraph export`: the whole graph in one file, which appears once it is whole."""

import argparse
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from api import signals
from api.ahead import Loop, beside, quick_turns, whole_answer
from api.commands import DONE, Command, Misused, base, settings
from api.console import show_progress
from api.dumps.folder import Dumps
from api.dumps.writing import write_dump
from api.formats import FORMATS, Format
from api.place import Place
from api.whole_file import STANDARD_OUTPUT, write_whole
from graph.connection import Reader
from graph.result import Result
from graph.settings import Settings
from graph.store import open_reader
from graph.whole import Making, Whole

# A page is for people and is read as a whole.
OFFER = tuple(suffix for suffix, each in FORMATS.items() if each.kind != "page")


def export(loop: Loop, reader: Reader, form: Format, base: str, target: Path) -> Whole:
    """Write the newest edition in this format; it is fetched by the loop while it is written here."""
    whole = loop.run(Whole.of(reader))
    answer = whole_answer(loop, whole, lambda: _shown(whole))
    with quick_turns():
        write_whole(target, form.stream(answer, Place(base, f"{base}v1/graph")))
    return whole


async def _shown(whole: Whole) -> AsyncIterator[Making]:
    done = 0

    def shown(make: Making) -> Result:
        nonlocal done
        part = make()
        show_progress(done := done + len(part.claims))
        return part

    async for make in whole.claims():
        yield partial(shown, make)


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--format", default="ttl", choices=OFFER)
    what.add_argument("--all", action="store_true", help="a dump: many formats, packed, with a manifest and changes")
    told = "a file, which is replaced, - is standard output; of a dump the folder that holds a folder for each version"
    parser.add_argument("--output", type=Path, required=True, help=told)


def _run(given: argparse.Namespace) -> int:
    store = settings()
    if not given.output.parent.is_dir():
        raise Misused(f"{given.output.parent}: no such folder")
    if given.all:
        return _dump(given.output, store)

    with signals.unwinding(), beside(open_reader(store)) as (loop, reader):
        whole = export(loop, reader, FORMATS[given.format], base(store), given.output)
        claims = loop.run(whole.total())
    show_progress(claims, claims)
    if given.output != STANDARD_OUTPUT:
        print(f"{claims} claims in {given.output}")
    return DONE


def _dump(folder: Path, store: Settings) -> int:
    if folder.exists() and not folder.is_dir():
        raise Misused(f"{folder}: is no folder; a dump is a folder in one")
    with signals.unwinding(), beside(open_reader(store)) as (loop, reader):
        version = write_dump(loop, reader, base(store), Dumps(folder), _tell)
    print(f"version {version} in {folder / version}")
    return DONE


def _tell(what: str) -> None:
    print(f"writing {what}", file=sys.stderr)


COMMAND = Command(
    "Write all claims but those superseded or retracted to a file.",
    "--format ttl --output graph.ttl",
    _run,
    _arguments,
)
