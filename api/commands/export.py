"""`civicgraph export`: the whole graph in one file, which appears once it is whole."""

import argparse
import sys
from pathlib import Path

from api import signals
from api.commands import DONE, Command, Misused, base, settings
from api.console import show_progress
from api.formats import FORMATS
from api.place import Place
from graph.connection import Reader
from graph.errors import Unavailable
from graph.query import read_queries
from graph.result import Result
from graph.run import run
from graph.store import open_reader

STANDARD_OUTPUT = Path("-")


async def everything(reader: Reader) -> Result:
    """Every claim but those superseded or retracted, page by page, all of one edition."""
    query, edition = read_queries()["claims"], await reader.edition()
    whole = page = await run(reader, query, query.check({"limit": 500}), edition)
    while page.next_cursor:
        page = await run(reader, query, query.check({"limit": 500, "cursor": page.next_cursor}), edition)
        whole.rows.extend(page.rows)
        whole.claims.update(page.claims)
        whole.entities.update(page.entities)
        show_progress(len(whole.rows))
    if (newest := await reader.edition()).swept > edition.number:
        raise Unavailable(f"a load has replaced edition {edition.number} by {newest.number} meanwhile; export again")
    return Result(**vars(whole) | {"next_cursor": None, "parameters": {}})


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", default="ttl", choices=FORMATS)
    parser.add_argument("--output", type=Path, required=True, help="a file, which is replaced; - is standard output")


def _run(given: argparse.Namespace) -> int:
    store = settings()
    if not given.output.parent.is_dir():
        raise Misused(f"{given.output.parent}: no such folder")

    async def work() -> Result:
        async with open_reader(store) as reader:
            return await everything(reader)

    result = signals.run(work())
    written = FORMATS[given.format].write(result, Place(base(store), f"{base(store)}v1/graph"))
    if given.output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(written)
        return DONE
    part = given.output.with_name(given.output.name + ".part")
    part.write_bytes(written)
    part.replace(given.output)
    print(f"{len(result.claims)} claims and {len(result.entities)} entities in {given.output}")
    return DONE


COMMAND = Command(
    "Write all claims but those superseded or retracted to a file.",
    "--format ttl --output graph.ttl",
    _run,
    _arguments,
)
