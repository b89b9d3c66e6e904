"""How N-Triples and Turtle write one RDF term, and which renderer each field of a record takes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from api.formats.links import identity
from graph.result import Place
from schema import Evidence
from schema.answer import Result as Page
from schema.derive.fields import FieldTerm, claim_field_terms, entity_field_terms, field_terms
from schema.values import Kind, Selector
from schema.vocabulary import PREFIXES, iri

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
    return (str(value), "xsd:integer") if isinstance(value, int) else (decimal(value), "xsd:decimal")


def decimal(value: float) -> str:
    """Lexical form of a decimal: no exponent."""
    return format(Decimal(repr(value)), "f")


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


# A claim's relation, evidence and documents are written from more than its record.
_WRITTEN_APART = ("relation", "evidence", "derived_from")

ENTITY_FIELDS = entity_field_terms()
CLAIM_FIELDS = tuple(field for field in claim_field_terms() if field.name not in _WRITTEN_APART)
PAGE_FIELDS = tuple(field_terms(Page))
EVIDENCE_FIELDS: dict[Selector | None, tuple[FieldTerm, ...]] = {
    on: tuple(field for field in field_terms(Evidence) if field.on is on) for on in (None, *Selector)
}
"""By the node that carries them: None stands for the piece of evidence itself."""

Table = list[tuple[str, str, Callable[[Any], str]]]


def table(fields: Iterable[FieldTerm], terms: Terms) -> Table:
    """Name, predicate and renderer of each field in this syntax."""
    return [(field.name, terms.name(field.term), _renderer(field, terms)) for field in fields]


def _renderer(field: FieldTerm, terms: Terms) -> Callable[[Any], str]:
    """How this syntax writes what the field holds."""
    if word_term := field.word_term:
        return cache(lambda word: terms.name(word_term(word)))
    before, after = terms.thing
    kind = field.kind
    special: dict[Kind, Callable[[Any], str]] = {
        Kind.TEXT: text_term,
        Kind.ADDRESS: terms.address,
        Kind.DAY: cache(lambda value: terms.typed(value, day_type(value))),
        Kind.VALUE: lambda value: text_term(value) if isinstance(value, str) else terms.typed(*number(value)),
        Kind.DECIMAL: lambda value: terms.typed(decimal(value), kind),
        Kind.BOOLEAN: lambda value: terms.typed(str(value).lower(), kind),
        Kind.INSTANT: cache(lambda value: terms.typed(value, kind)),
    }
    if found := special.get(kind):
        return found
    return (lambda value: before + value + after) if field.is_iri else (lambda value: terms.typed(value, kind))
