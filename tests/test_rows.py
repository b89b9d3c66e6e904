"""Every query against the rows that people expect of it, written by hand from the two reports in `rows/`."""

from typing import Any

import pytest

from graph.connection import Reader
from graph.errors import NotFound
from graph.query import read_queries
from graph.run import run
from tests.expected_rows import FILES, FOLDER, Case, cases, written_file
from tests.oracle import ANSWERS, COLUMNS, expected
from tests.plain_world import Row, World

QUERIES = read_queries()
NAMES = sorted(ANSWERS)
CASES = [case for name in NAMES for case in cases(name)]
WORLD = World(FILES)
FEWEST = 4

each_case = pytest.mark.parametrize("case", CASES, ids=str)


async def answered(graph: Reader, case: Case) -> list[Row]:
    """The rows of the answer; of a row's claims the order of those after the first is not looked at."""
    query = QUERIES[case.query]
    try:
        found = await run(graph, query, query.check(case.given | {"limit": 500}))
    except NotFound:  # the claim is there, but does not hold
        return []
    return [row | {"claims": (*row["claims"][:1], *sorted(row["claims"][1:]))} for row in found.rows]


def lines(rows: list[Row], columns: tuple[str, ...]) -> list[str]:
    """One line a row, for people to read where they differ."""
    return [" | ".join(str(row.get(c)) for c in (*columns, "claims")) for row in rows]


@each_case
async def test_the_answer_has_the_rows_that_people_expect(case: Case, world: Reader) -> None:
    columns = COLUMNS[case.query]
    assert lines(await answered(world, case), columns) == lines(case.rows, columns), case.because


@each_case
def test_people_and_the_oracle_expect_the_same_rows(case: Case) -> None:
    columns = COLUMNS[case.query]
    assert lines(expected(WORLD, case.query, case.given), columns) == lines(case.rows, columns), case.because


def test_every_query_has_its_rows_and_its_oracle_and_no_other_has() -> None:
    assert set(QUERIES) == set(NAMES) == {path.stem for path in FOLDER.glob("*.yaml")}


@pytest.mark.parametrize("name", NAMES)
def test_the_declared_columns_are_those_that_people_expect(name: str) -> None:
    assert tuple(QUERIES[name].columns) == COLUMNS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_asked_in_several_ways_and_each_column_says_something(name: str) -> None:
    own = [case for case in CASES if case.query == name]
    assert len(own) >= FEWEST and len({str(case.given) for case in own}) == len(own)
    rows = [row for case in own for row in case.rows]
    assert all(row.keys() == {*COLUMNS[name], "claims"} for row in rows)
    assert [c for c in COLUMNS[name] if all(row[c] is None for row in rows)] == []
    asked: set[Any] = {parameter for case in own for parameter in case.given}
    assert {"as_of", "known_at", "status"} <= asked


@pytest.mark.parametrize("name", NAMES)
def test_a_case_says_why_its_rows_are_these(name: str) -> None:
    assert all(case["because"].split() for case in written_file(name)["cases"])
