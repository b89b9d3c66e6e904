"""Our own RDF comes back: an export into an empty store is exported as the same triples."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings

from api.formats import FORMATS
from api.formats.jsonld import write_jsonld_lines
from graph.connection import Reader
from graph.result import Result, Row, in_one_part
from graph.said import TOGETHER
from graph.write import clear, load
from schema import Claim
from schema.vocabulary import iri
from seed.rdf.read import read_rdf
from seed.read import Reading, read
from tests.commanding import DONE, FAULTY, MISUSED, civicgraph
from tests.conftest import JUDGED, NOW, Store
from tests.export_lines import LANTERN, REPORT, THINGS, of, without
from tests.hostile import hostile
from tests.test_what_is_sound_can_be_said import checked, claims_files
from tests.whole_graph import PLACE, exported

# What an edition says of itself: its hash is over all that was ever said, and an export has no superseded claim.
OF_EDITION = f"<{PLACE.here}> <{iri('cg:version')}> ".encode()


def content(lines: bytes) -> list[bytes]:
    """The sorted lines, without the hash of the edition."""
    return sorted({line for line in lines.splitlines() if not line.startswith(OF_EDITION)})


def sound(*paths: Path) -> Reading:
    found = read_rdf(paths)
    assert found.problems == ()
    return found


async def filled(store: Store, reading: Reading) -> None:
    await store.hold("nothing")
    await clear(store.writer, await load(store.writer, reading.files, NOW))
    store.reader.forget()


@pytest.mark.parametrize("filling", ["seed", "world", "judged", "sourced"])
async def test_what_was_exported_comes_back_as_the_same_triples(store: Store, tmp_path: Path, filling: str) -> None:
    before = await exported(await store.hold(filling), "nt")
    path = tmp_path / "graph.nt"
    path.write_bytes(before)
    await filled(store, sound(path))
    after = await exported(store.reader, "nt")
    assert content(after) == content(before)
    assert len(content(after)) > 1000


async def test_names_that_trip_up_readers_come_back(store: Store, tmp_path: Path) -> None:
    await store.hold("nothing")
    await clear(store.writer, await load(store.writer, [hostile()], NOW))
    store.reader.forget()
    before = await exported(store.reader, "nt")
    path = tmp_path / "graph.nt"
    path.write_bytes(before)
    await filled(store, sound(path))
    assert content(await exported(store.reader, "nt")) == content(before)


# Reading alone: the claims files of the fictional world, against what was read from its export.


def said(reading: Reading) -> dict[tuple[str, str], Row]:
    """What the documents say, by document and id of the claim; RDF keeps no order of evidence, words or challenges."""
    return {(file.document.id, claim.id): plain(claim) for file in reading.files for claim in file.claims}


def together(said: dict[tuple[str, str], Row]) -> dict[tuple[str, str], Row]:
    """RDF says of a claim what its documents say together, but for their evidence, of each of them."""
    found = {}
    for (document, id), record in said.items():
        all_of_it = [other for (_, claim), other in said.items() if claim == id]
        merged = {name: sorted({v for o in all_of_it for v in o.get(name, ())}) for name in TOGETHER}
        if not all("inferred" in each for each in all_of_it):
            merged["inferred"] = []
        found[document, id] = record | {name: value for name, value in merged.items() if value}
    return found


def plain(claim: Claim) -> Row:
    record = claim.model_dump(mode="json", exclude_defaults=True)
    return {name: unordered(value) for name, value in record.items() if name != "recorded_at"}


def unordered(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list) else value


async def test_what_is_read_is_what_the_claims_files_say_of_all_that_stands(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text("".join(lines), encoding="utf-8")
    found = sound(tmp_path / "graph.nt")
    subjects = {line.partition(" ")[0] for line in lines}
    documents = together(said(read(JUDGED)))
    wanted = {key: record for key, record in documents.items() if f"<{THINGS}{key[1]}>" in subjects}
    assert said(found) == wanted and len(wanted) > 150
    entities = {e.id: e for file in read(JUDGED).files for e in (*file.entities, file.document)}
    declared = {e.id: e for file in found.files for e in (*file.entities, file.document)}
    assert declared == {id: entities[id] for id in declared} and {"ines-araujo", LANTERN, REPORT} <= declared.keys()


SUFFIXES = ("nt", "nq", "ttl", "jsonld", "nt.gz", "ttl.zst")


@pytest.mark.parametrize("suffix", SUFFIXES)
async def test_each_syntax_is_read_as_the_same(judged: Reader, lines: list[str], tmp_path: Path, suffix: str) -> None:
    (tmp_path / "wanted.nt").write_text("".join(lines), encoding="utf-8")
    kind, _, packing = suffix.partition(".")
    written = await exported(judged, kind)
    pack: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": zstandard.compress, "": bytes}
    (tmp_path / f"graph.{suffix}").write_bytes(pack[packing](written))
    assert said(sound(tmp_path / f"graph.{suffix}")) == said(sound(tmp_path / "wanted.nt"))


async def test_lines_come_in_any_order_twice_and_from_several_files(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "wanted.nt").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "a.nt").write_text("".join(reversed(lines[::2])), encoding="utf-8")
    (tmp_path / "b.ttl").write_text("".join([*lines[1::2], *lines[:50]]), encoding="utf-8")
    assert said(sound(tmp_path / "a.nt", tmp_path / "b.ttl")) == said(sound(tmp_path / "wanted.nt"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(claims_files())
def test_whatever_is_sound_is_read_back(tmp_path_factory: pytest.TempPathFactory, written: Row) -> None:
    if (told := checked(written)) is None:
        return
    answer = Result("claims", "", told.columns, [], told.claims, told.entities, version="0" * 64, version_at=NOW)
    folder = tmp_path_factory.mktemp("sound")
    [claim] = told.claims.values()
    for suffix in ("nt", "ttl", "nq", "jsonld", "jsonl"):
        path = folder / f"graph.{suffix}"
        if suffix == "jsonl":
            path.write_bytes(b"".join(write_jsonld_lines(in_one_part(answer), PLACE)))
        else:
            path.write_bytes(FORMATS[suffix].write(answer, PLACE))
        [file] = sound(path).files
        [found] = file.claims
        assert found.id == claim["id"] and repr(found.value) == repr(claim["value"])
        evidence = [piece.model_dump(exclude_defaults=True) for piece in found.evidence]
        assert len(evidence) == len(claim["evidence"]) and all(piece in evidence for piece in claim["evidence"])
        for name in ("wording", "inferred"):
            assert {*getattr(found, name)} == {*claim.get(name, ())}
        [ada] = file.entities
        assert (ada.name, {*ada.aliases}, {*ada.same_as}) == (
            told.entities["ada"]["name"],
            {*told.entities["ada"].get("aliases", ())},
            {*told.entities["ada"].get("same_as", ())},
        )


# The command


async def test_the_command_loads_an_export_as_one_change_and_nothing_of_a_faulty_one(
    lines: list[str], tmp_path: Path
) -> None:
    graph, spoilt, data = tmp_path / "graph.nt", tmp_path / "spoilt.nt", tmp_path / "data"
    graph.write_text("".join(lines), encoding="utf-8")
    spoilt.write_text("".join(without(of(LANTERN, "rdfs:label"))(lines)), encoding="utf-8")
    faulty = civicgraph(data, "import", "rdf", spoilt)
    assert faulty.returncode == FAULTY and b"name: is missing" in faulty.stderr and not data.exists()
    assert b"nothing was written" in faulty.stderr
    dry = civicgraph(data, "import", "rdf", graph, "--dry-run")
    assert dry.returncode == DONE and b"260 claims; nothing was written" in dry.stdout and not data.exists()
    assert civicgraph(data, "import", "rdf", graph, "--report", tmp_path / "x.csv").returncode == MISUSED
    done = civicgraph(data, "import", "rdf", graph)
    assert len([line for line in lines if line.endswith("terms#Claim> .\n")]) == 255  # five rest on two documents
    assert done.returncode == DONE and b"255 claims created" in done.stdout, done.stderr
    again = civicgraph(data, "import", "rdf", graph)
    assert b"0 claims created, 0 changed, 0 retracted, 260 as they were" in again.stdout, again.stderr
