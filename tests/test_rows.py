"""Every query against the rows that people expect of it, written by hand from the two reports in `rows/`."""

from typing import Any

import pytest

from graph.connection import Reader
from graph.errors import NotFound
from graph.query import Query, read_queries
from graph.result import Result
from graph.run import run
from schema import Evidence
from tests.conftest import Store
from tests.expected_rows import FOLDER, WORLDS, Case, cases, with_all_claims, written_file
from tests.oracle import ANSWERS, COLUMNS, expected
from tests.oracle_pictures import listed
from tests.plain_world import EVER, Row, World

QUERIES = read_queries()
NAMES = sorted(ANSWERS)
# One after the other, as a store holds one at a time.
CASES = [case for what in WORLDS for name in NAMES for case in cases(name, what)]
PLACE = tuple(Evidence.model_fields)
FEWEST = 4

each_case = pytest.mark.parametrize("case", CASES, ids=str)


async def answered(reader: Reader, case: Case, query: Query, **page: Any) -> Result | None:
    """The answer, None where what was asked about does not hold."""
    try:
        return await run(reader, query, query.check({"limit": 500} | case.given | page))
    except NotFound:  # the claim is there, but does not hold
        return None


def lines(rows: list[Row], columns: tuple[str, ...]) -> list[str]:
    """One line a row, for people to read where they differ; of a row's claims only which is the first counts."""
    ordered = [row | {"claims": (*row["claims"][:1], *sorted(row["claims"][1:]))} for row in rows]
    return [" | ".join(str(row.get(c)) for c in (*columns, "claims")) for row in ordered]


async def in_pages(reader: Reader, case: Case, query: Query) -> list[Row]:
    """The rows by pages of one, of many by two pages."""
    size, cursor, rows = 1 if len(case.rows) < 12 else len(case.rows) // 2, None, []
    for _ in range(len(case.rows) + 1):
        page = await answered(reader, case, query, limit=size, cursor=cursor)
        rows += page.rows if page else []
        if not (cursor := page and page.next_cursor):
            break
    return rows


def untrue(found: Result, world: World = WORLDS["world"]) -> list[str]:
    """What the answer says of its claims otherwise than the files do; entities that it lacks or should not hold."""
    known_at = found.parameters.get("known_at", EVER)
    asked = {id for name in ("id", "place") for id in listed(found.parameters.get(name))}
    shown = asked | {row.get(column) for row in found.rows for column in ("id", "city_id")}
    wrong, named, besides = [], set[str](), set[Any](shown)
    for id, claim in found.claims.items():
        should = world.told(world.claims[id], known_at)
        held = claim | {"evidence": [{k: v for k, v in e.items() if k in PLACE} for e in claim["evidence"]]}
        wrong += [f"{id}: {name}: {held.get(name)}" for name in should if held.get(name) != should[name]]
        ends = [end for end in (should["subject"], should["object"]) if end]
        named |= {*ends, *should["attributed_to"], *(should["disputed_by"] or ()), *world.documents(id, known_at)}
        besides |= {voice for x, _ in world.challengers(id, known_at) for voice in world.voices(x, known_at)}
    wrong += [f"without {name}" for name in sorted(named - found.entities.keys())]
    return wrong + [f"with {name}" for name in sorted(found.entities.keys() - named - besides)]


@each_case
async def test_the_answer_has_the_rows_that_people_expect(case: Case, store: Store) -> None:
    columns, found = COLUMNS[case.query], await answered(await store.hold(case.what), case, QUERIES[case.query])
    rows = with_all_claims(case.query, found.rows if found else [], case.rows)
    assert lines(rows, columns) == lines(case.rows, columns), case.because
    assert untrue(found, WORLDS[case.what]) == [] if found else True


@pytest.mark.parametrize("case", [case for case in CASES if len(case.rows) > 1], ids=str)
async def test_pages_hold_the_rows_that_people_expect(case: Case, store: Store) -> None:
    columns = COLUMNS[case.query]
    rows = await in_pages(await store.hold(case.what), case, QUERIES[case.query])
    rows = with_all_claims(case.query, rows, case.rows)
    assert sorted(lines(rows, columns)) == sorted(lines(case.rows, columns))


async def test_an_entity_that_no_claim_names_is_shown_all_the_same(world: Reader) -> None:
    found = await run(world, QUERIES["entity"], QUERIES["entity"].check({"id": "fenmarch"}))
    assert (found.rows, found.entities["fenmarch"]["name"]) == ([], "Fenmarch")


@each_case
def test_people_and_the_oracle_expect_the_same_rows(case: Case) -> None:
    columns = COLUMNS[case.query]
    assert lines(expected(WORLDS[case.what], case.query, case.given), columns) == lines(case.rows, columns), (
        case.because
    )


def test_every_query_has_its_rows_and_its_oracle_and_no_other_has() -> None:
    assert set(QUERIES) == set(NAMES) == {path.stem for path in FOLDER.glob("*.yaml")}


@pytest.mark.parametrize("name", NAMES)
def test_the_declared_columns_are_those_that_people_expect(name: str) -> None:
    told_elsewhere = {"resolved"} - {*COLUMNS[name]}  # what judgements lead to is told by test_judgements
    assert tuple(column for column in QUERIES[name].columns if column not in told_elsewhere) == COLUMNS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_asked_in_several_ways_and_each_column_says_something(name: str) -> None:
    own = [case for case in CASES if case.query == name]
    assert {case.what for case in own} >= {"world", "seed"}
    assert len(own) >= FEWEST and len(set(map(str, own))) == len(own)
    rows = [row for case in own for row in case.rows]
    assert all(row.keys() == {*COLUMNS[name], "claims"} for row in rows)
    assert [c for c in COLUMNS[name] if all(row[c] is None for row in rows)] == []
    asked: set[Any] = {parameter for case in own for parameter in case.given}
    assert {"as_of", "known_at", "status", "standing"} <= asked


@pytest.mark.parametrize("name", NAMES)
def test_a_case_says_why_its_rows_are_these(name: str) -> None:
    file = written_file(name)
    assert all(case["because"].split() for case in (*file["cases"], *file["seed"]))
