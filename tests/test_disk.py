"""A disk that is full or takes no writes: it is told as that, nothing acknowledged is lost, with room all goes on."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bench.made_up import made_up
from graph.connection import Writer
from graph.edition import Edition
from graph.engine_folder import KINDS
from graph.errors import GraphError, Unavailable
from graph.keeping import LEAST_ROOM
from graph.neo4j_server import JARS
from graph.settings import Settings
from graph.store import open_store
from graph.write import load
from tests.conftest import NOW
from tests.processes import ROOT, linux
from tests.required import require_jars

pytestmark = [pytest.mark.slow, linux]

SOON = 90.0  # seconds, for a machine that has others to serve; a few where nothing else runs
UNAVAILABLE = 3
SMALL = {"embedded": "160m", "neo4j": "900m"}
MOUNT = 'mount -t tmpfs -o size=$0 none "$1" && shift && exec "$@"'
FEW, MANY = 200, 1000


def in_a_mount(folder: Path, size: str = SMALL["embedded"]) -> list[str]:
    """What runs a command with a small disk of its own at the folder, gone with it; the system must allow that."""
    folder.mkdir()
    apart = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-U", "-r", "-m"]
    command = [*apart, "sh", "-c", MOUNT, size, str(folder)]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"no disk can be mounted here: {tried.stderr.strip()}")
    return command


def environment(data: Path, store: str = "") -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NEO4J_URI", "STORE", "BASE_IRI")}
    return kept | {"CIVICGRAPH_DATA": str(data), "PYTHONPATH": str(ROOT), "STORE": store}


async def fill_up_and_free(settings: Settings) -> dict[str, Any]:
    """What becomes of a load on a disk that fills under it, of the store once there is room again, and the words."""
    filler, told = settings.civicgraph_data.parent / "filler", {}
    try:
        async with open_store(settings) as graph:
            graph.writer.grace = 0
            acknowledged = (await load(graph.writer, [made_up(FEW)], NOW)).edition
            fill(filler)
            with suppress(GraphError):
                await load(graph.writer, [made_up(MANY)], NOW)
            filler.unlink()
            freed = time.monotonic()
            kept = await answer(graph.writer)
            told = {"kept": kept.hash == acknowledged.hash, "again after": time.monotonic() - freed}
            told["hash"] = (await load(graph.writer, [made_up(MANY)], NOW)).edition.hash
            fill(filler)
            full = time.monotonic()
            await load(graph.writer, [made_up(2 * MANY)], NOW)
    except GraphError as error:
        told |= {"error": type(error).__name__, "words": str(error), "told after": time.monotonic() - full}
    return told


def fill(filler: Path) -> None:
    filler.write_bytes(b"x" * (shutil.disk_usage(filler.parent).free - LEAST_ROOM // 8))


async def answer(graph: Writer) -> Edition:
    while True:
        with suppress(Unavailable):
            return await graph.newest() or Edition()
        await asyncio.sleep(0.1)


CHILD = """
import asyncio, json, sys
from graph.settings import Settings
from tests.test_disk import fill_up_and_free
print(json.dumps(asyncio.run(fill_up_and_free(Settings.from_environment()))))
"""


@pytest.mark.parametrize("store", KINDS)
def test_a_load_on_a_disk_that_fills_is_told_so_loses_nothing_and_is_whole_with_room(
    tmp_path: Path, store: str
) -> None:
    if store == "neo4j":
        require_jars(JARS)
    data = tmp_path / "small" / "data"
    command = [*in_a_mount(data.parent, SMALL[store]), sys.executable, "-c", CHILD]
    done = subprocess.run(command, cwd=ROOT, env=environment(data, store), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kept"] and told["again after"] < SOON
    assert told["hash"] == asyncio.run(undisturbed(tmp_path / "whole"))
    assert told["error"] == "Unavailable" and told["told after"] < SOON
    assert told["words"].startswith(f"the disk that holds {data} is full: ")


async def undisturbed(data: Path) -> str:
    async with open_store(Settings(civicgraph_data=data)) as graph:
        for claims in (FEW, MANY):
            edition = (await load(graph.writer, [made_up(claims)], NOW)).edition
        return edition.hash


@pytest.mark.parametrize("words", [["status"], ["load"], ["serve", "--port", "0"]])
def test_a_folder_on_a_disk_that_is_read_only_is_refused_at_once(tmp_path: Path, words: list[str]) -> None:
    small, begun = tmp_path / "small", time.monotonic()
    mounted = in_a_mount(small)
    data, script = small / "data", 'mkdir "$0" && mount -o remount,ro "${0%/*}" && exec "$@"'
    run = [*mounted, "sh", "-c", script, str(data), sys.executable, "-m", "api", *words]
    done = subprocess.run(run, cwd=ROOT, env=environment(data), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (UNAVAILABLE, "")
    assert done.stderr == f"civicgraph: cannot keep the graph in {data}: Read-only file system\n"
    assert time.monotonic() - begun < SOON


@pytest.mark.parametrize("words", [["status"], ["load"], ["serve", "--port", "0"]])
def test_a_folder_on_a_disk_that_is_full_already_is_refused_at_once(tmp_path: Path, words: list[str]) -> None:
    small = tmp_path / "small"
    mounted = in_a_mount(small)
    script = 'mkdir "$0"; cat /dev/zero > "${0%/*}/filler" 2>/dev/null; exec "$@"'
    run = [*mounted, "sh", "-c", script, str(small / "data"), sys.executable, "-m", "api", *words]
    done = subprocess.run(run, cwd=ROOT, env=environment(small / "data"), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (UNAVAILABLE, "")
    assert "No space left on device" in done.stderr and str(small / "data") in done.stderr
    assert "Traceback" not in done.stderr
