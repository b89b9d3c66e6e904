"""How N-Triples and Turtle write one RDF term, and which renderer each field of a record takes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from api.formats.blocks import Render, Table
from api.formats.links import identity
from api.place import Place
from schema import Evidence
from schema.answer import Member
from schema.answer import Result as Page
from schema.derive.fields import FieldTerm, claim_field_terms, entity_field_terms, field_terms
from schema.values import Kind, Selector, numeral
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
    """Lexical form and datatype of a number."""
    return numeral(value), "xsd:integer" if isinstance(value, int) else "xsd:decimal"


@dataclass(frozen=True)
class Terms:
    """How one syntax writes a term; `thing` and `part` are what stands around the name of a thing of ours."""

    name: Callable[[str], str]
    thing: tuple[str, str]
    part: tuple[str, str]

    def typed(self, lexical: str, datatype: str) -> str:
        """A literal of that datatype; `lexical` must need no escapes."""
        return f'"{lexical}"^^{self.name(datatype)}'

    def literal(self, datatype: str) -> Callable[[Any], str]:
        """What writes literals of that datatype."""
        ending = f'"^^{self.name(datatype)}'
        return lambda lexical: f'"{lexical}{ending}'

    def plain(self, value: Any) -> str:
        """A literal of the datatype that fits a Python value."""
        if isinstance(value, str):
            return text_term(value)
        if isinstance(value, bool):
            return self.typed(str(value).lower(), "xsd:boolean")
        return self.typed(*number(value)) if isinstance(value, int | float) else text_term(str(value))

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


WRITTEN_APART = (
    ("attributed_to", "prov:wasAttributedTo"),
    ("evidence", "cg:evidence"),
    ("derived_from", "prov:wasDerivedFrom"),
)
"""What is written of a claim from more than its record: who says so, its evidence, its documents."""

_SAID = ("subject", "relation", "object", "value")

ENTITY_FIELDS = entity_field_terms()
OF_PUBLISHER = tuple(replace(f, term="schema:name") for f in ENTITY_FIELDS if f.name == "publisher")
CLAIM_FIELDS = tuple(field for field in claim_field_terms() if field.name not in {*_SAID, *dict(WRITTEN_APART)})
PAGE_FIELDS, MEMBER_FIELDS = tuple(field_terms(Page)), tuple(field_terms(Member))
EVIDENCE_FIELDS: dict[Selector | None, tuple[FieldTerm, ...]] = {
    on: tuple(field for field in field_terms(Evidence) if field.on is on) for on in (None, *Selector)
}
"""By the node that carries them: None stands for the piece of evidence itself."""


def table(fields: Iterable[FieldTerm], terms: Terms) -> Table:
    """Name, predicate and renderer of each field in this syntax, once for each of its properties; whether it is a
    list."""
    by_kind = renderers(terms)
    named = ((f, term) for f in fields for term in (f.term, f.also) if term)
    return [(f.name, terms.name(term), _of_words(f, terms) or by_kind[f.kind], f.many) for f, term in named]


def _of_words(field: FieldTerm, terms: Terms) -> Render | None:
    """How this syntax writes the words that are terms."""
    word_term = field.word_term
    return cache(lambda word: terms.name(word_term(word))) if word_term else None


def renderers(terms: Terms) -> dict[Kind, Render]:
    """How this syntax writes each kind of value."""
    before, after = terms.thing
    found: dict[Kind, Render] = {kind: terms.literal(kind.value) for kind in Kind if kind.value.startswith("xsd:")}
    found |= dict.fromkeys((Kind.ENTITY, Kind.DOCUMENT, Kind.CLAIM), lambda value: before + value + after)
    lower, decimals = terms.literal("xsd:boolean"), terms.literal("xsd:decimal")
    return found | {
        Kind.TEXT: text_term,
        Kind.ENGLISH: lambda words: f"{text_term(words)}@en",
        Kind.ADDRESS: terms.address,
        Kind.DAY: cache(lambda value: terms.typed(value, day_type(value))),
        Kind.INSTANT: cache(found[Kind.INSTANT]),
        Kind.VALUE: terms.plain,
        Kind.DECIMAL: lambda value: decimals(numeral(value)),
        Kind.BOOLEAN: lambda value: lower(str(value).lower()),
    }
