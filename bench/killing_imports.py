"""Kills imports of real data at random moments, `python -m bench.killing_imports NAME PATH`, and compares what the same
import then makes of what was left with what an undisturbed one makes of the same store."""

import argparse
import asyncio
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL

from bench.contents import contents
from bench.stores import STORES, filled
from graph.engine_folder import read_run

Left = tuple[str, str, int]
"""Hash of the edition, hash of all that the store holds, and how many nodes and edges that is."""
WHOM = ("importer", "importer and store")
TRIES = 3


@dataclass(frozen=True)
class Trial:
    """Who was killed, how far into the import, whether that cut its load short, what its next run said, and
    whether that left the same."""

    whom: str
    at: float
    cut: bool
    told: str
    equal: bool

    @property
    def line(self) -> str:
        """As the table has it."""
        cut, equal = "cut short" if self.cut else "not begun, or done", "equal" if self.equal else "UNEQUAL"
        return f"| {self.whom} | {self.at:.0%} | {cut} | {self.told} | {equal} |"


class Importing:
    """One import into copies of a folder that holds the seed."""

    def __init__(self, store: str, words: tuple[str, str], room: Path) -> None:
        self._store, self._words, self._room = store, words, room
        self._begun = room / "begun"
        self._work = room / "work"

    def prepare(self) -> tuple[float, Left]:
        """The seconds until an undisturbed import tells that its first load is published, and what it leaves: behind
        that it only waits for readers."""
        self._end(self._start(self._begun, "load"))
        folder, begun = self._copy(), time.monotonic()
        process = self._start(folder, "import", *self._words)
        assert process.stdout
        told = process.stdout.readline()
        seconds = time.monotonic() - begun
        assert told, self._end(process)
        process.communicate()
        return seconds, asyncio.run(self._left(folder))

    def trial(self, whom: str, at: float, seconds: float, undisturbed: Left) -> Trial | None:
        """One kill so far into the import, and what a second run makes of that; None where it had ended before."""
        folder = self._copy()
        with self._start(folder, "import", *self._words) as process:
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=at * seconds)
                return None
            if whom == WHOM[1] and (run := read_run(folder)) and run["pid"]:
                os.kill(run["pid"], SIGKILL)
            process.kill()
            process.communicate()
        cut = asyncio.run(self._cut(folder))
        told = self._end(self._start(folder, "import", *self._words))
        return Trial(whom, at, cut, told.split(";")[0].strip(), asyncio.run(self._left(folder)) == undisturbed)

    def _copy(self) -> Path:
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._begun, self._work)
        return self._work

    def _start(self, folder: Path, *words: str) -> subprocess.Popen[str]:
        given = {n: v for n, v in os.environ.items() if n != "NEO4J_URI"}
        given |= {"CIVICGRAPH_DATA": str(folder), "STORE": self._store, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "api", *words]
        return subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def _end(self, process: subprocess.Popen[str]) -> str:
        told, wrong = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}: {wrong[-1000:]}")
        return told.splitlines()[-1]

    async def _cut(self, folder: Path) -> bool:
        """Whether a load was under way: a machine that has become faster may have been done with it."""
        async with filled(self._store, folder) as store:
            edition = await store.writer.newest()
            return edition is not None and edition.draft is not None

    async def _left(self, folder: Path) -> Left:
        async with filled(self._store, folder) as store:
            edition = await store.writer.newest()
            held = await contents(store.writer)
            assert edition
            return edition.hash, hashlib.sha256("\n".join(held).encode()).hexdigest(), len(held)


def kill(importing: Importing, kills: int, chance: random.Random, tell: Callable[[str], None] = print) -> list[Trial]:
    """So many kills that cut a load short, each other one of the store too, unless TRIES as many hit none; what it does
    is told line by line."""
    seconds, undisturbed = importing.prepare()
    version, _, many = undisturbed
    tell(f"undisturbed: published after {seconds:.0f} s, version {version[:8]}, {many} nodes and edges\n")
    tell("| killed | at | its load was | the next run | left |\n|---|---:|---|---|---|")
    found: list[Trial] = []
    for number in range(kills * TRIES):
        done = importing.trial(WHOM[number % len(WHOM)], chance.uniform(0.1, 0.95), seconds, undisturbed)
        if done:
            found.append(done)
            tell(done.line)
        if sum(trial.cut for trial in found) == kills:
            break
    return found


def main() -> int:
    """Kill, and print what that left; 1 where something else was left than undisturbed, or too few were cut."""
    parser = argparse.ArgumentParser(prog="python -m bench.killing_imports", description=__doc__)
    parser.add_argument("mapping", help="as `civicgraph import` names it")
    parser.add_argument("path", help="its file, folder or archive")
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--store", choices=STORES, default="embedded")
    parser.add_argument("--chance", type=int, default=1, help="the same number kills at the same moments")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        importing = Importing(given.store, (given.mapping, given.path), Path(room))
        found = kill(importing, given.kills, random.Random(given.chance))
    cut = sum(trial.cut for trial in found)
    print(f"\n{cut} loads were cut short, {sum(not trial.equal for trial in found)} left something else")
    return int(cut < given.kills or not all(trial.equal for trial in found))


if __name__ == "__main__":
    sys.exit(main())
