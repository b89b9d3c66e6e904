"""Rows of JSON in a temporary file, found again by where they stand."""

import os
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any
from weakref import finalize

import orjson

AT_ONCE = 1 << 16


class Strand:
    """One temporary file of JSON lines, which goes with the last who reads it."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 – it lives as long as whatever was read
        finalize(self, self._file.close)
        self.end = 0

    def write(self, row: Any) -> None:
        """One more row."""
        self.end += self._file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

    def rows(self, start: int, end: int) -> Iterator[Any]:
        """The rows between two ends."""
        self._file.flush()
        rest = b""
        while start < end:
            piece = os.pread(self._file.fileno(), min(AT_ONCE, end - start), start)
            start += len(piece)
            *lines, rest = (rest + piece).split(b"\n")
            yield from map(orjson.loads, lines)
