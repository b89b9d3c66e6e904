"""What a page counts of an answer that is longer than it is what the whole answer holds."""

from dataclasses import replace

import pytest

from graph.cursor import read_cursor
from graph.query import Query, read_queries
from graph.run import run
from graph.tally import Tally, of_result, tally, told_less
from tests.conftest import Store
from tests.expected_rows import cases

QUERIES = read_queries()
GIVEN = {name: next((case.given for case in cases(name, "world") if case.rows), {}) for name in QUERIES}
each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)


@each_query
async def test_a_tally_counts_what_the_whole_answer_holds(store: Store, query: Query) -> None:
    reader = await store.hold("world")
    whole = await run(reader, query, query.check(GIVEN[query.name] | {"limit": 500}))
    assert not whole.truncated
    values = query.check(whole.parameters)
    counted = await tally(reader, query, values.model_copy(update={"limit": 2}), await reader.edition())
    assert replace(counted, starts=()) == of_result(query, whole)
    assert counted.total == len(whole.rows) and len(counted.starts) == len(whole.rows) // 2


async def test_pages_begin_where_the_tally_says(store: Store) -> None:
    reader, query = await store.hold("world"), QUERIES["claims"]
    counted = await tally(reader, query, query.check({"limit": 7}), await reader.edition())
    cursor, begun = None, []
    while (page := await run(reader, query, query.check({"limit": 7, "cursor": cursor}))).next_cursor:
        cursor = page.next_cursor
        begun.append(read_cursor(cursor, query.name))
    assert begun and list(counted.starts)[: len(begun)] == begun and len(counted.starts) - len(begun) in (0, 1)


async def test_beyond_the_most_that_is_counted_the_first_ones_are_and_it_says_so(store: Store) -> None:
    reader, query = await store.hold("world"), QUERIES["claims"]
    counted = await tally(reader, query, query.check({"limit": 5}), await reader.edition(), most=20)
    assert (counted.total, counted.more, len(counted.starts)) == (20, True, 3)
    assert sum(counted.facets["status"].values()) == 20
    first = await run(reader, query, query.check({"limit": 20}))
    assert counted.facets == of_result(query, first).facets


def test_the_text_of_a_tally_fetches_nothing_but_what_is_counted() -> None:
    query = QUERIES["measures-by-agency-restricted"]
    text = told_less(query, query.cases[""].cypher)
    assert "makers" not in text and "APPLIES_IN" not in text and "around" not in text
    assert text.count("ORDER BY key LIMIT $limit") == 1


def test_a_tally_of_nothing_is_nothing() -> None:
    assert Tally(0) == Tally(total=0, more=False, facets={}, sources={}, names={}, starts=())
