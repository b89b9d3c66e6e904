"""An event loop in a thread of its own: it fetches the next part while whoever runs it writes the one before."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, TypeVar

from graph.result import Answer
from graph.whole import Making, Whole

Found = TypeVar("Found")

TURN = 0.0005  # seconds


class Loop:
    """What runs on it is waited for here, so that a signal ends the waiting wherever the work is."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, Found]) -> Found:
        """The work's result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def ahead(self, source: Callable[[], AsyncIterator[Callable[[], Found]]]) -> Callable[[], Iterator[Found]]:
        """What gives the parts of the source anew at each call, made here, while the loop fetches for the next one."""

        def parts() -> Iterator[Found]:
            found = source()
            coming = self._next(found)
            while (make := coming.result()) is not None:
                coming = self._next(found)
                yield make()

        return parts

    def _next(self, parts: AsyncIterator[Found]) -> "Future[Found | None]":
        async def next_one() -> Found | None:
            return await anext(parts, None)

        return asyncio.run_coroutine_threadsafe(next_one(), self._loop)


def whole_answer(loop: Loop, whole: Whole, claims: Callable[[], AsyncIterator[Making]] | None = None) -> Answer:
    """The whole graph for a writer, who takes it part by part; `claims` gives its claims, and may count them."""
    return Answer(
        whole.part(),
        lambda: loop.run(whole.total()),
        claims=loop.ahead(claims or whole.claims),
        things=loop.ahead(whole.things),
        ends=loop.ahead(whole.ends),
        cited=loop.ahead(whole.cited),
        at_once=not whole.edition.hash,
    )


@contextmanager
def quick_turns() -> Iterator[None]:
    """While one thread fetches and another writes: at the usual turns the fetching one mostly waits for its own."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@contextmanager
def beside(opening: AbstractAsyncContextManager[Found]) -> Iterator[tuple[Loop, Found]]:
    """A loop, and what it has opened and closes in the end."""
    opened: Future[tuple[Loop, Found]] = Future()
    left: Future[None] = Future()

    async def hold() -> None:
        try:
            async with opening as found:
                opened.set_result((Loop(asyncio.get_running_loop()), found))
                await asyncio.wrap_future(left)
        except BaseException as error:
            if opened.done():
                raise
            opened.set_exception(error)

    with ThreadPoolExecutor(1) as thread:
        closed = thread.submit(asyncio.run, hold())
        try:
            yield opened.result()
        finally:
            left.set_result(None)
    closed.result()
