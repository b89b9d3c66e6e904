"""The graph as N-Quads: what a document says stands in the graph that bears its name, what we say in no graph."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from api.formats.blocks import Block
from api.formats.terms import full_terms
from api.formats.triples import Walk
from api.place import Place
from graph.result import Answer, Result, Row


def write_quads(answer: Answer, place: Place) -> Iterator[bytes]:
    """Canonical lines in no order; without the names of their graphs they are the triples of the N-Triples.

    A claim stands in the graph of each document that it rests on, with that one's evidence alone, and beside it the
    plain triple that it may stand for. Things, whose records come from all documents that name them, stand in none.
    """
    terms = full_terms(place)
    walk, (before, after) = Walk(place, terms), terms.thing
    yield _lines(walk.heading(answer.head), "")
    for part in answer.things():
        yield _lines(walk.entities(replace(part, claims={})), "")
    for part in answer.claims():
        for record in part.claims.values():
            for document, said in _by_document(record).items():
                graph = f" {before}{document}{after}"
                yield _lines(walk.claim(said, part.entities), graph)
                yield _lines(walk.facts(_alone(part, said)), graph)


def _by_document(record: Row) -> Mapping[str, Row]:
    """The claim as each of its documents supports it: with its own evidence, and no other document as its voice."""
    documents = dict.fromkeys(piece["document"] for piece in record["evidence"])
    found = {}
    for document in documents:
        others = documents.keys() - {document}
        evidence = [piece for piece in record["evidence"] if piece["document"] == document]
        voices = [voice for voice in record["attributed_to"] if voice not in others]
        found[document] = record | {"evidence": evidence, "attributed_to": voices}
    return found


def _alone(part: Result, record: Row) -> Result:
    return replace(part, claims={record["id"]: record})


def _lines(blocks: Iterator[Block], graph: str) -> bytes:
    return "".join(f"{s} {predicate} {term}{graph} .\n" for s, pairs in blocks for predicate, term in pairs).encode()
