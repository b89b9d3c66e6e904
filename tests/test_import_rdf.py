"""Our own RDF comes back: an export into an empty store is exported as the same triples; the spoilt is refused."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings

from api.formats import FORMATS
from api.formats.jsonld import write_jsonld_lines
from api.place import Place
from graph.result import Result, Row, in_one_part
from graph.said import TOGETHER
from graph.write import clear, load
from schema import Claim
from schema.closed_lists import Profile
from schema.vocabulary import iri
from seed.problem import Problem
from seed.rdf import syntax
from seed.rdf.read import read_rdf
from seed.read import Reading, read
from tests.commanding import DONE, FAULTY, MISUSED, civicgraph
from tests.conftest import JUDGED, NOW, Store
from tests.hostile import hostile
from tests.test_what_is_sound_can_be_said import checked, claims_files
from tests.whole_graph import PLACE, exported

# What an edition says of itself: its hash is over all that was ever said, and an export has no superseded claim.
OF_EDITION = f"<{PLACE.here}> <{iri('cg:version')}> ".encode()
THINGS, CG = f"{PLACE.base}id/", iri("cg:")
ADVICE, LANTERN, ORTIZ, REPORT = "c-15859a4f34ab60f6", "civic-lantern", "lena-ortiz", "calder-report"


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


@pytest.fixture(scope="module")
def world_lines() -> list[str]:
    return []


@pytest.fixture
async def lines(embedded: Store, world_lines: list[str]) -> list[str]:
    """The sorted N-Triples of the fictional world and the judgements on it, written once."""
    if not world_lines:
        world_lines += (await exported(await embedded.hold("judged"), "nt")).decode().splitlines(keepends=True)
    return world_lines


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
async def test_each_syntax_is_read_as_the_same(embedded: Store, lines: list[str], tmp_path: Path, suffix: str) -> None:
    (tmp_path / "wanted.nt").write_text("".join(lines), encoding="utf-8")
    await embedded.hold("judged")
    kind, _, packing = suffix.partition(".")
    written = await exported(embedded.reader, kind)
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


# What is refused


def of(id: str, name: str) -> str:
    """How a line begins that tells this property of a thing."""
    return f"<{THINGS}{id}> <{iri(name)}> "


def without(beginning: str) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        kept = [line for line in lines if not line.startswith(beginning)]
        assert len(kept) < len(lines)
        return kept

    return change


def instead(beginning: str, term: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*without(beginning)(lines), f"{beginning}{term} .\n"]


def besides(*more: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines, *(f"{line} .\n" for line in more)]


def turned(line: str) -> str:
    """The line about a document in the place of a mayor."""
    return line.replace(f"<{THINGS}{ORTIZ}>", f"<{THINGS}{REPORT}>")


HEAD = f"<{PLACE.here}>"
PIECE = f"{ADVICE}#ea0b87d1f"
FAULTS: dict[str, tuple[Callable[[list[str]], list[str]], str, str]] = {
    "no evidence": (without(of(ADVICE, "cg:evidence")), ADVICE, "belongs to nothing"),
    "evidence gone whole": (without(f"<{THINGS}{PIECE}"), ADVICE, "is named and not described"),
    "none at all": (
        lambda lines: [x for x in lines if PIECE not in x],
        ADVICE,
        "evidence: is missing: each claim must say where it stands written",
    ),
    "evidence without document": (without(of(PIECE, "oa:hasSource")), ADVICE, "names no document (oa:hasSource)"),
    "quote and its length": (
        instead(f"<{THINGS}{PIECE}-position> <{iri('oa:end')}> ", f'"3169"^^<{iri("xsd:nonNegativeInteger")}>'),
        ADVICE,
        "start and end must be 35 characters apart",
    ),
    "another object": (
        instead(of(ADVICE, "rdf:object"), f"<{THINGS}ines-araujo>"),
        LANTERN,
        "ADVISES: lena-ortiz is told without a claim",
    ),
    "another detail": (
        besides(f'{of(ADVICE, "cg:detail")}"on parks"@en'),
        ADVICE,
        "says something else than its id",
    ),
    "ends of the wrong type": (
        lambda lines: [turned(line) if ADVICE in line or "terms#advises>" in line else line for line in lines],
        ADVICE,
        "the object of ADVISES must be of type",
    ),
    "two objects": (besides(f"{of(ADVICE, 'rdf:object')}<{THINGS}x>"), ADVICE, "rdf:object: has several values"),
    "no relation": (
        instead(of(ADVICE, "rdf:predicate"), f"<{CG}advise>"),
        ADVICE,
        "no relation (did you mean advises?)",
    ),
    "unknown status": (instead(of(ADVICE, "cg:status"), f"<{CG}status-true>"), ADVICE, "is no word of it; there are"),
    "undescribed object": (without(f"<{THINGS}{ORTIZ}> "), ORTIZ, "and not described"),
    "undescribed document": (without(f"<{THINGS}{REPORT}> "), REPORT, "not described"),
    "no name": (without(of(LANTERN, "rdfs:label")), LANTERN, "name: is missing"),
    "two names": (besides(f'{of(LANTERN, "rdfs:label")}"x"'), LANTERN, "name: has several values"),
    "unknown type": (besides(f"{of(LANTERN, 'rdf:type')}<{CG}Advocacygroup>"), LANTERN, "did you mean AdvocacyGroup?"),
    "two types": (besides(f"{of(LANTERN, 'rdf:type')}<{CG}City>"), LANTERN, "must be of one type"),
    "unknown property": (besides(f'{of(LANTERN, "foaf:mbox")}"x"'), LANTERN, "is no property of it that we know"),
    "text for an address": (instead(of(LANTERN, "schema:url"), '"x"'), LANTERN, "website: must be an IRI"),
    "fact on nobody's word": (
        besides(f"{of(LANTERN, 'cg:founded')}<{THINGS}{ORTIZ}>"),
        LANTERN,
        "FOUNDED: lena-ortiz is told without a claim",
    ),
    "named by no claim": (
        besides(f"{of('nobody', 'rdf:type')}<{CG}Person>", f'{of("nobody", "rdfs:label")}"Nobody"'),
        "nobody",
        "is named by no claim",
    ),
    "not described": (besides(f'{of("nobody#publisher", "schema:name")}"x"'), "nobody", "is not described itself"),
    "an id that climbs": (
        lambda lines: [line.replace(f"{THINGS}{REPORT}", f"{THINGS}../../{REPORT}") for line in lines],
        "",
        "ends in no id of ours",
    ),
    "foreign subject": (besides(f'<https://x.example/a> <{iri("rdfs:label")}> "x"'), "", "is no thing of"),
    "foreign object": (instead(of(ADVICE, "rdf:object"), "<https://x.example/a>"), ADVICE, "names https://x.example/a"),
    "standing without a cause": (
        lambda lines: [
            *lines,
            f"{of(ADVICE, 'cg:challengedBy')}<{THINGS}c-0000000000000000> .\n",
            *(f"{of(ADVICE, 'cg:standing')}<{CG}standing-disputed> .\n" for _ in [0]),
        ],
        ADVICE,
        "standing: ",
    ),
}


def problems(folder: Path, lines: list[str], name: str = "graph.nt") -> tuple[Problem, ...]:
    (folder / name).write_text("".join(lines), encoding="utf-8")
    found = read_rdf([folder / name])
    assert not (found.problems and found.files)
    return found.problems


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_told_with_its_subject_and_line_and_nothing_is_read(
    lines: list[str], tmp_path: Path, fault: str
) -> None:
    change, subject, words = FAULTS[fault]
    spoilt = change(lines)
    found = problems(tmp_path, spoilt)
    told = [each for each in found if words in each.message]
    assert told, list(map(str, found))
    if subject:
        assert told[0].field == f"<{THINGS}{subject}>" and told[0].file == str(tmp_path / "graph.nt")
        assert told[0].line and subject in spoilt[told[0].line - 1]
        described = [n for n, line in enumerate(spoilt, 1) if line.startswith(f"<{THINGS}{subject}> ")]
        assert told[0].line == described[0] if described else True
        assert len(found) < 12, list(map(str, found))


HEADS: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "truthy": (
        instead(f"{HEAD} <{iri('dct:conformsTo')}> ", f"<{CG}profile-truthy>"),
        "profile-truthy, which does not",
    ),
    "reified": (instead(f"{HEAD} <{iri('dct:conformsTo')}> ", f"<{CG}profile-reified>"), "profile-reified, which"),
    "unknown profile": (instead(f"{HEAD} <{iri('dct:conformsTo')}> ", "<https://x.example/p>"), "x.example/p, which"),
    "no profile": (without(f"{HEAD} <{iri('dct:conformsTo')}> "), "the profile that it does not name"),
    "no head": (without(HEAD), "it is no export of ours"),
    "two versions": (besides(f'{HEAD} <{iri("cg:version")}> "{"1" * 64}"'), " and "),
    "no version": (without(f"{HEAD} <{iri('cg:version')}> "), "64 hexadecimal digits, and is of none"),
    "an odd version": (instead(f"{HEAD} <{iri('cg:version')}> ", '"7"'), "is of 7"),
    "a question": (instead(f"{HEAD} <{iri('cg:query')}> ", '"advisors"'), "is an answer to a question"),
    "a part": (instead(f"{HEAD} <{iri('cg:truncated')}> ", f'"true"^^<{iri("xsd:boolean")}>'), "or a part of one"),
    "no dataset": (without(f"{HEAD} <{iri('void:inDataset')}> "), "void:inDataset is missing"),
    "two answers": (
        besides(f"<https://x.example/v1/graph> <{iri('rdf:type')}> <{CG}Result>"),
        "are several answers: http",
    ),
}


@pytest.mark.parametrize("head", HEADS)
async def test_what_is_no_whole_export_in_full_is_refused(lines: list[str], tmp_path: Path, head: str) -> None:
    change, words = HEADS[head]
    [problem] = problems(tmp_path, change(lines))
    assert words in problem.message and problem.file == str(tmp_path / "graph.nt")


FILES: dict[str, tuple[str, bytes, int, str]] = {
    "an illegal IRI": (
        "a.nt",
        b"<http://a/b> <http://a/c> <http://a/d> .\n<http://a/b c> <http://a/c> 1 .\n",
        2,
        "IRI",
    ),
    "an IRI without a scheme": ("a.ttl", b"\n\n<a> <http://b/c> 1 .", 3, "scheme"),
    "no UTF-8": ("a.nq", b'<http://a/b> <http://a/c> "\xff" .\n', 1, "UTF-8"),
    "RDF/XML": ("a.rdf", b"<rdf:RDF/>", 0, "RDF/XML, which is not read"),
    "RDF/XML, packed": ("a.xml.gz", gzip.compress(b"<x/>"), 0, "RDF/XML, which is not read"),
    "entities, under another name": ("a.nt", b'<!DOCTYPE x [<!ENTITY a "b">]>\n', 1, "is no N-Triples"),
    "nanopublications": ("a.np.trig", b"", 0, "is of no kind that is read; give .nt"),
    "another kind": ("a.csv", b"", 0, "is of no kind that is read"),
    "not gzip": ("a.nt.gz", b"<http://a/b>", 0, "cannot be read: is not packed as .gz"),
    "cut short": (
        "a.nt.gz",
        gzip.compress(b"<http://a/b> <http://b/c> <http://c/d> .\n" * 99)[:-9],
        0,
        "cannot be read",
    ),
    "not zstd": ("a.nt.zst", b"<http://a/b>", 0, "cannot be read"),
    "a node without a name": ("a.ttl", b"<http://a/b> <http://b/c> [] .", 0, "a node without a name (http://b/c)"),
    "triple terms": ("a.ttl", b"<http://a/b> <http://b/c> <<( <http://a/b> <http://b/c> 1 )>> .", 0, "profile reified"),
    "no JSON": ("a.jsonld", b'{"@id":\n x}', 2, "is no JSON"),
    "a remote context": (
        "a.jsonld",
        b'{"@context": "https://x.example/c"}',
        1,
        "context https://x.example/c, which is",
    ),
    "one in a list": ("a.jsonl", b'{}\n{"@context": [{}, "https://x.example/c"]}\n', 2, "https://x.example/c"),
    "one within": ("a.jsonl", b'{"a": [{"@context": "https://x.example/c"}]}\n', 1, "https://x.example/c"),
    "an import": ("a.jsonld", b'{"@context": {"@import": "https://x.example/c"}}', 1, "@import https://x.example/c"),
    "one scoped to a term": (
        "a.jsonld",
        b'{"@context": {"a": {"@id": "http://a/b", "@context": "https://x.example/c"}}}',
        1,
        "https://x.example/c",
    ),
    "not there": ("", b"", 0, "cannot be read: No such file"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    called, held, line, words = FILES[name]
    path = tmp_path / (called or "gone.nt")
    if called:
        path.write_bytes(held)
    [problem] = read_rdf([path]).problems
    assert (problem.file, problem.line) == (str(path), line) and words in problem.message, str(problem)


def test_our_context_is_known_by_its_address_wherever_it_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax, "AT_ONCE", 2)
    node = {"id": "http://a/b", "type": "City", "name": "x"}
    told = [json.dumps({"@context": "https://elsewhere.example/v1/schema/context.jsonld"} | node)] * 3
    (tmp_path / "a.jsonl").write_text("\n".join(told))
    assert len([*syntax.statements(tmp_path / "a.jsonl")]) == 6
    (tmp_path / "a.jsonld").write_text(json.dumps(json.loads(told[0]) | {"@graph": [node]}))
    found = {(each.predicate, each.value) for each in syntax.statements(tmp_path / "a.jsonld")}
    assert (iri("rdf:type"), f"{CG}City") in found and (iri("rdfs:label"), "x") in found


async def test_other_profiles_are_refused_as_they_are_written(embedded: Store, tmp_path: Path) -> None:
    file = read(JUDGED).files[0]
    entities = {e.id: {"id": e.id, "name": e.name, "types": [*e.labels()[1:]]} for e in (*file.entities, file.document)}
    answer = Result("claims", "", ("subject",), [], {}, entities, version="0" * 64)
    for profile, words in ((Profile.TRUTHY, "profile-truthy"), (Profile.REIFIED, "profile-reified")):
        path = tmp_path / "graph.ttl"
        path.write_bytes(FORMATS["ttl"].write(answer, Place(PLACE.base, PLACE.here, profile=profile)))
        [problem] = read_rdf([path]).problems
        assert words in problem.message


# The command


async def test_the_command_loads_an_export_as_one_change_and_nothing_of_a_faulty_one(
    lines: list[str], tmp_path: Path
) -> None:
    graph, spoilt, data = tmp_path / "graph.nt", tmp_path / "spoilt.nt", tmp_path / "data"
    graph.write_text("".join(lines), encoding="utf-8")
    spoilt.write_text("".join(FAULTS["no name"][0](lines)), encoding="utf-8")
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
