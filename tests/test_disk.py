"""A disk that is full or takes no writes: it is told as that, nothing acknowledged is lost, with room all goes on."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bench.made_up import made_up
from graph.errors import GraphError
from graph.keeping import LEAST_ROOM
from graph.settings import Settings
from graph.store import open_store
from graph.write import load
from tests.conftest import NOW
from tests.processes import ROOT, linux

pytestmark = [pytest.mark.slow, linux]

SOON = 30.0
UNAVAILABLE = 3
SMALL, MOUNT = "90m", 'mount -t tmpfs -o size=$0 none "$1" && shift && exec "$@"'
FEW, MANY = 200, 1000


def in_a_mount(folder: Path) -> list[str]:
    """What runs a command with a small disk of its own at the folder, gone with it; the system must allow that."""
    folder.mkdir()
    apart = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-U", "-r", "-m"]
    command = [*apart, "sh", "-c", MOUNT, SMALL, str(folder)]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"no disk can be mounted here: {tried.stderr.strip()}")
    return command


def environment(data: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NEO4J_URI", "STORE", "BASE_IRI")}
    return kept | {"CIVICGRAPH_DATA": str(data), "PYTHONPATH": str(ROOT)}


async def fill_up_and_free(data: Path) -> dict[str, Any]:
    """What a load finds on a disk that fills under it, and what the next one finds once there is room again."""
    filler, told, settings = data.parent / "filler", {}, Settings(civicgraph_data=data)
    try:
        async with open_store(settings) as graph:
            graph.writer.grace = 0
            acknowledged = (await load(graph.writer, [made_up(FEW)], NOW)).edition
            filler.write_bytes(b"x" * (shutil.disk_usage(data).free - LEAST_ROOM // 8))
            begun = time.monotonic()
            await load(graph.writer, [made_up(MANY)], NOW)
    except GraphError as error:
        told = {"error": type(error).__name__, "words": str(error), "seconds": time.monotonic() - begun}
    filler.unlink()
    async with open_store(settings) as graph:
        graph.writer.grace = 0
        kept = await graph.writer.newest()
        after = (await load(graph.writer, [made_up(MANY)], NOW)).edition
    return told | {"kept": kept is not None and kept.hash == acknowledged.hash, "hash": after.hash}


CHILD = """
import asyncio, json, sys
from pathlib import Path
from tests.test_disk import fill_up_and_free
print(json.dumps(asyncio.run(fill_up_and_free(Path(sys.argv[1])))))
"""


def test_a_load_on_a_disk_that_fills_is_told_so_loses_nothing_and_is_whole_with_room(tmp_path: Path) -> None:
    small = tmp_path / "small"
    command = [*in_a_mount(small), sys.executable, "-c", CHILD, str(small / "data")]
    done = subprocess.run(command, cwd=ROOT, env=environment(small / "data"), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["error"] == "Unavailable" and told["seconds"] < SOON
    assert told["words"].startswith(f"the disk that holds {small / 'data'} is full: ")
    assert told["kept"]
    assert told["hash"] == asyncio.run(undisturbed(tmp_path / "whole"))


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
