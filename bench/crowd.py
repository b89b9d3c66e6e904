"""A crowd in a process of its own: clients who ask by plain HTTP, in a closed or an open loop, or who read slowly."""

import asyncio
import re
import socket
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random
from time import monotonic
from typing import Any, TypeVar

import uvloop

HOST = "127.0.0.1"
PATIENCE = 30.0  # seconds that a client waits; longer than the server lets anybody wait
TICK = 0.01
SIP, BUFFER = 1024, 4096  # bytes a second that a slow reader takes, and how many its system takes ahead
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n")

Found = TypeVar("Found")


@dataclass
class Tally:
    """How many got what; `latencies` are the seconds of those who got a whole answer before `until`."""

    begun: float = 0.0
    until: float = 0.0
    offered: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    @property
    def goodput(self) -> float:
        """Whole answers a second while requests were offered."""
        return len(self.latencies) / (self.until - self.begun)

    def add(self, outcome: str, begun: float) -> None:
        """Count one that has just ended."""
        now = monotonic()
        self.outcomes[outcome] += 1
        if outcome == "200" and now <= self.until:
            self.latencies.append(now - begun)


class _Asking(asyncio.Protocol):
    """One request on a connection of its own, as from one who has never been here."""

    def __init__(self, path: str) -> None:
        self._path, self._told = path, bytearray()
        self.got: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(asking(self._path))  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._told += data

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.got.done():
            self.got.set_result(bytes(self._told))


def asking(path: str) -> bytes:
    """The request."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()


def outcome(told: bytes) -> str:
    """Its status where that is an answer as it should be, else what is wrong with it."""
    head, _, body = told.partition(b"\r\n\r\n")
    head = head.lower() + b"\r\n"
    if not head.startswith(b"http/1.1 "):
        return "no answer"
    status = head[9:12].decode("ascii", "replace")
    length = _LENGTH.search(head)
    if not length or int(length[1]) != len(body):
        return f"{status} cut"
    return f"{status} without Retry-After" if status == "503" and b"\r\nretry-after: " not in head else status


async def ask(port: int, path: str) -> str:
    """What came of one request."""
    got = await fetched(port, path)
    return outcome(got) if isinstance(got, bytes) else got


async def fetched(port: int, path: str) -> bytes | str:
    """All that was sent in answer to one request; a word where nothing could be."""
    transport = None
    try:
        async with asyncio.timeout(PATIENCE):
            transport, asked = await asyncio.get_running_loop().create_connection(lambda: _Asking(path), HOST, port)
            return await asked.got
    except TimeoutError:
        return "no answer in time"
    except OSError as error:
        return type(error).__name__
    finally:
        if transport:
            transport.abort()


async def closed_loop(port: int, paths: Sequence[str], clients: int, seconds: float) -> Tally:
    """So many clients, each of whom asks again once it was answered."""
    tally = Tally(begun := monotonic(), begun + seconds)

    async def client(number: int) -> None:
        for turn in count(number):
            if (started := monotonic()) > tally.until:
                return
            tally.offered += 1
            tally.add(await ask(port, paths[turn % len(paths)]), started)

    await asyncio.gather(*(client(number) for number in range(clients)))
    return tally


async def open_loop(port: int, paths: Sequence[str], rate: float, seconds: float) -> Tally:
    """So many requests a second at random moments, whether or not the earlier ones were answered."""
    begun, chance = monotonic(), Random(1)
    tally, under_way, due = Tally(begun, begun + seconds), set[asyncio.Task[None]](), begun

    async def one(path: str) -> None:
        started = monotonic()
        tally.add(await ask(port, path), started)

    while (now := monotonic()) < tally.until:
        while due <= now:
            task = asyncio.create_task(one(chance.choice(paths)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            tally.offered += 1
            due += chance.expovariate(rate)
        await asyncio.sleep(TICK)
    await asyncio.gather(*under_way)
    return tally


async def slow_readers(port: int, path: str, readers: int, seconds: float) -> Tally:
    """So many who take their answer at SIP bytes a second; the time runs once all have begun to be answered."""
    tally, begun = Tally(), asyncio.Barrier(readers + 1)

    async def one(number: int) -> None:
        await asyncio.sleep(number * TICK)
        with await _answered(port, path) as reading:
            await begun.wait()
            tally.outcomes[await _sipped(reading, monotonic() + seconds)] += 1

    async with asyncio.TaskGroup() as group:
        for number in range(readers):
            group.create_task(one(number))
        await begun.wait()
        tally.begun = monotonic()
    return tally


async def _answered(port: int, path: str) -> socket.socket:
    """A connection on which a 200 has begun to come, whose system takes little of it ahead."""
    loop = asyncio.get_running_loop()
    while True:
        reading = socket.socket()
        reading.setblocking(False)
        reading.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        await loop.sock_connect(reading, (HOST, port))
        await loop.sock_sendall(reading, asking(path))
        if (await loop.sock_recv(reading, 12)).endswith(b" 200"):
            return reading
        reading.close()
        await asyncio.sleep(1)


async def _sipped(reading: socket.socket, until: float) -> str:
    with suppress(TimeoutError, ConnectionError):
        while monotonic() < until:
            await asyncio.sleep(1)
            async with asyncio.timeout(PATIENCE):
                if not await asyncio.get_running_loop().sock_recv(reading, SIP):
                    return "at its end"
        return "still reading"
    return "cut off"


def run(work: Callable[..., Coroutine[Any, Any, Found]], *given: object) -> Found:
    """What a process of a crowd does."""
    return uvloop.run(work(*given))
