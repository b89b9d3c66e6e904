"""How many requests are at work, and whether one more would wait too long: told before anything is done for it."""

from collections.abc import Callable
from time import monotonic

from api.errors import LOG
from graph.gate import AT_ONCE, LONGEST_WAIT

_MEMORY = 16  # so many answers ago hardly counts
_TOLD_EVERY = 1.0  # seconds: a line in the log for each would cost more than the refusal


class Line:
    """The process has one thread: under a crowd that is what all wait for, and a refusal that is made in the
    application costs a good part of an answer. `usual` is the time from one answer to the next while there is work."""

    def __init__(self, longest: float = LONGEST_WAIT, now: Callable[[], float] = monotonic) -> None:
        self._longest, self._now = longest, now
        self._at_work, self._usual, self._since = 0, 0.0, 0.0
        self._refused, self._told = 0, -_TOLD_EVERY

    @property
    def is_full(self) -> bool:
        """Whether whoever came now would wait longer than the longest."""
        return self._at_work >= AT_ONCE and self._at_work * self._usual > self._longest

    def join(self) -> None:
        """Begin a request."""
        if not self._at_work:
            self._since = self._now()
        self._at_work += 1

    def leave(self, answered: bool) -> None:
        """End it; what was refused or given up says nothing of how long an answer takes."""
        self._at_work -= 1
        if answered:
            now = self._now()
            self._usual += (now - self._since - self._usual) / _MEMORY
            self._since = now

    def refuse(self, address: str) -> None:
        """Count one who was refused, and tell of all since the last were told of."""
        self._refused += 1
        if (now := self._now()) - self._told >= _TOLD_EVERY:
            more = f", and {self._refused - 1} others since the last such line" if self._refused > 1 else ""
            LOG.warning("%s: 503, %d requests are at work%s", address, self._at_work, more)
            self._refused, self._told = 0, now
