"""Crowds, and those who leave: few reads are in the store at once, and whoever would wait long is told so at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from graph.connection import Reader, Writer
from graph.engine import Engine
from graph.errors import Busy, TooSlow
from graph.gate import AT_ONCE, Gate
from tests.test_one_error_shape import ENDLESS, check, ill, logged, over

ONE = "MATCH (n) RETURN 1 LIMIT 1"
LONG = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(b)"
SECONDS = 1.0


class Watched(Reader):
    """The graph, with how many reads were in it at most."""

    inside = most = 0

    async def _read(self, text: str, parameters: dict[str, Any]) -> list[list[Any]]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            return await super()._read(text, parameters)
        finally:
            self.inside -= 1


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("slow"), fast_start=True, query_seconds=SECONDS) as running:
        yield running


@pytest.fixture
async def watched(slow: Engine) -> AsyncIterator[Watched]:
    async with await Watched.open(slow.uri, slow.reader, slow.database, SECONDS) as graph:
        yield graph


async def test_few_reads_are_in_the_store_at_once_and_a_crowd_of_cheap_ones_is_answered(watched: Watched) -> None:
    await asyncio.gather(*(watched.read(ONE, {}) for _ in range(300)))
    assert watched.most == AT_ONCE


async def test_a_read_that_nobody_waits_for_keeps_its_place_until_the_engine_has_ended_it(watched: Watched) -> None:
    left = [asyncio.create_task(watched.read(LONG, {})) for _ in range(AT_ONCE)]
    await asyncio.sleep(SECONDS / 4)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    assert watched.inside == AT_ONCE
    begun = monotonic()
    await watched.read(ONE, {})
    assert monotonic() - begun > SECONDS / 4 and watched.most == AT_ONCE


async def test_a_write_beyond_the_limit_is_told_as_that_and_leaves_nothing(slow: Engine, watched: Watched) -> None:
    rows = {"rows": [str(number) for number in range(1_000_000)]}
    async with await Writer.open(slow.uri, slow.login, slow.database, SECONDS) as writer:
        with pytest.raises(TooSlow):
            await writer.write([("UNWIND $rows AS r CREATE (:Row {key: r})", rows)])
        assert await writer.read("MATCH (r:Row) RETURN count(r)", {}) == [[0]]


async def test_who_would_wait_long_is_refused_at_once_and_the_rest_is_answered() -> None:
    gate, begun = Gate(at_once=2, longest=1), monotonic()
    refused_after = []

    async def ask() -> bool:
        try:
            await gate.through(lambda: asyncio.sleep(0.2))
        except Busy:
            refused_after.append(monotonic() - asked)
            return False
        return True

    first = await asyncio.gather(*(ask() for _ in range(8)))
    for _ in range(2):
        asked = monotonic()
        told = await asyncio.gather(*(ask() for _ in range(100)))
        assert 5 < sum(told) < 60
    assert all(first) and min(refused_after) < 0.05
    assert monotonic() - begun < 0.8 + 2 * 2


async def test_nobody_waits_longer_than_the_longest_wait() -> None:
    gate = Gate(at_once=1, longest=0.2)
    work = asyncio.create_task(gate.through(lambda: asyncio.sleep(1)))
    await asyncio.sleep(0)
    begun = monotonic()
    with pytest.raises(Busy):
        await gate.through(lambda: asyncio.sleep(0))
    assert 0.1 < monotonic() - begun < 0.8
    await work


async def test_a_place_is_free_again_after_a_failure_and_after_one_who_left_the_line() -> None:
    gate = Gate(at_once=1)

    async def fail() -> None:
        await asyncio.sleep(0.05)
        raise TooSlow("failed")

    failing, leaving = (asyncio.create_task(gate.through(fail)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    with pytest.raises(TooSlow):
        await failing
    assert await gate.through(lambda: asyncio.sleep(0, "answered")) == "answered"


async def test_a_crowd_that_finds_the_edition_old_asks_for_it_once(watched: Watched) -> None:
    watched.forget()
    await asyncio.gather(*(watched.edition() for _ in range(50)))
    assert watched.most == 1


async def test_a_crowd_beyond_the_line_is_told_to_come_again_and_each_is_logged(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched._gate = Gate(at_once=1, longest=0.2)
    at_work = asyncio.create_task(watched._gate.through(lambda: asyncio.sleep(1)))
    await asyncio.sleep(0)
    async with over(watched) as get:
        told = await asyncio.gather(*(get("/v1/graph?limit=7") for _ in range(5)))
    await at_work
    for answer in told:
        check(answer, "busy")
    assert logged(caplog) == [("WARNING", "GET /v1/graph?limit=7: 503")] * 5


async def test_a_request_that_is_ended_with_the_server_is_a_503(
    watched: Watched, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with over(watched, ill(tmp_path, ENDLESS)) as get:
        asked = asyncio.create_task(get("/v1/graph?limit=7"))
        await asyncio.sleep(SECONDS / 4)
        asked.cancel()
        check(await asked, "unavailable")
    assert logged(caplog) == [("WARNING", "GET /v1/graph?limit=7: 503")]
