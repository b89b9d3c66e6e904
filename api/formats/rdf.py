"""The RDF syntaxes: N-Triples and Turtle by our own writers, RDF/XML by pyoxigraph.

TriG and N-Quads hold the same text: all stands in the default graph, where a query looks unless told otherwise.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter

import pyoxigraph

from api.formats.blocks import Block, Pairs
from api.formats.terms import full_terms, prefixes, short_terms
from api.formats.triples import Walk
from api.place import Place
from graph.result import Answer

_BETWEEN = " ;\n    "


def write_ntriples(answer: Answer, place: Place) -> Iterator[bytes]:
    """Sorted unique lines, each part by itself: two answers with the same triples are the same bytes."""
    parts = Walk(place, full_terms(place)).parts(answer)
    blocks = [chain.from_iterable(parts)] if answer.at_once else parts
    return map(_lines, blocks)


def write_turtle(answer: Answer, place: Place) -> Iterator[str]:
    """One block a subject: the answer, its entities, its claims with their evidence."""
    before = _head(place)
    for part in Walk(place, short_terms()).parts(answer):
        for subject, pairs in part:
            yield f"{before}{subject} {_predicates(pairs)} .\n"
            before = "\n"


def write_rdfxml(answer: Answer, place: Place) -> Iterator[bytes]:
    """RDF/XML, for readers that know nothing else."""
    head, end = _rdfxml(b"", place)
    yield head
    for lines in write_ntriples(answer, place):
        yield _rdfxml(lines, place)[0][len(head) :]
    yield end


def _rdfxml(ntriples: bytes, place: Place) -> tuple[bytes, bytes]:
    """What comes before the last tag, and that tag."""
    triples = (quad.triple for quad in pyoxigraph.parse(ntriples, format=pyoxigraph.RdfFormat.N_TRIPLES))
    found = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.RDF_XML, prefixes=prefixes(place))
    assert found is not None  # None only when an output file is given
    # It leaves carriage returns bare, and every XML reader takes those for line feeds.
    before, tag, after = found.replace(b"\r", b"&#13;").rpartition(b"</rdf:RDF>")
    return before, tag + after


def _head(place: Place) -> str:
    named = prefixes(place)
    lines = [f"@prefix {name}: <{address}> .\n" for name, address in named.items()]
    return "".join(lines) + f"@base <{named['id']}> .\n\n"


def _lines(blocks: Iterable[Block]) -> bytes:
    # Lines of one subject first, then subjects: the order of all lines, at a fraction of the comparisons. Each by
    # itself as bytes: one letter beyond ASCII would make a text of all of them four times as wide.
    found = [
        (subject, "".join(sorted([f"{subject} {predicate} {term} .\n" for predicate, term in pairs])).encode())
        for subject, pairs in blocks
    ]
    return b"".join([lines for _, lines in sorted(found, key=itemgetter(0))])


def _predicates(pairs: Pairs) -> str:
    parts: list[str] = []
    last = ""
    for predicate, term in pairs:
        if predicate == last:
            parts.append(f", {term}")
        else:
            parts.append(f"{_BETWEEN if parts else ''}{'a' if predicate == 'rdf:type' else predicate} {term}")
            last = predicate
    return "".join(parts)
