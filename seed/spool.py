"""Records that were read, kept in a temporary file: in memory is only what is being looked at."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar, overload

from schema.strand import Strand

Record = TypeVar("Record")


class Spooled(Sequence[Record], Generic[Record]):
    """Records in a strand or several, made anew each time that they are gone through."""

    def __init__(self, make: Callable[[Any], Record]) -> None:
        self.make, self._count = make, 0
        self._parts: list[tuple[Strand, int, int]] = []

    def add(self, strand: Strand, start: int, count: int) -> None:
        """What the strand holds from there on; so many rows."""
        self._parts.append((strand, start, strand.end))
        self._count += count

    def rows(self) -> Iterator[Any]:
        """As they were written."""
        return (row for strand, start, end in self._parts for row in strand.rows(start, end))

    def __iter__(self) -> Iterator[Record]:
        return map(self.make, self.rows())

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Record, ...]: ...
    def __getitem__(self, place: int | slice) -> Record | tuple[Record, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        return next(islice(self, range(self._count)[place], None))
