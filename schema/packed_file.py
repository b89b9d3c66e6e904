"""Files that lie there packed, as their endings tell: the bytes in them, or what is wrong with them."""

import errno
import io
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

AT_ONCE = 1 << 14  # packed bytes, of which much more may come out
_UNPACKING: dict[str, Callable[[], Any]] = {
    ".gz": partial(zlib.decompressobj, wbits=16 + zlib.MAX_WBITS),
    ".zst": lambda: zstandard.ZstdDecompressor().decompressobj(),
}
PACKINGS = tuple(_UNPACKING)


class Spoilt(OSError):
    """A file that is cut short, or not packed as its name says; `filename` and `strerror` tell which and how."""

    def __str__(self) -> str:
        return str(self.strerror)


def bare(name: str) -> str:
    """The name of a file without the ending that tells how it is packed."""
    return next((name.removesuffix(each) for each in PACKINGS if name.endswith(each)), name)


def unpacked(path: Path) -> BinaryIO:
    """What is in the file, from its beginning to its end, unpacked; reading it raises Spoilt."""
    return io.BufferedReader(_Unpacking(path)) if path.suffix in PACKINGS else path.open("rb")


class _Unpacking(io.RawIOBase):
    """The reader that zstandard itself has takes what was cut short for whole."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, path.open("rb")
        self._pieces, self._left = self._unpacked(_UNPACKING[path.suffix]), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            while not self._left and (piece := next(self._pieces, None)) is not None:
                self._left = memoryview(piece)
        except (zlib.error, zstandard.ZstdError) as error:
            raise self._spoilt(f"is not packed as {self._path.suffix}, or spoilt: {error}") from None
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()

    def _unpacked(self, begin: Callable[[], Any]) -> Iterator[bytes]:
        """One packed whole after the other; noughts that fill up the last block of a tape or disk are none."""
        one = begin()
        for packed in iter(partial(self._file.read, AT_ONCE), b""):
            rest = packed
            while rest := rest.lstrip(b"\0") if one.eof else rest:
                one = begin() if one.eof else one
                yield one.decompress(rest)
                rest = one.unused_data
        if not one.eof:
            raise self._spoilt("ends before what is packed in it does")

    def _spoilt(self, why: str) -> Spoilt:
        return Spoilt(errno.EBADMSG, why, str(self._path))
