"""`as_of`, `known_at`, `status` and `standing` of every query against a brute-force reading of the claims files."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from graph.connection import Reader
from graph.errors import BadRequest, NotFound
from graph.query import Query, read_queries
from graph.run import run
from schema import ENTITIES, RELATIONS
from schema.closed_lists import Stage
from schema.relations import PartyTo
from schema.values import Day, KnownAt, day_bounds
from tests.conftest import Store
from tests.expected_rows import FILES, WORLDS, filling, with_all_claims
from tests.oracle import ANSWERS, COLUMNS, expected
from tests.plain_world import EVERY, Row, World, must_hold

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


def certain(claim: Row, published: list[str], day: str) -> bool:
    """Whether a claim of an answer must have held."""
    lasting = RELATIONS[claim["relation"]].lasting
    return must_hold(lasting, claim.get("valid_from"), claim.get("valid_to"), published, day)


@pytest.mark.parametrize("day", [*DATES[::9], "2024", "2026-06", "2031-03-12", "2031-04", "2031-06-02", "2031-06-03"])
async def test_as_of_says_what_was_true_for_certain(day: str, world: Reader) -> None:
    found = await run(world, GRAPH, GRAPH.check({"limit": 500, "as_of": day}))
    published = {f.document.id: str(f.document.published) for f in FILES}
    of = {id: [published[e["document"]] for e in claim["evidence"]] for id, claim in found.claims.items()}
    marked = {id for id, claim in found.claims.items() if claim["temporal_match"] == "certain"}
    assert marked == {id for id, claim in found.claims.items() if certain(claim, of[id], day)}


def test_some_claims_are_certain_on_some_day_and_only_possible_on_another() -> None:
    claims = [c.model_dump(exclude_none=True) | {"relation": c.relation()} for f in FILES for c in f.claims]
    said = [certain(c, ["2031-03-12"], day) for c in claims for day in DATES if may_hold(None, c.get("valid_to"), day)]
    assert {True, False} == set(said)


@pytest.mark.parametrize("day", [*DATES[::9], "2031-03-12"])
async def test_certain_leaves_out_what_only_may_have_been_true(day: str, world: Reader) -> None:
    every = await run(world, GRAPH, GRAPH.check({"limit": 500, "as_of": day}))
    found = await run(world, GRAPH, GRAPH.check({"limit": 500, "as_of": day, "temporal": "certain"}))
    assert set(found.claims) == {id for id, claim in every.claims.items() if claim["temporal_match"] == "certain"}
    assert 0 < len(found.claims) < len(every.claims)


async def test_in_the_year_of_the_article_it_is_certain_what_it_says_is_so(seed: Reader) -> None:
    found = await run(seed, GRAPH, GRAPH.check({"limit": 500, "as_of": "2026", "temporal": "certain"}))
    undated = {claim["relation"] for claim in found.claims.values() if "valid_from" not in claim}
    assert {"ADVISES", "LEADS", "HOLDS_OFFICE", "SERVES"} <= undated


async def test_long_before_anybody_lived_only_what_outlasts_people_is_possible(seed: Reader) -> None:
    found = await run(seed, GRAPH, GRAPH.check({"limit": 500, "as_of": "1700"}))
    relations = {claim["relation"] for claim in found.claims.values()}
    assert "SERVES" in relations and not any(RELATIONS[name].lasting for name in relations)
    assert relations <= {name for name, cls in RELATIONS.items() if cls.enduring}
    for year, there in (("1903", False), ("1904", True), ("2148", True), ("2149", False)):
        advised = await run(seed, GRAPH, GRAPH.check({"as_of": year, "relation": "ADVISES"}))
        assert bool(advised.rows) == there, year


def test_temporal_without_as_of_is_refused() -> None:
    with pytest.raises(BadRequest, match="give a date there too"):
        GRAPH.check({"temporal": "certain"})


@pytest.mark.parametrize("known_at", ["2030", "2031-03-14", "2031-03-15T00:00:00Z", "2031-06", "2031-09-09", "2040"])
async def test_known_at_keeps_exactly_what_was_recorded_by_then(known_at: str, world: Reader) -> None:
    every = await run(world, GRAPH, GRAPH.check({"limit": 500, "standing": EVERY}))
    found = await run(world, GRAPH, GRAPH.check({"limit": 500, "standing": EVERY, "known_at": known_at}))
    until = TypeAdapter(KnownAt).validate_python(known_at)
    assert set(found.claims) == {i for i, c in every.claims.items() if c["recorded_at"] <= until}


@given(st.sampled_from(DATES), st.sampled_from(DATES))
def test_a_certain_claim_is_a_possible_one(valid_from: str, valid_to: str) -> None:
    if day_bounds(valid_to)[1] < day_bounds(valid_from)[0]:
        return
    evidence = [{"document": "d", "row": 1}]
    claim = ADVISES(subject="a", object="b", valid_from=valid_from, valid_to=valid_to, evidence=evidence)
    extent = claim.extent("2031")
    assert extent["from_min"] <= extent["from_max"] and extent["to_min"] <= extent["to_max"]


@pytest.mark.parametrize(
    "wrong", ["2026-13", "2026-02-30", "26", "2026-2-1", "yesterday", "", "0000", "2026-02-17T10:00Z"]
)
def test_a_date_that_is_none_is_refused_with_what_would_be_right(wrong: str) -> None:
    with pytest.raises(ValidationError, match="2026-02-17"):
        TypeAdapter(Day).validate_python(wrong)


# The queries against the oracle

AS_OF = (
    None,
    None,
    None,
    "2018",
    "2024-08",
    "2025-02-01",
    "2026-05",
    "2026-06-01",
    "2028",
    "2029-12",
    "2030",
    "2031-01",
)
AFTER = ("2031-03-03", "2031-05", "2031-06", "2031-12-31", "2032")
EDGES = ("2019-01-01", "2026-05-31", "2027-06-30", "2028-12-31", "2029-05-01", "2029-12-31", "2030-01-01", "2030-06-30")
KNOWN_AT = (None, "2031-03-09", "2031-03-12", "2031-03-15T00:00:00Z", "2031-06-02", "2031-06-03T00:00:00Z")
LATER = ("2031-07", "2031-08-01T00:00:00Z", "2031-08-31", "2031-09-01T00:00:00Z")
STATUS = (
    None,
    None,
    ["asserted"],
    None,
    ["asserted", "reported"],
    ["hedged", "alleged", "planned"],
)
STANDING = (None, None, None, ["current"], ["disputed"], ["superseded", "retracted"], EVERY)
AT = (None, "0", "519", "1200", "4000", "!agreements!4!", "!orders!9!signed", "elsewhere")
WITH_ROWS, WITHOUT = 40, 8
MOST_DRAWN = 12_500
SOME: dict[str, tuple[Any, ...]] = {
    "flag": (None, True),  # the world has no judgements
    "entity-type": (None, *sorted(ENTITIES)),
    "text": (
        "quill",
        "mayor",
        "calder",
        "Araujo",
        "port q",
        "sao bento",
        "ferry",
        "harbr",
        "lantren",
        "organ",
        "xyzzy",
    ),
}


def some_of(world: World) -> dict[str, tuple[Any, ...]]:
    """What can be asked about in a world."""
    relations = sorted({c.relation() for c in world.claims.values()})
    models = sorted({c.model for c in world.claims.values() if isinstance(c, PartyTo) and c.model})
    found = {"entity": (*sorted(world.entities),), "claim": (*sorted(world.claims),), "relation": (None, *relations)}
    ends = sorted({c.subject for c in world.claims.values()} | {c.object for c in world.claims.values() if c.object})
    dice = Random("several")
    return found | {
        "entities": tuple(",".join(dice.sample(ends, 25)) for _ in range(60)),
        "few-entities": tuple(",".join(dice.sample(ends, 2)) for _ in range(900)),
        "relations": (None, *map(",".join, pairwise(relations))),
        "direction": (None, "subject", "object"),
        "flag": (None, True) if models else (None,),
        "text": (*models,) or SOME["text"],
        "day": DATES,
        "stage": (*Stage,),
    }


def questions(query: Query) -> Iterator[Row]:
    """Parameters without end, the same at every run."""
    dice = Random(query.name)
    ranges = {"as_of": AS_OF + AFTER + EDGES, "known_at": KNOWN_AT + LATER, "status": STATUS, "standing": STANDING}
    world = WORLDS[filling(query.name)]
    some = SOME | some_of(world)
    optional = [p for p in query.parameters if not p.required]
    for p in query.parameters:
        if p.name == "at":
            ranges[p.name] = AT
            continue
        fit = [v for v in some[p.type] if not p.kinds or {*p.kinds} & {*world.entities[v].labels()}]
        ranges[p.name] = (*fit * 9, *some[p.type]) if p.required else some[p.type]
        if not p.required and len(optional) > 1:  # all of them together narrow too much
            ranges[p.name] = (*[None] * len(fit) * 2, *fit)
    for _ in range(MOST_DRAWN):
        drawn = {name: dice.choice(values) for name, values in ranges.items()}
        if drawn["as_of"]:
            drawn["temporal"] = dice.choice((None, None, "possible", "certain"))
        yield {name: value for name, value in drawn.items() if value is not None}


@cache  # each store is asked the same
def sampled(name: str, with_rows: int = WITH_ROWS, without: int = WITHOUT) -> Sequence[tuple[Row, list[Row]]]:
    """Questions with the rows that they should have; most have some, a few have none."""
    return tuple(_sampled(read_queries()[name], {True: with_rows, False: without}))


def _sampled(query: Query, wanted: dict[bool, int]) -> Iterator[tuple[Row, list[Row]]]:
    for asked in questions(query):
        rows = expected(WORLDS[filling(query.name)], query.name, asked)
        if wanted[bool(rows)]:
            wanted[bool(rows)] -= 1
            yield asked, rows
        if not wanted[True]:
            return


def comparable(rows: list[Row], columns: tuple[str, ...]) -> list[str]:
    return sorted(str([row.get(c) for c in columns] + sorted(row["claims"])) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(ANSWERS))
async def test_a_query_answers_as_a_brute_force_reading_does(name: str, store: Store) -> None:
    query, graph = read_queries()[name], await store.hold(filling(name))
    for asked, rows in sampled(name):
        try:
            found = (await run(graph, query, query.check(asked | {"limit": 500}))).rows
        except (NotFound, BadRequest):  # a claim that is there, but does not hold; a thing of another type
            found = []
        found = with_all_claims(name, found, rows)
        assert comparable(found, COLUMNS[name]) == comparable(rows, COLUMNS[name]), asked
