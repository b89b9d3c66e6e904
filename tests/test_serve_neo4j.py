"""`STORE=neo4j`: Neo4j itself as a process of ours, under the same rules and commands as the embedded engine."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.engine_folder import EngineError
from graph.neo4j_server import JARS, Neo4jServer
from graph.settings import Settings
from graph.store import preparing
from tests.processes import ROOT, ask, is_running, linux, listening_addresses, owner_of, wait_until
from tests.required import require_jars

pytestmark = pytest.mark.slow

DONE, MISUSED, UNAVAILABLE = 0, 2, 3
QUESTION = "groups-advising-mayors"
SOON = 60


@pytest.fixture(scope="module")
def installed() -> None:
    """Without Java and Maven the tests are skipped, or fail where they are required."""
    require_jars(JARS)


@pytest.fixture(scope="module")
def server(installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    with Neo4jServer(tmp_path_factory.mktemp("neo4j"), fast_start=True) as running:
        yield running


def test_every_file_and_folder_is_for_its_owner_alone(server: Neo4jServer) -> None:
    modes = {path: path.stat().st_mode & 0o077 for path in [server.folder, *server.folder.rglob("*")]}
    assert len(modes) > 10
    assert {path for path, mode in modes.items() if mode} == set()


@linux
def test_only_this_machine_can_reach_its_one_port(server: Neo4jServer) -> None:
    assert server.pid
    assert listening_addresses(server.pid) == ["0000000000000000FFFF00000100007F"]


@linux
def test_the_password_is_neither_on_the_command_line_nor_in_the_environment(server: Neo4jServer) -> None:
    shown = [Path(f"/proc/{server.pid}/{name}").read_text() for name in ("cmdline", "environ")]
    assert len(server.password) >= 32
    assert not any(server.password in text for text in shown)


@pytest.mark.parametrize("source", ["file:///etc/passwd", "http://127.0.0.1:1/rows.csv"])
def test_a_query_can_read_neither_files_nor_addresses(server: Neo4jServer, source: str) -> None:
    with pytest.raises(Exception, match="ExternalResourceFailed"):
        ask(server, f"LOAD CSV FROM '{source}' AS row RETURN row")


def test_a_second_process_on_the_same_folder_is_told_who_has_it(server: Neo4jServer) -> None:
    with owner_of(Neo4jServer, server.folder) as second:
        _, told = second.communicate()
    assert second.returncode != 0
    assert f"is in use by process {os.getpid()}; stop it, choose another" in told
    assert f"NEO4J_URI={server.uri} NEO4J_USERNAME=neo4j NEO4J_DATABASE=neo4j" in told and "neo4j.pw" in told


def test_a_killed_server_comes_back_under_the_same_address_with_its_data(server: Neo4jServer) -> None:
    ask(server, "CREATE (:Survivor {name: 'kept'})")
    killed, uri = server.pid, server.uri
    assert killed
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: not server.ready.is_set())
    assert wait_until(server.ready.is_set, SOON)
    assert (server.uri, ask(server, "MATCH (s:Survivor) RETURN s.name")) == (uri, [["kept"]])
    assert server.pid not in (None, killed)


def test_a_frozen_server_comes_back_under_the_same_address(server: Neo4jServer) -> None:
    frozen, uri = server.pid, server.uri
    assert frozen
    os.kill(frozen, signal.SIGSTOP)
    assert wait_until(lambda: not server.ready.is_set(), SOON)
    assert wait_until(server.ready.is_set, SOON)
    assert (server.uri, ask(server, "RETURN 1")) == (uri, [[1]]) and server.pid != frozen


def test_a_server_that_lost_its_data_is_refused(installed: None, tmp_path: Path) -> None:
    with Neo4jServer(tmp_path, fast_start=True) as server:
        ask(server, "CREATE (:Edition {id: 'edition', number: 1, last: 1, beat: 0, rest: false})")
        assert wait_until(lambda: '"last": 1' in (tmp_path / "format.json").read_text())
    shutil.rmtree(tmp_path / "neo4j" / "data")
    with pytest.raises(EngineError, match=f"Neo4j in {tmp_path} is damaged: all that was loaded is gone; delete the"):
        server.start()


def test_a_server_ends_with_its_killed_owner_and_a_lost_password_is_replaced(installed: None, tmp_path: Path) -> None:
    with owner_of(Neo4jServer, tmp_path) as owner:
        assert owner.stdout
        pid = int(owner.stdout.readline())
        before = (tmp_path / "neo4j.pw").read_text()
        owner.kill()
    (tmp_path / "neo4j.pw").unlink()
    with Neo4jServer(tmp_path, fast_start=True) as server:
        assert not is_running(pid)
        assert ask(server, "RETURN 1") == [[1]] and server.password != before


def test_a_folder_with_other_files_is_left_alone(installed: None, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(EngineError, match="holds other files: choose an empty folder with CIVICGRAPH_DATA"):
        Neo4jServer(tmp_path).start()


def test_a_server_that_cannot_start_says_why(installed: None, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"Neo4j does not start: [\s\S]*maximum heap"):
        Neo4jServer(tmp_path, heap="1k").start()


# The command


def environment(data: Path, **variables: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("NEO4J_URI", "BASE_IRI", "STORE")}
    return inherited | {"CIVICGRAPH_DATA": str(data)} | variables


def civicgraph(data: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "api", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(data, **variables), capture_output=True, text=True)


class Serving:
    """`civicgraph serve` with Neo4j over a folder, once it has told its address."""

    def __init__(self, data: Path) -> None:
        self.data = data
        command = [sys.executable, "-m", "api", "serve", "--port", "0"]
        # A Neo4j that has just started plans its first question for seconds, beside other tests for more than ten.
        limit, pipe = str(SOON), subprocess.PIPE
        variables = environment(data, STORE="neo4j", PYTHONUNBUFFERED="1", QUERY_SECONDS=limit)
        self.process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=pipe, stderr=pipe, text=True)
        assert self.process.stdout
        told = (line for line in self.process.stdout if "answers at" in line)
        self.base = next(told, "").rpartition(" ")[2].strip()
        assert self.base, self.process.communicate()[1]

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.base + path, timeout=SOON, trust_env=False)

    def run(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self.data / "run.json").read_text())
        return told


@pytest.fixture(scope="module")
def serving(installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    started = Serving(tmp_path_factory.mktemp("serving") / "data")
    yield started
    if started.process.poll() is None:
        started.process.terminate()
        started.process.communicate(timeout=SOON)


def test_what_is_served_is_asked_by_every_command_without_naming_the_store(serving: Serving) -> None:
    answer = serving.get(f"v1/queries/{QUESTION}/results.json")
    asked = civicgraph(serving.data, "query", QUESTION, BASE_IRI=serving.base)
    assert (asked.returncode, asked.stderr) == (DONE, "")
    assert answer.json()["data"] and asked.stdout == answer.text
    status, written = civicgraph(serving.data, "status"), serving.data.parent / "graph.nt"
    assert status.returncode == DONE and " claims, " in status.stdout
    assert civicgraph(serving.data, "export", "--format", "nt", "--output", str(written)).returncode == DONE
    assert written.stat().st_size > 100_000
    assert serving.run()["store"] == "neo4j"


def test_a_load_joins_by_the_line_that_it_is_told(serving: Serving) -> None:
    refused = civicgraph(serving.data, "load", STORE="neo4j")
    line = refused.stderr.rpartition("join it with ")[2].strip()
    assert refused.returncode == UNAVAILABLE and line.startswith("NEO4J_URI=")
    command = f"{line} {sys.executable} -m api load"
    joined = subprocess.run(
        command, shell=True, cwd=ROOT, env=environment(serving.data), capture_output=True, text=True
    )
    assert (joined.returncode, joined.stderr) == (DONE, "")
    assert "0 claims created, 0 changed, 0 retracted" in joined.stdout


def test_a_command_that_names_another_store_does_not_read_this_one(serving: Serving) -> None:
    asked = civicgraph(serving.data, "status", STORE="embedded")
    assert asked.returncode == UNAVAILABLE and "is in use by process" in asked.stderr


def test_it_ends_in_order_and_the_next_command_starts_the_store_and_finds_what_was_loaded(serving: Serving) -> None:
    pid = serving.run()["pid"]
    serving.process.send_signal(signal.SIGTERM)
    _, error = serving.process.communicate(timeout=SOON)
    assert (serving.process.returncode, error) == (DONE, "")
    assert not is_running(pid) and not (serving.data / "run.json").exists()
    status = civicgraph(serving.data, "status", STORE="neo4j")
    assert (status.returncode, status.stderr) == (DONE, "")
    assert " claims, " in status.stdout and not status.stdout.startswith("nothing was ever loaded")


# What is missing


def test_a_store_that_there_is_not_is_refused(tmp_path: Path) -> None:
    asked = civicgraph(tmp_path / "data", "status", STORE="oracle")
    assert (asked.returncode, asked.stderr) == (MISUSED, "civicgraph: STORE='oracle' must be embedded or neo4j\n")


def test_without_java_and_maven_one_line_says_what_is_missing(tmp_path: Path) -> None:
    variables = {"STORE": "neo4j", "PATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    asked = civicgraph(tmp_path / "data", "serve", "--port", "0", **variables)
    assert (asked.returncode, asked.stdout) == (UNAVAILABLE, "")
    assert asked.stderr == (
        f"civicgraph: no neo4j {JARS.version} here: missing is a JDK 17 or later (javac) and Maven (mvn), "
        "which fetches it; on Debian: apt-get install openjdk-17-jdk-headless maven\n"
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("told", "missing"), [("javac 11.0.2", True), ("javac 17.0.15", False), ("javac 21", False)])
def test_a_java_that_is_too_old_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, missing: bool
) -> None:
    for name in ("java", "javac", "mvn"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {told}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert shutil.which("javac") == str(tmp_path / "javac")
    assert (JARS.unavailable() is not None) is missing


@pytest.mark.parametrize(("store", "fetched"), [("neo4j", False), ("neo4j", True), ("", False), ("embedded", False)])
def test_who_watches_is_told_that_maven_fetches_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str, fetched: bool
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if fetched:
        JARS.path.mkdir(parents=True)
    told = preparing(Settings(store=store))
    assert ("Maven" in told) is (store == "neo4j" and not fetched)


def test_make_passes_the_store_on() -> None:
    """By make's own rule: what its command line sets is in the environment of what it runs."""
    if shutil.which("make") is None:
        pytest.skip("no make")
    rules = "include Makefile\nshown:\n\t@echo $$STORE\n"
    command = ["make", "--no-print-directory", "-f", "-", "shown", "STORE=neo4j"]
    shown = subprocess.run(command, cwd=ROOT, input=rules, capture_output=True, text=True)
    assert shown.stdout == "neo4j\n"
