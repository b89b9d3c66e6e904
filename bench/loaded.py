"""Every question of the catalogue over a store that is filled already, `python -m bench.loaded --data FOLDER`: what a
page of 50 costs by us and by the bare driver, and what eight clients at once wait for it over HTTP."""

import argparse
import asyncio
import http.client
import math
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from bench.growing import Case, Cost, cost
from bench.reading import served
from bench.stores import STORES, Store, filled
from graph.edition import OPEN
from graph.parameters import Parameter
from graph.query import Query, read_queries

CLIENTS, EACH, WARMING, ENOUGH = 8, 12, 1, 5.0
GOAL, SLOW = 1.5, 0.1  # p50 by the bare driver's; seconds at p95 that want a reason
COUNT = (
    "MATCH (n:{kind})<-[:{end}]-(c:Claim) WHERE n.until = $open AND c.until = $open "
    "RETURN n.id, count(c) AS claims ORDER BY claims DESC, n.id LIMIT 1"
)


@dataclass(frozen=True)
class Crowd:
    """How many of so many `calls` for a page were answered by no 200, and p50 and p95 in seconds of those that were."""

    p50: float
    p95: float
    calls: int
    failed: int = 0


Line = tuple[str, Cost, Crowd]


async def cases(store: Store) -> AsyncIterator[Case]:
    """Each question with the examples of its header, with each optional parameter, and with the thing of its kind that
    most is claimed of here."""
    kinds = {kind for q in read_queries().values() for p in q.parameters if p.type == "entity" for kind in _kinds(p)}
    hubs = {kind: await _most_claimed(store, kind) for kind in sorted(kinds)}  # before any read has worn the store out
    for query in read_queries().values():
        own = {p.name: p.example for p in query.parameters}
        required = {p.name: own[p.name] for p in query.parameters if p.required}
        yield Case(query, "", required)
        for told, more in _optional(query, own):
            yield Case(query, told, required | more)
        for p in query.parameters:
            if p.type == "entity":
                for hub in dict.fromkeys(hubs[kind] for kind in _kinds(p) if hubs[kind]):
                    yield Case(query, f"{p.name}={hub}", required | {p.name: hub})


def _kinds(parameter: Parameter) -> Sequence[str]:
    return parameter.kinds or ["Entity"]


def _optional(query: Query, own: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for p in query.parameters:
        if not p.required:
            yield p.name, ({"from": own["from"]} if p.name == "to" else {}) | {p.name: own[p.name]}


async def _most_claimed(store: Store, kind: str) -> str:
    end = "EVIDENCED_BY" if kind == "Document" else "SUBJECT|OBJECT"
    rows = await store.writer.read(COUNT.format(kind=kind, end=end), {"open": OPEN})
    return rows[0][0] if rows else ""


def crowd(port: int, path: str, clients: int = CLIENTS) -> Crowd:
    """So many clients, each on a connection of its own, who ask again as soon as they are answered."""
    asked = _asked(port, path, clients, time.perf_counter() + ENOUGH)
    # what is refused at once is no quick answer
    waits = [seconds for status, seconds in asked if status == http.client.OK] or [math.inf]
    return Crowd(median(waits), _p95(waits), len(asked), sum(status != http.client.OK for status, _ in asked))


def _p95(waits: Sequence[float]) -> float:
    return quantiles(waits, n=20, method="inclusive")[-1] if len(waits) > 1 else waits[0]


def _asked(port: int, path: str, clients: int, until: float) -> list[tuple[int, float]]:
    def ask() -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            while len(found) < WARMING + EACH and (len(found) <= WARMING or time.perf_counter() < until):
                begun = time.perf_counter()
                connection.request("GET", path)
                response = connection.getresponse()
                response.read()
                found.append((response.status, time.perf_counter() - begun))
        return found[WARMING:]

    with ThreadPoolExecutor(clients) as pool:
        return [one for client in [pool.submit(ask) for _ in range(clients)] for one in client.result()]


async def lines(store: Store, named: Sequence[str] = ()) -> AsyncIterator[Line]:
    """A line a case, of these questions or of all."""
    with served(store) as port:
        async for case in cases(store):
            if not named or case.query.name in named:
                alone = await cost(store, case)
                path = f"/v1/queries/{case.query.name}/results.json?{urlencode(case.given)}"
                yield case.name, alone, await asyncio.to_thread(crowd, port, path)


def table(found: Sequence[Line]) -> Iterator[str]:
    """In Markdown, in milliseconds."""
    yield f"| read | p50 | driver | ratio | {CLIENTS} clients: p50 | p95 | calls | rows |"
    yield "|---" * 8 + "|"
    for name, alone, crowd in found:
        own = [alone.failed, "", ""] if alone.failed else [_ms(alone.own), _ms(alone.bare), f"{_ratio(alone):.2f}"]
        failed = f", {crowd.failed} not 200" if crowd.failed else ""
        cells = [*own, _ms(crowd.p50), _ms(crowd.p95), f"{crowd.calls}{failed}", str(alone.rows)]
        yield f"| {name} | " + " | ".join(cells) + " |"


def summary(found: Sequence[Line]) -> str:
    """How many miss what is wanted of each."""
    answered = [alone for _, alone, _ in found if not alone.failed]
    over = sum(_ratio(alone) > GOAL for alone in answered)
    slow = sum(crowd.p95 > SLOW for *_, crowd in found)
    middle = median(map(_ratio, answered))
    return (
        f"{len(found)} reads, {len(found) - len(answered)} not answered; "
        f"by the driver's p50 the median is {middle:.2f}, {over} above {GOAL}; "
        f"p95 of {CLIENTS} clients above {1000 * SLOW:.0f} ms in {slow}"
    )


def _ratio(alone: Cost) -> float:
    return alone.own / alone.bare


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"


async def _measured(name: str, folder: Path, named: Sequence[str]) -> list[Line]:
    found: list[Line] = []
    async with filled(name, folder) as store:
        async for line in lines(store, named):
            found.append(line)
            print(*[*table([line])][2:], sep="\n", file=sys.stderr, flush=True)
    return found


def main() -> int:
    """Print the table; 1 where a read was not answered."""
    parser = argparse.ArgumentParser(prog="python -m bench.loaded", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of a filled store")
    parser.add_argument("--store", choices=STORES, default="embedded")
    parser.add_argument("--queries", nargs="*", choices=read_queries(), default=[], help="only these; by default all")
    given = parser.parse_args()
    found = asyncio.run(_measured(given.store, given.data, given.queries))
    print(*table(found), "", summary(found), sep="\n")
    return int(any(alone.failed for _, alone, _ in found))


if __name__ == "__main__":
    sys.exit(main())
