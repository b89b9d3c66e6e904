"""Which line of a query's file each line of its whole text comes from, so that a fault in it can be found."""

import re
from collections.abc import Sequence

# Blanks of no use to Cypher: a line carries its number through all that is put in, as digits that read like space.
_NOUGHT, _ONE, _END = "\x1c", "\x1d", "\x1e"
_MARK = re.compile(f"([{_NOUGHT}{_ONE}]+){_END}")

_TOLD = re.compile(r"\bline (\d+)")
_WORD = re.compile(r"'(\w+)'|`(\w+)`")


def mark(text: str, first: int) -> str:
    """The text, each line with its number; the first one is number `first`."""
    return "\n".join(f"{line}{_number(n)}" for n, line in enumerate(text.split("\n"), first))


def unmark(text: str, last: int) -> tuple[str, tuple[int, ...]]:
    """The text without the numbers, and the number of each of its lines; `last` is that of a tail without any."""
    numbers: list[int] = []
    for line in reversed(text.split("\n")):
        found = _MARK.search(line)
        last = int(found[1].replace(_NOUGHT, "0").replace(_ONE, "1"), 2) if found else last
        numbers.append(last)
    return _MARK.sub("", text), tuple(reversed(numbers))


def line_of(refusal: str, text: str, numbers: Sequence[int]) -> int | None:
    """The line of the file that a store means: the one that it counts, else the first with a word that it quotes."""
    if (told := _TOLD.search(refusal)) and 0 < int(told[1]) <= len(numbers):
        return numbers[int(told[1]) - 1]
    for word in (found[1] or found[2] for found in _WORD.finditer(refusal)):
        for number, line in zip(numbers, text.split("\n"), strict=False):
            if re.search(rf"(?<![.$:\w]){word}\b", line):
                return number
    return None


def _number(n: int) -> str:
    return f"{n:b}".replace("0", _NOUGHT).replace("1", _ONE) + _END
