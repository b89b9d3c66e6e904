"""A store kept running as a local child process, behind Bolt: launched, watched, launched again, ended with us."""

import atexit
import logging
import threading
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from subprocess import Popen
from typing import Any, ClassVar, Self

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.edition import COUNT, FORMAT, READ, Edition, edition_of
from graph.engine_folder import HOST, EngineError, Kind, password, read_run, write_run
from graph.engine_process import START_LOG, Launch, end, end_orphan, free_ports, launch
from graph.folder_mark import WAYS_OUT
from graph.keeping import Keeping
from graph.memory import share
from graph.pulse import LOOK, Pulse

LOG = logging.getLogger("civicgraph")

FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 0.2, 3.0, 60.0
START_ATTEMPTS, START_SECONDS = 3, 120.0


class Supervised(ABC):
    """One graph in one folder, served to this machine alone from `start` to `stop`.

    `heap` is in Java's notation and follows the machine if it is not given, `query_seconds` limits each query;
    `fast_start` halves the time to the first answer and the speed after it. The process is restarted if it dies or
    freezes, under the same `uri`; `ready` is set while it answers. All errors are EngineError.
    """

    kind: ClassVar[Kind]
    heap: ClassVar[tuple[int, int, int]]
    log: ClassVar[str]

    def __init__(self, folder: Path, fast_start: bool = False, heap: str = "", query_seconds: float = 30.0) -> None:
        self.folder = folder.resolve()
        self.password = ""
        self.ready = threading.Event()
        self._launch = Launch(self.folder, 0, 0, heap or f"{share(*self.heap)}m", fast_start, query_seconds)
        self._keeping: Keeping | None = None
        self._process: Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stopping, self._settled = threading.Event(), threading.Event()
        self._answered, self._failure = False, ""

    @property
    def username(self) -> str:
        """Who may do everything."""
        return self.kind.username

    @property
    def database(self) -> str:
        """Where the graph is."""
        return self.kind.database

    @property
    def uri(self) -> str:
        """Where Bolt is spoken, on this machine only."""
        return f"bolt://{HOST}:{self._launch.bolt}"

    @property
    def login(self) -> tuple[str, str]:
        """Who may do everything, with the password."""
        return self.username, self.password

    @property
    def reader(self) -> tuple[str, str]:
        """Who reads; has no more rights than that where the store has roles."""
        return self.login

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
        """Return once a query is answered; refused if the folder is in use or the store does not come up."""
        self._equip()
        self._keeping = Keeping(self.folder, self.kind, self._sizes)
        atexit.register(self.stop)
        try:
            if (run := read_run(self.folder)) and run["pid"]:
                end_orphan(run["pid"], self.folder)
            self.password = password(self.folder / self.kind.password_file)
            self._prepare()
            self._answered, self._failure = False, ""
            self._stopping.clear()
            self._settled.clear()
            self._thread = threading.Thread(target=self._supervise, name="graph-store", daemon=True)
            self._thread.start()
            self._settled.wait()
            if not self._answered:
                raise EngineError(f"{self.kind.title} does not start: {self._last_words()}")
            edition = edition_of(self._ask(READ))
            self._keeping.check(edition, self._found(edition))
            self._admit_reader()
        except BaseException as error:
            self.stop()
            if isinstance(error, OSError):
                raise EngineError(f"cannot keep the graph in {self.folder}: {error.strerror}") from error
            raise

    def stop(self) -> None:
        """End the process in order and give the folder back; harmless when not started."""
        atexit.unregister(self.stop)
        self._stopping.set()
        if self._thread:
            _wait_for(self._thread)
        if self._keeping:
            self._keeping.give_back()
        self._thread = self._keeping = None

    def trouble(self) -> str:
        """What ails the store that whoever asks it cannot know, empty if nothing does."""
        return self._keeping.trouble() if self._keeping else ""

    @abstractmethod
    def _equip(self) -> None:
        """Have the program at hand, before the folder is touched; EngineError says what is missing."""

    @abstractmethod
    def _prepare(self) -> None:
        """Make the folder ready for a first launch; later ones find it as the last left it."""

    @abstractmethod
    def _command(self) -> list[str]:
        """Write what the program reads, return what runs it; names the password's file, never the password."""

    @abstractmethod
    def _sizes(self) -> dict[str, int]:
        """Bytes of the files that hold the graph and only grow, by name, as they are on the disk for sure."""

    def _admit_reader(self) -> None:  # noqa: B027 – a store without roles has nobody to admit
        """Let the reader in, once the store answers."""

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
        assert self._keeping
        try:
            if not self._keeping.is_there():
                raise FileNotFoundError(self._keeping.trouble())
            write_run(self.folder, self.kind.name, None, self._launch.bolt)
            self._process = launch(self.folder, self._command())
            write_run(self.folder, self.kind.name, self._process.pid, self._launch.bolt)
            if self._comes_up(self._process):
                self._answered = True
                self.ready.set()
                self._settled.set()
                self._watch(self._process, self._keeping)
        except OSError as error:  # a full disk, say: tried again like any other end
            self._failure = str(error)
        finally:
            self.ready.clear()
            if self._process:
                end(self._process)

    def _watch(self, process: Popen[bytes], keeping: Keeping) -> None:
        """Until the process has ended or is to end; one that is frozen, or whose folder is gone, is ended at once."""
        why = "it has ended"
        with Pulse(process.pid, self._driver(), self.database) as pulse:
            while process.poll() is None and not self._stopping.wait(LOOK):
                # with a full disk it would only fail again
                if not keeping.is_there() or pulse.gone() or (pulse.sick() and not keeping.trouble()):
                    why = "it answers with failures alone" if pulse.sick() else "it neither answered nor worked"
                    self.ready.clear()
                    process.kill()
                elif pulse.told is not None:
                    keeping.note(edition_of(pulse.told))
        if not self._stopping.is_set():
            LOG.warning("%s is started again: %s", self.kind.title, keeping.trouble() or why)

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
            return self._ask("RETURN 1") == [[1]]
        except (DriverError, Neo4jError):
            return False

    def _found(self, edition: Edition | None) -> dict[str, int]:
        """How much the store finds of what was sealed; nothing where that was otherwise, or takes too long."""
        if edition is None or edition.format != FORMAT:
            return {}
        try:
            return {name: self._ask(text)[0][0] for name, text in COUNT.items()}
        except Neo4jError as error:
            if "TimedOut" in (error.code or ""):
                return {}
            raise EngineError(f"{self.kind.title} cannot be counted: {error.message}; {WAYS_OUT}") from error

    def _ask(self, text: str) -> list[list[Any]]:
        with self._driver() as driver, driver.session(database=self.database) as session:
            return session.run(text).values()

    def _driver(self) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(self.uri, auth=self.login, notifications_min_severity="OFF")

    def _last_words(self) -> str:
        logs = [self.folder / name for name in (START_LOG, self.log) if (self.folder / name).exists()]
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
        told = [line for line in lines if not line.lstrip().startswith("at ")]
        return "\n".join(filter(None, [self._failure, *told[-12:]]))


def _wait_for(thread: threading.Thread) -> None:
    """Until it has ended; a signal may have come while it began, when it can not be waited for yet, or before that."""
    for _ in range(100):
        with suppress(RuntimeError):
            return thread.join()
        time.sleep(0.01)
