"""What breaks the shapes, as pyshacl reports it and as our queries find it."""

from functools import cache
from typing import Any, NamedTuple

import pyoxigraph
import pyshacl
import rdflib
from rdflib import RDF, SH

from api.dumps.checking import found_in
from schema.derive import shapes


class Violation(NamedTuple):
    """Focus, property, component and value, each empty where there is none; pyshacl alone has a message."""

    focus: str
    path: str
    component: str
    value: str
    message: str = ""


@cache
def our_shapes() -> rdflib.Graph:
    return shapes.graph()


def violations(graph: rdflib.Graph) -> set[Violation]:
    """As pyshacl reports them; our queries must have found the same."""
    theirs = by_pyshacl(graph)
    assert by_checks(graph) == {each._replace(message="") for each in theirs}
    return theirs


def by_pyshacl(graph: rdflib.Graph) -> set[Violation]:
    _, report, _ = pyshacl.validate(graph, shacl_graph=our_shapes())
    parts = (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.value, SH.resultMessage)
    results = report.subjects(RDF.type, SH.ValidationResult)
    return {Violation(*(_plain(report.value(result, part)) for part in parts)) for result in results}


def by_checks(graph: rdflib.Graph) -> set[Violation]:
    store = pyoxigraph.Store()
    store.bulk_load(graph.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    return {
        Violation(_bare(each.focus), _bare(each.path), each.component, _bare(each.value)) for each in found_in(store)
    }


def _plain(term: Any) -> str:
    """A path that is more than a property, and a node without a name, have nothing that two reports share."""
    return "" if term is None or isinstance(term, rdflib.BNode) else str(term)


def _bare(term: str) -> str:
    """What an IRI or a literal says, out of N-Triples."""
    if not term or term.startswith("_:"):
        return ""
    [triple] = pyoxigraph.parse(f"<urn:s> <urn:p> {term} .", pyoxigraph.RdfFormat.N_TRIPLES)
    return str(triple.object.value)
