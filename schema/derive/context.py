"""context.jsonld: the JSON-LD 1.1 context that lets our JSON records be read as RDF almost as they stand."""

import json
from typing import Any

from schema import RELATIONS
from schema.derive.fields import FieldTerm, field_terms, models
from schema.values import Kind
from schema.vocabulary import PREFIXES, TERMS, concept_term, iri, relation_term

FILE = "context.jsonld"
MEDIA_TYPE = "application/ld+json"

# What every record has, and the node between a piece of evidence and its quote: no fields of a model.
_KEYWORDS: dict[str, Any] = {"id": "@id", "type": "@type", "selector": {"@id": "oa:hasSelector", "@type": "@id"}}
# Their datatype depends on the value, or is that of plain text.
_UNTYPED = (Kind.TEXT, Kind.DAY, Kind.VALUE)


def context() -> dict[str, Any]:
    """The value of `@context`; bare ids are resolved against the base of whoever reads them."""
    terms: dict[str, Any] = dict(PREFIXES)
    terms |= {field.name: _term(field) for model in models() for field in field_terms(model)}
    terms |= {name: {"@id": relation_term(name), "@type": "@id"} for name in RELATIONS}
    terms |= _KEYWORDS
    return {"@version": 1.1, "@vocab": TERMS} | dict(sorted(terms.items()))


def render() -> str:
    """The context document."""
    return json.dumps({"@context": context()}, indent=2) + "\n"


def _term(field: FieldTerm) -> str | dict[str, Any]:
    if field.concepts:
        # Bare words in JSON and `cg:<list>-<word>` in RDF: a vocabulary of the property alone.
        return {"@id": field.term, "@type": "@vocab", "@context": {"@vocab": iri(concept_term(field.concepts, ""))}}
    if field.word_term:
        return {"@id": field.term, "@type": "@vocab"}
    if field.kind is Kind.ENGLISH:
        return {"@id": field.term, "@language": "en"}
    if field.is_iri:
        return {"@id": field.term, "@type": "@id"}
    return field.term if field.kind in _UNTYPED else {"@id": field.term, "@type": str(field.kind)}
