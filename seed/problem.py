"""One fault of the data: which file, line and field, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MOST_NAMES_TO_COMPARE = 5000


@dataclass(frozen=True, order=True)
class Problem:
    """`line` counts from 1, and is 0 where the whole file is at fault; `field` is a dotted path or empty."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field + ': ' if self.field else ''}{self.message}"


def near_miss(word: str, names: Iterable[str]) -> str:
    """` (did you mean …?)` with the name most like the word, or nothing."""
    known = sorted(names)
    # Comparing is quadratic: with very many names a fault would take longer to explain than to mend.
    close = get_close_matches(word, known, 1, 0.6) if len(known) <= MOST_NAMES_TO_COMPARE else []
    # All capitals or all small letters is the most common slip, and no letter then agrees.
    close = close or [name for name in known if name.lower() == word.lower()]
    return f" (did you mean {close[0]}?)" if close else ""
