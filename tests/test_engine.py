"""The embedded engine as a process: reached from here alone, restarted if it dies, gone with its owner."""

import importlib.util
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j.exceptions import DriverError, Neo4jError

from graph.engine import Engine, EngineError
from graph.engine_folder import read_run, running, take, write_run
from tests.processes import ask, is_running, linux, listening_addresses, owner_of, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("engine"), fast_start=True, query_seconds=2) as running:
        yield running


def test_a_started_engine_answers_over_bolt(engine: Engine) -> None:
    assert ask(engine, "RETURN 1 + 1") == [[2]]
    assert engine.ready.is_set()


def test_every_file_and_folder_is_for_its_owner_alone(engine: Engine) -> None:
    modes = {path: path.stat().st_mode & 0o077 for path in [engine.folder, *engine.folder.rglob("*")]}
    assert len(modes) > 10
    assert {path for path, mode in modes.items() if mode} == set()


@linux
def test_only_this_machine_can_reach_its_two_ports(engine: Engine) -> None:
    assert engine.pid
    assert listening_addresses(engine.pid) == ["0000000000000000FFFF00000100007F"] * 2


@linux
def test_the_password_is_neither_on_the_command_line_nor_in_the_environment(engine: Engine) -> None:
    shown = [Path(f"/proc/{engine.pid}/{name}").read_text() for name in ("cmdline", "environ")]
    assert len(engine.password) >= 32
    assert not any(engine.password in text for text in shown)


def test_a_second_process_on_the_same_folder_is_told_who_has_it(engine: Engine) -> None:
    with owner_of(Engine, engine.folder) as second:
        _, told = second.communicate()
    assert second.returncode != 0
    assert f"is in use by process {os.getpid()}; stop it, choose another" in told and engine.uri in told
    assert ask(engine, "RETURN 1") == [[1]]


def test_schema_statements_run_in_order_and_twice(engine: Engine) -> None:
    statements = [
        "CREATE VERTEX TYPE Thing IF NOT EXISTS",
        "CREATE PROPERTY Thing.id IF NOT EXISTS STRING",
        "CREATE INDEX IF NOT EXISTS ON Thing (id) UNIQUE",
    ]
    for _ in range(2):
        engine.command(statements)
    names = [row["name"] for row in engine.command(["SELECT name FROM schema:types"], "sql")]
    assert "Thing" in names


def test_a_mistaken_schema_statement_is_refused_with_the_engines_words(engine: Engine) -> None:
    with pytest.raises(EngineError, match=r"refused: .*NONSENSE"):
        engine.command(["CREATE NONSENSE"])


def test_a_database_of_its_own_can_be_made_and_dropped(engine: Engine) -> None:
    engine.create_database("apart")
    engine.command(["CREATE VERTEX TYPE Elsewhere"], database="apart")
    engine.drop_database("apart")
    with pytest.raises(EngineError, match="apart"):
        engine.command(["SELECT 1"], database="apart")


@pytest.mark.parametrize("name", ["", "Kg", "a b", "../kg", "kg;drop"])
def test_a_name_that_is_no_database_name_is_refused(engine: Engine, name: str) -> None:
    with pytest.raises(EngineError, match="is no database name"):
        engine.drop_database(name)


def test_a_query_beyond_the_time_limit_is_ended(engine: Engine) -> None:
    endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)"
    with pytest.raises(Neo4jError) as ended:
        ask(engine, endless)
    assert ended.value.code == "Neo.ClientError.Transaction.TransactionTimedOut"


@pytest.mark.parametrize("source", ["file:///etc/passwd", "http://127.0.0.1:1/rows.csv"])
def test_a_query_can_read_neither_files_nor_addresses(engine: Engine, source: str) -> None:
    with pytest.raises(Neo4jError):
        ask(engine, f"LOAD CSV FROM '{source}' AS row RETURN row")


def test_a_killed_engine_comes_back_under_the_same_address_with_its_data(engine: Engine) -> None:
    ask(engine, "CREATE (:Survivor {name: 'kept'})")
    killed, uri = engine.pid, engine.uri
    assert killed
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: not engine.ready.is_set())
    assert wait_until(engine.ready.is_set)
    assert (engine.uri, ask(engine, "MATCH (s:Survivor) RETURN s.name")) == (uri, [["kept"]])
    assert engine.pid not in (None, killed)


def test_an_engine_ends_with_its_killed_owner_and_frees_the_folder(tmp_path: Path) -> None:
    with owner_of(Engine, tmp_path) as owner:
        assert owner.stdout
        pid = int(owner.stdout.readline())
        owner.kill()
    with Engine(tmp_path, fast_start=True) as engine:
        assert ask(engine, "RETURN 1") == [[1]]
        assert not is_running(pid)


@linux
def test_an_engine_ends_by_itself_when_its_owner_is_killed(tmp_path: Path) -> None:
    with owner_of(Engine, tmp_path) as owner:
        assert owner.stdout
        pid = int(owner.stdout.readline())
        owner.kill()
    assert wait_until(lambda: not is_running(pid))


def test_a_stopped_engine_leaves_nothing_running(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "new" / "folder", fast_start=True)
    engine.start()
    pid = engine.pid
    engine.stop()
    assert pid and not is_running(pid)
    assert not engine.ready.is_set() and not (engine.folder / "run.json").exists()
    with pytest.raises(DriverError):
        ask(engine, "RETURN 1")


@pytest.mark.parametrize("lose", [Path.unlink, lambda file: file.write_text("")], ids=["gone", "empty"])
def test_a_lost_password_is_replaced_and_the_data_stay(tmp_path: Path, lose: Callable[[Path], object]) -> None:
    with Engine(tmp_path, fast_start=True) as engine:
        ask(engine, "CREATE (:Survivor)")
        before = engine.password
    lose(tmp_path / "root.pw")
    with engine:
        assert engine.password not in ("", before)
        assert ask(engine, "MATCH (s:Survivor) RETURN count(s)") == [[1]]


TORN = ["", "{", "[]", "null", '{"pid": 1}', '{"store": "oracle", "pid": 1, "owner_pid": 1, "bolt": 1}', "\0" * 80]


@pytest.mark.parametrize("text", TORN)
def test_a_torn_run_file_is_none_and_whoever_wants_the_folder_is_told_that_it_is_in_use(
    tmp_path: Path, text: str
) -> None:
    with take(tmp_path):
        (tmp_path / "run.json").write_text(text)
        assert (read_run(tmp_path), running(tmp_path)) == (None, None)
        with pytest.raises(EngineError, match="is in use by another process"):
            take(tmp_path)


@pytest.mark.parametrize("ours", ["root.pw", "neo4j.pw"])
def test_a_folder_of_ours_that_lost_its_lock_is_taken(tmp_path: Path, ours: str) -> None:
    (tmp_path / ours).write_text("kept")
    with take(tmp_path):
        assert (tmp_path / "lock").exists()


def test_a_folder_that_lost_its_lock_under_its_owner_is_still_in_use(tmp_path: Path) -> None:
    (tmp_path / "root.pw").write_text("kept")
    write_run(tmp_path, "embedded", None, 7687)
    with pytest.raises(EngineError, match=f"is in use by process {os.getpid()}"):
        take(tmp_path)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    before = tmp_path.stat().st_mode
    with pytest.raises(EngineError, match="holds other files: choose an empty folder with CIVICGRAPH_DATA"):
        Engine(tmp_path).start()
    assert tmp_path.stat().st_mode == before


def test_an_engine_that_cannot_start_says_why_and_gives_the_folder_back(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"does not start: [\s\S]*maximum heap"):
        Engine(tmp_path, heap="1k").start()
    with Engine(tmp_path, fast_start=True) as engine:
        assert engine.ready.is_set()


def test_without_the_engine_installed_the_ways_out_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"install civicgraph\[embedded\] or set NEO4J_URI"):
        Engine(tmp_path).start()
    assert not any(tmp_path.iterdir())
