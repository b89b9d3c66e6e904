"""The gate before a store: few reads at once, a short line for the others, and an answer at once where it is full."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, TypeVar

from graph.errors import Busy

Found = TypeVar("Found")

# An embedded engine has the cores of this machine; more reads than that at once only make each other slow.
AT_ONCE = max(4, 2 * (os.cpu_count() or 1))
LONGEST_WAIT = 3.0
_MEMORY = 16  # so many reads ago hardly counts


def undisturbed(work: Coroutine[Any, Any, Found]) -> "asyncio.Task[Found]":
    """A task to be awaited under a shield; should nobody be left who waits, its failure is nobody's business."""
    task = asyncio.create_task(work)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return task


class Gate:
    """Work that is begun keeps its place until it has ended, whether or not anybody still waits for it.

    The store goes on with a read whose client has gone; were its place given away, the store would have more at once
    than it bears. Those who would wait longer than `longest` are told so at once, by how long the last ones took.
    """

    def __init__(self, at_once: int = AT_ONCE, longest: float = LONGEST_WAIT) -> None:
        self._at_once, self._longest = at_once, longest
        self._free = asyncio.Semaphore(at_once)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._waiting, self._usual = 0, 0.0

    async def through(self, work: Callable[[], Coroutine[Any, Any, Found]]) -> Found:
        """The work's result; Busy where the line is too long."""
        if self._free.locked() and (self._waiting + 1) * self._usual / self._at_once > self._longest:
            raise Busy("too many wait for the store")
        await self._wait()
        begun = monotonic()
        task = undisturbed(work())
        self._under_way.add(task)
        task.add_done_callback(lambda done: self._ended(done, begun))
        return await asyncio.shield(task)

    async def _wait(self) -> None:
        self._waiting += 1
        try:
            async with asyncio.timeout(self._longest):
                await self._free.acquire()
        except TimeoutError:
            raise Busy("too many wait for the store") from None
        finally:
            self._waiting -= 1

    def _ended(self, task: "asyncio.Task[Any]", begun: float) -> None:
        self._under_way.discard(task)
        self._usual += (monotonic() - begun - self._usual) / _MEMORY
        self._free.release()

    async def close(self) -> None:
        """End what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
