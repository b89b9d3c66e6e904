"""The shapes as SPARQL queries, one for each thing that they ask of a property: quick enough for every dump.

It knows just the parts of SHACL that our shapes use (https://www.w3.org/TR/shacl/, section 4) and refuses any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import rdflib
from rdflib import RDF, SH, XSD, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from schema.derive import shapes

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_OF_A_SHAPE = {RDF.type, *_TARGETS, SH.property, SH.path, SH.ignoredProperties}
# Whoever casts these again and gets the same datatype has read them.
_CAST = (XSD.boolean, XSD.integer, XSD.decimal, XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth)


@dataclass(frozen=True)
class Check:
    """A query whose solutions are faults: `?this` breaks `component` of its shape in `?path` with `?value`.

    Where a fault has no value or no path the variable is not bound; `select` has no prefixes.
    """

    shape: str
    component: str
    select: str


@cache
def checks() -> tuple[Check, ...]:
    """All of them; ValueError for a part of SHACL that is not known here."""
    graph = shapes.graph()
    found = [
        check
        for shape in graph.subjects(RDF.type, SH.NodeShape)
        if (targets := [_target(graph, shape, kind) for kind in _TARGETS if (shape, kind, None) in graph])
        for check in _Shape(graph, shape, " UNION ".join(targets)).checks()
    ]
    return tuple(sorted(found, key=lambda check: (check.shape, check.select)))


def _target(graph: rdflib.Graph, shape: Node, kind: URIRef) -> str:
    named = " ".join(sorted(each.n3() for each in graph.objects(shape, kind)))
    if kind == SH.targetNode:
        return f"{{ VALUES ?this {{ {named} }} }}"
    if kind == SH.targetClass:
        return f"{{ VALUES ?class {{ {named} }} ?this a ?class }}"
    ends = "?this ?of ?other" if kind == SH.targetSubjectsOf else "?other ?of ?this"
    return f"{{ VALUES ?of {{ {named} }} {ends} }}"


class _Shape:
    """A shape with its targets, and what each of its constraints makes a query of."""

    def __init__(self, graph: rdflib.Graph, shape: Node, target: str) -> None:
        self._graph, self._shape, self._target = graph, shape, f"{{ SELECT DISTINCT ?this {{ {target} }} }}"

    def checks(self) -> Iterator[Check]:
        """One for each constraint of the shape itself and of its properties."""
        yield from self._of(self._shape, "BIND (?this AS ?value)", "")
        for inner in self._graph.objects(self._shape, SH.property):
            path = self._graph.value(inner, SH.path)
            told = f"BIND ({path.n3()} AS ?path)" if isinstance(path, URIRef) else ""
            yield from self._of(inner, f"?this {self._path(path)} ?value", told)

    def _of(self, shape: Node, values: str, told: str) -> Iterator[Check]:
        """`values` is the pattern that finds the values of a focus, `told` names the path where it is a property."""
        for kind, value in self._graph.predicate_objects(shape):
            if kind in _OF_A_SHAPE:
                continue
            name = str(kind).removeprefix(str(SH))
            if kind == SH.sparql:
                select = self._own(value)
            elif kind == SH.closed:
                unknown = f"?this ?path ?value FILTER (?path NOT IN ({self._known(shape)}))"
                select = f"SELECT * {{ {self._target} {unknown} }}"
            elif kind == SH.minCount and value == Literal(1):
                select = f"SELECT * {{ {self._target} FILTER NOT EXISTS {{ {values} }} {told} }}"
            elif kind == SH.maxCount:
                counted = f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) > {value})"
                select = f"SELECT * {{ {{ SELECT ?this {{ {self._target} {values} }} {counted} }} {told} }}"
            else:
                broken = self._broken(kind, value, "?value")
                select = f"SELECT DISTINCT ?this ?path ?value {{ {self._target} {values} FILTER ({broken}) {told} }}"
            component = "SPARQL" if kind == SH.sparql else name[0].upper() + name[1:]
            yield Check(str(self._shape), f"{SH}{component}ConstraintComponent", select)

    def _path(self, path: Node | None) -> str:
        assert path is not None
        if isinstance(path, URIRef):
            return path.n3()
        inverse = self._graph.value(path, SH.inversePath)
        if inverse is not None:
            return f"^{self._path(inverse)}"
        return "/".join(self._path(step) for step in Collection(self._graph, path))

    def _known(self, shape: Node) -> str:
        """The properties that a closed shape allows."""
        allowed = {self._graph.value(inner, SH.path) for inner in self._graph.objects(shape, SH.property)}
        ignored = self._graph.value(shape, SH.ignoredProperties)
        allowed |= set(Collection(self._graph, ignored)) if ignored else set()
        return ", ".join(sorted(each.n3() for each in allowed if isinstance(each, URIRef)))

    def _own(self, constraint: Node) -> str:
        """A query of the shape's own, whose `$this` SHACL binds beforehand."""
        home = self._graph.value(constraint, SH.prefixes)
        declared = [
            f"PREFIX {self._graph.value(each, SH.prefix)}: <{self._graph.value(each, SH.namespace)}>"
            for each in self._graph.objects(home, SH.declare)
        ]
        select = str(self._graph.value(constraint, SH.select))
        return "\n".join([*sorted(declared), select.replace("WHERE {", f"WHERE {{ {self._target}", 1)])

    def _broken(self, kind: Node, value: Node, of: str) -> str:
        """The condition under which `of` breaks a constraint."""
        if kind == SH["class"]:
            return f"NOT EXISTS {{ {of} a {value.n3()} }}"
        if kind == SH["or"]:
            return " && ".join(f"({self._breaks(each, of)})" for each in Collection(self._graph, value))
        if kind == SH["in"]:
            return " && ".join(f"!sameTerm({of}, {each.n3()})" for each in Collection(self._graph, value))
        if kind == SH.datatype and isinstance(value, URIRef):
            return _ill_typed(value, of)
        if kind == SH.nodeKind and value == SH.IRI:
            return f"!isIRI({of})"
        if kind == SH.pattern:
            return f"isBlank({of}) || !REGEX(STR({of}), {value.n3()})"
        if kind in (SH.minLength, SH.maxLength):
            return f"isBlank({of}) || STRLEN(STR({of})) {'<' if kind == SH.minLength else '>'} {value}"
        if kind == SH.minInclusive:
            return f"!COALESCE({of} >= {value}, false)"
        if kind == SH.lessThan:
            return f"EXISTS {{ ?this {value.n3()} ?beyond FILTER (!COALESCE({of} < ?beyond, false)) }}"
        raise ValueError(f"{self._shape}: {kind} of {value} is not known here")

    def _breaks(self, shape: Node, of: str) -> str:
        """The condition under which `of` breaks a shape that another one consists of."""
        path = self._graph.value(shape, SH.path)
        if path is not None:
            if set(self._graph.predicates(shape)) - {RDF.type} != {SH.path, SH.minCount}:
                raise ValueError(f"{self._shape}: such a property within sh:or is not known here")
            return f"NOT EXISTS {{ {of} {self._path(path)} ?any }}"
        parts = (self._broken(kind, value, of) for kind, value in self._graph.predicate_objects(shape))
        return " || ".join(f"({each})" for each in sorted(parts))


def _ill_typed(datatype: URIRef, of: str) -> str:
    if datatype == XSD.nonNegativeInteger:  # the engine keeps every kind of integer as xsd:integer
        return f"{_ill_typed(XSD.integer, of)} || !COALESCE({of} >= 0, false)"
    name = datatype.n3()
    wrong = f"!COALESCE(DATATYPE({of}) = {name}, false)"
    return f"{wrong} || !COALESCE(DATATYPE({name}(STR({of}))) = {name}, false)" if datatype in _CAST else wrong
