"""The pulse of a running store: asked something small all the time; one that neither answers nor works is frozen."""

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import neo4j
from neo4j.exceptions import DatabaseError, DriverError, Neo4jError

from graph.edition import READ

LOOK, EVERY = 0.1, 1.0  # seconds between two looks, and between two questions
# In looks and not in seconds: a machine that sleeps, or has no time for us either, looks at nothing meanwhile.
FROZEN, LOST = 60, 900
FAILED = 3  # answers


class Pulse:
    """Asks the store which edition it holds, on a connection and a thread of its own.

    It is `gone` after six seconds without an answer in which its process did not work at all. One that works, on
    garbage, say, has a minute and a half. It is `sick` after three failures where it had answered before: what has
    failed to write its log, say, needs to be started again. `told` is the last answer.
    """

    def __init__(self, pid: int, driver: neo4j.Driver, database: str) -> None:
        self._pid, self._driver, self._database = pid, driver, database
        self.told: list[list[Any]] | None = None
        self._silent, self._idle, self._failed, self._worked = 0, 0, 0, ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="graph-pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(EVERY)  # a frozen store lets go of it only when it is ended

    def gone(self) -> bool:
        """To be called at every look: whether the store is frozen by now."""
        worked = _worked(self._pid)
        self._idle = self._idle + 1 if worked == self._worked else 0
        self._silent, self._worked = self._silent + 1, worked
        return self._thread.is_alive() and (min(self._silent, self._idle) > FROZEN or self._silent > LOST)

    def sick(self) -> bool:
        """Whether it answers and cannot do anything any more."""
        return self.told is not None and self._failed >= FAILED

    def _listen(self) -> None:
        with self._driver as driver:
            while not self._ended.wait(EVERY):
                with suppress(DriverError):
                    self._ask(driver)
                    self._silent = 0

    def _ask(self, driver: neo4j.Driver) -> None:
        try:
            with driver.session(database=self._database) as session:
                self.told = session.run(READ).values()
            self._failed = 0
        except DatabaseError:
            self._failed += 1
        except Neo4jError:  # refused is answered, too
            pass


def _worked(pid: int) -> str:
    """How long the process has worked, as the system tells it."""
    if sys.platform != "linux":
        return subprocess.run(["ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True).stdout
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return " ".join(told.rpartition(")")[2].split()[11:13])  # in user mode, in the kernel
