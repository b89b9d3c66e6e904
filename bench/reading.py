"""Named queries over HTTP against the same Cypher through the bare driver, beyond the bare framework's round trip."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from urllib.parse import urlencode

from neo4j import READ_ACCESS

from bench.measure import Figure, Rounds, Work, p50, ratio, take_turns, timed
from bench.stores import Store
from graph.query import read_queries

QUESTIONS: dict[str, dict[str, str]] = {"groups-advising-mayors": {}, "neighbourhood": {"id": "new-york-city-1"}}
CALLS = 20
GOAL, PIN_GOAL = 1.5, 1.2
PIN = re.compile(r"(\w+)\.since <= \$edition AND \1\.until > \$edition")
IDLE = 1.0


async def figures(store: Store, rounds: int) -> AsyncIterator[Figure]:
    """One figure a query; the store must hold the made-up graph."""
    with served(store) as graph_port:
        for name, given in QUESTIONS.items():
            path = f"/v1/queries/{name}/results.json?{urlencode(given)}"
            body = _fetch(graph_port, path)
            asked = bare_read(store, name, given)
            compare(json.loads(body), await asked())
            with _served("bare", {"BENCH_SIZE": str(len(body))}) as bare_port:
                works = [_over_http("http", graph_port, path), timed("raw", asked), _over_http("bare", bare_port, "/")]
                yield _figure(store, name, await take_turns(works, rounds, CALLS))
            loose = bare_read(store, name, given, pinned=False)
            assert await loose() == await asked(), "the pin changes an answer of one edition"
            works = [timed("pinned", asked), timed("loose", loose)]
            yield _of_pin(store, name, await take_turns(works, rounds, CALLS))


def served(store: Store) -> AbstractContextManager[int]:
    """The port of the real service over the store, in a process of its own."""
    login = {"BENCH_URI": store.uri, "BENCH_USERNAME": store.login[0], "BENCH_PASSWORD": store.login[1]}
    return _served("graph", login | {"BENCH_DATABASE": store.database})


def _of_pin(store: Store, name: str, rounds: Rounds) -> Figure:
    pinned, loose = (1000 * p50(rounds, side) for side in ("pinned", "loose"))
    told = f"pinned to an edition {pinned:.1f} ms / not pinned {loose:.1f} ms"
    found = ratio(rounds, lambda side: side["pinned"] / side["loose"])
    return Figure(f"{name} pinned", store.name, told, found, PIN_GOAL, at_most=True)


def _figure(store: Store, name: str, rounds: Rounds) -> Figure:
    over, bare, raw = (1000 * p50(rounds, side) for side in ("http", "bare", "raw"))
    told = f"(HTTP {over:.1f} ms − bare framework {bare:.2f} ms) / driver {raw:.1f} ms"
    found = ratio(rounds, lambda side: (side["http"] - side["bare"]) / side["raw"])
    return Figure(f"{name} over HTTP", store.name, told, found, GOAL, at_most=True)


def bare_read(
    store: Store, name: str, given: dict[str, str], pinned: bool = True
) -> Callable[[], Awaitable[list[list[Any]]]]:
    """Reads the query's records as any program with a driver would; not `pinned`, of whatever edition."""
    query = read_queries()[name]
    text, bound = query.bind(query.check(given))
    text = text if pinned else PIN.sub("true", text)

    async def read() -> list[list[Any]]:
        async with store.driver.session(database=store.database, default_access_mode=READ_ACCESS) as session:
            result = await session.run(text, bound)
            return await result.values()

    return read


def compare(answer: dict[str, Any], records: list[list[Any]]) -> None:
    """Both must give the same claims in the same rows; the raw read has more rows where the answer is truncated."""
    ours = {tuple(row["claims"]) for row in answer["data"]}
    theirs = {tuple(claim["id"] for claim in claims) for *_, claims, _ in records}
    assert ours and ours <= theirs, "HTTP and the bare driver give different claims"
    assert (len(theirs) > len(ours)) == answer["truncated"], "HTTP and the bare driver give different rows"


def _over_http(name: str, port: int, path: str) -> Work:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    last = 0.0

    async def once() -> dict[str, float]:
        nonlocal last
        begun = time.perf_counter()
        if begun - last > IDLE:  # the server hangs up on idle connections; a new one is not part of the answer
            connection.close()
            connection.connect()
            begun = time.perf_counter()
        _answer(connection, path)
        last = time.perf_counter()
        return {name: last - begun}

    return once


def _fetch(port: int, path: str) -> bytes:
    return _answer(http.client.HTTPConnection("127.0.0.1", port), path)


def _answer(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, body
    return body


@contextmanager
def _served(what: str, settings: dict[str, str]) -> Iterator[int]:
    """The port of a web server that runs in a process of its own."""
    command = [sys.executable, "-m", "bench.web_server", what]
    with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            told = re.search(r":(\d+)/", process.stdout.readline())
            assert told, f"the {what} server did not start"
            yield int(told[1])
        finally:
            process.terminate()
