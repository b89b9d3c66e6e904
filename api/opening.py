"""What the front page tells of the store, worked out once an edition: in a larger graph the page takes as long."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.around import Around, around
from api.site import Site
from graph.edition import Edition
from graph.errors import GraphError
from graph.overview import Overview, overview
from graph.result import Result
from graph.run import run

FLAGSHIP = "groups-advising-mayors"
MOST_ROWS = 8
PATIENCE = 2.0  # seconds: what takes longer is left out, and is there for who comes next


@dataclass(frozen=True)
class Answered:
    """The flagship question's answer, and the names of the entities that questions have as examples."""

    result: Result
    names: Mapping[str, str]


@dataclass(frozen=True)
class Opening:
    """What was to be had in time; `around` is of the flagship question."""

    names: Mapping[str, str] = field(default_factory=dict)
    around: Around | None = None
    overview: Overview | None = None


async def opening(site: Site) -> Opening:
    """Of the newest edition; of a store that does not answer nothing, as the page leads on all the same."""
    try:
        edition = await site.reader.edition()
    except GraphError:
        return Opening()
    answered, found = await asyncio.gather(
        _soon(site, edition, "answered", lambda: _answered(site, edition)),
        _soon(site, edition, "overview", lambda: overview(site.reader, edition.number)),
    )
    if answered is None:
        return Opening(overview=found)
    return Opening(answered.names, await _around(site, answered.result, edition), found)


async def _soon(site: Site, edition: Edition, what: str, make: Callable[[], Coroutine[None, None, Any]]) -> Any:
    try:
        async with asyncio.timeout(PATIENCE):
            return await site.kept.get((edition.number, edition.hash, what), make)
    except TimeoutError:
        return None


async def _around(site: Site, result: Result, edition: Edition) -> Around:
    """With near misses where they are to be had; what it is made of is kept."""
    query = site.queries[FLAGSHIP]
    try:
        async with asyncio.timeout(PATIENCE):
            return await around(site, query, result, {}, edition)
    except TimeoutError:
        return Around(query, result, {}, None)


async def _answered(site: Site, edition: Edition) -> Answered:
    query, named = site.queries[FLAGSHIP], site.queries["entities-by-type"]
    result = await run(site.reader, query, query.check({"limit": MOST_ROWS}), edition)
    needed = (p for q in site.queries.values() for p in q.parameters if p.required)
    kinds = ("entity", "entities", "few-entities")
    ids = sorted({id for p in needed if p.type in kinds for id in str(p.example).split(",")})
    found = await run(site.reader, named, named.check({"id": ids, "limit": len(ids)}), edition)
    return Answered(result, {row["id"]: row["name"] for row in found.rows})
