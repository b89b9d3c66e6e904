"""What a page tells round the rows of an answer: how many there are, of which kinds, the pages, and near misses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from api.site import Site
from graph.cursor import make_cursor, read_cursor
from graph.edition import Edition
from graph.near import Count, LeftOut, Miss, left_out, misses
from graph.order import sorted_otherwise
from graph.query import Query
from graph.result import Result
from graph.tally import MOST, Tally, by_itself, of_result, tally
from schema.closed_lists import Standing, Status

CHOSEN = {"status": Status, "standing": Standing}


@dataclass(frozen=True)
class Around:
    """`given` is what was asked, as it was written and without the cursor.

    `number` is that of the page, where it is known; `before` is the cursor of the page before it, empty where that is
    the first one, and None where there is none or it is not known. `sort` is the column that was asked for.
    A status or standing is `exact` where asking for it alone leads to the rows that are counted of it, and no hop to
    them is of another one. Near misses may not have been `looked` up in time.
    """

    query: Query
    result: Result
    given: Mapping[str, Any]
    tally: Tally | None
    first: bool = True
    number: int | None = 1
    before: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    misses: tuple[Miss, ...] = ()
    exact: frozenset[tuple[str, str]] = frozenset()
    looked: bool = True
    sort: str = ""

    @property
    def in_time(self) -> bool:
        """Whether all of it was worked out: what was not may be another time."""
        return self.looked and self.tally is not None


async def around(site: Site, query: Query, result: Result, given: Mapping[str, Any], edition: Edition) -> Around:
    """Worked out of the store by few more reads, each of which has a limit and may be done without."""
    values = query.check(result.parameters)
    cursor, sort = given.get("cursor"), given.get("sort", "")
    asked = {name: value for name, value in given.items() if name != "cursor"}
    ordered = sorted_otherwise(result, sort) if sort else result

    async def count(of: BaseModel, most: int) -> Tally | None:
        key = (edition.number, edition.hash, query.name, most, of.model_dump_json(exclude={"cursor"}))
        found: Tally | None = await site.kept.get(key, lambda: tally(site.reader, query, of, edition, most))
        return found

    async def missed() -> list[Miss]:
        return await misses(site.reader, query, values, edition)

    if cursor or result.truncated:
        told = Around(query, result, asked, await count(values, MOST), first=not cursor)
        told = replace(told, exact=await _exact(query, values, told.tally, None))
        return _placed(told, read_cursor(cursor, query.name)) if cursor else told
    near: list[Miss] | None = []
    if query.near:
        key = (edition.number, edition.hash, query.name, values.model_dump_json(exclude={"limit"}))
        near = await site.kept.get(key, missed)
    out = await left_out(query, values, len(result.rows), count)
    counted = of_result(query, result)
    exact = await _exact(query, values, counted, count)
    return Around(
        query,
        ordered,
        asked,
        counted,
        left_out=tuple(out),
        misses=tuple(near or ()),
        looked=near is not None,
        exact=exact,
        sort=sort,
    )


async def _exact(
    query: Query, values: BaseModel, counted: Tally | None, count: Count | None
) -> frozenset[tuple[str, str]]:
    """Known by the text where there are no hops, else by asking; without `count` the latter is left."""
    facets = {name: counted.facets.get(name, {}) for name in CHOSEN} if counted else {}
    several = [(name, value) for name, values in facets.items() if len(values) > 1 for value in values]
    if by_itself(query):
        return frozenset(several)
    found = set()
    for name, value in several:
        narrower = count and await count(
            values.model_copy(update={name: [CHOSEN[name](value)]}), facets[name][value] + 1
        )
        if narrower and narrower.total == facets[name][value]:
            found.add((name, value))
    return frozenset(found)


def _placed(told: Around, after: str) -> Around:
    """Which page begins after the key, and where the one before it does."""
    starts = told.tally.starts if told.tally else ()
    if after not in starts:
        return replace(told, number=None)
    at = starts.index(after)
    return replace(told, number=at + 2, before=make_cursor(told.query.name, starts[at - 1]) if at else "")
