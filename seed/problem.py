"""One fault of the data: which file, line and field, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass

from schema.spelling import near


@dataclass(frozen=True, order=True)
class Problem:
    """`line` counts from 1; it is 0, and not told, where the file is at fault as a whole.

    `field` is a dotted path or empty.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field + ': ' if self.field else ''}{self.message}"


def near_miss(word: str, names: Iterable[str]) -> str:
    """` (did you mean …?)` with the name most like the word, or nothing."""
    return "".join(f" (did you mean {name}?)" for name in near(word, names))
