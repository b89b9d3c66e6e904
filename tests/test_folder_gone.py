"""A store whose folder is deleted or moved under it: nothing is answered or acknowledged any more, and it says why."""

import asyncio
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.made_up import made_up
from graph.engine import Engine
from graph.engine_folder import read_run
from graph.errors import Unavailable
from graph.settings import Settings
from graph.store import open_store
from graph.write import load
from tests.conftest import NOW
from tests.processes import ROOT, ask, is_running, wait_until
from tests.test_serve import DONE, UNAVAILABLE, Serving, engines, is_up

pytestmark = pytest.mark.slow

GONE = "was deleted or replaced while the store was running on it"


def delete(folder: Path) -> None:
    while folder.exists():  # who works in it may put something there meanwhile
        shutil.rmtree(folder, ignore_errors=True)


def test_a_server_whose_folder_is_deleted_is_ready_no_more_and_takes_no_load(tmp_path: Path) -> None:
    serving = Serving(tmp_path / "data")
    serving.told()
    run = read_run(serving.data)
    assert run
    secret = (serving.data / "root.pw").read_text()
    delete(serving.data)
    assert wait_until(lambda: not engines(serving.data), 30)
    assert [serving.get(path).status_code for path in ("readyz", "healthz", "v1/graph.json")] == [503, 200, 503]
    way = {"NEO4J_URI": f"bolt://127.0.0.1:{run['bolt']}", "NEO4J_USERNAME": "root", "NEO4J_PASSWORD": secret}
    way |= {"NEO4J_DATABASE": "kg"}
    done = subprocess.run(
        [sys.executable, "-m", "api", "load"], cwd=ROOT, env=way, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (UNAVAILABLE, "", "civicgraph: the store does not answer\n")
    code, told = serving.end(signal.SIGTERM)
    assert code == DONE and f"the embedded engine is started again: {serving.data} {GONE}" in told
    assert "Traceback" not in told and not serving.data.exists()


def test_a_server_answers_again_once_its_folder_is_back(tmp_path: Path) -> None:
    serving = Serving(tmp_path / "data")
    serving.told()
    serving.data.rename(tmp_path / "elsewhere")
    assert wait_until(lambda: not is_up(serving), 30)
    (tmp_path / "elsewhere").rename(serving.data)
    assert wait_until(lambda: is_up(serving), 60)
    assert serving.end(signal.SIGTERM)[0] == DONE


def test_a_folder_that_another_process_made_in_its_place_is_left_alone(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "data", fast_start=True)
    engine.start()
    pid = engine.pid
    assert pid
    delete(engine.folder)
    with Engine(engine.folder, fast_start=True) as other:
        assert wait_until(lambda: not is_running(pid), 30)
        engine.stop()
        assert (other.folder / "run.json").exists()
        assert ask(other, "RETURN 1") == [[1]]


async def test_a_load_whose_folder_is_deleted_is_not_acknowledged_and_told_why(tmp_path: Path) -> None:
    data, file = tmp_path / "data", made_up(2000)
    with pytest.raises(Unavailable, match=GONE):
        async with open_store(Settings(civicgraph_data=data), fast_start=True) as graph:
            loading = asyncio.create_task(load(graph.writer, [file], NOW))
            while (edition := await graph.writer.newest()) is None or edition.beat < 2:
                assert not loading.done()
            await asyncio.to_thread(delete, data)
            await loading
