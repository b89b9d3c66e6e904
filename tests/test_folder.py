"""A store's folder: of a format that we know, and whole when it is opened, or a word about what is wrong."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.connection import Writer
from graph.engine import Engine
from graph.engine_folder import EMBEDDED, EngineError
from graph.folder_mark import FORMAT, MARK
from graph.keeping import Keeping
from graph.write import clear, load
from schema.derive.constraints import arcadedb_statements
from seed.read import read
from tests.conftest import NOW, WORLD
from tests.processes import ROOT, ask, wait_until

pytestmark = pytest.mark.slow

UNAVAILABLE = 3
LATER = "2033-01-01T00:00:00Z"


def keep(folder: Path, sizes: dict[str, int] | None = None) -> Keeping:
    return Keeping(folder, EMBEDDED, lambda: sizes or {})


def told(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / MARK).read_text())
    return found


# Its format


def test_a_folder_of_a_newer_format_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    keep(tmp_path).give_back()
    newer = json.dumps({"format": FORMAT + 1, "program": "9.1", "stores": {}, "more": 1})
    (tmp_path / MARK).write_text(newer)
    with pytest.raises(EngineError, match=rf"has format {FORMAT + 1}, written by civicgraph 9\.1; .* take a newer one"):
        Engine(tmp_path).start()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"lock": "", MARK: newer}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"format": "new"}', '{"format": 1}', "\0" * 80])
def test_a_folder_whose_format_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    keep(tmp_path).give_back()
    (tmp_path / MARK).write_text(text)
    with pytest.raises(EngineError, match=r"format\.json cannot be read, which names the folder's format: delete"):
        keep(tmp_path)
    (tmp_path / MARK).unlink()
    keep(tmp_path).give_back()


def test_what_is_written_down_of_one_store_leaves_what_is_told_of_the_other(tmp_path: Path) -> None:
    other = {"last": 3, "sizes": {"a": 1}}
    keep(tmp_path).give_back()
    (tmp_path / MARK).write_text(json.dumps({"format": FORMAT, "program": "0", "stores": {"neo4j": other}}))
    keeping = keep(tmp_path, {"b": 2})
    keeping.check(None, {})
    keeping.give_back()
    assert told(tmp_path)["stores"] == {"neo4j": other, "embedded": {"last": 0, "sizes": {"b": 2}}}


# Whether all is there


async def fill(engine: Engine) -> None:
    engine.command(arcadedb_statements())
    async with await Writer.open(engine.uri, engine.login, engine.database) as graph:
        graph.grace = 0
        await clear(graph, await load(graph, read(WORLD).files, NOW))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the world in it, of which each test has a copy."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    with Engine(folder, fast_start=True) as engine:
        asyncio.run(fill(engine))
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "data"))


def bucket(data: Path, name: str) -> Path:
    return next((data / EMBEDDED.data).glob(f"{name}_0.*.bucket"))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 65_536)


def newer_engine(data: Path) -> None:
    schema = data / EMBEDDED.data / "schema.json"
    schema.write_text(json.dumps(json.loads(schema.read_text()) | {"dbmsVersion": "99.1.1"}))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "claims cut": (lambda data: cut(bucket(data, "Claim")), r"damaged: Claim_0 was cut; delete the folder and load"),
    "evidence cut": (lambda data: cut(bucket(data, "EVIDENCED_BY")), r"damaged: EVIDENCED_BY_0 was cut"),
    "a type gone": (lambda data: bucket(data, "Claim").unlink(), r"damaged: Claim_0 is gone"),
    "all gone": (lambda data: shutil.rmtree(data / "databases"), r"damaged: .* and \d+ more; delete the folder"),
    "a newer engine's": (
        newer_engine,
        r"was written by ArcadeDB 99\.1\.1, and here is .*: install that one",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_store_is_refused_before_its_engine_is_started(data: Path, name: str) -> None:
    damage, words = DAMAGE[name]
    damage(data)
    (data / "start.log").unlink()
    with pytest.raises(EngineError, match=words):
        Engine(data, fast_start=True).start()
    assert not (data / "start.log").exists() and not (data / "run.json").exists()


def overwritten(path: Path) -> None:
    """Zeros where records are, as of a disk that forgot a block; the file keeps its size."""
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(16_384))


@pytest.mark.parametrize("kind", ["Claim", "Person"])
def test_a_store_with_a_hole_in_a_file_is_refused_once_it_is_counted(data: Path, kind: str) -> None:
    overwritten(bucket(data, kind))
    with pytest.raises(EngineError, match=r"is damaged: \d+ \w+ were loaded and \d+ are found|cannot be counted: "):
        Engine(data, fast_start=True).start()


@pytest.mark.parametrize(("label", "name"), [("Claim", "claims"), ("Entity", "entities")])
def test_a_store_with_other_numbers_than_were_sealed_is_refused(data: Path, label: str, name: str) -> None:
    with Engine(data, fast_start=True) as engine:
        [[held]] = ask(engine, f"MATCH (g:Edition) RETURN g.{name}")
        ask(engine, f"MATCH (n:{label}) WITH n LIMIT 1 DETACH DELETE n")
    with pytest.raises(EngineError, match=rf"damaged: {held} {name} were loaded and {held - 1} are found; delete"):
        engine.start()
    assert not (data / "run.json").exists()


@pytest.mark.parametrize("words", [["status"], ["load"], ["serve", "--port", "0"], ["query", "claims"]])
def test_every_command_says_what_is_damaged_and_what_to_do(data: Path, words: list[str]) -> None:
    shutil.rmtree(data / "databases")
    environment = {k: v for k, v in os.environ.items() if k not in ("NEO4J_URI", "STORE")}
    run = [sys.executable, "-m", "api", *words]
    done = subprocess.run(
        run, cwd=ROOT, env=environment | {"CIVICGRAPH_DATA": str(data)}, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (UNAVAILABLE, "")
    assert done.stderr.startswith(f"civicgraph: the embedded engine in {data} is damaged: ")
    assert "; delete the folder and load again, or choose another one with CIVICGRAPH_DATA" in done.stderr


async def test_an_earlier_copy_of_the_files_is_not_taken_for_the_latest(data: Path, tmp_path: Path) -> None:
    earlier = shutil.copytree(data / "databases", tmp_path / "earlier")
    with Engine(data, fast_start=True) as engine:
        async with await Writer.open(engine.uri, engine.login, engine.database) as graph:
            graph.grace = 0
            file = read(WORLD).files[0]
            await clear(graph, await load(graph, [replace(file, claims=file.claims[1:])], LATER))
        assert wait_until(lambda: '"last": 2' in (data / MARK).read_text())
    shutil.rmtree(data / "databases")
    earlier.rename(data / "databases")
    with pytest.raises(EngineError, match=r"damaged: .*what load 2 wrote is gone"):
        Engine(data, fast_start=True).start()


def test_a_folder_from_before_there_was_a_format_is_taken_and_marked(data: Path) -> None:
    before = told(data)
    (data / MARK).unlink()
    with Engine(data, fast_start=True) as engine:
        assert ask(engine, "MATCH (g:Edition) RETURN g.number") == [[1]]
    assert told(data) == before


async def test_a_store_whose_engine_and_owner_were_killed_is_whole(data: Path) -> None:
    """Killed right after a load, when little of it has reached the files themselves."""
    (data / MARK).unlink()
    engine = Engine(data, fast_start=True)
    engine.start()
    ask(engine, "MATCH (n) DETACH DELETE n")
    await fill(engine)
    assert wait_until(lambda: '"last": 1' in (data / MARK).read_text())
    assert engine.pid
    engine._stopping.set()
    os.kill(engine.pid, signal.SIGKILL)
    engine.stop()
    with engine:
        assert ask(engine, "MATCH (g:Edition) RETURN g.number") == [[1]]


def test_a_store_that_was_emptied_by_hand_is_whole(data: Path) -> None:
    with Engine(data, fast_start=True) as engine:
        ask(engine, "MATCH (n) DETACH DELETE n")
        assert wait_until(lambda: '"last": 0' in (data / MARK).read_text())
    with engine:
        assert ask(engine, "MATCH (n) RETURN count(n)") == [[0]]
