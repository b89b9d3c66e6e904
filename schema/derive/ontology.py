"""ontology.ttl: our classes, properties and closed lists in OWL and SKOS, tied to well-known ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.answer import Member, Result, ToldClaim
from schema.closed_lists import MEANINGS
from schema.derive.fields import FieldTerm, closed_lists, models, own_field_terms
from schema.derive.rdf import Block, Object, Pair, Words, block, build, nested, turtle
from schema.model import Thing
from schema.values import Kind
from schema.vocabulary import LICENCE, TERMS, concept_term, relation_term, scheme_term, type_term

if TYPE_CHECKING:
    import rdflib

FILE = "ontology.ttl"
MEDIA_TYPE = "text/turtle"

_HOME = f"<{TERMS.removesuffix('#')}>"

# The other kinds are called by their datatype.
_RANGES: dict[Kind, tuple[str, ...]] = {
    Kind.DAY: ("xsd:gYear", "xsd:gYearMonth", "xsd:date"),
    Kind.VALUE: ("xsd:integer", "xsd:decimal", "xsd:string"),
    Kind.ENTITY: ("owl:Thing",),
    Kind.DOCUMENT: ("cg:Document",),
    Kind.CLAIM: ("cg:Claim",),
    Kind.PART: ("oa:SpecificResource",),
    Kind.ADDRESS: ("rdfs:Resource",),
    Kind.CONCEPT: ("skos:Concept",),
    Kind.TYPE: ("owl:Class",),
    Kind.RELATION: ("rdf:Property",),
}


def graph() -> rdflib.Graph:
    """The ontology."""
    return build([_header(), *_classes(), *_relations(), *_fields(), *_lists()])


@cache
def render() -> str:
    """The ontology as Turtle."""
    return turtle(graph())


def words(name: str) -> str:
    """`HoldsOffice`, `HOLDS_OFFICE` and `holds-office` → `holds office`."""
    spaced = "".join(f" {c}" if c.isupper() and not name.isupper() and "_" not in name else c for c in name)
    return spaced.replace("_", " ").replace("-", " ").strip().lower()


def sentence(cls: type) -> str:
    """The first paragraph of the docstring on one line."""
    return " ".join((cls.__doc__ or "").split("\n\n")[0].split())


def class_terms(classes: Iterable[type[Entity]]) -> tuple[str, ...]:
    """Compact names of the classes; the kernel `Entity` is no class of ours and stands for anything."""
    return tuple("owl:Thing" if cls is Entity else type_term(cls.__name__) for cls in classes)


def _header() -> Block:
    about = "Who advises, governs, issues, restricts and says what in public life, each claim sourced."
    told: list[Pair] = [
        ("rdf:type", ["owl:Ontology"]),
        ("rdfs:label", [Words("civicgraph terms")]),
        ("rdfs:comment", [Words(about)]),
        ("dct:license", [f"<{LICENCE}>"]),
        ("owl:versionInfo", [Words(version("civicgraph"))]),
        ("<http://purl.org/vocab/vann/preferredNamespacePrefix>", [Words("cg")]),
        ("<http://purl.org/vocab/vann/preferredNamespaceUri>", [Words(TERMS)]),
    ]
    return block(_HOME, told)


def _term(name: str, kind: str, label: str, definition: str, *more: Pair) -> Block:
    about: list[Pair] = [
        ("rdf:type", [kind]),
        ("rdfs:label", [Words(label)]),
        ("skos:definition", [Words(definition)] if definition else []),
    ]
    return block(name, [*about, *more, ("rdfs:isDefinedBy", [_HOME])])


def _classes() -> Iterator[Block]:
    for name, cls in sorted(ENTITIES.items()):
        parents = [*class_terms([cls.__mro__[1]]), *cls.rdf] if cls.__mro__[1] is not Entity else cls.rdf
        yield _term(type_term(name), "owl:Class", words(name), sentence(cls), ("rdfs:subClassOf", parents))
    parents = ("rdf:Statement", "prov:Entity")
    yield _term("cg:Claim", "owl:Class", "claim", sentence(Claim), ("rdfs:subClassOf", parents))
    yield _term("cg:Result", "owl:Class", "result", sentence(Result))
    yield _term("cg:Member", "owl:Class", "member", sentence(Member))


def _relations() -> Iterator[Block]:
    inverse = "How the relation reads from object to subject."
    yield _term("cg:inversePhrase", "owl:AnnotationProperty", "inverse phrase", inverse)
    for name, cls in sorted(RELATIONS.items()):
        yield _term(
            relation_term(name),
            "owl:DatatypeProperty" if cls.literal() else "owl:ObjectProperty",
            words(name),
            sentence(cls),
            ("rdfs:subPropertyOf", map(_broader, cls.broader)),
            ("schema:domainIncludes", class_terms(cls.domain)),
            ("schema:rangeIncludes", _RANGES[Kind.VALUE] if cls.literal() else class_terms(cls.range)),
            ("cg:inversePhrase", [Words(cls.inverse)] if cls.inverse else []),
        )


def _broader(term: str) -> Object:
    return nested(("owl:inverseOf", [term[1:]])) if term.startswith("^") else term


def _fields() -> Iterator[Block]:
    owners: dict[str, list[tuple[FieldTerm, type[Thing]]]] = {}
    for model in models():
        for field in own_field_terms(model):
            owners.setdefault(field.term, []).append((field, model))
    return (_field(told[0][0], told) for term, told in owners.items() if term.startswith("cg:"))


def _field(field: FieldTerm, told: Iterable[tuple[FieldTerm, type[Thing]]]) -> Block:
    return _term(
        field.term,
        "owl:ObjectProperty" if field.is_iri else "owl:DatatypeProperty",
        words(field.name),
        field.description,
        ("schema:domainIncludes", [each.on or _class_of(model) for each, model in told]),
        ("schema:rangeIncludes", _RANGES.get(field.kind, (str(field.kind),))),
    )


def _class_of(model: type[Thing]) -> str:
    if issubclass(model, Entity):
        return class_terms([model])[0]
    if issubclass(model, Evidence):
        return "oa:SpecificResource"
    return "cg:Claim" if issubclass(model, (Claim, ToldClaim)) else f"cg:{model.__name__}"


def _lists() -> Iterator[Block]:
    for concepts in closed_lists():
        scheme = scheme_term(concepts)
        yield _term(scheme, "skos:ConceptScheme", words(scheme.removeprefix("cg:")), sentence(concepts))
        for word in concepts:
            yield _concept(concept_term(concepts, word), word, scheme)


def _concept(name: str, word: StrEnum, scheme: str) -> Block:
    more = (("skos:notation", [Words(word)]), ("skos:inScheme", [scheme]), ("skos:topConceptOf", [scheme]))
    return _term(name, "skos:Concept", words(word), MEANINGS.get(word, ""), *more)
