"""The embedded graph engine: an ArcadeDB server kept running as a local child process, behind Bolt."""

import atexit
import base64
import http.client
import json
import re
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from subprocess import Popen
from typing import IO, Any, Self

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.engine_folder import (
    DATABASE,
    HOST,
    READER,
    READER_PASSWORD_FILE,
    RUN_FILE,
    USERNAME,
    EngineError,
    password,
    read_run,
    take,
    write_groups,
    write_private,
    write_run,
)
from graph.engine_process import LOG, START_LOG, Launch, end, end_orphan, free_ports, launch

__all__ = ["Engine", "EngineError"]

FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 0.2, 5.0, 60.0
START_ATTEMPTS, START_SECONDS = 3, 120.0
PROBE_SECONDS, COMMAND_SECONDS = 5.0, 300.0


class Engine:
    """One graph in one folder, served to this machine alone from `start` to `stop`.

    `heap` is in Java's notation, `query_seconds` limits each query; `fast_start` halves the time to the first
    answer and the speed after it. The process is restarted if it dies, under the same `uri`; `ready` is set
    while it answers. All errors are EngineError.
    """

    username = USERNAME
    database = DATABASE

    def __init__(self, folder: Path, fast_start: bool = False, heap: str = "512m", query_seconds: float = 30.0) -> None:
        self.folder = folder.resolve()
        self.password, self._reader_password = "", ""
        self.ready = threading.Event()
        self._launch = Launch(self.folder, 0, 0, heap, fast_start, query_seconds)
        self._lock: IO[str] | None = None
        self._process: Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stopping, self._settled = threading.Event(), threading.Event()
        self._answered, self._failure = False, ""

    @property
    def uri(self) -> str:
        """Where Bolt is spoken, on this machine only."""
        return f"bolt://{HOST}:{self._launch.bolt}"

    @property
    def login(self) -> tuple[str, str]:
        """Who may do everything."""
        return self.username, self.password

    @property
    def reader(self) -> tuple[str, str]:
        """Who may read records and do nothing else."""
        return READER, self._reader_password

    @property
    def pid(self) -> int | None:
        """The Java process, None while there is none."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Return once a query is answered; refused if the folder is in use or the engine does not come up."""
        self._launch.command()  # says at once if there is no engine to start
        self._lock = take(self.folder)
        atexit.register(self.stop)
        try:
            if (run := read_run(self.folder)) and run["pid"]:
                end_orphan(run["pid"], self.folder)
            self.password = password(self.folder)
            write_groups(self.folder)
            self._answered, self._failure = False, ""
            self._stopping.clear()
            self._settled.clear()
            self._thread = threading.Thread(target=self._supervise, name="graph-engine", daemon=True)
            self._thread.start()
            self._settled.wait()
            if not self._answered:
                raise EngineError(f"the embedded engine does not start: {self._last_words()}")
            self._admit_reader()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process in order and give the folder back; harmless when not started."""
        atexit.unregister(self.stop)
        self._stopping.set()
        if self._thread:
            self._thread.join()
        if self._lock:
            (self.folder / RUN_FILE).unlink(missing_ok=True)
            self._lock.close()
        self._thread = self._lock = None

    def command(
        self, statements: Sequence[str], language: str = "sql", database: str = DATABASE
    ) -> list[dict[str, Any]]:
        """Run schema statements in order, those in SQL as one script; the rows of the last."""
        path = f"/api/v1/command/{database}"
        if language == "sql":
            return self._post(path, {"language": "sqlscript", "command": ";\n".join(statements)})
        answers = [self._post(path, {"language": language, "command": text}) for text in statements]
        return answers[-1] if answers else []

    def create_database(self, name: str) -> None:
        """Make an empty database beside the graph."""
        self._post("/api/v1/server", {"command": f"create database {_checked(name)}"})

    def drop_database(self, name: str) -> None:
        """Delete a database with all it holds."""
        self._post("/api/v1/server", {"command": f"drop database {_checked(name)}"})

    def _admit_reader(self) -> None:
        """Make the reader anew, with a password of its own for this run."""
        self._reader_password = secrets.token_urlsafe(24)
        write_private(self.folder / READER_PASSWORD_FILE, self._reader_password)
        users = (self.folder / "config" / "server-users.jsonl").read_text(encoding="utf-8").splitlines()
        if any(json.loads(line)["name"] == READER for line in users if line):
            self._post("/api/v1/server", {"command": f"drop user {READER}"})
        about = {"name": READER, "password": self._reader_password, "databases": {"*": [READER]}}
        self._post("/api/v1/server", {"command": f"create user {json.dumps(about)}"})

    def _supervise(self) -> None:
        """Launch, watch, end, launch again; in one thread, as the process ends with the one launching it."""
        pause, attempts = 0.0, 0
        try:
            while not self._stopping.wait(pause) and (self._answered or attempts < START_ATTEMPTS):
                begun, attempts = time.monotonic(), attempts + 1
                if not self._answered:
                    bolt, http_port = free_ports()
                    self._launch = replace(self._launch, bolt=bolt, http=http_port)
                self._run_once()
                steady = time.monotonic() - begun > STEADY_AFTER
                pause = FIRST_PAUSE if steady else min(max(2 * pause, FIRST_PAUSE), LONGEST_PAUSE)
        finally:
            self._settled.set()

    def _run_once(self) -> None:
        try:
            write_run(self.folder, None, self._launch.bolt, self._launch.http)
            self._process = launch(self._launch)
            write_run(self.folder, self._process.pid, self._launch.bolt, self._launch.http)
            if self._comes_up(self._process):
                self._answered = True
                self.ready.set()
                self._settled.set()
                while self._process.poll() is None and not self._stopping.wait(0.1):
                    pass
        except OSError as error:  # a full disk, say: tried again like any other end
            self._failure = str(error)
        finally:
            self.ready.clear()
            if self._process:
                end(self._process)

    def _comes_up(self, process: Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline and not self._stopping.wait(0.05):
            # a server that cannot listen or lock its data says so and then stays, deaf
            if b'Exception in thread "main"' in (self.folder / START_LOG).read_bytes():
                return False
            if self._answers():
                return True
        return False

    def _answers(self) -> bool:
        try:
            # HTTP, which opens after Bolt; a stranger on the port might take the question and never answer
            self._post(f"/api/v1/command/{DATABASE}", {"language": "cypher", "command": "RETURN 1"}, PROBE_SECONDS)
            with (
                neo4j.GraphDatabase.driver(self.uri, auth=(self.username, self.password)) as driver,
                driver.session(database=self.database) as session,
            ):
                session.run("RETURN 1").consume()
                return True
        except (EngineError, DriverError, Neo4jError):
            return False

    def _last_words(self) -> str:
        logs = [self.folder / name for name in (START_LOG, LOG) if (self.folder / name).exists()]
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
        told = [line for line in lines if not line.lstrip().startswith("at ")]
        return "\n".join(filter(None, [self._failure, *told[-12:]]))

    def _post(self, path: str, body: dict[str, Any], seconds: float = COMMAND_SECONDS) -> list[dict[str, Any]]:
        token = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        # not urllib, which would ask a proxy that the environment names
        connection = http.client.HTTPConnection(HOST, self._launch.http, timeout=seconds)
        try:
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise EngineError(f"the embedded engine does not answer: {error}") from error
        finally:
            connection.close()
        if response.status >= 400:
            raise EngineError(f"the embedded engine refused: {answer.get('error')}: {answer.get('detail')}")
        rows = answer.get("result")
        return rows if isinstance(rows, list) else []


def _checked(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise EngineError(f"{name!r} is no database name: one is made of a-z, 0-9 and _, a letter first")
    return name
