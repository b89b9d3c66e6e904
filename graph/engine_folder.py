"""The engine's folder: held by one process at a time, closed to other users, with password and run file."""

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import IO, TypedDict

from graph.errors import GraphError

HOST = "127.0.0.1"
PASSWORD_FILE = "root.pw"
READER_PASSWORD_FILE = "reader.pw"
USERNAME, READER, DATABASE = "root", "reader", "kg"
RUN_FILE = "run.json"

_EVERY_RECORD = ("createRecord", "readRecord", "updateRecord", "deleteRecord")
_EVERY_CHANGE = ("updateSecurity", "updateSchema", "updateDatabaseSettings")


class EngineError(GraphError):
    """The embedded engine cannot be started, is not answering, or refused a command."""


class Run(TypedDict):
    """Who serves the folder: the Java process, the process that owns it, the two ports."""

    pid: int | None
    owner_pid: int
    bolt: int
    http: int


def take(folder: Path) -> IO[str]:
    """The folder's lock, held until closed or this process ends; EngineError if another one has it."""
    lock = folder / "lock"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not lock.exists() and any(folder.iterdir()):
            raise EngineError(f"{folder} holds other files: choose an empty folder with CIVICGRAPH_DATA")
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


def _in_use(folder: Path) -> str:
    run = read_run(folder)
    if run is None:
        return f"{folder} is in use by another process; stop it or choose another folder with CIVICGRAPH_DATA"
    join = (
        f"NEO4J_URI=bolt://{HOST}:{run['bolt']} NEO4J_USERNAME={USERNAME} NEO4J_DATABASE={DATABASE} "
        f'NEO4J_PASSWORD="$(cat {folder / PASSWORD_FILE})"'
    )
    return (
        f"{folder} is in use by process {run['owner_pid']}; stop it, choose another folder with CIVICGRAPH_DATA, "
        f"or join it with {join}"
    )


def running(folder: Path) -> tuple[str, tuple[str, str]] | None:
    """Address and reader's login of the engine that another process runs on the folder, None where none does."""
    try:
        with open(folder / "lock", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except FileNotFoundError:
        return None
    except BlockingIOError:
        secret = folder / READER_PASSWORD_FILE
        if (run := read_run(folder)) is None or not run["pid"] or not secret.exists():
            return None
        return f"bolt://{HOST}:{run['bolt']}", (READER, secret.read_text(encoding="utf-8"))


def password(folder: Path) -> str:
    """The root user's password, made up at the first call."""
    file = folder / PASSWORD_FILE
    if not file.exists():
        # the server reads this file only when it makes its root user, so it has to make it anew
        (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
        write_private(file, secrets.token_urlsafe(24))
    return file.read_text(encoding="utf-8")


def write_groups(folder: Path) -> None:
    """What the engine's users may do: all, nothing, or read records."""

    def group(access: tuple[str, ...] = (), records: tuple[str, ...] = ()) -> dict[str, object]:
        return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}

    groups = {"admin": group(_EVERY_CHANGE, _EVERY_RECORD), "*": group(), READER: group(records=("readRecord",))}
    (folder / "config").mkdir(mode=0o700, exist_ok=True)
    told = {"databases": {"*": {"groups": groups}}, "version": 2}
    write_private(folder / "config" / "server-groups.json", json.dumps(told))


def read_run(folder: Path) -> Run | None:
    """What the last owner wrote, None where it stopped in order; its processes may be gone."""
    try:
        run: Run = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return run


def write_run(folder: Path, pid: int | None, bolt: int, http: int) -> None:
    """Say that this process owns the folder, and what serves it."""
    run = Run(pid=pid, owner_pid=os.getpid(), bolt=bolt, http=http)
    write_private(folder / RUN_FILE, json.dumps(run))


def open_private(path: Path, mode: str) -> IO[str]:
    """A text file that only its owner can read, from its first moment."""
    return open(path, mode, encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600))


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, for the owner alone."""
    part = path.with_name(f"{path.name}.part")
    with open_private(part, "w") as file:
        file.write(text)
    part.replace(path)
