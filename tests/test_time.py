"""`as_of` against a brute-force reading of partial dates, and `known_at` against the dates of recording."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from graph.connection import Reader
from graph.query import read_queries
from graph.run import run
from schema import RELATIONS
from schema.values import Day, KnownAt, day_bounds

ADVISES = RELATIONS["ADVISES"]
GRAPH = read_queries()["claims"]
YEARS, MONTHS, DAYS = range(2029, 2034), (1, 2, 6, 12), (1, 15, 28)
DATES = [
    *(f"{y}" for y in YEARS),
    *(f"{y}-{m:02}" for y, m in product(YEARS, MONTHS)),
    *(f"{y}-{m:02}-{d:02}" for y, m, d in product(YEARS, MONTHS, DAYS)),
]


def may_hold(valid_from: str | None, valid_to: str | None, day: str) -> bool:
    """Whether some reading of the dates has the claim true on some day that `day` can mean."""
    first, last = day_bounds(day)
    begins = day_bounds(valid_from)[0] if valid_from else "0001-01-01"
    ends = day_bounds(valid_to)[1] if valid_to else "9999-12-31"
    return begins <= last and ends >= first


@pytest.mark.parametrize("day", DATES[::7])
async def test_as_of_keeps_exactly_what_may_have_been_true(day: str, world: Reader) -> None:
    every = await run(world, GRAPH, GRAPH.check({"limit": 500}))
    found = await run(world, GRAPH, GRAPH.check({"limit": 500, "as_of": day}))
    wanted = {i for i, c in every.claims.items() if may_hold(c.get("valid_from"), c.get("valid_to"), day)}
    assert set(found.claims) == wanted


@pytest.mark.parametrize("known_at", ["2030", "2031-03-14", "2031-03-15T00:00:00Z", "2031-06", "2031-09-09", "2040"])
async def test_known_at_keeps_exactly_what_was_recorded_by_then(known_at: str, world: Reader) -> None:
    statuses = ["asserted", "reported", "hedged", "alleged", "disputed", "superseded", "retracted"]
    every = await run(world, GRAPH, GRAPH.check({"limit": 500, "status": statuses}))
    found = await run(world, GRAPH, GRAPH.check({"limit": 500, "status": statuses, "known_at": known_at}))
    until = TypeAdapter(KnownAt).validate_python(known_at)
    assert set(found.claims) == {i for i, c in every.claims.items() if c["recorded_at"] <= until}


@given(st.sampled_from(DATES), st.sampled_from(DATES))
def test_a_certain_claim_is_a_possible_one(valid_from: str, valid_to: str) -> None:
    if day_bounds(valid_to)[1] < day_bounds(valid_from)[0]:
        return
    evidence = [{"document": "d", "row": 1}]
    claim = ADVISES(
        subject="a", object="b", attributed_to="d", valid_from=valid_from, valid_to=valid_to, evidence=evidence
    )
    extent = claim.extent("2031")
    assert extent["from_min"] <= extent["from_max"] and extent["to_min"] <= extent["to_max"]


@pytest.mark.parametrize(
    "wrong", ["2026-13", "2026-02-30", "26", "2026-2-1", "yesterday", "", "0000", "2026-02-17T10:00Z"]
)
def test_a_date_that_is_none_is_refused_with_what_would_be_right(wrong: str) -> None:
    with pytest.raises(ValidationError, match="2026-02-17"):
        TypeAdapter(Day).validate_python(wrong)
