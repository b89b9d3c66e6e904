"""The RDF syntaxes: N-Triples and Turtle by our own writers, RDF/XML by pyoxigraph.

TriG and N-Quads hold the same text: all stands in the default graph, where a query looks unless told otherwise.
"""

from collections.abc import Iterable

import pyoxigraph

from api.formats.terms import full_terms, prefixes, short_terms
from api.formats.triples import Block, Pairs, Walk
from api.place import Place
from graph.result import Result


def write_ntriples(result: Result, place: Place) -> bytes:
    """Sorted unique lines: two answers with the same triples are the same bytes."""
    return _lines(Walk(result, place, full_terms(place)).blocks()).encode()


def write_turtle(result: Result, place: Place) -> bytes:
    """One block a subject: the answer, its entities, its claims with their evidence."""
    walk = Walk(result, place, short_terms())
    return (_head(place) + _turtle(walk.blocks())).encode()


def write_rdfxml(result: Result, place: Place) -> bytes:
    """RDF/XML, for readers that know nothing else."""
    triples = pyoxigraph.parse(write_ntriples(result, place), format=pyoxigraph.RdfFormat.N_TRIPLES)
    found = pyoxigraph.serialize(
        (quad.triple for quad in triples), format=pyoxigraph.RdfFormat.RDF_XML, prefixes=prefixes(place)
    )
    assert found is not None  # None only when an output file is given
    # It leaves carriage returns bare, and every XML reader takes those for line feeds.
    return found.replace(b"\r", b"&#13;")


def _head(place: Place) -> str:
    named = prefixes(place)
    lines = [f"@prefix {name}: <{address}> .\n" for name, address in named.items()]
    return "".join(lines) + f"@base <{named['id']}> .\n\n"


def _lines(blocks: Iterable[Block]) -> str:
    # Lines of one subject first, then subjects: the order of all lines, at a fraction of the comparisons.
    found = [
        (subject, "".join(sorted([f"{subject} {predicate} {term} .\n" for predicate, term in pairs])))
        for subject, pairs in blocks
    ]
    return "".join([text for _, text in sorted(found)])


def _turtle(blocks: Iterable[Block]) -> str:
    return "\n".join(f"{subject} {_predicates(pairs)} .\n" for subject, pairs in blocks)


def _predicates(pairs: Pairs) -> str:
    parts: list[str] = []
    last = "rdf:type"
    for predicate, term in pairs:
        if predicate == last:
            parts.append(f", {term}" if parts else f"a {term}")
        else:
            parts.append(f" ;\n    {predicate} {term}")
            last = predicate
    return "".join(parts)
