"""What the front page tells of the store, worked out once an edition: in a larger graph the page takes as long."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from api.site import Site
from graph.edition import Edition
from graph.errors import GraphError
from graph.near import Miss, misses
from graph.overview import Overview, overview
from graph.parameters import MOST_ROWS
from graph.result import Result
from graph.run import run
from schema.closed_lists import Verdict

FLAGSHIP = "groups-advising-mayors"
MOST_SHOWN, MOST_TRIED = 8, 3
Found = TypeVar("Found")


@dataclass(frozen=True)
class Answered:
    """The flagship question's answer, and the names of the entities that questions have as examples."""

    result: Result
    names: Mapping[str, str]


@dataclass(frozen=True)
class Parting:
    """A group of which one source gives the size, `stated`, and of which others name members, as those hold who
    `judged`; both answers are about `group` alone."""

    group: str
    stated: Result
    judged: Result


@dataclass(frozen=True)
class Opening:
    """What was to be had in time; `near` are the near misses of the flagship question."""

    answered: Answered | None = None
    near: tuple[Miss, ...] = ()
    overview: Overview | None = None
    parting: Parting | None = None

    @property
    def names(self) -> Mapping[str, str]:
        """Names of entities by id, as far as they are known."""
        return self.answered.names if self.answered else {}


async def opening(site: Site) -> Opening:
    """Of the newest edition; of a store that does not answer nothing, as the page leads on all the same."""
    try:
        edition = await site.reader.edition()
    except GraphError:
        return Opening()

    async def kept(what: str, make: Callable[[], Coroutine[None, None, Found]]) -> Found | None:
        found: Found | None = await site.kept.get((edition.number, edition.hash, what), make)
        return found

    answered, near, found, parting = await asyncio.gather(
        kept("answered", lambda: _answered(site, edition)),
        kept("near", lambda: _near(site, edition)),
        kept("overview", lambda: overview(site.reader, edition.number)),
        kept("parting", lambda: _parting(site, edition)),
    )
    return Opening(answered, near or (), found, parting)


async def _answered(site: Site, edition: Edition) -> Answered:
    result = await _asked(site, edition, FLAGSHIP, limit=MOST_SHOWN)
    needed = (p for q in site.queries.values() for p in q.parameters if p.required)
    kinds = ("entity", "entities", "few-entities")
    ids = sorted({id for p in needed if p.type in kinds for id in str(p.example).split(",")})
    found = await _asked(site, edition, "entities-by-type", id=ids, limit=len(ids))
    return Answered(result, {row["id"]: row["name"] for row in found.rows})


async def _near(site: Site, edition: Edition) -> tuple[Miss, ...]:
    query = site.queries[FLAGSHIP]
    return tuple(await misses(site.reader, query, query.check({}), edition))


async def _parting(site: Site, edition: Edition) -> Parting | None:
    """Of the groups of which most members are named elsewhere the first whose size a source gives."""
    every = await _asked(site, edition, "claims", relation="COMPARED_WITH", limit=MOST_ROWS)
    parts = Counter(claim["object"] for claim in every.claims.values() if claim["verdict"] == Verdict.PART_OF)
    for group, _ in sorted(parts.items(), key=lambda each: (-each[1], each[0]))[:MOST_TRIED]:
        about = {"id": group, "limit": MOST_ROWS}
        stated = await _asked(site, edition, "neighbourhood", relation="HAS_SIZE", direction="subject", **about)
        if stated.rows:
            judged = await _asked(site, edition, "neighbourhood", relation="COMPARED_WITH", direction="object", **about)
            return Parting(group, stated, judged)
    return None


async def _asked(site: Site, edition: Edition, name: str, **given: Any) -> Result:
    query = site.queries[name]
    return await run(site.reader, query, query.check(given), edition)
