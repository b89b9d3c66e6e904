"""The process that makes a snapshot: the newest edition as the export writes it, loaded into an engine on the disk.

It is told where the store is by a line of JSON on its standard input, and tells the folder it made on its output.
"""

import fcntl
import io
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyoxigraph

from api.ahead import Loop, beside, whole_answer
from api.formats import FORMATS
from api.place import Place
from api.sparql.confinement import end_with
from api.sparql.snapshot import PART, STORE, TOLD, name
from graph.connection import Reader
from graph.edition import Edition
from graph.whole import Whole
from schema.streamed import Streamed

NICE = 5
AT_ONCE = 1 << 16


def main() -> None:
    """Build, and tell the folder or what went wrong."""
    told = json.loads(sys.stdin.readline())
    end_with(told["owner"])
    os.nice(NICE)
    with beside(_opened(told)) as (loop, reader):
        folder = build(loop, reader, told["build"], told["base"], Path(told["folder"]))
    print(json.dumps({"folder": str(folder)}), flush=True)


@asynccontextmanager
async def _opened(told: dict[str, Any]) -> AsyncIterator[Reader]:
    login = told["username"], told["password"]
    async with await Reader.open(told["uri"], login, told["database"], told["seconds"]) as reader:
        yield reader


def build(loop: Loop, reader: Reader, program: str, base: str, folder: Path) -> Path:
    """The folder of the newest edition's snapshot, which appears whole; made beside and renamed."""
    whole = loop.run(Whole.of(reader))
    target = folder / name(program, base, whole.edition)
    part = folder / f"{target.name}.{os.getpid()}{PART}"
    part.mkdir(mode=0o700)
    handle = os.open(part, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        triples = _fill(part / STORE, loop, whole, base)
        _tell(part / TOLD, whole.edition, triples)
        try:
            part.rename(target)
        except OSError:
            if not target.is_dir():  # else another process has made the same meanwhile
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
        os.close(handle)
    return target


def _fill(path: Path, loop: Loop, whole: Whole, base: str) -> int:
    pieces = FORMATS["nt"].stream(whole_answer(loop, whole), Place(base, f"{base}v1/graph"))
    store = pyoxigraph.Store(str(path))
    store.bulk_load(io.BufferedReader(Streamed(pieces), AT_ONCE), pyoxigraph.RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()
    return len(store)


def _tell(path: Path, edition: Edition, triples: int) -> None:
    told = {"hash": edition.hash, "instant": edition.instant, "triples": triples}
    with path.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    main()
