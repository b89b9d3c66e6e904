"""shapes.ttl: what our RDF exports hold to, in SHACL core, and in SPARQL where two nodes must be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from schema import ENTITIES, RELATIONS, Entity, Evidence
from schema.answer import Member, Result
from schema.claims import PLACES, QUOTED
from schema.derive import stated
from schema.derive.fields import (
    FieldTerm,
    claim_field_terms,
    entity_field_terms,
    field_terms,
    own_field_terms,
)
from schema.derive.rdf import Block, Nested, Object, Pair, Words, block, build, listed, nested, turtle
from schema.values import Kind, Selector
from schema.vocabulary import PUBLISHER, TERMS, relation_term, type_term

if TYPE_CHECKING:
    import rdflib

FILE = "shapes.ttl"
MEDIA_TYPE = "text/turtle"

SHAPES = TERMS.replace("terms#", "shapes#")
SHACL = "http://www.w3.org/ns/shacl#"

# Validators often look no further into a partial date than its datatype.
_DAYS = {
    "xsd:gYear": r"^\d{4}$",
    "xsd:gYearMonth": r"^\d{4}-(0[1-9]|1[0-2])$",
    "xsd:date": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
}
_VALUES = ("xsd:integer", "xsd:decimal", "xsd:string")
# What these name always stands in the same answer, so that its class can be asked for.
_CLASSES = {Kind.DOCUMENT: "cg:Document", Kind.PART: "oa:SpecificResource"}
_AGENT: Pair = ("sh:class", ["prov:Agent"])
_ROOTS = tuple(cls for cls in ENTITIES.values() if cls.__mro__[1] is Entity)
_KERNEL = tuple(field_terms(Entity))
_NAMED: Pair = ("sh:nodeKind", ["sh:IRI"])


def graph() -> rdflib.Graph:
    """The shapes."""
    blocks = [*_entities(), *_fields(), _claim(), *_publisher(), *_evidence(), *_relations(), *_answer()]
    return build([*blocks, *stated.blocks()], sh=SHACL, shape=SHAPES)


@cache
def render() -> str:
    """The shapes as Turtle."""
    return turtle(graph())


def _shape(name: str, target: Pair, *more: Pair) -> Block:
    return block(f"shape:{name}", [("rdf:type", ["sh:NodeShape"]), target, *more])


def _property(path: Object, least: int, most: int | None, *value: Pair) -> Nested:
    bounds: list[Pair] = [("sh:minCount", [least] if least else []), ("sh:maxCount", [most] if most else [])]
    return nested(("sh:path", [path]), *bounds, *value)


def _field(field: FieldTerm, *more: Pair, required: bool = False) -> Nested:
    least = int(field.required or required)
    return _property(field.term, least, None if field.many else 1, *_value(field), *more)


def _value(field: FieldTerm) -> Iterator[Pair]:
    if field.words:
        yield "sh:in", [listed(map(field.word_term or Words, field.words))]
    elif field.kind in _CLASSES:
        yield "sh:class", [_CLASSES[field.kind]]
    elif field.is_iri:
        yield _NAMED
    elif field.kind is Kind.DAY:
        yield "sh:or", [listed(nested(("sh:datatype", [d]), ("sh:pattern", [Words(p)])) for d, p in _DAYS.items())]
    elif field.kind is Kind.VALUE:
        yield _one_of("sh:datatype", _VALUES)
    elif field.on is Selector.QUOTE:
        yield _one_of("sh:datatype", (Kind.TEXT, Kind.ENGLISH))  # of whatever language, where it is known
    else:
        yield "sh:datatype", [str(field.kind)]
    if not field.words and (field.kind is Kind.ADDRESS or not field.is_iri):
        yield from ((f"sh:{name}", [Words(limit) if isinstance(limit, str) else limit]) for name, limit in field.limits)


def _one_of(constraint: str, terms: Iterable[str]) -> Pair:
    return "sh:or", [listed(nested((constraint, [term])) for term in terms)]


def _instance_of(classes: Iterable[type[Entity]]) -> Pair:
    named = dict.fromkeys(cls for given in classes for cls in (_ROOTS if given is Entity else [given]))
    return _one_of("sh:class", (type_term(cls.__name__) for cls in named))


def _closed(*others: str) -> tuple[Pair, Pair]:
    return ("sh:closed", [True]), ("sh:ignoredProperties", [listed(["rdf:type", *others])])


def _entities() -> Iterator[Block]:
    """One shape for what all have and may have, then one for each type."""
    others = {field.term for field in entity_field_terms()} - {field.term for field in _KERNEL}
    roots: Pair = ("sh:targetClass", [type_term(cls.__name__) for cls in _ROOTS])
    again = [replace(field, term=field.also) for field in _KERNEL if field.also]
    kernel: Pair = ("sh:property", [_field(field) for field in (*_KERNEL, *again)])
    yield _shape("Entity", roots, _NAMED, kernel, *_closed(*sorted({*others, *stated.direct_terms(), PUBLISHER})))
    for name, cls in sorted(ENTITIES.items()):
        fields = [_field(field) for field in own_field_terms(cls)]
        types = [term for term in cls.rdf_types() if term != type_term(name)]
        target: Pair = ("sh:targetClass", [type_term(name)])
        yield _shape(name, target, ("sh:class", types), ("sh:property", fields))


def _fields() -> Iterator[Block]:
    """A property of one type is no property of another."""
    owners: dict[str, list[type[Entity]]] = {}
    for cls in ENTITIES.values():
        for field in own_field_terms(cls):
            owners.setdefault(field.term, []).append(cls)
    for term, classes in sorted(owners.items()):
        yield _shape(f"{term.replace(':', '-')}-subjects", ("sh:targetSubjectsOf", [term]), _instance_of(classes))


def _claim() -> Block:
    by_term: dict[str, list[FieldTerm]] = {}
    for field in claim_field_terms():
        by_term.setdefault(field.term, []).append(field)
    # Which kind of object is right depends on the relation, so it is left to the shape of the relation.
    del by_term["rdf:object"]
    properties = [_property("rdf:object", 1, 1), *(_of_claim(fields) for fields in by_term.values())]
    types: Pair = ("sh:class", ["rdf:Statement", "prov:Entity"])
    return _shape("Claim", ("sh:targetClass", ["cg:Claim"]), _NAMED, types, ("sh:property", properties), *_closed())


def _of_claim(fields: list[FieldTerm]) -> Nested:
    """One property; where several fields share it, each may add a value."""
    field, *others = fields
    if others:
        return _property(field.term, 0, len(fields), *_value(field))
    if field.name == "disputed_by":  # whoever disputes a claim always stands beside it
        return _field(field, _instance_of([Entity]))
    return _field(field, _AGENT) if field.name == "attributed_to" else _field(field)


def _publisher() -> Iterator[Block]:
    """Whoever has published a document stands for it where it speaks in nobody else's name."""
    published = _property(PUBLISHER, 1, 1, _AGENT)
    yield _shape("Published", ("sh:targetClass", ["cg:Document"]), ("sh:property", [published]))
    name = _property("schema:name", 0, 1, ("sh:datatype", [Kind.TEXT]))
    target: Pair = ("sh:targetObjectsOf", [PUBLISHER])
    yield _shape("Publisher", target, _NAMED, ("sh:property", [name]), *_closed())


def _evidence() -> Iterator[Block]:
    fields = list(field_terms(Evidence))
    bare = [field for field in fields if field.on is None]
    selector = _property("oa:hasSelector", 0, len(Selector), _one_of("sh:class", Selector))
    places = dict.fromkeys("oa:hasSelector" if field.on else field.term for field in fields if field.name in PLACES)
    somewhere: Pair = ("sh:or", [listed(_property(path, 1, None) for path in places)])
    yield _node("Evidence", "oa:SpecificResource", [selector, *map(_field, bare)], somewhere)
    for on in Selector:
        whole = [_field(f, *_before_end(f), required=f.name in QUOTED) for f in fields if f.on is on]
        yield _node(on.name.capitalize(), on, whole)


def _before_end(field: FieldTerm) -> Iterator[Pair]:
    if field.term == "oa:start":
        yield "sh:lessThan", ["oa:end"]


def _node(name: str, cls: str, properties: Iterable[Nested], *more: Pair) -> Block:
    return _shape(name, ("sh:targetClass", [cls]), _NAMED, ("sh:property", properties), *more, *_closed())


def _relations() -> Iterator[Block]:
    """The ends of each relation, in its claims and in its direct triples."""
    for name, cls in sorted(RELATIONS.items()):
        term = relation_term(name)
        local = term.removeprefix("cg:")
        subject = _instance_of(cls.domain)
        end = _one_of("sh:datatype", _VALUES) if cls.literal() else _instance_of(cls.range)
        # The relation itself is the focus and its claims are reached backwards: each is tested once.
        ends = [_of_claims("rdf:subject", subject), _of_claims("rdf:object", end)]
        yield _shape(f"{local}-claims", ("sh:targetNode", [term]), ("sh:property", ends))
        if not cls.literal():
            direct = [_property(term, 0, None, end)]
            yield _shape(f"{local}-direct", ("sh:targetSubjectsOf", [term]), subject, ("sh:property", direct))


def _of_claims(end: str, value: Pair) -> Nested:
    claims = nested(("sh:inversePath", ["rdf:predicate"]))
    return _property(listed([claims, end]), 0, None, value)


def _answer() -> Iterator[Block]:
    """The page, and its rows; these are open, as each question has columns of its own."""
    of_page = (_field(f, *_class_of(f, "members", "cg:Member")) for f in field_terms(Result))
    yield _node("Result", "cg:Result", of_page)
    of_row = (_field(f, *_class_of(f, "claims", "cg:Claim")) for f in field_terms(Member))
    yield _shape("Member", ("sh:targetClass", ["cg:Member"]), _NAMED, ("sh:property", of_row))


def _class_of(field: FieldTerm, name: str, cls: str) -> Iterator[Pair]:
    if field.name == name:
        yield "sh:class", [cls]
