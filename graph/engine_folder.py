"""A folder with a graph in it: held by one process at a time, closed to other users, with passwords and run file."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

from graph.errors import GraphError
from graph.processes import runs

HOST = "127.0.0.1"
RUN_FILE = "run.json"


class EngineError(GraphError):
    """The store cannot be started, is not answering, or refused a command."""


@dataclass(frozen=True)
class Kind:
    """A store that we can start: where its data lie, its database, who may do what in it, and where passwords lie."""

    name: str
    title: str
    data: str
    database: str
    username: str
    password_file: str
    reader: str
    reader_password_file: str


EMBEDDED = Kind("embedded", "the embedded engine", "databases/kg", "kg", "root", "root.pw", "reader", "reader.pw")
# Its community edition has no roles: whoever reads is held to it by the access mode of the session.
NEO4J = Kind("neo4j", "Neo4j", "neo4j/data", "neo4j", "neo4j", "neo4j.pw", "neo4j", "neo4j.pw")
KINDS = {kind.name: kind for kind in (EMBEDDED, NEO4J)}


class Run(TypedDict):
    """Who serves the folder: which store, its Java process, the process that owns it, the port of Bolt."""

    store: str
    pid: int | None
    owner_pid: int
    bolt: int


@dataclass(frozen=True)
class Joined:
    """What another process runs on the folder: which store, where, and how to read in it."""

    store: str
    uri: str
    login: tuple[str, str]
    database: str


def take(folder: Path) -> IO[str]:
    """The folder's lock, held until closed or this process ends; EngineError if another one has it."""
    lock = folder / "lock"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not lock.exists():
            _check_unlocked(folder)
        folder.chmod(0o700)
        handle = open_private(lock, "a")
    except OSError as error:
        raise EngineError(f"cannot keep the graph in {folder}: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise EngineError(_in_use(folder)) from None
    return handle


def _check_unlocked(folder: Path) -> None:
    """A folder without a lock must be new, or be ours with its lock lost and nobody at work in it."""
    found = {path.name for path in folder.iterdir()}
    if found and not found & {kind.password_file for kind in KINDS.values()}:
        raise EngineError(f"{folder} holds other files: choose an empty folder with CIVICGRAPH_DATA")
    if (run := read_run(folder)) and runs(run["owner_pid"]):
        raise EngineError(_in_use(folder))


def _in_use(folder: Path) -> str:
    run = read_run(folder)
    if run is None:
        return f"{folder} is in use by another process; stop it or choose another folder with CIVICGRAPH_DATA"
    kind = KINDS[run["store"]]
    join = (
        f"NEO4J_URI=bolt://{HOST}:{run['bolt']} NEO4J_USERNAME={kind.username} NEO4J_DATABASE={kind.database} "
        f'NEO4J_PASSWORD="$(cat {folder / kind.password_file})"'
    )
    return (
        f"{folder} is in use by process {run['owner_pid']}; stop it, choose another folder with CIVICGRAPH_DATA, "
        f"or join it with {join}"
    )


def running(folder: Path) -> Joined | None:
    """The store that another process runs on the folder, None where none does."""
    try:
        with open(folder / "lock", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except FileNotFoundError:
        return None
    except BlockingIOError:
        if (run := read_run(folder)) is None or not run["pid"]:
            return None
        kind = KINDS[run["store"]]
        secret = folder / kind.reader_password_file
        if not secret.exists():
            return None
        login = (kind.reader, secret.read_text(encoding="utf-8"))
        return Joined(kind.name, f"bolt://{HOST}:{run['bolt']}", login, kind.database)


def password(file: Path) -> str:
    """What the file holds, made up where it is lost, or empty since a disk was full."""
    if not file.exists() or not file.stat().st_size:
        write_private(file, secrets.token_urlsafe(24))
    return file.read_text(encoding="utf-8")


def read_run(folder: Path) -> Run | None:
    """What the last owner wrote, None where it stopped in order or that cannot be read; its processes may be gone."""
    try:
        told = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
        return Run(store=KINDS[told["store"]].name, pid=told["pid"], owner_pid=told["owner_pid"], bolt=told["bolt"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write_run(folder: Path, store: str, pid: int | None, bolt: int) -> None:
    """Say that this process owns the folder, and what serves it."""
    write_private(folder / RUN_FILE, json.dumps(Run(store=store, pid=pid, owner_pid=os.getpid(), bolt=bolt)))


def open_private(path: Path, mode: str) -> IO[str]:
    """A text file that only its owner can read, from its first moment."""
    return open(path, mode, encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600))


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, even if the machine loses its power; for the owner alone."""
    part = path.with_name(f"{path.name}.part")
    with open_private(part, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def on_disk(files: Iterable[Path]) -> dict[str, int]:
    """How large these files are, by name without numbers of versions; so large they stay, even if the power fails."""
    found = {}
    for path in files:
        with suppress(FileNotFoundError), path.open("rb") as file:
            os.fsync(file.fileno())
            found[path.name.partition(".")[0]] = os.fstat(file.fileno()).st_size
    return found
