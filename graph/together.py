"""What many documents say of one thing, brought together on the disk, so that its record is written once for all of
them."""

from array import array
from collections.abc import Iterator
from typing import Any

from schema.strand import Strand


class Together:
    """Rows of JSON, given in any order and gone through once: those of one key one after the other.

    Keys follow in the order in which each came first. In memory are two numbers a row and two a key.
    """

    def __init__(self) -> None:
        self._rows = Strand()
        self._places: dict[int, int] = {}  # by the hash of a key: two that share one are as good as one
        self._place_of, self._ends = array("q"), array("q", [0])

    def add(self, key: str, row: Any) -> None:
        """One more row."""
        self._place_of.append(self._places.setdefault(hash(key), len(self._places)))
        self._rows.write(row)
        self._ends.append(self._rows.end)

    def __iter__(self) -> Iterator[Any]:
        self._places.clear()
        for at in sorted(range(len(self._place_of)), key=self._place_of.__getitem__):
            yield from self._rows.rows(self._ends[at], self._ends[at + 1])
