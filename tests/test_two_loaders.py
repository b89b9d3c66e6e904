"""Two loaders at once on one store: each is whole or says that the other was there, and nothing of a third kind."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.connection import Writer
from graph.engine import Engine
from graph.write import load
from seed.read import read
from tests.conftest import WORLD, Store
from tests.processes import ROOT
from tests.test_editions import contents, empty, leftovers

pytestmark = pytest.mark.slow

UNAVAILABLE = 3
OVERTAKEN = ("another load has taken over", "another load is under way")


def loader(engine: Engine, path: Path) -> "subprocess.Popen[bytes]":
    username, password = engine.login
    surroundings = {
        "NEO4J_URI": engine.uri,
        "NEO4J_USERNAME": username,
        "NEO4J_PASSWORD": password,
        "NEO4J_DATABASE": engine.database,
    }
    command = [sys.executable, "-m", "api", "load", str(path)]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


async def at_once(engine: Engine, *paths: Path) -> list[int]:
    """The exit codes of loaders that were started together; whoever fails has said why."""
    loaders = [loader(engine, path) for path in paths]
    codes = []
    for each in loaders:
        _, told = await asyncio.to_thread(each.communicate)
        codes.append(each.returncode)
        if each.returncode:
            assert each.returncode == UNAVAILABLE and any(word in told.decode() for word in OVERTAKEN), told.decode()
    return codes


@pytest.mark.parametrize("paths", [(WORLD[0], WORLD[0]), WORLD], ids=["of one document", "of two"])
async def test_two_first_loads_at_once_leave_what_those_that_were_done_leave(
    engine: Engine, embedded: Store, paths: tuple[Path, Path], tmp_path: Path
) -> None:
    """World2 alone refers to claims of the other, so each loader is given all that is needed to read it."""
    await embedded.hold("nothing")
    blank, files = embedded.writer, [read(WORLD).files[:1], read(WORLD).files]
    given = [WORLD[0], _both(tmp_path)] if paths == WORLD else list(paths)
    await empty(blank)
    codes = await at_once(engine, *given)
    assert 0 in codes
    found = await _state(blank)
    possible = []
    for each in files:
        await empty(blank)
        await load(blank, each, "2034-01-01T00:00:00Z")
        possible.append(await _state(blank))
    assert found in possible


def _both(folder: Path) -> Path:
    for path in WORLD:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


async def _state(graph: Writer) -> tuple[str, list[list[object]]]:
    graph.forget()
    await load(graph, [], "2034-01-01T00:00:00Z")  # undoes what a loader that lost has left
    assert await leftovers(graph) == 0
    edition = await graph.newest()
    assert edition
    return edition.hash, await contents(graph)
