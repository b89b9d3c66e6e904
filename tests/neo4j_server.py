"""A real Neo4j server as a child process, from its published jars, for the tests and the bench."""

import secrets
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from tests.jars import Jars

JARS = Jars(Path(__file__).parent / "neo4j")
VERSION = JARS.version
START_SECONDS, STOP_SECONDS = 120.0, 20.0

HARDENED = """\
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
dbms.security.auth_enabled=true
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.security.procedures.allowlist=
dbms.usage_report.enabled=false
server.memory.pagecache.size=64m
db.transaction.timeout=60s
db.memory.transaction.max=256m
"""


def unavailable() -> str | None:
    """Why no Neo4j can be run here, None if one can."""
    return JARS.unavailable()


class Neo4jServer:
    """Neo4j with its data in `home` on a free loopback port, from `start` to `stop` or this process's end."""

    username = "neo4j"
    database = "neo4j"

    def __init__(self, home: Path, heap: str = "1g", fast_start: bool = True) -> None:
        self.home = home.resolve()
        self.password = ""
        self.uri = ""
        self._options = [f"-Xmx{heap}", *(["-XX:TieredStopAtLevel=1"] if fast_start else [])]
        # Tests fill and empty a small graph all the time: every change of its counts would have all texts planned anew.
        self._settings = HARDENED + ("dbms.cypher.min_replan_interval=1h\n" if fast_start else "")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Return once a query is answered; RuntimeError with the end of the log otherwise."""
        JARS.fetch()
        self.home.mkdir(parents=True, exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.uri = f"bolt://127.0.0.1:{port}"
        conf = self.home / "neo4j.conf"
        conf.write_text(self._settings.format(port=port))
        with (self.home / "out.log").open("wb") as log:
            # no one writes to its input: the pipe is there to end with this process
            self._process = subprocess.Popen(
                self._command(conf),
                cwd=self.home,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if not self._comes_up(self._process):
            self.stop()
            raise RuntimeError(f"Neo4j does not start:\n{self._last_words()}")

    def stop(self) -> None:
        """End the server in order, by force after twenty seconds."""
        if self._process is None:
            return
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _command(self, conf: Path) -> list[str]:
        opens = "--add-opens=java.base/java.nio=ALL-UNNAMED"
        return [*JARS.command("Launcher.java", *self._options, opens), str(self.home), str(conf)]

    def _comes_up(self, process: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            try:
                if not self.password:
                    self._set_password()
                self._run("RETURN 1", self.password, self.database)
                return True
            except (DriverError, Neo4jError):
                time.sleep(0.2)
        return False

    def _set_password(self) -> None:
        new = secrets.token_urlsafe(18)
        self._run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", "neo4j", "system", new=new)
        self.password = new

    def _run(self, text: str, password: str, database: str, **parameters: str) -> None:
        with (
            neo4j.GraphDatabase.driver(self.uri, auth=(self.username, password)) as driver,
            driver.session(database=database) as session,
        ):
            session.run(text, parameters).consume()

    def _last_words(self) -> str:
        logs = [self.home / "out.log", self.home / "logs" / "debug.log"]
        return "\n".join(line for log in logs if log.exists() for line in log.read_text().splitlines()[-20:])
