"""Dumps written for tests, and their files unpacked."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import zstandard

from api.ahead import beside
from api.dumps.folder import Dumps
from api.dumps.writing import write_dump
from graph.connection import Reader
from tests.conftest import BASE, PLANNING


async def dump(uri: str, login: tuple[str, str], database: str, folder: Path) -> str:
    """Writes what a store holds into the folder; a loop of its own fetches it, as for the command."""

    @asynccontextmanager
    async def reading() -> AsyncIterator[Reader]:
        async with await Reader.open(uri, login, database, PLANNING) as reader:
            yield reader

    def work() -> str:
        with beside(reading()) as (loop, reader):
            return write_dump(loop, reader, BASE, Dumps(folder), lambda _: None)

    return await asyncio.to_thread(work)


def unpacked(path: Path) -> bytes:
    packed = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(packed)
    return zstandard.ZstdDecompressor().decompressobj().decompress(packed)
