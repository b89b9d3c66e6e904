"""The RDF namespaces we write, and compact names (`org:Post`) turned into IRIs."""

from enum import StrEnum

TERMS = "https://w3id.org/civicgraph/terms#"
# Each column of a question is a property of its own, so that no column is taken for a term of ours.
COLUMNS = "https://w3id.org/civicgraph/columns#"

LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
"""Terms of what we have put together; what sources say stays under theirs, which stand with each document."""

DCAT, SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"  # of datasets and files, in no answer
PUBLISHER = "dct:publisher"

PREFIXES = {
    "cg": TERMS,
    "col": COLUMNS,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
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


def type_term(name: str) -> str:
    """`Mayor` → `cg:Mayor`."""
    return f"cg:{name}"


def column_term(column: str) -> str:
    """`group` → `col:group`."""
    return f"col:{column}"


def concept_term(concepts: type[StrEnum], word: str) -> str:
    """A word of a closed list: `Role`, `mayor` → `cg:role-mayor`."""
    return f"cg:{_lower_first(concepts)}-{word}"


def scheme_term(concepts: type[StrEnum]) -> str:
    """A closed list: `Role` → `cg:roles`, `Status` → `cg:statuses`."""
    name = _lower_first(concepts)
    return f"cg:{name}{'es' if name.endswith('s') else 's'}"


def _lower_first(cls: type) -> str:
    return cls.__name__[0].lower() + cls.__name__[1:]
