"""Where in a document its quotes lie: a mark each, on as many lanes as they overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, LANE, LANES = 1000, 8, 6
LEAST = 3.0  # of a mark, so that a word in a long document is seen


@dataclass(frozen=True)
class Quoted:
    """Characters `start` to `end`; `sure` where something that rests on them is said to be so."""

    start: int
    end: int
    words: str
    href: str
    sure: bool


@dataclass(frozen=True)
class Bit:
    """The mark of a quote."""

    x: float
    y: int
    width: float
    quoted: Quoted


@dataclass(frozen=True)
class Strip:
    """Marks in a frame `WIDTH` wide; `rules` are where paragraphs begin. A part before `begins` or after `ends` was
    not looked at."""

    height: int
    bits: tuple[Bit, ...]
    rules: tuple[float, ...]
    begins: float
    ends: float


def strip(quotes: Iterable[Quoted], paragraphs: Sequence[int], length: int, whole: tuple[bool, bool]) -> Strip | None:
    """None without a quote. `length` is 0 where the text is not at hand: it then ends with what is known to be in it.

    `whole` tells whether the quotes are all up to the beginning of the document, and all to its end.
    """
    several = sorted(quotes, key=lambda each: (each.start, -each.end))
    if not several:
        return None
    last = max(each.end for each in several)
    scale = WIDTH / max(length, last, *paragraphs, 1)
    free = [-1.0] * LANES  # up to where each lane is taken
    bits = []
    for each in several:
        x, width = round(each.start * scale, 1), round(max((each.end - each.start) * scale, LEAST), 1)
        lane = next((at for at, taken in enumerate(free) if taken <= x), LANES - 1)
        free[lane] = max(free[lane], x + width)
        bits.append(Bit(x, lane * LANE, width, each))
    lanes = 1 + max(bit.y for bit in bits) // LANE
    rules = tuple(round(start * scale, 1) for start in paragraphs)
    begins = 0.0 if whole[0] else bits[0].x
    ends = float(WIDTH) if whole[1] else round(last * scale, 1)
    return Strip(lanes * LANE, tuple(bits), rules, begins, ends)
