"""Facts: which claims may stand as plain triples too, and as which."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from api.formats.links import elsewhere
from graph.result import Result, Row
from schema import RELATIONS
from schema.closed_lists import FACTUAL_STATUSES, Standing
from schema.values import EARLIEST, LATEST, Kind, day_bounds
from schema.vocabulary import relation_term


class Fact(NamedTuple):
    """A plain triple: of a thing, by a property, what `kind` tells, which is another thing, an address or a value."""

    subject: str
    term: str
    object: Any
    kind: Kind


def is_fact(claim: Row, result: Result) -> bool:
    """Whether the plain triple may stand without its claim: a fact, said so, unchallenged, on no condition, and now."""
    if "object" not in claim and not RELATIONS[claim["relation"]].broader:
        return False
    if claim["status"] not in FACTUAL_STATUSES or claim["standing"] != Standing.CURRENT:
        return False
    if "condition" in claim or "inferred" in claim:
        return False
    if result.parameters.get("known_at"):  # what was known then says nothing of now
        return False
    today = result.version_at[:10] or LATEST  # with no version there is no today, and whatever has an end has ended
    return day_bounds(claim.get("valid_from", EARLIEST))[0] <= today <= day_bounds(claim.get("valid_to", LATEST))[0]


def plain_triples(claim: Row) -> Iterator[Fact]:
    """What a fact says without its claim: by our property, by well-known ones, some of which lead back."""
    subject: str = claim["subject"]
    for term in _properties(claim["relation"]):
        if term.startswith("^"):
            yield Fact(claim["object"], term[1:], subject, Kind.ENTITY)
        elif "object" in claim:
            yield Fact(subject, term, claim["object"], Kind.ENTITY)
        else:
            yield Fact(subject, term, claim["value"], Kind.VALUE)
    if address := elsewhere(claim):
        yield Fact(subject, "owl:sameAs", address, Kind.ADDRESS)


@cache
def _properties(relation: str) -> tuple[str, ...]:
    cls = RELATIONS[relation]
    return tuple(cls.broader) if cls.literal() else (relation_term(relation), *cls.broader)
