"""How things are timed: sides take turns in one run, and only their ratio counts; and what memory a process takes."""

import gc
import random
import re
import subprocess
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Work = Callable[[], Awaitable[Mapping[str, float]]]
Rounds = list[dict[str, list[float]]]

RESAMPLES = 2000
WARMING = 2
SPINS = 2_000_000
LOOK = 0.05  # seconds


@dataclass(frozen=True)
class Ratio:
    """Median over the rounds, and the 95 % interval of that median."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} [{self.low:.2f}, {self.high:.2f}]"


@dataclass(frozen=True)
class Figure:
    """One line of the table. `goal` is the bound of the ratio: at most it where `at_most`, else at least."""

    name: str
    store: str
    measured: str
    ratio: Ratio | None = None
    goal: float | None = None
    at_most: bool = False

    @property
    def verdict(self) -> str:
        """`met` or `missed` where the whole interval lies on one side of the goal, else which way the median leans."""
        if self.ratio is None or self.goal is None:
            return ""
        sides = [(value <= self.goal) == self.at_most for value in (self.ratio.low, self.ratio.high)]
        if all(sides):
            return "met"
        return "median meets it" if (self.ratio.median <= self.goal) == self.at_most else "missed"


async def take_turns(works: Sequence[Work], rounds: int, calls: int = 1, warming: int = WARMING) -> Rounds:
    """Seconds by name, round by round, after some rounds unmeasured.

    A work does its thing once and says what took how long. The works take turns call by call, ABBAABBA…, so that each
    finds the machine in the same state; a round is so many calls of each.
    """
    measured: Rounds = []
    order = list(works)
    for _ in range(warming + rounds):
        gc.collect()
        found: dict[str, list[float]] = {}
        for _ in range(calls):
            for work in order:
                for name, seconds in (await work()).items():
                    found.setdefault(name, []).append(seconds)
            order.reverse()
        measured.append(found)
    return measured[warming:]


def timed(name: str, action: Callable[[], Awaitable[object]]) -> Work:
    """A work that is timed as a whole."""

    async def once() -> dict[str, float]:
        begun = time.perf_counter()
        await action()
        return {name: time.perf_counter() - begun}

    return once


def ratio(rounds: Rounds, of: Callable[[Mapping[str, float]], float]) -> Ratio:
    """The ratio that `of` makes of the p50 of each side, over all rounds; the interval by bootstrap over rounds."""
    values = [of({name: median(seconds) for name, seconds in found.items()}) for found in rounds]
    chance = random.Random(len(values))
    medians = sorted(median(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return Ratio(median(values), medians[RESAMPLES // 40], medians[-RESAMPLES // 40])


def p50(rounds: Rounds, side: str) -> float:
    """Median seconds of one side over all its calls."""
    return median(seconds for found in rounds for seconds in found[side])


def most_memory(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Kilobytes that a process has at the most, on Linux; it must end well.

    It is looked at while it runs: what the system tells at its end counts what it was forked from, too.
    """
    most = 0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, _resident(process.pid))
            time.sleep(LOOK)
    assert process.returncode == 0, command
    return most


def _resident(pid: int) -> int:
    with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
        if found := re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8")):
            return int(found[1])
    return 0


def spin() -> float:
    """Seconds that a fixed piece of arithmetic takes, the best of five: how fast this machine is just now."""
    return min(_spin_once() for _ in range(5))


def _spin_once() -> float:
    begun = time.perf_counter()
    total = 0
    for number in range(SPINS):
        total += number & 7
    return time.perf_counter() - begun


def print_table(figures: Sequence[Figure]) -> None:
    """All figures as one Markdown table."""
    head = ("figure", "store", "measured", "ratio [95 %]", "goal", "")
    lines = [head, tuple("-" * len(cell) for cell in head), *map(_cells, figures)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    for line in lines:
        filler = "-" if line is lines[1] else " "
        print("| " + " | ".join(cell.ljust(width, filler) for cell, width in zip(line, widths, strict=True)) + " |")


def _cells(figure: Figure) -> tuple[str, ...]:
    sign = "≤" if figure.at_most else "≥"
    goal = f"{sign} {figure.goal:g}" if figure.goal is not None else ""
    told = str(figure.ratio) if figure.ratio else ""
    return figure.name, figure.store, figure.measured, told, goal, figure.verdict
