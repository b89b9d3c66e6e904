"""Paths from and to hubs: sought from the end that fewer claims name, given up where too many would be looked at."""

from dataclasses import replace
from itertools import product

import pytest

from bench.country import crowded
from graph.connection import Reader, Writer
from graph.errors import NotReadable, TooLarge
from graph.query import read_queries
from graph.result import Row
from graph.run import run
from graph.write import load
from tests.conftest import NOW
from tests.oracle import expected
from tests.plain_world import World

PATHS = read_queries()["shortest-path"]
HUB = crowded(150, 1)  # each body is in the crowd, and works with the one before and the one after it: three claims
WORLD = World([HUB])


async def found(reader: Reader, start: str, end: str, bounded: int = PATHS.bounded) -> list[Row]:
    result = await run(reader, query := replace(PATHS, bounded=bounded), query.check({"from": start, "to": end}))
    return [row | {"claims": tuple(row["claims"])} for row in result.rows]


async def test_what_leads_through_a_hub_is_the_first_of_the_shortest(blank: Writer) -> None:
    await load(blank, [HUB], NOW)
    ends = ("crowd", "crowd-0", "crowd-1", "crowd-2", "crowd-3", "crowd-75")
    for start, end in product(ends, ends):
        rows = [dict(row) for row in expected(WORLD, "shortest-path", {"from": start, "to": end})]
        assert await found(blank, start, end) == rows, (start, end)
    # by way of their hub, where each has three claims and it has 150: six are looked at
    assert [row["object_id"] for row in await found(blank, "crowd-0", "crowd-75", 7)] == ["crowd", "crowd"]
    with pytest.raises(TooLarge, match="more than 6 claims"):
        await found(blank, "crowd-0", "crowd-75", 6)
    # from a hub and to it no more is looked at than what the other end has
    for start, end in (("crowd", "crowd-0"), ("crowd-0", "crowd")):
        assert [row["step"] for row in await found(blank, start, end, 4)] == [1]
        with pytest.raises(TooLarge):
            await found(blank, start, end, 3)
    # the way to oneself wants no look at all
    assert await found(blank, "crowd", "crowd", 1) == []


async def test_a_text_that_divides_by_nought_and_has_no_bound_is_a_fault_of_the_text(world: Reader) -> None:
    text = PATHS.cases[""]
    faulty = replace(PATHS, bounded=0, cases={"": replace(text, cypher=text.cypher.replace("$bounded", "1"))})
    with pytest.raises(NotReadable, match=r"shortest-path\.cypher"):
        await run(world, faulty, faulty.check({"from": "sao-bento", "to": "tidewater-fund"}))
