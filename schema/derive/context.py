"""context.jsonld: the JSON-LD 1.1 context that lets our JSON records be read as RDF almost as they stand."""

import json
from typing import Any

from schema import RELATIONS
from schema.derive.fields import FieldTerm, Kind, field_terms, models
from schema.vocabulary import PREFIXES, TERMS, iri, relation_term, role_term, status_term

FILE = "context.jsonld"
MEDIA_TYPE = "application/ld+json"

_FIXED: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "relation": {"@id": "rdf:predicate", "@type": "@vocab"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "derived_from": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "retracted_at": {"@id": "prov:invalidatedAtTime", "@type": "xsd:dateTime"},
    "superseded_at": {"@id": "prov:invalidatedAtTime", "@type": "xsd:dateTime"},
    "temporal_match": "cg:temporalMatch",
    "label": "rdfs:label",
    "query": "cg:query",
    "truncated": {"@id": "cg:truncated", "@type": "xsd:boolean"},
    "next": {"@id": "hydra:next", "@type": "@id"},
}

# A closed list has bare words in JSON and `cg:<list>-<word>` in RDF: a vocabulary of the property alone.
_LISTS = {"role": role_term(""), "status": status_term("")}


def context(base: str | None = None) -> dict[str, Any]:
    """The value of `@context`; with `base` (ends in `/`), bare ids are resolved against `{base}id/`."""
    terms: dict[str, Any] = dict(PREFIXES)
    terms |= {field.name: _term(field) for model in models() for field in field_terms(model)}
    terms |= {name: {"@id": relation_term(name), "@type": "@id"} for name in RELATIONS}
    terms |= _FIXED
    head: dict[str, Any] = {"@version": 1.1, "@vocab": TERMS}
    if base:
        head["@base"] = f"{base}id/"
    return head | dict(sorted(terms.items()))


def render() -> str:
    """The context document, without a base."""
    return json.dumps({"@context": context()}, indent=2) + "\n"


def _term(field: FieldTerm) -> str | dict[str, Any]:
    if words := _LISTS.get(field.name):
        return {"@id": field.term, "@type": "@vocab", "@context": {"@vocab": iri(words)}}
    if field.kind is Kind.CONCEPT:
        return {"@id": field.term, "@type": "@vocab"}
    if field.is_iri:
        return {"@id": field.term, "@type": "@id"}
    if field.kind in (Kind.COUNT, Kind.INSTANT):
        return {"@id": field.term, "@type": str(field.kind)}
    return field.term
