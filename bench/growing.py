"""Every question of the catalogue at several sizes: what a page of 50 costs against its own at the smallest size."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import median
from typing import Any

from neo4j import READ_ACCESS
from neo4j.exceptions import DriverError, Neo4jError

from bench.country import copies_of, hubs_of
from bench.stores import Store
from graph.errors import GraphError
from graph.query import Query, read_queries
from graph.result import Result
from graph.run import run
from schema import ENTITIES

CALLS, UNMEASURED, ENOUGH = 11, 3, 3.0
DEEP, MOST = 6, 500
DOCUMENT = "cities-push-back-on-ice"
# A filter that hardly anything passes, a word that many names hold, few letters, typing errors: these may grow.
RARE: dict[str, list[dict[str, Any]]] = {
    "claims": [{"status": ["alleged"]}, {"as_of": "1700"}, {"relation": "ADVISES", "standing": ["disputed"]}],
    "entities-by-type": [{"type": "City", "as_of": "1700"}, {"type": "City"}, {"type": "Document"}],
    "search": [{"q": "city"}, {"q": "m"}, {"q": "zohrn mamdni"}, {"q": "Zohran Mamdani 7"}, {"q": "zzz"}],
    "timeline": [{"as_of": "2020"}],
}


@dataclass(frozen=True)
class Case:
    """One question with parameters, as the table names it."""

    query: Query
    told: str
    given: dict[str, Any]

    @property
    def name(self) -> str:
        """The line's head."""
        return f"{self.query.name} {self.told}".strip()


@dataclass(frozen=True)
class Cost:
    """p50 in seconds of a page, by us and by the bare driver; what the store said where it did not answer."""

    own: float = 0.0
    bare: float = 0.0
    rows: int = 0
    failed: str = ""


def cases(claims: int, claim: str) -> Iterator[Case]:
    """Each question with the examples of its header, with each optional parameter, and with each hub of a country."""
    copy = copies_of(claims) // 4 * 2
    for query in read_queries().values():
        own = {p.name: claim if p.type == "claim" else _moved(p.type, p.example, copy) for p in query.parameters}
        required = {p.name: own[p.name] for p in query.parameters if p.required}
        yield Case(query, "", required)
        for p in query.parameters:
            if not p.required:
                yield Case(query, p.name, required | {p.name: own[p.name]})
            if p.type == "entity" and _may_be_state(p.kinds):
                yield from (Case(query, f"{p.name}={hub}", required | {p.name: hub}) for hub in hubs_of(claims))
            if p.kinds == ["Document"]:
                yield Case(query, f"{p.name}=the largest", {p.name: "made-up-0"})
        for given in RARE.get(query.name, ()):
            told = (f"{name}={', '.join(value) if isinstance(value, list) else value}" for name, value in given.items())
            yield Case(query, " ".join(told), given)


def _moved(kind: str, example: Any, copy: int) -> Any:
    """The example's counterpart in a copy of the seed."""
    if example == DOCUMENT:
        return f"made-up-{copy}"
    return f"{example}-{copy}" if kind == "entity" else example


def _may_be_state(kinds: Sequence[str]) -> bool:
    return not kinds or any(issubclass(ENTITIES["State"], ENTITIES[kind]) for kind in kinds)


async def costs(store: Store, claims: int) -> AsyncIterator[tuple[str, Cost]]:
    """What each case costs in a store that holds a country of so many claims; deep pages are cases of their own."""
    first = await run(store.writer, read_queries()["claims"], read_queries()["claims"].check({"limit": 1}))
    for case in cases(claims, next(iter(first.claims))):
        yield case.name, await _cost(store, case)
        with suppress(GraphError):
            if cursor := await _deep(store, case):
                deep = Case(case.query, case.told, case.given | {"cursor": cursor})
                yield f"{case.name} – deep", await _cost(store, deep)


async def _deep(store: Store, case: Case) -> str | None:
    cursor: str | None = None
    for _ in range(DEEP):
        more = {"cursor": cursor} if cursor else {}
        page = await run(store.writer, case.query, case.query.check(case.given | {"limit": MOST} | more))
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    return cursor


async def _cost(store: Store, case: Case) -> Cost:
    values = case.query.check(case.given)
    edition = await store.writer.edition()
    text, bound = (await store.writer.dialect()).given(*case.query.bind(values, edition.number))

    async def own() -> Result:
        return await run(store.writer, case.query, values)

    async def bare() -> list[list[Any]]:
        async with store.driver.session(database=store.database, default_access_mode=READ_ACCESS) as session:
            return await (await session.run(text, bound)).values()

    try:
        rows = len((await own()).rows)
        return Cost(*await _in_turns(own, bare), rows)
    except (GraphError, Neo4jError, DriverError) as error:
        return Cost(failed=f"{type(error).__name__}: {error}")


async def _in_turns(*works: Callable[[], Awaitable[object]]) -> list[float]:
    """p50 of each; what is slow is called less often."""
    found: list[list[float]] = [[] for _ in works]
    begun = time.perf_counter()
    while len(found[0]) < UNMEASURED + CALLS and (time.perf_counter() - begun < ENOUGH or len(found[0]) < 2):
        for seconds, work in zip(found, works, strict=True):
            started = time.perf_counter()
            await work()
            seconds.append(time.perf_counter() - started)
    return [median(seconds[min(UNMEASURED, len(seconds) // 2) :]) for seconds in found]
