"""A file that is no RDF, or no whole export of ours in the profile `full`, is told with file and line, and not read."""

import gzip
import json
from pathlib import Path

import pytest

from api.formats import FORMATS
from api.place import Place
from graph.result import Result
from schema.closed_lists import Profile
from schema.vocabulary import iri
from seed.rdf import syntax
from seed.rdf.read import read_rdf
from seed.read import read
from tests.conftest import JUDGED
from tests.export_lines import CG, HEAD, Change, besides, instead, problems, without
from tests.whole_graph import PLACE

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


HEADS: dict[str, tuple[Change, str]] = {
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


def test_other_profiles_are_refused_as_they_are_written(tmp_path: Path) -> None:
    file = read(JUDGED).files[0]
    entities = {e.id: {"id": e.id, "name": e.name, "types": [*e.labels()[1:]]} for e in (*file.entities, file.document)}
    answer = Result("claims", "", ("subject",), [], {}, entities, version="0" * 64)
    for profile, words in ((Profile.TRUTHY, "profile-truthy"), (Profile.REIFIED, "profile-reified")):
        path = tmp_path / "graph.ttl"
        path.write_bytes(FORMATS["ttl"].write(answer, Place(PLACE.base, PLACE.here, profile=profile)))
        [problem] = read_rdf([path]).problems
        assert words in problem.message
