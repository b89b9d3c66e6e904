"""The queries made of the shapes find what pyshacl finds: one fault made for each constraint of each shape."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import RDF, SH, XSD, BNode, Literal, URIRef
from rdflib.collection import Collection

from api.__main__ import main
from api.dumps.checking import faults_of
from schema.derive import checks, shapes
from schema.vocabulary import iri
from tests.commanding import UNAVAILABLE
from tests.conftest import WORLD
from tests.processes import killing_its_child
from tests.reading_rdf import rdflib_graph
from tests.sample_result import PLACE, sample
from tests.shaping import by_checks, by_pyshacl, violations

pytestmark = pytest.mark.slow

OA = rdflib.Namespace(iri("oa:"))
NOWHERE, NOTHING = URIRef("urn:nowhere"), URIRef("urn:nothing")
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
SPARQL = URIRef(f"{SH}SPARQLConstraintComponent")
# Each breaks some pattern or length, and is tried in turn.
SPOILT = ("", " ", "x", "word " * 26, "javascript:alert(1)", "x" * 60_000, "2024-13", "20245")


@dataclass
class Broken:
    """A constraint, and the focus of a fault of it; `path` is the property at fault where it is a plain one."""

    shape: URIRef
    component: URIRef
    focus: URIRef
    path: str


class Breaking:
    """A graph to which one fault is added for each constraint of each shape, each on nodes of its own."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph, self._shapes, self._nodes = graph, shapes.graph(), 0

    def broken(self) -> Iterator[Broken]:
        """Break them all, one after the other."""
        for shape in sorted(set(self._shapes.subjects(RDF.type, SH.NodeShape)), key=str):
            if any((shape, kind, None) in self._shapes for kind in TARGETS):
                yield from self._whole(shape)
                for inner in self._shapes.objects(shape, SH.property):
                    yield from self._property(shape, inner)

    def _whole(self, shape: Any) -> Iterator[Broken]:
        """Constraints of the shape itself, whose value is the focus."""
        for kind in self._shapes.predicates(shape):
            if kind == SH.closed:
                focus = self._focus(shape)
                self.graph.add((focus, URIRef("urn:mood"), Literal("good")))
                yield Broken(shape, component("Closed"), focus, "urn:mood")
            elif kind == SH["class"] or kind == SH["or"]:
                yield Broken(shape, component(local(kind)), self._focus(shape), "")
            elif kind == SH.nodeKind:
                node = BNode() if (shape, SH.targetNode, None) not in self._shapes else NOWHERE
                yield Broken(shape, component("NodeKind"), self._focus(shape, node), "")

    def _property(self, shape: Any, inner: Any) -> Iterator[Broken]:
        path: Any = self._shapes.value(inner, SH.path)
        for kind, value in self._shapes.predicate_objects(inner):
            if kind in (RDF.type, SH.path):
                continue
            focus = self._focus(shape)
            told = str(path) if isinstance(path, URIRef) else ""
            for bad in self._bad(kind, value, focus):
                self._reach(path, focus, bad)
            yield Broken(shape, component(local(kind)), focus, told)

    def _bad(self, kind: Any, value: Any, focus: Any) -> list[Any]:
        """Values that break it."""
        if kind == SH.minCount:
            return []
        if kind == SH.maxCount:
            return [URIRef(f"{NOTHING}-{n}") for n in range(int(value) + 1)]
        if kind in (SH["class"], SH["or"]):
            return [NOTHING]
        if kind in (SH["in"], SH.nodeKind):
            return [Literal("on no list")]
        if kind == SH.datatype:
            return [Literal("2.5", datatype=XSD.double)]
        if kind == SH.minInclusive:
            return [natural(int(value) - 1)]
        if kind == SH.minLength:
            return [Literal("x" * (int(value) - 1))]
        if kind == SH.maxLength:
            return [Literal("x" * (int(value) + 1))]
        if kind == SH.lessThan:
            self.graph.add((focus, value, natural(3)))
            return [natural(3)]
        assert kind == SH.pattern, kind
        return [Literal(next(each for each in SPOILT if not re.search(str(value), each)))]

    def _focus(self, shape: Any, node: Any = None) -> Any:
        """A new node that the shape looks at; the only one there is where it names it."""
        for kind in TARGETS:
            for target in sorted(self._shapes.objects(shape, kind)):
                if kind == SH.targetNode:
                    return target
                self._nodes += 1
                node = node if node is not None else URIRef(f"urn:focus-{self._nodes}")
                if kind == SH.targetClass:
                    self.graph.add((node, RDF.type, target))
                elif kind == SH.targetSubjectsOf:
                    self.graph.add((node, target, NOTHING))
                else:
                    self.graph.add((URIRef(f"urn:other-{self._nodes}"), target, node))
                return node
        raise AssertionError(shape)

    def _reach(self, path: Any, focus: Any, value: Any) -> None:
        """Triples by which the path leads from the focus to the value."""
        if isinstance(path, URIRef):
            self.graph.add((focus, path, value))
            return
        back, on = Collection(self._shapes, path)
        self._nodes += 1
        between = URIRef(f"urn:between-{self._nodes}")
        self.graph.add((between, self._shapes.value(back, SH.inversePath), focus))  # type: ignore[arg-type]
        self.graph.add((between, on, value))  # type: ignore[arg-type]


def natural(number: int) -> Literal:
    """The engine keeps no kind of integer but xsd:integer, so that a fault must not lie in that alone."""
    return Literal(str(number), datatype=XSD.integer if number < 0 else XSD.nonNegativeInteger, normalize=False)


def local(kind: Any) -> str:
    name = str(kind).removeprefix(str(SH))
    return name[0].upper() + name[1:]


def component(name: str) -> URIRef:
    return URIRef(f"{SH}{name}ConstraintComponent")


def test_each_constraint_is_broken_and_both_find_the_same() -> None:
    graph = rdflib_graph("ttl", sample())
    assert violations(graph) == set()
    broken = list(Breaking(graph).broken())
    found = {(each.focus, each.path, each.component) for each in violations(graph)}
    assert [each for each in broken if not _is_found(each, found)] == []
    # every check has its fault; the three that are in SPARQL have theirs in tests/test_shapes_catch.py
    assert len(broken) == sum(check.component != str(SPARQL) for check in checks.checks()) > 500


def _is_found(each: Broken, found: set[tuple[str, str, str]]) -> bool:
    if isinstance(each.focus, BNode):
        return ("", each.path, str(each.component)) in found
    return (str(each.focus), each.path, str(each.component)) in found


ILL_TYPED = {
    "schema:startDate": ("2024-02-31", XSD.date),
    "schema:endDate": ("2024-13", XSD.gYearMonth),
    "prov:generatedAtTime": ("yesterday", XSD.dateTime),
    "cg:truncated": ("perhaps", XSD.boolean),
    "cg:amount": ("a lot", XSD.decimal),
}


@pytest.mark.filterwarnings("ignore")  # rdflib says by itself that it cannot read them
@pytest.mark.parametrize("field", ILL_TYPED)
def test_a_literal_that_its_datatype_does_not_have_is_found(field: str) -> None:
    graph, path = rdflib_graph("ttl", sample()), URIRef(iri(field))
    text, datatype = ILL_TYPED[field]
    subject = min(graph.subjects(path, None), default=URIRef(f"{PLACE.base}id/c-0000000000000001"))
    graph.set((subject, path, Literal(text, datatype=datatype, normalize=False)))
    assert (str(subject), str(path)) in {(each.focus, each.path) for each in violations(graph)}


@pytest.mark.filterwarnings("ignore")
def test_what_cannot_be_compared_breaks_the_comparison_too() -> None:
    """So it is specified; pyshacl tells the datatype alone."""
    graph = rdflib_graph("ttl", sample())
    subject = min(graph.subjects(OA.end, None))
    graph.set((subject, OA.end, Literal("twelve", datatype=XSD.nonNegativeInteger, normalize=False)))
    theirs, ours = ({each.component.rpartition("#")[2] for each in by(graph)} for by in (by_pyshacl, by_checks))
    told = {f"{name}ConstraintComponent" for name in ("MinInclusive", "LessThan")}
    assert (theirs, ours - theirs) == ({"DatatypeConstraintComponent"}, told)


def test_a_dump_is_checked_from_its_file(tmp_path: Path) -> None:
    graph = rdflib_graph("nt", sample())
    plain, packed = tmp_path / "dump.nt", tmp_path / "dump.nt.gz"
    lines = graph.serialize(format="nt").encode()
    plain.write_bytes(lines)
    assert faults_of(plain) == []
    claim = f"{PLACE.base}id/c-0000000000000001"
    mood, quote = iri("cg:mood"), f"<{claim}#e1-quote> <{RDF.type}> <{iri('oa:TextQuoteSelector')}> .\n"
    packed.write_bytes(gzip.compress(lines + f'<{claim}> <{mood}> "good" .\n{quote}'.encode()))
    missing, closed = faults_of(packed)
    assert str(closed) == f'<{claim}> <{mood}> "good" breaks Closed of the shape Claim'
    assert (missing.focus, missing.path) == (f"<{claim}#e1-quote>", f"<{iri('oa:exact')}>")
    assert {closed.claim, missing.claim} == {"c-0000000000000001"}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["dump.nt", "dump.nt.gz"]
    packed.write_bytes(gzip.compress(b"<urn:a> <urn:b> .\n"))
    with pytest.raises(SyntaxError):
        faults_of(packed)


def test_a_check_whose_process_is_killed_is_told_with_its_file_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dump = tmp_path / "dump.nt"
    dump.write_text(rdflib_graph("nt", sample()).serialize(format="nt"))
    with killing_its_child(lambda: any(tmp_path.glob(".checking-*/*"))):
        assert main(["check", *map(str, WORLD), "--dump", str(dump)]) == UNAVAILABLE
    told = capsys.readouterr().err
    assert told.startswith(f"civicgraph: {dump}: is not checked: the process that does it was killed")
    assert "memory" in told and told.count("\n") == 1
    assert list(tmp_path.iterdir()) == [dump]
