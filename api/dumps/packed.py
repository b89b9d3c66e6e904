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


def pack(pieces: Iterable[bytes], folder: Path, name: str, media_type: str) -> list[File]:
    """Write `name.gz` and `name.zst`, synced to the disk."""
    size, digest = 0, hashlib.sha256()
    with ExitStack() as opened:
        files = {kind: opened.enter_context((folder / f"{name}.{kind}").open("wb")) for kind in LEVELS}
        # without a name and a time in it the same content is the same bytes
        gz = gzip.GzipFile("", "wb", LEVELS["gz"], files["gz"], mtime=0)
        writers: list[Any] = [opened.enter_context(gz)]
        zst = zstandard.ZstdCompressor(level=LEVELS["zst"]).stream_writer(files["zst"], closefd=False)
        writers.append(opened.enter_context(zst))
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
            for writer in writers:
                writer.write(piece)
    found = []
    for kind in LEVELS:
        path = folder / f"{name}.{kind}"
        with path.open("rb") as file:
            packed = hashlib.file_digest(file, "sha256").hexdigest()
        told = (path.name, media_type, kind, path.stat().st_size, packed, size, digest.hexdigest())
        found.append(File(*told))
    return found


def unpacked_lines(path: Path) -> Iterable[bytes]:
    """The lines of a `.gz` file, each with its line feed."""
    with gzip.open(path, "rb") as file:
        yield from file
