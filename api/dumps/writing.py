"""Writes all of one version of the graph aside, in the formats that dumps have, and at last gives it its name."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

from api.ahead import Loop, quick_turns, whole_answer
from api.dumps.changes import patch
from api.dumps.checking import faults_of
from api.dumps.folder import MANIFEST, NAME, Dumps
from api.dumps.manifest import manifest
from api.dumps.neo4j import ARGUMENTS, write_tables
from api.dumps.packed import File, pack
from api.dumps.quads import write_quads
from api.formats import FORMATS
from api.formats.jsonld import MEDIA_TYPE_OF_LINES, write_jsonld_lines
from api.place import Place
from api.whole_file import write_whole
from graph.connection import Reader
from graph.errors import GraphError
from graph.result import Answer, Result
from graph.sorted_lines import in_order
from graph.stored import stored
from graph.whole import Whole
from schema.derive import ARTEFACTS
from schema.derive.rdf import turtle
from schema.packed_file import unpacked

AS_THEY_ARE = ("ttl", "ndjson", "np.trig", "ftm.json")
LINES = f"{NAME}.nt.gz"
LISTED = 20  # faults of a dump that is not written
Told = Callable[[str], None]
Part = TypeVar("Part")


def write_dump(loop: Loop, reader: Reader, base: str, dumps: Dumps, told: Told) -> str:
    """The newest version, written now unless it is there; GraphError where there is none to write.

    Until all of it is on the disk it has another name; what was left by those who were killed is removed.
    """
    whole = loop.run(Whole.of(reader))
    if not whole.edition.hash:
        raise GraphError("the store holds no claims; load some")
    version, previous = whole.edition.hash[:16], dumps.newest()
    if version in dumps.versions():
        return version
    dumps.remove_leftovers()
    part = dumps.folder / f".{version}.{os.getpid()}.part"
    part.mkdir(parents=True)
    try:
        with quick_turns():
            files, counted = _write_all(whole_answer(loop, whole), base, part, told)
            told("neo4j")
            tables, arguments = write_tables(loop.ahead(lambda: stored(whole))(), part)
            files += tables
            files += _changes(dumps, previous, part, base) if previous else []
        told("what the shapes say of it")
        _refuse_faulty(part / LINES)
        lines = next(each for each in files if each.name == LINES)
        record = {
            "hash": whole.edition.hash,
            "instant": whole.edition.instant,
            "claims": loop.run(whole.total()),
            "entities": counted["entities"],
            "triples": counted["triples"],
            "lines_sha256": lines.unpacked_sha256,
            "previous": previous,
        }
        _describe(part, base, version, record, files)
        write_whole(part / ARGUMENTS, ["".join(f"{each}\n" for each in arguments).encode()])
        part.rename(dumps.folder / version)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return version


def _refuse_faulty(lines: Path) -> None:
    try:
        wrong = faults_of(lines)
    except GraphError as error:
        raise GraphError(f"nothing was written: {error}") from None
    if wrong:
        raise GraphError("\n".join(["nothing was written, as it breaks the shapes:", *map(str, wrong[:LISTED])]))


def _changes(dumps: Dumps, previous: str, part: Path, base: str) -> list[File]:
    versions = f"{base}dumps/{previous}/", f"{base}dumps/{part.name[1:17]}/"
    with unpacked(dumps.folder / previous / LINES) as before, unpacked(part / LINES) as after:
        return pack(patch(before, after, versions), part, f"changes-from-{previous}.rdfp", "application/rdf-patch")


def _write_all(answer: Answer, base: str, part: Path, told: Told) -> tuple[list[File], Counter[str]]:
    """The files, and how many entities and triples the lines tell of."""
    place, counted = Place(base, f"{base}v1/graph"), Counter[str]()
    told("nt")
    counting = replace(answer, things=lambda: _counted(answer.things(), counted, "entities", _entities))
    lines = _counted(in_order(FORMATS["nt"].stream(counting, place), part), counted, "triples", lambda _: 1)
    files = pack(lines, part, f"{NAME}.nt", FORMATS["nt"].media_type)
    told("nq")
    files += pack(in_order(write_quads(answer, place), part), part, f"{NAME}.nq", FORMATS["nq"].media_type)
    for suffix in AS_THEY_ARE:
        told(suffix)
        form = FORMATS[suffix]
        files += pack(form.stream(answer, place), part, f"{NAME}.{suffix}", form.media_type)
    told("jsonl")
    files += pack(write_jsonld_lines(answer, place), part, f"{NAME}.jsonl", MEDIA_TYPE_OF_LINES)
    return files, counted


def _counted(parts: Iterable[Part], counted: Counter[str], name: str, size: Callable[[Part], int]) -> Iterator[Part]:
    for part in parts:
        counted[name] += size(part)
        yield part


def _entities(part: Result) -> int:
    return len(part.entities)


def _describe(part: Path, base: str, version: str, record: dict[str, object], files: Iterable[File]) -> None:
    listed = sorted(files, key=lambda each: each.name)
    context = ARTEFACTS["context"]
    write_whole(part / context.FILE, [context.render().encode()])
    write_whole(part / "manifest.ttl", [turtle(manifest(base, version, record, listed)).encode()])
    sums = "".join(f"{each.sha256}  {each.name}\n" for each in listed)
    write_whole(part / "SHA256SUMS", [sums.encode()])
    told = json.dumps(record | {"files": [asdict(each) for each in listed]}, indent=2, sort_keys=True)
    write_whole(part / MANIFEST, [f"{told}\n".encode()])
