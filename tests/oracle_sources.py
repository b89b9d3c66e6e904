"""What only several sources can answer, read anew in plain Python."""

from collections.abc import Iterator

from schema import Claim
from schema.entities import Agreement, Jurisdiction
from schema.relations import PartyTo
from tests.oracle import STATEMENT, answers
from tests.plain_world import Asked, Hops, Row, first_day, joined, last_day

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


def placing(asked: Asked, id: str) -> list[Claim]:
    """The claims that say where a body lies or whom it serves, and in what that lies."""
    lies = [c for c in asked.of("LOCATED_IN", "PART_OF", "SERVES") if asked.is_a(c.object, Jurisdiction)]
    near = [c for c in lies if c.subject == id]
    above = [c for c in lies if c.relation() != "SERVES" and c.subject in {n.object for n in near}]
    return [*near, *above]


@answers(
    "agreements-by-stage",
    "places models stage agreement_id agreement parties valid_from until detail status standing",
)
def agreements_by_stage(asked: Asked, given: Row) -> Iterator[Row]:
    first, last = first_day(given.get("from")), last_day(given.get("to"))
    refused = "to" in given and ("from" not in given or last < first)
    for c in () if refused else asked.of("HAS_STAGE"):
        parties = [p for p in asked.of("PARTY_TO") if p.object == c.subject]
        at = [near for p in parties for near in placing(asked, p.subject)]
        places = {str(p.object) for p in at}
        models = {p.model for p in parties if isinstance(p, PartyTo) and p.model}
        in_time = "from" not in given or (
            c.valid_from is not None and first_day(c.valid_from) <= last and last_day(c.valid_from) >= first
        )
        of_kind = given.get("model", "").lower() in {"", *map(str.lower, models)}
        if (
            asked.is_a(c.subject, Agreement)
            and (in_time and of_kind and given.get("stage") in (None, c.value))
            and ("in" not in given or given["in"] in places)
        ):
            lists = {
                "places": sorted(asked.names[p] for p in places),
                "models": sorted(models),
                "parties": sorted({asked.names[p.subject] for p in parties}),
            }
            columns = asked.end("agreement", c.subject) | {"stage": c.value, "until": c.valid_to} | lists
            yield asked.row(c, columns, {p.id for p in (*parties, *at)})
