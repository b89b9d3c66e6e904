"""A term of the vocabulary as a page: what it means, between what it stands, how often, and what others call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from api.pages.foot import Version
from api.pages.rendering import Values, render
from schema import ENTITIES, RELATIONS
from schema.vocabulary import PREFIXES, TERMS, relation_term

SCHEMA = rdflib.Namespace(PREFIXES["schema"])
KINDS = {
    OWL.Class: "Types",
    OWL.ObjectProperty: "Relations and properties of things",
    OWL.DatatypeProperty: "Properties of values",
    OWL.AnnotationProperty: "Properties of terms",
    SKOS.ConceptScheme: "Closed lists",
    SKOS.Concept: "Words of closed lists",
}
FACTS = {
    RDFS.subClassOf: "Is a kind of",
    RDFS.subPropertyOf: "Says also",
    SCHEMA.domainIncludes: "Of",
    SCHEMA.rangeIncludes: "Leads to",
    URIRef(f"{TERMS}inversePhrase"): "Read backwards",
    SKOS.inScheme: "In the list",
    SKOS.notation: "Written",
}


@dataclass(frozen=True)
class Known:
    """Things of a type, claims and facts of a relation; None where it is neither, or nobody has counted."""

    things: int | None = None
    claims: int | None = None
    facts: int | None = None


def listed(root: str, whole: rdflib.Graph, version: Version | None) -> bytes:
    """All terms, by kind."""
    kinds: dict[str, list[Values]] = {title: [] for title in KINDS.values()}
    for kind, title in KINDS.items():
        for subject in sorted(whole.subjects(RDF.type, kind), key=str):
            kinds[title].append({"name": _local(subject), "meaning": _text(whole, subject, SKOS.definition)})
    told = {"kinds": kinds, "formats": _formats(f"{root}v1/vocabulary"), "version": version}
    return render("terms.html", root, told)


def one(root: str, whole: rdflib.Graph, name: str, known: Known, version: Version | None) -> bytes:
    """One term."""
    subject = URIRef(TERMS + name)
    relation = {relation_term(each).removeprefix("cg:"): each for each in RELATIONS}.get(name, "")
    told = {
        "name": name,
        "label": _text(whole, subject, RDFS.label),
        "meaning": _text(whole, subject, SKOS.definition),
        "iri": str(subject),
        "facts": [(title, [*_values(whole, subject, term, root)]) for term, title in FACTS.items()],
        "known": known,
        "relation": relation,
        "type": name if name in ENTITIES else "",
        "formats": _formats(f"{root}v1/vocabulary/{name}"),
        "version": version,
    }
    return render("term.html", root, told)


def _values(whole: rdflib.Graph, subject: URIRef, term: URIRef, root: str) -> Iterator[Values]:
    for value in sorted(whole.objects(subject, term), key=str):
        inverse = whole.value(value, OWL.inverseOf) if isinstance(value, rdflib.BNode) else None
        named: Any = inverse or value
        own = str(named).startswith(TERMS)
        href = f"{root}v1/vocabulary/{_local(named)}.html" if own else str(named) if isinstance(named, URIRef) else ""
        yield {"text": f"{_compact(named)}{', from object to subject' if inverse else ''}", "href": href}


def _compact(value: Any) -> str:
    for prefix, address in PREFIXES.items():
        if isinstance(value, URIRef) and str(value).startswith(address):
            return f"{prefix}:{str(value).removeprefix(address)}"
    return str(value)


def _local(subject: Any) -> str:
    return str(subject).removeprefix(TERMS)


def _text(whole: rdflib.Graph, subject: Any, term: URIRef) -> str:
    return str(whole.value(subject, term) or "")


def _formats(address: str) -> dict[str, str]:
    return {suffix: f"{address}.{suffix}" for suffix in ("ttl", "nt", "jsonld", "rdf")}
