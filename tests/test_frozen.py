"""A store that freezes: whoever waits is told, it is ended and started again; one that is busy is left alone."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import neo4j
import pytest

from bench.made_up import made_up
from graph import connection, pulse
from graph.connection import Reader, Writer
from graph.engine import Engine
from graph.errors import GraphError, Unavailable
from graph.pulse import FROZEN, Pulse
from graph.write import clear, load
from schema.derive.constraints import arcadedb_statements
from tests.conftest import NOW
from tests.processes import ask, linux, state, wait_until

pytestmark = pytest.mark.slow

SOON = 30.0  # seconds; six and those of a start, where nothing else runs
CLAIMS = 2000


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("engine"), fast_start=True) as running:
        running.command(arcadedb_statements())
        yield running


def freeze(engine: Engine) -> int:
    """Its process, once it has stopped: a busy machine lets it answer for a moment after the signal."""
    pid = engine.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    assert wait_until(lambda: state(pid) == "T")
    return pid


def test_a_frozen_engine_is_started_again_under_the_same_address_with_its_data(engine: Engine) -> None:
    ask(engine, "CREATE (:Survivor {name: 'kept'})")
    uri, frozen = engine.uri, freeze(engine)
    assert wait_until(lambda: engine.pid != frozen, SOON)
    assert wait_until(engine.ready.is_set, SOON)
    assert (engine.uri, ask(engine, "MATCH (s:Survivor) RETURN s.name")) == (uri, [["kept"]])


async def test_a_read_of_a_frozen_engine_is_refused_soon_though_its_own_limit_is_far(engine: Engine) -> None:
    async with await Reader.open(engine.uri, engine.reader, engine.database, 300) as graph:
        await graph.newest()
        begun, _ = time.monotonic(), freeze(engine)
        with pytest.raises(Unavailable):
            await graph.newest()
    assert time.monotonic() - begun < SOON
    assert wait_until(engine.ready.is_set, SOON)


async def test_a_load_on_an_engine_that_freezes_ends_soon_and_is_whole_when_it_is_made_again(engine: Engine) -> None:
    file = made_up(CLAIMS)
    async with await Writer.open(engine.uri, engine.login, engine.database) as graph:
        graph.grace = 0
        loading = asyncio.create_task(load(graph, [file], NOW))
        while (edition := await graph.newest()) is None or edition.beat < 2:
            assert not loading.done()
        begun, _ = time.monotonic(), freeze(engine)
        with suppress(GraphError):  # the engine may be there again before the driver has tried for the last time
            await loading
        assert time.monotonic() - begun < 3 * SOON
        assert await asyncio.to_thread(wait_until, engine.ready.is_set, SOON)
        await clear(graph, await load(graph, [file], NOW))
        assert await graph.read("MATCH (c:Claim) RETURN count(c)", {}) == [[len(file.claims)]]


@pytest.mark.parametrize("what", ["write", "define"])
async def test_what_is_written_to_a_store_that_nobody_watches_ends_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(pulse, "FROZEN", 10**6)
    monkeypatch.setattr(connection, "WRITING", 1.0)
    with Engine(tmp_path, fast_start=True) as unwatched:
        async with await Writer.open(unwatched.uri, unwatched.login, unwatched.database) as graph:
            await graph.newest()
            begun, _ = time.monotonic(), freeze(unwatched)
            with pytest.raises(Unavailable, match="the store does not answer"):
                await (graph.write([("CREATE (:Thing)", {})]) if what == "write" else graph.define(["RETURN 1"]))
            assert time.monotonic() - begun < SOON


# Who counts as frozen

IDLE, BUSY = "import time; time.sleep(60)", "while True: pass"


@linux
@pytest.mark.parametrize(("program", "gone"), [(IDLE, True), (BUSY, False)])
def test_a_process_that_does_not_answer_is_gone_if_it_does_not_work_either(
    dead_port: int, program: str, gone: bool
) -> None:
    driver = neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{dead_port}", auth=("no", "body"))
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        with Pulse(process.pid, driver, "kg") as beat:
            found = []
            for _ in range(2 * FROZEN):  # it works until it is started
                time.sleep(0.05)
                found.append(beat.gone())
        process.kill()
    assert (found[:FROZEN], found[-1]) == ([False] * FROZEN, gone)


@linux
def test_a_process_that_works_and_never_answers_is_gone_in_the_end(
    dead_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "LOST", 20)
    driver = neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{dead_port}", auth=("no", "body"))
    with subprocess.Popen([sys.executable, "-c", BUSY]) as process:
        with Pulse(process.pid, driver, "kg") as beat:
            assert wait_until(beat.gone, 5)
        process.kill()


async def test_an_engine_with_all_it_can_do_is_left_alone(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """More dear reads at once than the machine has cores, for longer than it takes to count as frozen."""
    monkeypatch.setattr(pulse, "FROZEN", 20)
    dear = "UNWIND range(1, 3000) AS a UNWIND range(1, 1000) AS b RETURN count(b)"
    before, until = engine.pid, time.monotonic() + 5

    async with await Reader.open(engine.uri, engine.reader, engine.database, 30) as graph:

        async def read_on() -> None:
            while time.monotonic() < until:
                await graph.read(dear, {})

        await asyncio.gather(*(read_on() for _ in range(4)))
    assert engine.pid == before and engine.ready.is_set()
