"""`civicgraph import`: public data in its source's own format, brought into the store with where it stands written."""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from api import signals
from api.commands import DONE, FAULTY, Command, Misused, settings
from api.commands.load import brought, cleared, loaded
from api.console import announce, list_faults, seen, show_over
from graph.connection import WRITING, Writer, grace
from graph.imported import is_held, note
from graph.store import open_store, preparing
from schema.claims_file import ClaimsFile
from schema.file_hash import sha256_of
from seed.importers import importer
from seed.importers.reading import reading
from seed.importers.source import Source, known, read_source
from seed.importers.writing import Doubt
from seed.rdf.read import read_rdf

RDF = "rdf"
AT_ONCE = 50_000
MOST_TOLD = 20


class _Report:
    """Every doubt in a file where one is named, the first few and their number on standard error; how far it is."""

    def __init__(self, file: Path | None) -> None:
        self._file = file.open("w", newline="", encoding="utf-8") if file else None
        self._csv = csv.writer(self._file) if self._file else None
        self._told: Counter[tuple[str, str]] = Counter()
        self._read, self._claims = dict[str, int](), 0
        if self._csv:
            self._csv.writerow(["file", "place", "value", "why", "done"])

    def read(self, file: str, claims: int) -> None:
        self._claims += claims - self._read.get(file, 0)
        self._read[file] = claims
        show_over(f"{len(self._read)} files, {self._claims} claims read")

    def tell(self, doubt: Doubt) -> None:
        if self._csv:
            self._csv.writerow([doubt.file, doubt.place, doubt.value, doubt.why, doubt.done])
        if self._told.total() < MOST_TOLD:
            show_over("")
            print(f"doubtful: {seen(doubt)}", file=sys.stderr)
        self._told[doubt.why, doubt.done] += 1

    def end(self) -> None:
        if self._file:
            self._file.close()
        if self._told.total() > MOST_TOLD:
            for (why, done), times in self._told.most_common():
                print(f"doubtful: {times} times: {seen(why)}; {done}", file=sys.stderr)
            if not self._file:
                print("each of them is in the file that --report names", file=sys.stderr)


def _source(name: str) -> Source:
    mappings = known()
    path = mappings.get(name, Path(name))
    if not path.is_file():
        raise Misused(f"{name} is neither a mapping file nor one of {', '.join(mappings)}")
    return read_source(path)


def _groups(files: Iterator[ClaimsFile]) -> Iterator[list[ClaimsFile]]:
    """Documents that are loaded as one change: of a cut import what was loaded stays, and is not written again."""
    group, claims = list[ClaimsFile](), 0
    for file in files:
        group.append(file)
        claims += len(file.claims)
        if claims >= AT_ONCE:
            show_over("", ended=True)
            yield group
            group, claims = [], 0
    if group:
        show_over("", ended=True)
        yield group


def _run(given: argparse.Namespace) -> int:
    if given.mapping == RDF:
        return _run_rdf(given)
    source = _source(given.mapping)
    [path, *more] = given.paths
    if more:
        raise Misused(f"{more[0]} is too much: of {source.name} one file or folder is read")
    if not path.exists():
        raise Misused(f"{path} is not there; name the file or folder of {source.name}")
    report = _Report(given.report)
    try:
        hashed = cache(sha256_of)  # what tells whether all of it was read before has hashed each file that is read
        files = importer(source.kind)(source, path, report.tell, report.read, hashed)
        if given.dry_run:
            _count(files)
        else:
            signals.run(_bring(files, reading(source, path, hashed), given.report is not None))
    finally:
        report.end()
    return DONE


def _run_rdf(given: argparse.Namespace) -> int:
    """An export of ours is sound as a whole, or nothing of it is written; it is loaded as one change."""
    if given.report:
        raise Misused("--report is of other people's data: an export of ours is sound or not, and nothing in doubt")
    found = read_rdf(given.paths)
    if found.problems:
        list_faults(found.problems)
        return FAULTY
    if given.dry_run:
        _count(found.files)
        return DONE

    async def work() -> None:
        async with loaded(settings(), found) as (graph, done):
            await cleared(graph.writer, done)

    signals.run(work())
    return DONE


def _count(files: Iterable[ClaimsFile]) -> None:
    documents = entities = claims = 0
    for file in files:
        documents, entities, claims = documents + 1, entities + len(file.entities), claims + len(file.claims)
    show_over("", ended=True)
    print(f"{documents} documents, {entities} declarations of entities, {claims} claims; nothing was written")


async def _bring(files: Iterator[ClaimsFile], read_as: str, whatever_is_held: bool) -> None:
    given = settings()
    # What a person would not wait for, an import may; those who read meanwhile keep their own limit.
    patient = replace(given, query_seconds=max(given.query_seconds, WRITING))
    announce(preparing(patient))
    async with open_store(patient) as graph:
        graph.writer.grace = grace(given.query_seconds)
        await bring(graph.writer, files, read_as, whatever_is_held)


async def bring(writer: Writer, files: Iterator[ClaimsFile], read_as: str, whatever_is_held: bool = False) -> None:
    """Load what is read, unless the store holds it by the same reading; note what was read."""
    edition = await writer.newest()
    if edition and not whatever_is_held and await is_held(writer, read_as):
        print(f"nothing was read: the store holds these files as this mapping and code read them; {edition}")
        return
    documents: list[str] = []
    for group in _groups(files):
        done = await brought(writer, group)
        await cleared(writer, done)
        documents += [file.document.id for file in group if file.document.id not in done.left_out]
    await note(writer, read_as, documents)


def _arguments(parser: argparse.ArgumentParser) -> None:
    told = f"{', '.join(known())}, a mapping file of your own, or {RDF}: what `civicgraph export` has written"
    parser.add_argument("mapping", help=told)
    parser.add_argument("paths", nargs="+", type=Path, help="file, folder or archive; of RDF files of one export")
    parser.add_argument("--dry-run", action="store_true", help="read and check all of it; write nothing")
    parser.add_argument(
        "--report", type=Path, help="CSV file for every value that was not taken as it stands; all is read for it"
    )


COMMAND = Command(
    "Bring public data into the store, in its source's own format.",
    "openstates ../shared/data/openstates-people",
    _run,
    _arguments,
)
