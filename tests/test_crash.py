"""What the store has said yes to is there after its engine was killed, and the next load takes up the rest."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.made_up import made_up
from graph.connection import Writer
from graph.engine import Engine
from graph.errors import Unavailable
from graph.write import load
from schema.claims_file import ClaimsFile
from schema.derive.constraints import arcadedb_statements

pytestmark = pytest.mark.slow

CLAIMS, KILLS = 3000, (150, 800, 1501, 2200, 2950)


class Remembering(Writer):
    """The graph, with the ids of all records whose writing it was told to be done."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.acknowledged: set[str] = set()

    async def write(self, steps: Any) -> None:
        await super().write(steps)
        self.acknowledged |= {row["id"] for _, given in steps for row in given.get("rows", ()) if "id" in row}

    async def lost(self) -> set[str]:
        """Acknowledged records that are not there, as soon as the store answers."""
        for _ in range(400):
            try:
                return self.acknowledged - {id for (id,) in await self.read("MATCH (n) RETURN n.id", {})}
            except Unavailable:
                await asyncio.sleep(0.05)
        raise TimeoutError


async def load_under_fire(engine: Engine, graph: Remembering, file: ClaimsFile) -> list[set[str]]:
    """Kills the engine each time that so many claims are acknowledged, all but the last time the loader with it; what
    was lost each time."""
    lost: list[set[str]] = []
    claims = {claim.id for claim in file.claims}
    for threshold in KILLS:
        loading = asyncio.create_task(load(graph, file, f"2032-01-01T00:00:{len(lost):02d}Z"))
        while len(graph.acknowledged & claims) < threshold:  # noqa: ASYNC110 – nobody else is to wait
            await asyncio.sleep(0.001)
        assert engine.pid and not loading.done()
        os.kill(engine.pid, signal.SIGKILL)
        if threshold != KILLS[-1]:
            loading.cancel()
        with suppress(asyncio.CancelledError, Unavailable):
            await loading
        lost.append(await graph.lost())
    return lost


async def contents(graph: Writer) -> list[str]:
    """Every node and edge with its properties, in an order of their own."""
    nodes = await graph.read("MATCH (n) RETURN labels(n), properties(n)", {})
    edges = await graph.read("MATCH (a)-[e]->(b) RETURN type(e), a.id, b.id, properties(e)", {})
    return sorted(json.dumps(row, sort_keys=True) for row in (*([sorted(n), p] for n, p in nodes), *edges))


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


async def test_killing_the_engine_during_a_load_loses_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.write.BATCH", 50)
    file, login = with_a_dispute(made_up(CLAIMS)), (engine.username, engine.password)
    async with await Writer.open(engine.uri, login, "undisturbed") as graph:
        await load(graph, file, "2032-01-01T00:00:00Z")
        whole = await contents(graph)
    async with await Remembering.open(engine.uri, login, engine.database) as graph:
        lost = await load_under_fire(engine, graph, file)
        await load(graph, file, "2033-01-01T00:00:00Z")
        assert lost == [set()] * len(KILLS)
        assert await contents(graph) == whole
        assert (await load(graph, file, "2034-01-01T00:00:00Z")).writes == 0
