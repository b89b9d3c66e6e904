"""A stream of bytes written as gzip and as zstd at once, the same bytes each time, and what a manifest tells of it."""

import gzip
import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

LEVELS = {"gz": 6, "zst": 3}


@dataclass(frozen=True)
class File:
    """A file of a dump: its name, the media type of what is packed in it, its size and SHA-256, and those of that."""

    name: str
    media_type: str
    packing: str
    bytes: int
    sha256: str
    unpacked_bytes: int
    unpacked_sha256: str


class Packing:
    """`name.gz` and `name.zst` in a folder, written piece by piece; `files` are told once it is left."""

    def __init__(self, folder: Path, name: str, media_type: str) -> None:
        self._folder, self._name, self._media_type = folder, name, media_type
        self._size, self._digest, self._opened = 0, hashlib.sha256(), ExitStack()
        self._writers: list[Any] = []
        self.files: list[File] = []

    def __enter__(self) -> "Packing":
        with ExitStack() as opening:
            files = {kind: opening.enter_context(self._path(kind).open("wb")) for kind in LEVELS}
            # without a name and a time in it the same content is the same bytes
            self._writers.append(opening.enter_context(gzip.GzipFile("", "wb", LEVELS["gz"], files["gz"], mtime=0)))
            zst = zstandard.ZstdCompressor(level=LEVELS["zst"]).stream_writer(files["zst"], closefd=False)
            self._writers.append(opening.enter_context(zst))
            self._opened = opening.pop_all()
        return self

    def write(self, piece: bytes) -> None:
        """What comes next."""
        self._size += len(piece)
        self._digest.update(piece)
        for writer in self._writers:
            writer.write(piece)

    def __exit__(self, *failed: Any) -> None:
        self._opened.__exit__(*failed)
        if failed[0] is None:
            self.files = [self._file(kind) for kind in LEVELS]

    def _path(self, kind: str) -> Path:
        return self._folder / f"{self._name}.{kind}"

    def _file(self, kind: str) -> File:
        path = self._path(kind)
        with path.open("rb") as file:
            packed = hashlib.file_digest(file, "sha256").hexdigest()
        told = (path.name, self._media_type, kind, path.stat().st_size, packed, self._size, self._digest.hexdigest())
        return File(*told)


def pack(pieces: Iterable[bytes], folder: Path, name: str, media_type: str) -> list[File]:
    """Write all of them into `name.gz` and `name.zst`."""
    with Packing(folder, name, media_type) as packing:
        for piece in pieces:
            packing.write(piece)
    return packing.files
