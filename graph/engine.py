"""The embedded graph engine: an ArcadeDB server kept running as a local child process, behind Bolt."""

import base64
import http.client
import json
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph import engine_launch
from graph.engine_folder import EMBEDDED, HOST, EngineError, on_disk, write_private
from graph.supervised import Supervised

__all__ = ["Engine", "EngineError"]

PROBE_SECONDS, COMMAND_SECONDS = 5.0, 300.0


class Engine(Supervised):
    """ArcadeDB in a folder; besides Bolt it takes schema statements over HTTP."""

    kind = EMBEDDED
    heap = (4, 512, 4096)  # a quarter of the memory, in megabytes
    log = engine_launch.LOG

    def __init__(self, folder: Path, fast_start: bool = False, heap: str = "", query_seconds: float = 30.0) -> None:
        super().__init__(folder, fast_start, heap, query_seconds)
        self._reader_password = ""

    @property
    def reader(self) -> tuple[str, str]:
        """Who may read records and do nothing else."""
        return self.kind.reader, self._reader_password

    def command(
        self, statements: Sequence[str], language: str = "sql", database: str = EMBEDDED.database
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
        """Make the reader, with a password of its own for this run."""
        self._reader_password = secrets.token_urlsafe(24)
        write_private(self.folder / self.kind.reader_password_file, self._reader_password)
        about = {"name": self.kind.reader, "password": self._reader_password, "databases": {"*": [self.kind.reader]}}
        self._post("/api/v1/server", {"command": f"create user {json.dumps(about)}"})

    def _equip(self) -> None:
        engine_launch.installation()

    def _sizes(self) -> dict[str, int]:
        return on_disk((self.folder / self.kind.data).glob("*.bucket"))

    def _prepare(self) -> None:
        engine_launch.refuse_newer(self.folder / self.kind.data)
        # the server reads its password only when it makes its root user, so it has to make it anew
        (self.folder / "config" / "server-users.jsonl").unlink(missing_ok=True)

    def _command(self) -> list[str]:
        engine_launch.prepare(self.folder)
        return engine_launch.command(self._launch)

    def _answers(self) -> bool:
        try:
            # HTTP, which opens after Bolt; a stranger on the port might take the question and never answer
            self._post(f"/api/v1/command/{self.database}", {"language": "cypher", "command": "RETURN 1"}, PROBE_SECONDS)
        except EngineError:
            return False
        return super()._answers()

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
