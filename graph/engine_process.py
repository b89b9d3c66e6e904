"""The engine's Java process: where it is installed, its command line, how it is launched and ended."""

import importlib.util
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from graph.engine_folder import DATABASE, HOST, PASSWORD_FILE, USERNAME, EngineError, open_private, write_private

START_LOG = "start.log"
LOG = "engine.log"
LOGGING_FILE = "logging.properties"
STOP_SECONDS = 10.0
KEPT_EVENT_LOGS = 3

# Bolt is all we speak; each of these would open a further door.
UNUSED = ("arcadedb-mcp", "arcadedb-postgresw", "arcadedb-redisw", "arcadedb-graphql", "arcadedb-console")

# The log stays bounded however long the engine runs; no stack traces, as every mistyped query makes one.
LOGGING = f"""\
handlers=java.util.logging.FileHandler
.level=WARNING
java.util.logging.FileHandler.pattern={LOG}
java.util.logging.FileHandler.limit=1000000
java.util.logging.FileHandler.count=1
java.util.logging.FileHandler.append=true
java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
java.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %5$s%n
"""

# Runs before Java on Linux: the kernel is to send SIGTERM once the thread that launched us is gone. A program
# of its own and not a preexec_fn, since Python between fork and exec can deadlock a process that has threads.
TIED_TO_PARENT = """\
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 15)
if os.getppid() == int(sys.argv[1]):
    os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass(frozen=True)
class Launch:
    """What the process is started with: `heap` in Java's notation (512m), `query_seconds` for each query."""

    folder: Path
    bolt: int
    http: int
    heap: str
    fast_start: bool
    query_seconds: float

    def command(self) -> list[str]:
        """The Java command line; it names the password's file, never the password."""
        home = installation()
        jars = [path for path in sorted((home / "jars").glob("*.jar")) if not path.name.startswith(UNUSED)]
        return [
            str(home / "jre" / "bin" / "java"),
            f"-Xmx{self.heap}",
            "-XX:+UseSerialGC",
            *(["-XX:TieredStopAtLevel=1"] if self.fast_start else []),
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            f"-Djava.util.logging.config.file={self.folder / LOGGING_FILE}",
            *(f"-Darcadedb.{key}={value}" for key, value in self._settings().items()),
            "-cp",
            os.pathsep.join(map(str, jars)),
            "com.arcadedb.server.ArcadeDBServer",
        ]

    def _settings(self) -> dict[str, object]:
        return {
            "server.rootPath": self.folder,
            "server.rootPasswordPath": self.folder / PASSWORD_FILE,
            "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "server.defaultDatabases": f"{DATABASE}[{USERNAME}]",
            "bolt.host": HOST,
            "bolt.port": self.bolt,
            "bolt.defaultDatabase": DATABASE,
            "server.httpIncomingHost": HOST,
            "server.httpIncomingPort": self.http,
            "txWalFlush": 2,
            "command.timeout": round(self.query_seconds * 1000),
            "polyglotEngineEnabled": "false",
            "serverMetrics": "false",
            "opencypher.loadCsv.allowFileUrls": "false",
            "opencypher.loadCsv.allowRemoteUrls": "false",
        }


def installation() -> Path:
    """Where the engine's jars and Java are; the package is not imported, which would load a Java into us."""
    spec = importlib.util.find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise EngineError("no embedded engine here: install civicgraph[embedded] or set NEO4J_URI")
    return Path(spec.submodule_search_locations[0])


def launch(start: Launch) -> subprocess.Popen[bytes]:
    """Start the process from the calling thread, which must live as long as the process should."""
    command = start.command()
    write_private(start.folder / LOGGING_FILE, LOGGING)
    event_logs = sorted((start.folder / "log").glob("server-event-log-*.jsonl"))
    for path in event_logs[:-KEPT_EVENT_LOGS]:
        path.unlink()
    if sys.platform == "linux":
        command = [sys.executable, "-I", "-S", "-c", TIED_TO_PARENT, str(os.getpid()), *command]
    with open_private(start.folder / START_LOG, "w") as output:
        return subprocess.Popen(
            command,
            cwd=start.folder,
            env={"LC_ALL": "C.UTF-8"},  # none of our secrets; file names in any script
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            umask=0o077,
            start_new_session=True,  # Ctrl-C is for the owner, which stops the engine in order
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, on which the database is closed in order; SIGKILL if that takes more than ten seconds."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_orphan(pid: int, folder: Path) -> None:
    """End an engine whose owner was killed; a process that is not this folder's engine is left alone."""
    deadline = time.monotonic() + STOP_SECONDS
    while _serves(pid, folder):
        try:
            os.kill(pid, signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL)
        except ProcessLookupError:
            return
        time.sleep(0.2)


def _serves(pid: int, folder: Path) -> bool:
    marker = f"-Darcadedb.server.rootPath={folder}"
    if sys.platform != "linux":
        listing = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
        return marker in listing.stdout
    try:
        return marker in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


def free_ports() -> tuple[int, int]:
    """Two free loopback ports, below the range from which the system numbers outgoing connections: so none of
    those can take a port while the engine restarts."""
    while True:
        bolt, http = (20_000 + secrets.randbelow(12_000) for _ in range(2))
        if bolt != http and _is_free(bolt) and _is_free(http):
            return bolt, http


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
