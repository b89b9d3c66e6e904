"""Pieces of bytes as a file that is read."""

import io
from collections.abc import Iterator
from typing import Any


class Streamed(io.RawIOBase):
    """Takes a piece when it is wanted; what goes wrong with it is raised to whoever reads."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        """It is there for that."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes, at most as many as there is room for; none at the end."""
        while not self._rest and (piece := next(self._pieces, None)) is not None:
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
