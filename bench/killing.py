"""Kills a loader, its engine or the server at random moments and tells what that left: `python -m bench.killing`."""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import monotonic

from bench.contents import contents
from bench.killed import GRACE, PATIENCE, Loader, Served
from graph.engine_folder import KINDS
from graph.errors import GraphError

WHOM = ("loader", "engine", "server")
READERS = 2
State = tuple[str, list[str]]  # what readers see of a document, and all that the store holds
COLUMNS = ("kills", "acknowledged", "lost", "torn", "mixed", "locked", "unequal", "reads", "refused")
FAULTS = ("lost", "torn", "mixed", "locked", "unequal")


class Shooting:
    """Trials on one store: two states of a document, known from undisturbed loads."""

    def __init__(self, served: Served, chance: random.Random) -> None:
        self.served, self._chance = served, chance
        self.reasons: list[str] = []  # why a load did not go through, and where a graph differs
        self._known: dict[str, State] = {}
        self._seconds: dict[str, float] = {}
        self._at = ""

    async def learn(self) -> None:
        """What undisturbed loads leave, and how long they take."""
        await self.served.reset()
        self._known["none"] = await self._found()
        for name, way in (("A", "first"), ("B", "update")):
            child, begun = await self.served.loader(name), monotonic()
            assert await child.ended()
            self._seconds[way] = monotonic() - begun - GRACE * (way == "update")
            self._known[name] = await self._found()
        self._at = "B"

    async def _found(self) -> State:
        return await self.served.seen(), await contents(self.served.writer)

    async def trial(self, whom: str, way: str) -> Counter[str]:
        """One kill, at a moment within the load, or in the second after it."""
        before, after = ("none", "A") if way == "first" else (self._at, "A" if self._at == "B" else "B")
        if way == "first":
            await self.served.reset()
        told: Counter[str] = Counter(kills=1)
        allowed = [self._known[name][0] for name in (before, after)]
        async with self._readers(told, allowed):
            child = await self.served.loader(after)
            await asyncio.sleep(self._chance.uniform(0, self._seconds[way] * 1.1))
            self._kill(whom, child)
            sealed = await child.ended()
            if whom == "server":
                told["locked"] += not await self._starts()
            await self.served.answering()
            found = await self.served.seen()
            told["acknowledged"] += sealed
            told["lost"] += sealed and found != allowed[1]
            told["torn"] += found not in allowed
            told["locked"] += not await self._again(after)
        told["unequal"] += self._differs(await self._found(), self._known[after])
        self._at = after
        return told

    def _differs(self, found: State, known: State) -> bool:
        if found != known:
            parts = sorted({*found[1]} ^ {*known[1]})
            self.reasons.append(f"{len(parts)} records differ: {'; '.join(line[:200] for line in parts[:2])}")
        return found != known

    def _kill(self, whom: str, child: Loader) -> None:
        with suppress(ProcessLookupError):
            if whom == "loader":
                child.process.kill()
            elif whom == "server":
                self.served.process.kill()
            else:
                os.kill(self.served.engine(), signal.SIGKILL)

    async def _starts(self) -> bool:
        """Whether the server starts again, on the folder that the killed one held."""
        await self.served.process.wait()
        try:
            await self.served.start()
        except TimeoutError:
            return False
        return True

    async def _again(self, after: str) -> bool:
        """Whether the same load goes through at the next attempt."""
        child = await self.served.loader(after)
        try:
            async with asyncio.timeout(PATIENCE):
                done = await child.ended() and child.process.exitcode == 0
        except TimeoutError:
            child.process.kill()
            child.failure, done = f"no end in {PATIENCE:.0f} s", False
        if not done:
            self.reasons.append(f"the next load: {child.failure}")
        return done

    @asynccontextmanager
    async def _readers(self, told: Counter[str], allowed: list[str]) -> AsyncIterator[None]:
        """Readers beside, who must see one state or the other."""

        async def read_on() -> None:
            while True:
                try:
                    told["mixed"] += await self.served.seen() not in allowed
                    told["reads"] += 1
                except GraphError:
                    told["refused"] += 1
                await asyncio.sleep(0.2)

        tasks = [asyncio.create_task(read_on()) for _ in range(READERS)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def kill(folder: Path, given: argparse.Namespace) -> dict[str, Counter[str]]:
    """So many kills of each, half of them in updates, and what they left, by whom and in what."""
    found: dict[str, Counter[str]] = {}
    served = Served(folder, given.store, given.claims)
    try:
        await served.start()
        shooting = Shooting(served, random.Random(given.chance))
        await shooting.learn()
        for whom in given.whom:
            for number in range(given.kills):
                way = "first" if number < given.kills // 2 else "update"
                told = found.setdefault(f"{whom}, {way}", Counter())
                told.update(await shooting.trial(whom, way))
                while shooting.reasons:
                    print(f"\n{whom} {number + 1}, {way}: {shooting.reasons.pop(0)}", file=sys.stderr)
                print(f"\r{whom} {number + 1} of {given.kills}", end="", file=sys.stderr, flush=True)
            _print({name: told for name, told in found.items() if name.startswith(whom)})  # the next may be cut short
    finally:
        await served.stop()
    return found


def _print(found: dict[str, Counter[str]]) -> None:
    print(f"\n| killed, in | {' | '.join(COLUMNS)} |\n|---|{'---:|' * len(COLUMNS)}")
    for name, told in found.items():
        print(f"| {name} | {' | '.join(str(told[column]) for column in COLUMNS)} |", flush=True)


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What is to be killed, how often and where."""
    parser = argparse.ArgumentParser(prog="python -m bench.killing", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of each, half of them in updates")
    parser.add_argument("--whom", nargs="+", choices=WHOM, default=list(WHOM))
    parser.add_argument("--store", choices=list(KINDS), default="embedded")
    parser.add_argument("--claims", type=int, default=400, help="size of the made-up document")
    parser.add_argument("--chance", type=int, default=1, help="the same number kills at the same moments")
    return parser.parse_args(words)


def main() -> int:
    """Kill, and tell what that left; 1 if anything was lost, torn, mixed, locked or unequal."""
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(kill(Path(folder) / "data", given))
    return int(any(told[fault] for told in found.values() for fault in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
