"""Ten times what saturates the server, and readers who take an answer a sip at a time: `python -m bench.crowds`."""

import argparse
import asyncio
import resource
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

from bench import crowd
from bench.crowd import Tally
from bench.killed import FORKS, NOW, Served, state
from bench.measure import Figure, Ratio, print_table
from graph.write import clear, load

# What an analyst, a tool and a linked-data client ask for, and what is read slowly.
ASKED = (
    "/v1/queries/groups-advising-mayors/results.json",
    "/v1/entities/new-york-city-1/relations.graph.json",
    "/v1/graph.ttl?limit=50",
)
LARGE = "/v1/graph.json?limit=100"
CLIENTS = (1, 2, 4, 8, 16, 32)
TIMES, READERS = 10, 200
GOODPUT_GOAL, NORMAL_SECONDS, READERS_MB, LATENCY_GOAL = 0.8, 5.0, 64.0, 2.0
PAUSE = 0.05
AFTER = 10.0  # seconds that are watched once a crowd has gone
PAGE = resource.getpagesize()


class Memory:
    """The resident set of a process in MB: at first, at most and at last."""

    def __init__(self, pid: int) -> None:
        self._file = Path(f"/proc/{pid}/statm")
        self.first = self.most = self.last = self._now()

    def _now(self) -> float:
        return int(self._file.read_text(encoding="ascii").split()[1]) * PAGE / 1e6

    def look(self) -> None:
        """See how it is now."""
        self.last = self._now()
        self.most = max(self.most, self.last)

    def __str__(self) -> str:
        return f"{self.first:.0f}, at most {self.most:.0f}, then {self.last:.0f} MB"


class Watch:
    """One client beside a crowd, who asks now and then, and the memory of the server and of its engine meanwhile."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._seen: list[tuple[float, float, str]] = []
        self.server, self.engine = Memory(served.process.pid), Memory(served.engine())

    async def on(self) -> None:
        """Ask for ever."""
        while True:
            begun = monotonic()
            got = await crowd.ask(self._served.port, ASKED[0])
            self._seen.append((begun, monotonic() - begun, got))
            self.server.look()
            self.engine.look()
            await asyncio.sleep(PAUSE)

    def p50(self, since: float = 0.0, until: float = float("inf")) -> float:
        """Median seconds of those who asked between two moments; without end where one of them was not answered."""
        taken = [taken if got == "200" else float("inf") for begun, taken, got in self._seen if since <= begun < until]
        return median(taken) if taken else float("inf")

    def normal_after(self, moment: float, usual: float) -> float:
        """Seconds from a moment on until a second begins in which the p50 is at most LATENCY_GOAL times the usual."""
        begun = (begun for begun, _, _ in self._seen if begun >= moment)
        good = (each for each in begun if self.p50(each, each + 1) <= LATENCY_GOAL * usual)
        return next(good, float("inf")) - moment


@asynccontextmanager
async def watching(served: Served) -> AsyncIterator[Watch]:
    """One client who asks for as long as the block lasts."""
    watch = Watch(served)
    task = asyncio.create_task(watch.on())
    try:
        yield watch
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@dataclass(frozen=True)
class Seen:
    """What was measured; `usual` and `beside` are the p50 of one client alone and beside slow readers, who are
    sent `size` bytes each."""

    clients: int
    peak: float
    usual: float
    crowd: Tally
    watch: Watch
    normal: float
    size: int
    slow: Tally
    slow_watch: Watch
    beside: float


class Crowds:
    """Crowds before one server, each in a process of its own."""

    def __init__(self, served: Served, seconds: float) -> None:
        self._served, self._seconds = served, seconds
        self._pool = ProcessPoolExecutor(1, FORKS)

    async def _elsewhere(self, work: Callable[..., Coroutine[Any, Any, Tally]], *given: Any) -> Tally:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, crowd.run, work, self._served.port, *given)

    async def seen(self) -> Seen:
        """Everything, one after the other."""
        with self._pool:
            clients, peak = await self._saturated()
            async with watching(self._served) as watch:
                await asyncio.sleep(self._seconds / 6)
            usual = watch.p50()
            async with watching(self._served) as watch:
                offered = await self._elsewhere(crowd.open_loop, ASKED, TIMES * peak, self._seconds)
                await asyncio.sleep(max(0.0, offered.until + AFTER - monotonic()))
            normal = watch.normal_after(offered.until, usual)
            peak = max(peak, await self._goodput(clients, self._seconds / 6))  # an engine grows faster for minutes
            size = len(await crowd.fetched(self._served.port, LARGE))
            async with watching(self._served) as beside:
                slow = await self._elsewhere(crowd.slow_readers, LARGE, READERS, self._seconds / 2)
            told = beside.p50(slow.begun, slow.begun + self._seconds / 2)
            return Seen(clients, peak, usual, offered, watch, normal, size, slow, beside, told)

    async def _saturated(self) -> tuple[int, float]:
        """How many clients get the most answers a second, and how many these are; an engine warms up first."""
        await self._goodput(CLIENTS[-2], self._seconds / 6)
        found = {n: await self._goodput(n, self._seconds / 12) for n in CLIENTS}
        best = max(found, key=lambda n: found[n])
        return best, max(found[best], await self._goodput(best, self._seconds / 6))

    async def _goodput(self, clients: int, seconds: float) -> float:
        return (await self._elsewhere(crowd.closed_loop, ASKED, clients, seconds)).goodput


async def crowded(folder: Path, claims: int, seconds: float) -> Seen:
    """What crowds do to a server with a made-up graph of so many claims."""
    served = Served(folder, "embedded", claims)
    try:
        await served.start()
        await clear(served.writer, await load(served.writer, [state("A", claims)], NOW))
        return await Crowds(served, seconds).seen()
    finally:
        await served.stop()


def figures(seen: Seen) -> Iterator[Figure]:
    """A line each."""
    got, seconds = seen.crowd.outcomes, seen.crowd.until - seen.crowd.begun
    others = {what: number for what, number in got.items() if what not in ("200", "503")}
    told = f"{seen.peak:.0f} answers/s to {seen.clients} clients; one alone {1000 * seen.usual:.1f} ms"
    yield Figure("saturated", "embedded", told)
    told = f"{seen.crowd.offered / seconds:.0f}/s offered for {seconds:.0f} s: {seen.crowd.goodput:.0f} answers/s"
    yield _figure("crowd: goodput", told, seen.crowd.goodput / seen.peak, GOODPUT_GOAL, at_most=False)
    told = f"{got['200']} × 200, {got['503']} × 503, others: {others or 'none'}"
    yield _figure("crowd: other errors", told, sum(others.values()) / seen.crowd.offered, 0.0)
    yield Figure("crowd: memory", "embedded", f"server {seen.watch.server}; engine {seen.watch.engine}")
    told = f"{seen.normal:.1f} s until one client has at most {LATENCY_GOAL:g} × the usual"
    yield _figure("crowd: normal again", told, seen.normal / NORMAL_SECONDS, 1.0)
    memory, read = seen.slow_watch.server, dict(seen.slow.outcomes)
    told = f"{seen.size / 1000:.0f} kB, {read}; server {memory} of {READERS_MB:.0f} MB more"
    yield _figure("slow readers: memory", told, (memory.most - memory.first) / READERS_MB, 1.0)
    told = f"one client {1000 * seen.beside:.1f} ms, alone {1000 * seen.usual:.1f} ms"
    yield _figure("slow readers: others", told, seen.beside / seen.usual, LATENCY_GOAL)


def _figure(name: str, told: str, found: float, goal: float, at_most: bool = True) -> Figure:
    return Figure(name, "embedded", told, Ratio(found, found, found), goal, at_most)


def main() -> int:
    """Print a table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowds", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="for which ten times as much is offered")
    parser.add_argument("--claims", type=int, default=20_000, help="size of the made-up graph")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = [*figures(asyncio.run(crowded(Path(folder) / "data", given.claims, given.seconds)))]
    print_table(found)
    return int(any(figure.verdict == "missed" for figure in found))


if __name__ == "__main__":
    sys.exit(main())
