"""What the rest of the API feels while `/sparql` is attacked: `python -m bench.attacks`."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

from bench import crowd
from bench.crowd import Tally
from bench.crowds import LATENCY_GOAL, watching
from bench.killed import FORKS, NOW, Served, state
from bench.measure import Figure, Ratio, print_table
from graph.write import clear, load

READY_SECONDS = 300


def _address(query: str) -> str:
    return f"/sparql?query={quote(query)}"


READY = _address("ASK { ?s ?p ?o }")
COUNT = _address("SELECT (COUNT(*) AS ?n) { ?s a ?type }")
CROSS_PRODUCT = _address("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }")  # of more than 10^5 triples: 10^10 pairs
SERVICE = _address("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
LARGE = _address("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20000")
# By name: what a crowd does, the addresses, how many, and statuses that are as they should be.
ATTACKS: dict[str, tuple[Callable[..., Coroutine[Any, Any, Tally]], Any, int, set[str]]] = {
    "cross products": (crowd.closed_loop, (CROSS_PRODUCT,), 8, {"503", "504"}),
    "SERVICE": (crowd.closed_loop, (SERVICE,), 8, {"400", "503"}),
    "200 at once": (crowd.closed_loop, (COUNT, COUNT, COUNT, CROSS_PRODUCT), 200, {"200", "503", "504"}),
    "slow readers": (crowd.slow_readers, LARGE, 20, {"still reading", "cut off"}),
}


@dataclass(frozen=True)
class Seen:
    """One attack: what became of it, and the p50 in seconds of one client of another question meanwhile."""

    name: str
    tally: Tally
    beside: float


async def attacked(folder: Path, claims: int, seconds: float) -> tuple[float, list[Seen]]:
    """The p50 with nobody else there, and each attack on a server with a made-up graph of so many claims."""
    served = Served(folder, "embedded", claims)
    try:
        await served.start()
        await clear(served.writer, await load(served.writer, [state("A", claims)], NOW))
        await _ready(served.port)
        async with watching(served):
            await asyncio.sleep(seconds)  # an engine warms up first
        async with watching(served) as watch:
            await asyncio.sleep(seconds)
        with ProcessPoolExecutor(1, FORKS) as pool:
            return watch.p50(), [await _attack(served, pool, name, seconds) for name in ATTACKS]
    finally:
        await served.stop()


async def _ready(port: int) -> None:
    for _ in range(READY_SECONDS):
        if await crowd.ask(port, READY) == "200":
            return
        await asyncio.sleep(1)
    raise SystemExit(f"no snapshot within {READY_SECONDS} s")


async def _attack(served: Served, pool: ProcessPoolExecutor, name: str, seconds: float) -> Seen:
    work, address, number, _ = ATTACKS[name]
    loop = asyncio.get_running_loop()
    async with watching(served) as watch:
        begun = monotonic()
        tally = await loop.run_in_executor(pool, crowd.run, work, served.port, address, number, seconds)
        return Seen(name, tally, watch.p50(max(begun, tally.begun), monotonic()))


def figures(usual: float, seen: list[Seen]) -> Iterator[Figure]:
    """A line for each attack: how much slower others are answered, and what was not as it should be."""
    yield Figure("nobody else", "embedded", f"one client {1000 * usual:.1f} ms")
    for each in seen:
        wrong = {what: n for what, n in each.tally.outcomes.items() if what not in ATTACKS[each.name][-1]}
        told = f"{dict(each.tally.outcomes)}; one client {1000 * each.beside:.1f} ms"
        found = each.beside / usual if not wrong else float("inf")
        yield Figure(each.name, "embedded", told, Ratio(found, found, found), LATENCY_GOAL, True)


def main() -> int:
    """Print a table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.attacks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="for which each attack lasts")
    parser.add_argument("--claims", type=int, default=10_000, help="size of the made-up graph")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = [*figures(*asyncio.run(attacked(Path(folder) / "data", given.claims, given.seconds)))]
    print_table(found)
    return int(any(figure.verdict == "missed" for figure in found))


if __name__ == "__main__":
    sys.exit(main())
