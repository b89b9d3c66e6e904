"""The queries that follow judgements to who held an office then, read anew in plain Python."""

from collections.abc import Iterator
from itertools import product

from schema import Claim
from schema.entities import Group, Organization
from tests.oracle import answers, belonging, judged, mayors
from tests.oracle_measures import origin
from tests.plain_world import Asked, Row, first_day, last_day

AFTERWARDS = ("PARTY_TO", "ISSUED")  # what is no matter of when


def readings(asked: Asked, c: Claim) -> list[tuple[str, str]]:
    """First and last day of the claim, by every reading of its dates; what is done for good is done on one day.

    Whatever has no dates was so when each of its documents was published.
    """
    published = [str(asked.world.entities[d].published) for d in asked.world.documents(c.id)]  # type: ignore[attr-defined]
    since, by = c.valid_from or getattr(c, "not_before", None), c.valid_from or getattr(c, "not_after", None)
    begins = first_day(since), last_day(by) if by else min(map(last_day, published))
    if c.lasting and not c.valid_to:
        return [(day, day) for day in begins]
    told = max(first_day(c.valid_from), *map(first_day, published))
    ends = first_day(c.valid_to) if c.valid_to else told, last_day(c.valid_to)
    return [*product(begins, ends)]


def held_then(asked: Asked, term: Claim, c: Claim) -> str | None:
    """How an answer puts it that the office was held at the time of the claim; None where it was not."""
    pairs = product(readings(asked, term), readings(asked, c))
    together = [first <= last_of_it and first_of_it <= last for (first, last), (first_of_it, last_of_it) in pairs]
    sure = all(together) and term.status in ("asserted", "reported")
    return ("then held by" if sure else "then possibly held by") if any(together) else None


def followed(asked: Asked, given: Row, id: str, c: Claim) -> tuple[Row, set[str]]:
    """The column of what judgements hold the thing to be and of who held that office then, with all claims on it."""
    names, holders, claims = set[str](), dict[tuple[str, str], set[str]](), set[str]()
    for j, x in judged(asked, id, given.get("resolve")):
        verdict = str(getattr(j, "verdict", ""))
        names.add(f"{verdict}: {asked.names[x]}")
        backing = [b for b in asked.of(*AFTERWARDS) if x == (b.subject if b.relation() == "PARTY_TO" else b.object)]
        terms = [h for h in asked.of("HOLDS_OFFICE") if x in (h.subject, h.object) and held_then(asked, h, c)]
        for h in (h for h in terms if h.object == x):
            holders.setdefault((verdict, h.subject), set()).add(str(held_then(asked, h, c)))
        claims |= {j.id, *(b.id for b in (*backing, *terms))}
    # of several terms of one person the one that is certain is told
    told = [f"{verdict}, {min(how)} {asked.names[who]}" for (verdict, who), how in holders.items()]
    return {"resolved": [*sorted(names), *sorted(told)]}, claims


@answers("groups-advising-mayors", "group_id group mayor_id mayor detail status standing resolved")
def groups_advising_mayors(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.of("ADVISES"):
        if asked.is_a(c.subject, Organization, Group) and c.object in mayors(asked):
            columns, hops = followed(asked, given, str(c.object), c)
            yield asked.row(c, columns | asked.end("group", c.subject) | asked.end("mayor", c.object), hops)


@answers("signers-of-measures", "signer_id signer relation measure_id measure valid_from status standing resolved")
def signers_of_measures(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.of("SIGNED", "ISSUED"):
        columns, hops = followed(asked, given, c.subject, c)
        yield asked.row(c, columns | asked.end("signer", c.subject) | asked.end("measure", c.object), hops)


@answers(
    "restrictions-on-agency",
    "measure_id measure restricted_id restricted relation applies_in made_by detail status standing resolved",
)
def restrictions_on_agency(asked: Asked, given: Row) -> Iterator[Row]:
    restricted = belonging(asked, given["agency"], given.get("resolve"))
    for c in asked.of("RESTRICTS", "REQUIRES", "AFFECTS", "WARNED", "PROSECUTES"):
        if c.object in restricted:
            (columns, hops), (more, beside) = origin(asked, c.subject), followed(asked, given, c.subject, c)
            columns |= more | asked.end("measure", c.subject) | asked.end("restricted", c.object)
            yield asked.row(c, columns, restricted[c.object] | hops | beside)
