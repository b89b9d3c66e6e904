"""The pages of an entity, a claim and a source: what they tell beside their answer, by few reads, each bounded."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages import claim as claim_page
from api.pages import entity as entity_page
from api.pages import source as source_page
from api.pages import sources as sources_page
from api.place import Place
from api.site import Site
from graph.edition import Edition
from graph.errors import NotFound
from graph.result import Result
from graph.run import run

ASKED_TOO = ("as_of", "temporal", "known_at", "status", "standing")  # of the reads besides, as of the first
MOST_RELATIONS, MOST_CHALLENGES, MOST_JUDGEMENTS = 200, 6, 4


@dataclass(frozen=True)
class Asking:
    """What else is asked is asked of the same edition, as of the same time."""

    site: Site
    edition: Edition
    given: Mapping[str, Any]

    async def __call__(self, name: str, **about: Any) -> Result:
        """The answer of another named query."""
        query = self.site.queries[name]
        told = {n: v for n, v in self.given.items() if n in ASKED_TOO and n not in about}
        return await run(self.site.reader, query, query.check(told | about, by_id=True), self.edition)


Page = Callable[[Asking, Result, Place, Mapping[str, str]], Awaitable[bytes]]


async def _entity(ask: Asking, result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    id = result.parameters["id"]
    found = await ask("counts-by-relation", id=id, limit=MOST_RELATIONS)
    counts = tuple(
        entity_page.Counted(row["relation"], row["direction"], row["known"], tuple(row["claims"])) for row in found.rows
    )
    return entity_page.page(together(result, found), counts, place, others)


async def _claim(ask: Asking, result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    [claim] = [result.claims[id] for row in result.rows for id in row["claims"]]
    beside = {id for name in claim_page.BOTH_WAYS for id in claim.get(name, ())}
    whole = result
    for id in sorted(beside)[:MOST_CHALLENGES]:
        try:
            whole = together(whole, await ask("claim", id=id))
        except NotFound:  # what was taken down challenges no more
            continue
    judged: list[str] = []
    for end in dict.fromkeys(claim[end] for end in ("subject", "object") if end in claim):
        found = await ask("neighbourhood", id=end, relation="COMPARED_WITH", limit=MOST_JUDGEMENTS)
        whole, judged = together(whole, found), [*judged, *found.claims]
    return claim_page.page(whole, claim["id"], [id for id in judged if id != claim["id"]], place, others)


def together(first: Result, second: Result) -> Result:
    """The first answer with the claims and entities of the second beside its own."""
    more = {"claims": second.claims | first.claims, "entities": second.entities | first.entities}
    return Result(**vars(first) | more)


async def _source(ask: Asking, result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    counted = await ask("sources", document=result.parameters["document"])
    return source_page.page(result, counted, place, others)


async def _sources(ask: Asking, result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    return sources_page.page(result, place, others)


OWN: Mapping[str, Page] = {"entity": _entity, "claim": _claim, "source": _source, "sources": _sources}
"""Which queries have a page of their own, where a thing is asked for by its address."""
PAGED = ("source", "sources")


def has_page(name: str, path: str, later: bool) -> bool:
    """Whether the answer of the query is told by a page of its own there, on a later page too."""
    return name in OWN and not path.startswith("/v1/queries/") and (not later or name in PAGED)
