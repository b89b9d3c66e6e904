"""The RDF namespaces we write, and compact names (`org:Post`) turned into IRIs."""

TERMS = "https://w3id.org/civicgraph/terms#"

PREFIXES = {
    "cg": TERMS,
    "dct": "http://purl.org/dc/terms/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def iri(compact: str) -> str:
    """The full IRI of a compact name; an unknown prefix raises KeyError."""
    prefix, _, name = compact.partition(":")
    return PREFIXES[prefix] + name


def relation_term(relation: str) -> str:
    """`HOLDS_OFFICE` → `cg:holdsOffice`."""
    first, *rest = relation.lower().split("_")
    return "cg:" + first + "".join(word.capitalize() for word in rest)


def status_term(status: str) -> str:
    """`asserted` → `cg:status-asserted`."""
    return f"cg:status-{status}"


def role_term(role: str) -> str:
    """`mayor` → `cg:role-mayor`."""
    return f"cg:role-{role}"
