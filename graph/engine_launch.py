"""How ArcadeDB is started: where it is installed, its command line, its log, what its users may do."""

import importlib.util
import json
import os
import re
from importlib.metadata import version
from pathlib import Path

from graph.engine_folder import EMBEDDED, HOST, EngineError, write_private
from graph.engine_process import Launch
from graph.folder_mark import WAYS_OUT

LOG = "engine.log"
LOGGING_FILE = "logging.properties"
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

_EVERY_RECORD = ("createRecord", "readRecord", "updateRecord", "deleteRecord")
_EVERY_CHANGE = ("updateSecurity", "updateSchema", "updateDatabaseSettings")


def command(start: Launch) -> list[str]:
    """The Java command line; it names the password's file, never the password."""
    home = installation()
    jars = [path for path in sorted((home / "jars").glob("*.jar")) if not path.name.startswith(UNUSED)]
    return [
        str(home / "jre" / "bin" / "java"),
        f"-Xmx{start.heap}",
        "-XX:+UseSerialGC",
        *(["-XX:TieredStopAtLevel=1"] if start.fast_start else []),
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        f"-Djava.util.logging.config.file={start.folder / LOGGING_FILE}",
        *(f"-Darcadedb.{key}={value}" for key, value in _settings(start).items()),
        "-cp",
        os.pathsep.join(map(str, jars)),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _settings(start: Launch) -> dict[str, object]:
    return {
        "server.rootPath": start.folder,
        "server.rootPasswordPath": start.folder / EMBEDDED.password_file,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.defaultDatabases": f"{EMBEDDED.database}[{EMBEDDED.username}]",
        "bolt.host": HOST,
        "bolt.port": start.bolt,
        "bolt.defaultDatabase": EMBEDDED.database,
        "server.httpIncomingHost": HOST,
        "server.httpIncomingPort": start.http,
        "txWalFlush": 2,
        "command.timeout": round(start.query_seconds * 1000),
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


def refuse_newer(database: Path) -> None:
    """EngineError where a newer engine has written the database, which this one would open and might spoil."""
    try:
        wrote = str(json.loads((database / "schema.json").read_text(encoding="utf-8"))["dbmsVersion"])
    except (
        FileNotFoundError,
        ValueError,
        KeyError,
        TypeError,
    ):  # the engine has a copy, or says what is wrong
        return
    if _numbers(wrote) > _numbers(ours := version("arcadedb-embedded")):
        raise EngineError(
            f"{database} was written by ArcadeDB {wrote}, and here is {ours}: install that one, or {WAYS_OUT}"
        )


def _numbers(told: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", told)]


def prepare(folder: Path) -> None:
    """Write what the engine reads when it starts, and remove what it piles up."""
    write_private(folder / LOGGING_FILE, LOGGING)
    event_logs = sorted((folder / "log").glob("server-event-log-*.jsonl"))
    for path in event_logs[:-KEPT_EVENT_LOGS]:
        path.unlink()
    (folder / "config").mkdir(mode=0o700, exist_ok=True)
    told = {"databases": {"*": {"groups": _groups()}}, "version": 2}
    write_private(folder / "config" / "server-groups.json", json.dumps(told))


def _groups() -> dict[str, object]:
    """What the engine's users may do: all, nothing, or read records."""

    def group(access: tuple[str, ...] = (), records: tuple[str, ...] = ()) -> dict[str, object]:
        return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}

    return {
        "admin": group(_EVERY_CHANGE, _EVERY_RECORD),
        "*": group(),
        EMBEDDED.reader: group(records=("readRecord",)),
    }
