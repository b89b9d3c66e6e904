"""A crowd is refused before anything is done for it, so that those who were let in are answered all the same."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.errors import LOG
from api.line import Line
from bench import crowds
from bench.crowd import outcome
from graph.gate import AT_ONCE
from tests.processes import linux
from tests.test_not_readable import ROOT, SERVER
from tests.test_requests_are_bounded import Server, is_problem

FULL = f"from api.line import Line\nLine.is_full = True\n{SERVER}"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(clock: Clock) -> Line:
    """One in which an answer takes a second; the longest wait is three."""
    line = Line(3.0, clock)
    for _ in range(200):
        line.join()
        clock.now += 1
        line.leave(answered=True)
    return line


def test_a_line_is_full_where_the_next_one_would_wait_too_long(line: Line) -> None:
    for _ in range(AT_ONCE):
        assert not line.is_full
        line.join()
    assert line.is_full
    line.leave(answered=True)
    assert not line.is_full


def test_a_line_of_many_who_are_answered_fast_is_not_full(clock: Clock) -> None:
    line = Line(3.0, clock)
    for _ in range(500):
        line.join()
    for _ in range(200):
        clock.now += 0.005
        line.leave(answered=True)
        line.join()
    assert not line.is_full


def test_idle_time_and_refusals_do_not_tell_how_long_an_answer_takes(line: Line, clock: Clock) -> None:
    clock.now += 1000
    for _ in range(AT_ONCE + 1):
        line.join()
    clock.now += 1
    line.leave(answered=True)
    for _ in range(100):
        line.join()
        line.leave(answered=False)
    assert line.is_full
    line.leave(answered=False)
    assert not line.is_full


def test_a_crowd_of_refusals_is_told_of_once_a_second(
    line: Line, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(12):
        line.refuse("/v1/graph")
        clock.now += 0.25
    told = [record.getMessage() for record in caplog.records if record.name == LOG.name]
    assert len(told) == 3 and told[0] == "/v1/graph: 503, 0 requests are at work"
    assert told[1].endswith(", and 3 others since the last such line")


@pytest.fixture(scope="module")
def full() -> Iterator[Server]:
    """A server with more at work than it can bear, whose store is away."""
    with subprocess.Popen([sys.executable, "-c", FULL], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield Server(process)
        process.terminate()


@pytest.mark.parametrize("path", ["v1/graph", "", "nowhere", "v1/search?q=/healthz"])
def test_where_the_line_is_full_everybody_is_told_to_come_again(full: Server, path: str) -> None:
    with full.connect() as raw:
        raw.sendall(f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        told = full.answer(raw)
    is_problem(told, "busy")
    assert json.loads(told[2])["instance"] == f"/{path.partition('?')[0]}"


def test_a_head_is_refused_without_a_body(full: Server) -> None:
    with full.connect() as raw:
        raw.sendall(b"HEAD /v1/graph HTTP/1.1\r\nHost: x\r\n\r\n")
        status, headers, body = full.answer(raw)
    assert (status, headers["retry-after"], body) == (503, "2", b"")


def test_who_looks_after_the_server_is_answered_in_any_crowd(full: Server) -> None:
    assert full.get("healthz").status_code == 200
    assert full.get("readyz").json()["type"].endswith("/unavailable")  # as the store is away


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (OK, "200"),
        (OK[:-1], "200 cut"),
        (b"", "no answer"),
        (b"HTTP/1.1 503 x\r\nRetry-After: 2\r\ncontent-length: 0\r\n\r\n", "503"),
        (b"HTTP/1.1 503 x\r\ncontent-length: 0\r\n\r\n", "503 without Retry-After"),
        (b"HTTP/1.1 500 x\r\ncontent-length: 0\r\n\r\n", "500"),
    ],
)
def test_what_a_client_got_is_told_apart(told: bytes, what: str) -> None:
    assert outcome(told) == what


@linux
@pytest.mark.slow
async def test_a_crowd_gets_answers_and_refusals_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The long version is `python -m bench.crowds`, and alone looks at times."""
    monkeypatch.setattr(crowds, "READERS", 20)
    monkeypatch.setattr(crowds, "CLIENTS", (2, 8))
    seen = await crowds.crowded(tmp_path / "data", 300, 6.0)
    assert set(seen.crowd.outcomes) == {"200", "503"} and seen.crowd.offered == seen.crowd.outcomes.total()
    assert seen.crowd.goodput > 0 and seen.clients in (2, 8)
    assert seen.slow.outcomes == {"still reading": 20}
    told = [figure.name for figure in crowds.figures(seen)]
    assert len(told) == len(set(told)) == 7
