"""What was worked out once is kept until many other things were asked for; no two work out the same at once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

from graph.errors import GraphError
from graph.gate import undisturbed

Found = TypeVar("Found")

MOST = 256
PATIENCE = 3.0  # seconds that are waited for a thing; it is made all the same, for whoever asks next
AGAIN = 60.0  # seconds until what could not be worked out is tried again


@dataclass(frozen=True)
class _Entry(Generic[Found]):
    task: "asyncio.Task[Found]"
    since: float

    @property
    def failed_long_ago(self) -> bool:
        broken = self.task.cancelled() or (self.task.done() and self.task.exception() is not None)
        return broken and monotonic() - self.since > AGAIN


class Kept(Generic[Found]):
    """The last MOST things by their keys; a key names the edition that a thing is of."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._entries: OrderedDict[Hashable, _Entry[Found]] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Coroutine[None, None, Found]]) -> Found | None:
        """The thing, made now unless it is at hand; None where it cannot be made, or is not yet."""
        entry = self._entries.get(key)
        if entry is None or entry.failed_long_ago:
            entry = self._entries[key] = _Entry(undisturbed(make()), monotonic())
        self._entries.move_to_end(key)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(entry.task)
        except (GraphError, TimeoutError):
            return None
