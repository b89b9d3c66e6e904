"""RDF as two engines read it, brought to lines that can be compared."""

import hashlib

import pyoxigraph
import rdflib
from pyoxigraph import RdfFormat

from api.formats import FORMATS
from api.place import Place
from graph.result import Result
from tests.sample_result import PLACE

SYNTAXES = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "nt": (RdfFormat.N_TRIPLES, "nt"),
    "nq": (RdfFormat.N_QUADS, "nquads"),
    "trig": (RdfFormat.TRIG, "trig"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
    "rdf": (RdfFormat.RDF_XML, "xml"),
}
# What is RDF as well, and says other things of an answer.
READ_AS = SYNTAXES | {"np.trig": SYNTAXES["trig"]}


def write(suffix: str, result: Result, place: Place = PLACE) -> bytes:
    return FORMATS[suffix].write(result, place)


def oxigraph_lines(suffix: str, result: Result, place: Place = PLACE) -> set[str]:
    """Canonical lines of the triples, whatever graph they stand in, as pyoxigraph reads them."""
    return canonical(write(suffix, result, place), READ_AS[suffix][0])


def canonical(text: bytes, syntax: RdfFormat = RdfFormat.N_TRIPLES) -> set[str]:
    """The same lines from what another engine writes, so that escapes are alike."""
    return {f"{quad.triple} ." for quad in pyoxigraph.parse(text, syntax)}


def rdflib_graph(suffix: str, result: Result, place: Place = PLACE) -> rdflib.Graph:
    """All triples, whatever graph they stand in, as rdflib reads them."""
    found = rdflib.Dataset(default_union=True)
    found.parse(data=write(suffix, result, place), format=READ_AS[suffix][1])
    merged = rdflib.Graph()
    for triple in found.triples((None, None, None)):
        merged.add(triple)
    return merged


def rdflib_lines(graph: rdflib.Graph) -> set[str]:
    """The same lines from rdflib."""
    return canonical(graph.serialize(format="nt", encoding="utf-8"))


def digest(lines: set[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()


def own_digest(result: Result, place: Place = PLACE) -> str:
    return hashlib.sha256(write("nt", result, place)).hexdigest()
