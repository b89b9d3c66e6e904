"""How N-Triples and Turtle write one RDF term, and which renderer each field of a record takes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from api.formats.links import identity
from api.place import Place
from schema import ENTITIES, Claim, Evidence
from schema.derive.fields import FieldTerm, Kind, field_terms
from schema.vocabulary import PREFIXES, iri, role_term, status_term

_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f"}
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]')


def text_term(text: str) -> str:
    """A string literal, escaped as canonical N-Triples wants it, which Turtle reads as well."""
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text)
    return f'"{text}"'


def safe_iri(address: str) -> str:
    """The address with the characters that no IRI may hold percent-encoded."""
    return _NO_IRI.sub(lambda found: f"%{ord(found[0]):02X}", address)


def day_type(day: str) -> str:
    """The datatype that fits a partial date."""
    return {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}[len(day)]


def number(value: float) -> tuple[str, str]:
    """Lexical form and datatype of a number; decimals are written without exponent."""
    if isinstance(value, int):
        return str(value), "xsd:integer"
    return format(Decimal(repr(value)), "f"), "xsd:decimal"


@dataclass(frozen=True)
class Terms:
    """How one syntax writes a term; `thing` and `part` are what stands around the name of a thing of ours."""

    name: Callable[[str], str]
    thing: tuple[str, str]
    part: tuple[str, str]

    def typed(self, lexical: str, datatype: str) -> str:
        """A literal of that datatype; `lexical` must need no escapes."""
        return f'"{lexical}"^^{self.name(datatype)}'

    def address(self, url: str) -> str:
        """The IRI of something elsewhere."""
        return f"<{safe_iri(url)}>"


def full_terms(place: Place) -> Terms:
    """N-Triples terms: every IRI in full."""
    things = f"<{prefixes(place)['id']}"
    return Terms(cache(lambda compact: f"<{iri(compact)}>"), (things, ">"), (things, ">"))


def short_terms() -> Terms:
    """Turtle terms: prefixes for names, and for parts of a thing the base that `id:` stands for."""
    return Terms(lambda compact: compact, ("id:", ""), ("<", ">"))


def prefixes(place: Place) -> dict[str, str]:
    """The prefixes that Turtle terms rely on; `id:` is also their base."""
    return {"id": safe_iri(identity(place, "")), **PREFIXES}


Fields = list[tuple[str, str, str]]
Table = list[tuple[str, str, Callable[[Any], str]]]

_CONCEPTS = {"role": role_term, "status": status_term, "of": lambda name: f"cg:{name}"}


def _fields(terms: Iterable[FieldTerm]) -> Fields:
    """Name, property and renderer of each field."""
    found = {f.name: (f.term, f.name if f.kind is Kind.CONCEPT else f.kind.name) for f in terms}
    return [(name, *told) for name, told in found.items()]


ENTITY_FIELDS = _fields(field for cls in ENTITIES.values() for field in field_terms(cls))
CLAIM_FIELDS = [
    *_fields(field for field in field_terms(Claim) if field.name != "evidence"),
    ("retracted_at", "prov:invalidatedAtTime", Kind.INSTANT.name),
    ("superseded_at", "prov:invalidatedAtTime", Kind.INSTANT.name),
    ("temporal_match", "cg:temporalMatch", Kind.TEXT.name),
]
EVIDENCE_FIELDS = _fields(field_terms(Evidence))


def renderers(terms: Terms) -> dict[str, Callable[[Any], str]]:
    """How this syntax writes each kind of value; concepts go by the name of their field."""
    before, after = terms.thing
    found: dict[str, Callable[[Any], str]] = {
        Kind.TEXT.name: text_term,
        Kind.RECORD.name: lambda value: before + value + after,
        Kind.ADDRESS.name: terms.address,
        Kind.DAY.name: cache(lambda value: terms.typed(value, day_type(value))),
        Kind.INSTANT.name: cache(lambda value: terms.typed(value, "xsd:dateTime")),
        Kind.COUNT.name: lambda value: terms.typed(value, "xsd:nonNegativeInteger"),
        Kind.VALUE.name: lambda value: text_term(value) if isinstance(value, str) else terms.typed(*number(value)),
    }
    for field, concept in _CONCEPTS.items():
        found[field] = cache(lambda value, concept=concept: terms.name(concept(value)))
    return found
