"""Every question of the catalogue at several sizes, `python -m bench.growing`: what a page of 50 costs at each."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from neo4j import READ_ACCESS
from neo4j.exceptions import DriverError, Neo4jError

from bench.country import copies_of, country, hubs_of
from bench.stores import STORES, Store
from graph.errors import GraphError
from graph.query import Query, read_queries
from graph.result import Result
from graph.run import run
from graph.write import clear, load
from schema import ENTITIES
from schema.claims_file import ClaimsFile

CALLS, UNMEASURED, ENOUGH = 11, 3, 3.0
DEEP, MOST = 6, 500
TOGETHER = 10_000  # claims in one load
NOW = "2032-01-01T00:00:00Z"
DOCUMENT = "cities-push-back-on-ice"
NAMING = ("entity", "entities", "few-entities")
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
                period = {"from": own["from"]} if p.name == "to" else {}
                yield Case(query, p.name, required | period | {p.name: own[p.name]})
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
    return ",".join(f"{one}-{copy}" for one in example.split(",")) if kind in NAMING else example


def _may_be_state(kinds: Sequence[str]) -> bool:
    return not kinds or any(issubclass(ENTITIES["State"], ENTITIES[kind]) for kind in kinds)


async def costs(store: Store, claims: int) -> AsyncIterator[tuple[str, Cost]]:
    """What each case costs in a store that holds a country of so many claims; deep pages are cases of their own."""
    first = await run(store.writer, read_queries()["claims"], read_queries()["claims"].check({"limit": 1}))
    for case in cases(claims, next(iter(first.claims))):
        yield case.name, await cost(store, case)
        with suppress(GraphError):
            if cursor := await _deep(store, case):
                deep = Case(case.query, case.told, case.given | {"cursor": cursor})
                yield f"{case.name} – deep", await cost(store, deep)


async def _deep(store: Store, case: Case) -> str | None:
    cursor: str | None = None
    for _ in range(DEEP):
        more = {"cursor": cursor} if cursor else {}
        page = await run(store.writer, case.query, case.query.check(case.given | {"limit": MOST} | more))
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    return cursor


async def cost(store: Store, case: Case) -> Cost:
    """Of one case: by us and by the bare driver, in turns."""
    values = case.query.check(case.given)
    try:
        edition = await store.writer.edition()
        text, bound = (await store.writer.dialect()).given(*case.query.bind(values, edition.number))

        async def own() -> Result:
            return await run(store.writer, case.query, values)

        async def bare() -> list[list[Any]]:
            async with store.driver.session(database=store.database, default_access_mode=READ_ACCESS) as session:
                return await (await session.run(text, bound)).values()

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


async def fill(store: Store, claims: int) -> None:
    """Load a country of so many claims, in loads of some documents each."""
    some: list[ClaimsFile] = []
    for file in country(claims):
        some.append(file)
        if sum(len(each.claims) for each in some) > TOGETHER:
            await clear(store.writer, await load(store.writer, some, NOW))
            some = []
    await clear(store.writer, await load(store.writer, some, NOW))


def table(found: Sequence[dict[str, Cost]], sizes: Sequence[int]) -> Iterator[str]:
    """A line a case in Markdown: milliseconds at each size, growth from first to last, ratio to the driver."""
    yield "| read | " + " | ".join(f"{size:,}" for size in sizes) + " | growth | by driver | rows |"
    yield "|---" * (len(sizes) + 4) + "|"
    for name in dict.fromkeys(name for costs in found for name in costs):
        each = [costs.get(name) for costs in found]
        first, last = each[0], each[-1]
        growth = f"{last.own / first.own:.1f}" if first and last and first.own and last.own else ""
        by_driver = f"{last.own / last.bare:.2f}" if last and last.bare else ""
        cells = [_cell(cost) for cost in each] + [growth, by_driver, str(last.rows) if last else ""]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _cell(cost: Cost | None) -> str:
    return "–" if cost is None else cost.failed or f"{1000 * cost.own:.1f}"


async def _measured(name: str, sizes: Sequence[int]) -> list[dict[str, Cost]]:
    found: list[dict[str, Cost]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            async with STORES[name](Path(folder)) as store:
                await fill(store, size)
                found.append({case: cost async for case, cost in costs(store, size)})
        print(f"{name}, {size} claims: done", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Print a table for each store."""
    parser = argparse.ArgumentParser(prog="python -m bench.growing", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[20_000, 100_000, 300_000], help="claims")
    parser.add_argument("--stores", nargs="+", choices=STORES, default=list(STORES))
    given = parser.parse_args()
    for name in given.stores:
        print(f"\n{name}, p50 in ms\n", *table(asyncio.run(_measured(name, given.sizes)), given.sizes), sep="\n")


if __name__ == "__main__":
    main()
