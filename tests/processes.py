"""Looking at a store's processes from outside: asked over Bolt, listed, listened for, owned by another Python."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from threading import Thread
from typing import Any

import neo4j
import pytest

from graph.supervised import Supervised

ROOT = Path(__file__).parents[1]
OWNER = """
import sys
from importlib import import_module
from pathlib import Path
module, name, folder = sys.argv[1:]
engine = getattr(import_module(module), name)(Path(folder), fast_start=True)
engine.start()
print(engine.pid, flush=True)
sys.stdin.read()
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, which only Linux has")


def ask(store: Supervised, text: str) -> list[list[Any]]:
    with (
        neo4j.GraphDatabase.driver(store.uri, auth=(store.username, store.password)) as driver,
        driver.session(database=store.database) as session,
    ):
        return session.run(text).values()


def wait_until(holds: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def state(pid: int) -> str:
    """The letter that ps has for it, T where it is stopped; nothing where it is no more."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return told.stdout.strip()[:1]


def is_running(pid: int) -> bool:
    return state(pid) not in ("", "Z")


def listening_addresses(pid: int) -> list[str]:
    links = (os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink())
    inodes = {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:")}
    tables = "".join(Path(f"/proc/{pid}/net/{name}").read_text() for name in ("tcp", "tcp6"))
    rows = [row.split() for row in tables.splitlines()]
    return [row[1].split(":")[0] for row in rows if row[3] == "0A" and row[9] in inodes]


def owner_of(store: type[Supervised], folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", OWNER, store.__module__, store.__name__, str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@contextmanager
def killing_its_child(once: Callable[[], bool]) -> Iterator[None]:
    """Kills a process that this one has started by multiprocessing, as soon as something holds."""

    def kill() -> None:
        if wait_until(once):
            active_children()[0].kill()

    killer = Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        killer.join()
