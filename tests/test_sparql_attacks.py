"""The endpoint under attack, as others reach it: it says so, the rest answers meanwhile, and afterwards it does too."""

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from graph.engine import Engine
from tests.browser import Served
from tests.conftest import Store
from tests.test_sparql_lexer import ASKING_OTHERS, UPDATES

pytestmark = pytest.mark.slow

SECONDS = 3
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"  # 4,000 triples to the power of three
OTHERS = ("/healthz", "/v1/queries/groups-advising-mayors/results.json", "/v1/entities/ice.json")


@pytest.fixture(scope="module")
async def attacked(engine: Engine, embedded: Store) -> AsyncIterator[Served]:
    """The service with a limit of few seconds, and the seed in it."""
    await embedded.hold("seed")
    running = Served(engine.uri, engine.reader, engine.database, SPARQL=str(SECONDS))
    yield running
    running.stop()


def ask(served: Served, query: str, patience: float = 60) -> httpx.Response:
    params = {"query": query}
    return httpx.get(f"{served.base}sparql", params=params, timeout=patience, trust_env=False)


def answers_again(served: Served) -> None:
    """Who was refused tries again, as the refusal says."""
    deadline = time.monotonic() + 30
    while (told := ask(served, COUNT)).status_code == 503:
        assert time.monotonic() < deadline
        time.sleep(int(told.headers["retry-after"]))
    assert told.status_code == 200 and int(told.json()["results"]["bindings"][0]["n"]["value"]) > 1000


class Meanwhile:
    """Somebody who asks the rest of the service for as long as the block lasts."""

    def __init__(self, served: Served) -> None:
        self._served, self._over = served, threading.Event()
        self.statuses = Counter[int]()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> "Meanwhile":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._over.is_set():
            for path in OTHERS:
                told = httpx.get(self._served.base + path[1:], timeout=60, trust_env=False)
                self.statuses[told.status_code] += 1
            self._over.wait(0.05)


def a_cross_product_is_ended_and_told_so(attacked: Served) -> None:
    with Meanwhile(attacked) as others:
        begun = time.monotonic()
        told = ask(attacked, CROSS_PRODUCT)
        taken = time.monotonic() - begun
    assert (told.status_code, told.json()["type"].rpartition("/")[2]) == (504, "too-slow")
    assert SECONDS <= taken < SECONDS + 30
    assert others.statuses.keys() == {200}
    answers_again(attacked)


def nobody_else_is_asked(attacked: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = str(listener.getsockname()[1])
        for query in (*ASKING_OTHERS, *UPDATES):
            told = ask(attacked, query.replace("127.0.0.1:9", f"127.0.0.1:{port}"))
            assert told.status_code == 400, query
            assert told.json()["errors"][0]["detail"].startswith("line ")
        with pytest.raises(BlockingIOError):
            listener.accept()
    answers_again(attacked)


def two_hundred_at_once_are_answered_or_told_to_come_again(attacked: Served) -> None:
    queries = [COUNT if number % 4 else CROSS_PRODUCT for number in range(200)]
    with Meanwhile(attacked) as others, ThreadPoolExecutor(200) as crowd:
        told = [*crowd.map(lambda query: ask(attacked, query), queries)]
    statuses = Counter(each.status_code for each in told)
    assert statuses.keys() <= {200, 503, 504} and statuses[503] > 0
    assert all(int(each.headers["retry-after"]) > 0 for each in told if each.status_code == 503)
    assert others.statuses.keys() == {200}
    answers_again(attacked)


def many_small_queries_are_answered_while_none_is_large(attacked: Served) -> None:
    with ThreadPoolExecutor(8) as crowd:
        told = [*crowd.map(lambda _: ask(attacked, COUNT), range(80))]
    assert Counter(each.status_code for each in told) == {200: 80}


def who_reads_a_byte_a_second_keeps_nobody_waiting(attacked: Served) -> None:
    address = httpx.URL(attacked.base)
    request = f"GET {httpx.URL('/sparql', params={'query': ALL})} HTTP/1.1\r\nHost: {address.host}\r\n\r\n".encode()
    slow = []
    for _ in range(20):
        reading = socket.socket()
        reading.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reading.connect((address.host, address.port))
        reading.sendall(request)
        slow.append(reading)
    begun = [reading.recv(12) for reading in slow]
    assert {line[9:] for line in begun} <= {b"200", b"503"} and begun.count(b"HTTP/1.1 200") >= 2
    with Meanwhile(attacked) as others:
        for _ in range(3):
            time.sleep(1)
            assert all(len(reading.recv(1)) == 1 for reading in slow)
            answers_again(attacked)
    assert others.statuses.keys() == {200}
    for reading in slow:
        reading.close()
    answers_again(attacked)


def those_who_leave_are_forgotten(attacked: Served) -> None:
    for _ in range(3):
        with ThreadPoolExecutor(20) as crowd:
            gone = [*crowd.map(lambda _: left(attacked), range(20))]
        assert set(gone) <= {"gone", 503}
    answers_again(attacked)
    assert children(attacked) <= 8


def left(served: Served) -> str | int:
    try:
        return ask(served, CROSS_PRODUCT, 0.3).status_code
    except httpx.TimeoutException:
        return "gone"


def children(served: Served) -> int:
    """How many processes it has."""
    pid = served.process.pid
    return len(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())


ATTACKS = (
    a_cross_product_is_ended_and_told_so,
    nobody_else_is_asked,
    two_hundred_at_once_are_answered_or_told_to_come_again,
    many_small_queries_are_answered_while_none_is_large,
    who_reads_a_byte_a_second_keeps_nobody_waiting,
    those_who_leave_are_forgotten,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
async def test_it_withstands(attack: Callable[[Served], None], attacked: Served) -> None:
    await asyncio.to_thread(attack, attacked)
