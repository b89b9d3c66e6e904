"""What the endpoint says of itself, as SPARQL 1.1 Service Description, in every syntax of RDF."""

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from api.sparql.snapshot import Snapshot
from api.sparql.syntaxes import GRAPHS, TABLES
from schema.vocabulary import LICENCE, PREFIXES

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"


def endpoint(base: str) -> str:
    """Where queries are asked, below what identifiers begin with."""
    return f"{base}sparql"


def graph(base: str) -> str:
    """What names the one graph, which is the default one."""
    return f"{base}v1/graph"


def describe(base: str, snapshot: Snapshot | None, suffix: str) -> bytes:
    """The description; without a snapshot it tells no version and no size."""
    here, dataset = NamedNode(endpoint(base)), NamedNode(f"{endpoint(base)}#dataset")
    triples = [
        _triple(here, "rdf:type", NamedNode(f"{SD}Service")),
        _triple(here, f"{SD}endpoint", here),
        _triple(here, f"{SD}supportedLanguage", NamedNode(f"{SD}SPARQL11Query")),
        *(_triple(here, f"{SD}resultFormat", NamedNode(each.name)) for each in (*TABLES, *GRAPHS)),
        _triple(here, f"{SD}defaultDataset", dataset),
        _triple(dataset, "rdf:type", NamedNode(f"{SD}Dataset")),
        _triple(dataset, f"{SD}defaultGraph", NamedNode(graph(base))),
        *_of_graph(NamedNode(graph(base)), snapshot),
    ]
    prefixes = {"sd": SD, "void": VOID, "dct": PREFIXES["dct"], "owl": PREFIXES["owl"], "xsd": PREFIXES["xsd"]}
    found = pyoxigraph.serialize(triples, format=RdfFormat.from_extension(suffix), prefixes=prefixes)
    assert found is not None  # None only when an output file is given
    return found


def _of_graph(name: NamedNode, snapshot: Snapshot | None) -> list[Triple]:
    told = [
        _triple(name, "rdf:type", NamedNode(f"{SD}Graph")),
        _triple(name, "rdf:type", NamedNode(f"{VOID}Dataset")),
        _triple(name, "dct:license", NamedNode(LICENCE)),
    ]
    if snapshot is None:
        return told
    told.append(_triple(name, f"{VOID}triples", Literal(snapshot.triples)))
    told.append(_triple(name, "owl:versionInfo", Literal(snapshot.hash)))
    if snapshot.instant:
        instant = NamedNode(f"{PREFIXES['xsd']}dateTime")
        told.append(_triple(name, "dct:modified", Literal(snapshot.instant, datatype=instant)))
    return told


def _triple(subject: NamedNode, predicate: str, object: NamedNode | Literal) -> Triple:
    prefix, _, name = predicate.partition(":")
    return Triple(subject, NamedNode(PREFIXES[prefix] + name if prefix in PREFIXES else predicate), object)
