"""A file that an answer is written to under a limit of rows and bytes, and how rows are counted in each syntax."""

from collections.abc import Callable
from typing import Any


class TooMuch(Exception):
    """The answer has more rows or bytes than it may have; the message says how many those are."""


class Spool:
    """Takes what an engine writes; `count` tells how many rows end in a piece that is cut at no string."""

    def __init__(self, file: Any, most_bytes: int, most_rows: int, count: "Counting | None" = None) -> None:
        self._file, self._count = file, count
        self._most_bytes, self._bytes = most_bytes, 0
        self._most_rows, self._rows = most_rows, 0

    def write(self, piece: bytes) -> int:
        """Take a piece, or raise TooMuch."""
        self._bytes += len(piece)
        if self._bytes > self._most_bytes:
            raise TooMuch(f"{self._most_bytes:,} bytes")
        if self._count:
            self._rows += self._count.rows(piece)
            if self._rows > self._most_rows:
                raise TooMuch(f"{self._most_rows:,} rows")
        self._file.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""


class Counting:
    """Rows of a table as they pass, piece by piece: `mark` ends a row or parts two of them, outside of what is quoted.

    With `escapes` a backslash takes the meaning from what follows it.
    """

    def __init__(self, mark: bytes, begun: int = 0, quotes: bool = False, escapes: bool = False) -> None:
        self._mark, self._begun, self._quotes, self._escapes = mark, begun, quotes, escapes
        self._backslash, self._tail, self._inside = b"", b"", 0

    def rows(self, piece: bytes) -> int:
        """How many more there are for this piece."""
        text = self._tail + (self._unquoted(piece) if self._quotes else piece)
        self._tail = text[max(0, len(text) - len(self._mark) + 1) :]  # a mark may go on in the next piece
        found, self._begun = text.count(self._mark) + self._begun, 0
        return found

    def _unquoted(self, piece: bytes) -> bytes:
        if self._escapes:
            piece = (self._backslash + piece).replace(b"\\\\", b"")
            self._backslash = b"\\" if piece.endswith(b"\\") else b""
            piece = piece.removesuffix(b"\\").replace(b'\\"', b"")
        before, parts = self._inside, piece.split(b'"')
        self._inside = (before + len(parts) - 1) % 2
        return b"_".join(parts[before::2])


COUNTING: dict[str, Callable[[], Counting]] = {
    # names and values stand between the braces of one row: only two rows are parted by these three letters
    "json": lambda: Counting(b"},{", 1, quotes=True, escapes=True),
    "xml": lambda: Counting(b"<result>"),  # in what is text there is no <
    "csv": lambda: Counting(b"\r\n", -1, quotes=True),  # the first line names the columns
    "tsv": lambda: Counting(b"\n", -1),
}
