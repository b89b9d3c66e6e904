"""Files that lie there packed, as their endings tell: the bytes in them, or what is wrong with them."""

import errno
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

from schema.streamed import Streamed

AT_ONCE = 1 << 14  # packed bytes, of which much more may come out
_UNPACKING: dict[str, Callable[[], Any]] = {
    ".gz": partial(zlib.decompressobj, wbits=16 + zlib.MAX_WBITS),
    ".zst": lambda: zstandard.ZstdDecompressor().decompressobj(),
}
PACKINGS = tuple(_UNPACKING)


class Spoilt(OSError):
    """A file that is cut short, or not packed as its name says; `filename` and `strerror` tell which and how."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(errno.EBADMSG, why, str(path))

    def __str__(self) -> str:
        return str(self.strerror)

    def __reduce__(self) -> tuple[Any, ...]:
        return Spoilt, (self.filename, self.strerror)


def bare(name: str) -> str:
    """The name of a file without the ending that tells how it is packed."""
    return next((name.removesuffix(each) for each in PACKINGS if name.endswith(each)), name)


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """What is in the file, from its beginning to its end, unpacked; reading it raises Spoilt."""
    with path.open("rb") as file:
        yield io.BufferedReader(Streamed(_unpacked(path, file))) if path.suffix in PACKINGS else file


def _unpacked(path: Path, file: BinaryIO) -> Iterator[bytes]:
    """One packed whole after the other; noughts that fill up the last block of a tape or disk are none.

    The reader that zstandard itself has takes what was cut short for whole.
    """
    begin = _UNPACKING[path.suffix]
    one = begin()
    try:
        for packed in iter(partial(file.read, AT_ONCE), b""):
            rest = packed
            while rest := rest.lstrip(b"\0") if one.eof else rest:
                one = begin() if one.eof else one
                yield one.decompress(rest)
                rest = one.unused_data
    except (zlib.error, zstandard.ZstdError) as error:
        raise Spoilt(path, f"is not packed as {path.suffix}, or spoilt: {error}") from None
    if not one.eof:
        raise Spoilt(path, "ends before what is packed in it does")
