"""What only several sources can answer, read anew in plain Python."""

from collections.abc import Iterator

from schema import Claim
from tests.oracle import STATEMENT, answers
from tests.plain_world import Asked, Hops, Row, joined

VOICED = STATEMENT.replace("status", "document_id document publisher voice_id voice status")


def same(asked: Asked, id: str | None) -> Hops:
    """The thing itself and what judgements hold to be the same, with those judgements."""
    ends = [(c, (c.subject, c.object)) for c in asked.of("COMPARED_WITH") if getattr(c, "verdict", "") == "same"]
    others = [{str(b): {c.id}} for c, (x, y) in ends for a, b in ((x, y), (y, x)) if a == id]
    return joined([{str(id): set()}, *others])


def bearing(asked: Asked, c: Claim) -> Iterator[tuple[str, Claim, set[str]]]:
    """How each claim bears on the claim, with the judgements that lead to it."""
    yield "supports", c, set()
    contests = [(x, kind, of) for x, kind, of in asked.world.challenges if c.id in (x.id, of)]
    for x, kind, of in contests:
        yield (kind, x, set()) if of == c.id else ("is-contested", asked.world.claims[of], set())
    near = {c.id, *(x.id for x, *_ in contests), *(of for *_, of in contests)}
    subjects, objects = same(asked, c.subject), same(asked, c.object)
    for x in asked.of(c.relation()):
        ends = x.subject in subjects and (str(x.object) in objects and (x.value, x.unit) == (c.value, c.unit))
        if x.id not in near and ends:
            yield "same-elsewhere", x, subjects[x.subject] | objects[str(x.object)]


@answers("backing", f"bears {VOICED}")
def backing(asked: Asked, given: Row) -> Iterator[Row]:
    for c in (c for c in asked.holding if c.id == given["id"]):
        for bears, x, hops in bearing(asked, c):
            for document in asked.documents(x) if x in asked.holding else ():
                if bears != "same-elsewhere" or document not in asked.documents(c):
                    entity = asked.world.entities[document]
                    columns = asked.statement(x) | asked.end("document", document) | asked.end("voice", x.attributed_to)
                    more = {"bears": bears, "publisher": getattr(entity, "publisher", None)}
                    yield asked.row(x, columns | more, {c.id, *hops})
