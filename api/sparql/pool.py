"""Processes that evaluate over one snapshot: few, started beforehand, killed when their time is over."""

import asyncio
import os
import socket
import struct
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

import api
from api.errors import LOG
from graph.errors import GraphError, TooLarge, TooSlow, Unavailable
from graph.memory import share

PROCESSES = max(2, min(8, (os.cpu_count() or 1) // 2))
START_SECONDS = 20.0
AGAIN = 1.0  # seconds between two attempts to start one
ROOT = Path(api.__path__[0]).parent
_PROGRAM = """\
import sys
sys.path.insert(0, sys.argv.pop(1))
from api.sparql.worker import main
main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
"""


@dataclass(frozen=True)
class Limits:
    """Of one query: seconds by the clock, rows and bytes of its answer, bytes of memory beside the snapshot's.

    `shown` are the rows of it that a page shows.
    """

    seconds: float = 10.0
    rows: int = 100_000
    bytes: int = 32 << 20
    memory: int = share(4 * PROCESSES, 64, 512) << 20
    shown: int = 200


@contextmanager
def _closed_on_failure(ours: socket.socket) -> Iterator[None]:
    """Close it should the block fail."""
    try:
        yield
    except BaseException:
        ours.close()
        raise


class Failed(GraphError):
    """A process could not be started, or ended by itself where it should not."""


class Worker:
    """One process, which answers one question at a time."""

    def __init__(self, process: Process, asking: socket.socket) -> None:
        self._process, self._asking, self._read = process, asking, bytearray()

    @classmethod
    async def start(cls, snapshot: Path, limits: Limits) -> "Worker":
        """A process that is ready; it is given its end of a pair of sockets, and nothing else of ours."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        given = (os.getpid(), theirs.fileno(), snapshot, limits.memory, limits.bytes + (1 << 20))
        with theirs, _closed_on_failure(ours):
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-c", _PROGRAM, str(ROOT), *map(str, given)),
                cwd="/",
                env={"LC_ALL": "C.UTF-8"},
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        worker = cls(process, ours)
        try:
            async with asyncio.timeout(START_SECONDS):
                told = await worker._told()
        except BaseException:
            await worker.end()
            raise
        if not told.get("ready"):
            await worker.end()
            raise Failed(f"a process that evaluates queries does not start: {told.get('told', 'it ended')}")
        return worker

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    async def ask(self, question: dict[str, Any], spool: IO[bytes]) -> dict[str, Any]:
        """What it says in the end; empty where it ended itself. The answer is in the file."""
        body = orjson.dumps(question)
        try:
            socket.send_fds(self._asking, [struct.pack("!I", len(body))], [spool.fileno()])
            await asyncio.get_running_loop().sock_sendall(self._asking, body)
        except OSError:  # it has ended meanwhile
            return {}
        return await self._told()

    async def _told(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        while b"\n" not in self._read:
            try:
                piece = await loop.sock_recv(self._asking, 1 << 16)
            except OSError:
                piece = b""
            if not piece:
                return {}
            self._read += piece
        line, _, rest = self._read.partition(b"\n")
        self._read = bytearray(rest)
        found: dict[str, Any] = orjson.loads(line)
        return found

    async def end(self) -> None:
        """Kill it, and wait until it is gone: that takes the kernel a moment."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._asking.close()
        await self._process.wait()


class Pool:
    """So many processes over one snapshot; one that was killed is replaced."""

    def __init__(self, snapshot: Path, limits: Limits, processes: int = PROCESSES) -> None:
        self._snapshot, self._limits, self.processes = snapshot, limits, processes
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def open(self) -> None:
        """Start them all; Failed where that cannot be done."""
        for _ in range(self.processes):
            await self._add()

    async def close(self) -> None:
        """End them, whatever they do."""
        self._closed = True
        await asyncio.gather(*self._starting)  # what is being started is ended with the others
        await asyncio.gather(*(worker.end() for worker in self._workers))
        self._workers.clear()

    @property
    def pids(self) -> set[int]:
        """The processes there are."""
        return {worker.pid for worker in self._workers}

    async def evaluate(self, question: dict[str, Any], spool: IO[bytes], patience: float) -> dict[str, Any]:
        """What a process says of the question within the limit of time, which begins when it is told.

        Where one is idle for so long as `patience`, Unavailable; TooSlow and TooLarge as the limits are met.
        """
        try:
            async with asyncio.timeout(patience):
                worker = await self._idle.get()
        except TimeoutError:
            raise Unavailable("no process is free to evaluate this") from None
        seconds, told = self._limits.seconds, dict[str, Any]()
        try:
            async with asyncio.timeout(seconds):
                told = await worker.ask({**question, "seconds": seconds}, spool)
        except TimeoutError:
            raise TooSlow(f"the query took longer than {seconds:g} s, and was ended") from None
        finally:
            if told:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)
        if not told or told.get("fault") == "memory":
            raise TooLarge(f"the query needs more than {self._limits.memory >> 20} MB of memory")
        return told

    async def _add(self) -> None:
        worker = await Worker.start(self._snapshot, self._limits)
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        self._workers.discard(worker)
        task = asyncio.get_running_loop().create_task(self._anew(worker))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _anew(self, old: Worker) -> None:
        await old.end()
        while not self._closed:
            try:
                return await self._add()
            except (Failed, OSError, TimeoutError) as error:
                LOG.warning("SPARQL: %s", error)
                await asyncio.sleep(AGAIN)
