"""Keeps a snapshot of the newest edition and the processes that evaluate over it; the next one replaces it at once."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from api.errors import LOG
from api.site import Site
from api.sparql import snapshot
from api.sparql.pool import ROOT, Failed, Limits, Pool
from api.sparql.snapshot import Snapshot
from graph.edition import Edition
from graph.errors import Busy, GraphError, Unavailable
from graph.jars import kept
from graph.settings import Settings

LOOK = 0.5  # seconds
LONGEST_WAIT = 3.0  # seconds
WAITING = 512  # who is refused at once asks again at once: two hundred such kept the rest of the API from its work
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
_PROGRAM = """\
import sys
sys.path.insert(0, sys.argv.pop(1))
from api.sparql.builder import main
main()
"""


def folder(store: Settings) -> Path:
    """Where snapshots lie: beside the graph where its store is ours, else in the cache of whoever runs this."""
    if not store.neo4j_uri:
        return store.civicgraph_data.resolve() / "sparql"
    kept().mkdir(parents=True, exist_ok=True)
    return kept() / "sparql"


@dataclass
class _Current:
    """What is asked now; `readers` are those who have begun and not ended, after the last of whom it is closed."""

    snapshot: Snapshot
    pool: Pool
    readers: int = 0
    replaced: bool = False

    async def end(self) -> None:
        await self.pool.close()
        self.snapshot.give_back()
        await asyncio.to_thread(snapshot.remove, self.snapshot.folder)


class Keeper:
    """What `/sparql` asks: `evaluate` from `running` on, once a first snapshot is there; Unavailable before.

    `changed` is set with the next snapshot, `sending` counts the large answers on their way. `folder` takes the
    snapshots and, without names, what is being sent.
    """

    def __init__(self, site: Site, folder: Path, limits: Limits | None = None) -> None:
        self.site, self.folder, self.limits = site, folder, limits or Limits()
        self._current: _Current | None = None
        self._waiting = self.sending = 0
        self.changed = asyncio.Event()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def newest(self) -> Snapshot | None:
        """The one that is asked now, None while there is none."""
        return self._current.snapshot if self._current else None

    @property
    def pids(self) -> set[int]:
        """The processes that evaluate."""
        return self._current.pool.pids if self._current else set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Keeper"]:
        """Follow the editions for as long as the block lasts."""
        following = asyncio.create_task(self._follow())
        try:
            yield self
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following
            await asyncio.gather(*self._closing)
            if current := self._current:
                self._current = None
                await current.pool.close()
                current.snapshot.give_back()

    def spool(self) -> IO[bytes]:
        """An empty file without a name, gone with whoever holds it; opened when a process is there to write it."""
        return tempfile.SpooledTemporaryFile(dir=str(self.folder))

    async def evaluate(self, question: dict[str, Any], spool: IO[bytes]) -> tuple[Snapshot, dict[str, Any]]:
        """What of: the snapshot that was asked, and what the process says; Busy where too many wait already."""
        if self._waiting >= WAITING:
            raise Busy("too many queries wait to be evaluated")
        if (current := self._current) is None:
            raise Unavailable("the snapshot that queries are asked of is being made")
        self._waiting += 1
        current.readers += 1
        most = {"rows": self.limits.rows, "bytes": self.limits.bytes, "shown": self.limits.shown}
        try:
            return current.snapshot, await current.pool.evaluate(question | most, spool, LONGEST_WAIT)
        finally:
            self._waiting -= 1
            current.readers -= 1
            self._close_if_left(current)

    async def _follow(self) -> None:
        pause = FIRST_PAUSE
        while True:
            edition = await self._edition()
            if edition is None or self._is_of(edition):
                await asyncio.sleep(LOOK)
                continue
            try:
                await self._change(edition)
                pause = FIRST_PAUSE
            except (GraphError, OSError, TimeoutError, ValueError) as error:
                LOG.warning("SPARQL: no snapshot of the newest edition yet: %s", error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _edition(self) -> Edition | None:
        """What is to be asked, None where the store does not answer: whoever asks that is told."""
        try:
            return await self.site.reader.edition()
        except GraphError:
            return None

    def _is_of(self, edition: Edition) -> bool:
        found = self.newest
        return found is not None and (found.hash, found.instant) == (edition.hash, edition.instant)

    async def _change(self, edition: Edition) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)  # not its parents: a store's folder that was moved may come back
        name = snapshot.name(self.site.build, self.site.base, edition)
        folder = self.folder / name
        found = Snapshot.held(folder) or Snapshot.held(await self._built())
        if found is None:
            raise Failed(f"{folder} was removed while it was made")
        pool = Pool(found.store, self.limits)
        try:
            await pool.open()
        except BaseException:
            await pool.close()
            found.give_back()
            snapshot.remove(found.folder)  # what cannot be opened is made anew
            raise
        before, self._current = self._current, _Current(found, pool)
        self.changed.set()
        self.changed = asyncio.Event()
        if before:
            before.replaced = True
            self._close_if_left(before)
        await asyncio.to_thread(snapshot.sweep, self.folder, found.folder.name)

    def _close_if_left(self, current: _Current) -> None:
        if current.replaced and not current.readers:
            current.replaced = False
            task = asyncio.get_running_loop().create_task(current.end())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def _built(self) -> Path:
        """The folder of the newest edition's snapshot, made by a process of its own."""
        assert self.site.reader.opened, "a reader that was opened knows how"
        told = asdict(self.site.reader.opened) | {
            "owner": os.getpid(),
            "build": self.site.build,
            "base": self.site.base,
            "folder": str(self.folder),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-c", _PROGRAM, str(ROOT),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        try:
            output, errors = await process.communicate(orjson.dumps(told) + b"\n")
        except BaseException:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise
        if process.returncode:
            words = errors.decode(errors="replace").strip().splitlines() or ["it ended"]
            raise Failed(f"the process that makes it failed: {words[-1]}")
        return Path(orjson.loads(output)["folder"])
