"""A load whose engine is killed publishes nothing, what was published before stays, and the next load is whole."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.contents import contents
from bench.made_up import made_up
from graph.connection import Writer
from graph.draft import Draft
from graph.engine import Engine
from graph.errors import GraphError, Unavailable
from graph.write import clear, load
from schema.claims_file import ClaimsFile
from schema.derive.constraints import arcadedb_statements

pytestmark = pytest.mark.slow

NOW = "2032-01-01T00:00:00Z"
CLAIMS, KILLS = 3000, (2, 40, 70)


class Counting(Writer):
    """The graph, with the number of writes that it was told to be done."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.done = 0

    async def write(self, steps: Any) -> None:
        await super().write(steps)
        self.done += 1


async def load_under_fire(engine: Engine, graph: Counting, file: ClaimsFile, published: list[str]) -> None:
    """Kills the engine each time that so many writes of a load are done, all but the last time the loader with it."""
    for threshold in KILLS:
        graph.done = 0
        loading = asyncio.create_task(load(graph, [file], NOW))
        while graph.done < threshold:  # noqa: ASYNC110 – nobody else is to wait
            await asyncio.sleep(0.001)
        assert engine.pid and not loading.done()
        os.kill(engine.pid, signal.SIGKILL)
        if threshold != KILLS[-1]:
            loading.cancel()
        with suppress(asyncio.CancelledError, GraphError):
            await loading
        await answering(graph)
        if threshold != KILLS[-1]:
            await load(graph, [], NOW)
            assert await contents(graph) == published


async def answering(graph: Writer) -> None:
    """Wait until the engine is there again."""
    for _ in range(400):
        try:
            await graph.newest()
            return
        except Unavailable:
            await asyncio.sleep(0.05)
    raise TimeoutError


def with_a_dispute(file: ClaimsFile) -> ClaimsFile:
    """The file and a last claim that disputes the first."""
    first, *_, last = file.claims
    fields = {name: getattr(last, name) for name in type(last).model_fields}
    doubt = type(last)(**fields | {"detail": "which another claim denies", "disputes": (first.id,)})
    return replace(file, claims=(*file.claims, doubt))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(tmp_path / "data", fast_start=True) as running:
        running.create_database("undisturbed")
        for database in (running.database, "undisturbed"):
            running.command(arcadedb_statements(), database=database)
        yield running


async def test_killing_the_engine_during_a_load_leaves_what_was_and_the_next_load_is_whole(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "batch", 50)
    before, login = made_up(500), (engine.username, engine.password)
    after = with_a_dispute(made_up(CLAIMS))
    async with await Writer.open(engine.uri, login, "undisturbed") as graph:
        graph.grace = 0
        for file in (before, after):
            await clear(graph, await load(graph, [file], NOW))
        whole = await contents(graph)
    async with await Counting.open(engine.uri, login, engine.database) as graph:
        graph.grace = 0
        await clear(graph, await load(graph, [before], NOW))
        published = await contents(graph)
        await load_under_fire(engine, graph, after, published)
        # the last loader may have got through, as the driver tries a write again
        await load(graph, [], NOW)
        assert await contents(graph) in (published, whole)
        await clear(graph, await load(graph, [after], NOW))
        assert await contents(graph) == whole
        assert (await load(graph, [after], "2034-01-01T00:00:00Z")).writes == 0
