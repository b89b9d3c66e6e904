"""Work that Ctrl-C and SIGTERM end in order: the first unwinds it, the next ones are ignored meanwhile."""

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

Found = TypeVar("Found")

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(work: Coroutine[Any, Any, Found]) -> Found:
    """The work's result; KeyboardInterrupt if a signal ended it. For the main thread alone."""
    with unwinding():
        return asyncio.run(work)


@contextmanager
def unwinding() -> Iterator[None]:
    """KeyboardInterrupt where a signal ends what is done within. For the main thread alone."""
    before = {each: signal.signal(each, _unwind) for each in SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            if signal.getsignal(each) is _unwind:  # else we are ending, and deaf until the end
                signal.signal(each, handler)


def _unwind(number: int, frame: FrameType | None) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
