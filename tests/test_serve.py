"""`civicgraph serve` as a process: it tells its addresses, ends in order, and outlives the death of its engine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
DONE, UNAVAILABLE = 0, 3
TERM, INT = signal.SIGTERM, signal.SIGINT
RESULTS = "v1/queries/groups-advising-mayors/results.json"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until(holds: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(holds())


def engines(data: Path) -> list[int]:
    """Java processes over the folder."""
    listing = subprocess.run(["ps", "-ewwo", "pid=,stat=,command="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    return [int(pid) for pid, stat, told in rows if f"-Darcadedb.server.rootPath={data} " in told and stat[0] != "Z"]


class Serving:
    """The command at work over a folder."""

    def __init__(self, data: Path, *words: str, **variables: str) -> None:
        self.data, self.port = data, free_port()
        self.base = f"http://127.0.0.1:{self.port}/"
        environment = {k: v for k, v in os.environ.items() if k not in ("NEO4J_URI", "BASE_IRI")} | variables
        self.process = subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--port", str(self.port), *words],
            cwd=ROOT,
            env=environment | {"CIVICGRAPH_DATA": str(data)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def told(self) -> list[str]:
        """What it prints until it answers: its address and three examples."""
        assert self.process.stdout
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line.rstrip("\n"))
            if any("answers at" in each for each in lines[-4:-3]):
                return lines
        raise AssertionError(self.end())

    def end(self, *signals: int) -> tuple[int, str]:
        """Exit code and standard error, after these signals one shortly after the other."""
        for each in signals:
            self.process.send_signal(each)
            time.sleep(0.1)
        _, error = self.process.communicate(timeout=40)
        return self.process.returncode, error

    def get(self, path: str, seconds: float = 8) -> httpx.Response:
        return httpx.get(self.base + path, timeout=seconds, trust_env=False)

    def engine(self) -> int:
        return int(json.loads((self.data / "run.json").read_text())["pid"])


def is_up(serving: Serving) -> bool:
    return serving.get("readyz").status_code == 200


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    """Starts the command over a folder of its own; ends what still runs."""
    started: list[Serving] = []

    def starting(*words: str, **variables: str) -> Serving:
        started.append(Serving(tmp_path / "data", *words, **variables))
        return started[-1]

    yield starting
    for serving in started:
        serving.process.kill()
        serving.process.communicate()
    assert wait_until(lambda: not engines(tmp_path / "data"), 15)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One server for the tests that leave it as it was."""
    made = Serving(tmp_path_factory.mktemp("serve") / "data", QUERY_SECONDS="2")
    made.lines = made.told()  # type: ignore[attr-defined]
    yield made
    made.end(TERM)


# While it runs


def test_it_tells_its_address_and_three_that_work(serving: Serving) -> None:
    address, *examples = serving.lines[-4:]  # type: ignore[attr-defined]
    assert address == f"civicgraph answers at {serving.base}"
    assert len(examples) == 3
    for example in examples:
        assert httpx.get(example.strip(), trust_env=False).status_code == 200


def test_it_says_what_it_loaded(serving: Serving) -> None:
    assert " claims created, 0 changed, 0 retracted" in serving.lines[0]  # type: ignore[attr-defined]


def test_its_identifiers_begin_with_its_own_address(serving: Serving) -> None:
    assert serving.get(RESULTS).json()["meta"]["base"] == serving.base


def test_head_over_a_connection_that_stays_open(serving: Serving) -> None:
    with httpx.Client(base_url=serving.base, trust_env=False) as client:
        for path in (RESULTS, "", "nowhere", "id/chicago", RESULTS):
            head, got = client.head(path), client.get(path)
            assert (head.status_code, head.content) == (got.status_code, b"")
            assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
        assert client.options(RESULTS).status_code == 204


@pytest.mark.parametrize(
    "line", ["GET / HTTP/9", "\x16\x03\x01", "GET  HTTP/1.1", "G@T / HTTP/1.1", "GET /%zz HTTP/1.1"]
)
def test_what_is_no_request_is_refused_and_the_server_lives(serving: Serving, line: str) -> None:
    with socket.create_connection(("127.0.0.1", serving.port), 5) as raw:
        raw.sendall(f"{line}\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        status = raw.makefile("rb").readline().split()[1:2]
    assert status in ([], [b"400"], [b"404"], [b"405"])
    assert serving.get("healthz").status_code == 200


def test_names_arrive_as_they_were_sent(serving: Serving) -> None:
    for name in ("%ff", "a%00b", "a%2fb", "%2e%2e", "..%2f..%2fetc", "a%0d%0aX:y", "x" * 30_000):
        told = serving.get(f"v1/entities/{name}")
        assert told.status_code in (400, 404, 406) and "x" not in told.headers


def test_a_busy_port_is_said_before_anything_is_started(serving: Serving, tmp_path: Path) -> None:
    second = Serving(tmp_path / "data", "--port", str(serving.port))
    code, error = second.end()
    assert (code, error) == (
        UNAVAILABLE,
        f"civicgraph: port {serving.port} on 127.0.0.1: Address already in use; choose another with PORT= or --port\n",
    )
    assert not (tmp_path / "data").exists()


def test_query_asks_the_store_of_the_server_that_runs(serving: Serving) -> None:
    environment = os.environ | {"CIVICGRAPH_DATA": str(serving.data), "BASE_IRI": serving.base}
    command = [sys.executable, "-m", "api", "query", "groups-advising-mayors"]
    asked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=30)
    assert (asked.returncode, asked.stderr) == (DONE, b"")
    assert asked.stdout == serving.get(RESULTS).content
    assert engines(serving.data) == [serving.engine()]


def test_a_folder_in_use_is_said_with_the_ways_out(serving: Serving) -> None:
    code, error = Serving(serving.data).end()
    assert code == UNAVAILABLE and "Traceback" not in error
    assert f"{serving.data} is in use by process {serving.process.pid}" in error and "CIVICGRAPH_DATA" in error
    assert is_up(serving)


def test_a_killed_engine_is_a_503_for_a_while_and_comes_back(serving: Serving) -> None:
    before = serving.engine()
    os.kill(before, signal.SIGKILL)
    gone = serving.get(RESULTS, 6)
    assert (gone.status_code, gone.headers["content-type"]) == (503, "application/problem+json")
    assert int(gone.headers["retry-after"]) >= 1
    assert [serving.get(path, 6).status_code for path in ("readyz", "healthz", "")] == [503, 200, 200]
    assert wait_until(lambda: is_up(serving) and serving.get(RESULTS).status_code == 200, 20)  # the first may be slow
    assert serving.get(RESULTS).json()["data"]
    assert engines(serving.data) == [serving.engine()] != [before]


def test_no_request_hangs_while_the_engine_comes_back(serving: Serving) -> None:
    os.kill(serving.engine(), signal.SIGKILL)
    answers = []
    with httpx.Client(base_url=serving.base, timeout=6, trust_env=False) as client:
        while len(answers) < 400 and answers[-1:] != [200]:
            answers.append(client.get(RESULTS).status_code)
            time.sleep(0.05)
    assert answers[0] == 503 and answers[-1] == 200 and set(answers) == {200, 503}


def test_a_frozen_engine_is_a_problem_within_the_time_limit_and_comes_back_by_itself(serving: Serving) -> None:
    before = serving.engine()
    os.kill(before, signal.SIGSTOP)
    assert [serving.get(path, 6).status_code for path in (RESULTS, "readyz", "healthz")] == [503, 503, 200]
    assert wait_until(lambda: is_up(serving) and serving.get(RESULTS).status_code == 200, 40)
    assert serving.get(RESULTS).json()["data"]
    assert engines(serving.data) == [serving.engine()] != [before]


# How it begins and ends


def test_while_it_starts_whoever_asks_is_told_to_come_again_and_nobody_waits(start: Callable[..., Serving]) -> None:
    serving, codes, told = start(), [], None
    deadline = time.monotonic() + 60
    while codes[-1:] != [200] and time.monotonic() < deadline:
        time.sleep(0.05)
        with suppress(httpx.ConnectError):  # there is no port yet
            codes.append((answer := serving.get("readyz", 4)).status_code)
            told = told or (answer if answer.status_code == 503 else None)
    assert codes[0] == 503 and codes[-1] == 200 and set(codes) == {503, 200}
    assert told and (told.headers["content-type"], told.headers["retry-after"]) == ("application/problem+json", "2")
    assert told.headers["x-content-type-options"] == "nosniff"
    assert told.json()["type"] == f"{serving.base}problems/unavailable"
    assert serving.end(TERM) == (DONE, "")


def test_while_it_starts_it_is_alive_and_what_is_no_request_is_answered_too(start: Callable[..., Serving]) -> None:
    serving = start()
    assert wait_until(lambda: is_listening(serving.port), 20)
    assert serving.get("healthz", 4).json() == {"status": "ok"}
    with httpx.Client(base_url=serving.base, timeout=4, trust_env=False) as client:
        assert (client.head("v1/graph").content, client.post("v1/graph").status_code) == (b"", 503)
    with socket.create_connection(("127.0.0.1", serving.port), 4) as raw:
        raw.sendall(b"\x16\x03\x01\r\n\r\n")
        assert b"503" in raw.makefile("rb").readline()
    silent = socket.create_connection(("127.0.0.1", serving.port), 4)
    assert serving.told()[-4].startswith("civicgraph answers at")
    silent.close()


def is_listening(port: int) -> bool:
    with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@pytest.mark.parametrize("signals", [[TERM], [INT], [TERM, TERM], [INT, INT, TERM]])
def test_it_ends_in_order_when_told_once_or_more(start: Callable[..., Serving], signals: list[int]) -> None:
    serving = start()
    serving.told()
    assert serving.end(*signals) == (DONE, "")
    assert not engines(serving.data) and not (serving.data / "run.json").exists()
    with pytest.raises(httpx.ConnectError):
        serving.get("healthz")


@pytest.mark.parametrize(("told", "seconds"), [(TERM, 0), (INT, 1), (TERM, 2)])
def test_it_ends_in_order_when_told_while_it_starts(start: Callable[..., Serving], told: int, seconds: float) -> None:
    serving = start()
    assert wait_until(serving.data.exists, 20)
    time.sleep(seconds)
    assert serving.end(told, told) == (DONE, "")
    assert not engines(serving.data)


def test_what_was_loaded_is_there_at_the_next_start_at_any_free_port(start: Callable[..., Serving]) -> None:
    first = start()
    first.told()
    first.end(TERM)
    loaded, address, *_ = start("--port", "0").told()
    assert "0 claims created, 0 changed, 0 retracted" in loaded
    base = address.removeprefix("civicgraph answers at ")
    assert httpx.get(f"{base}healthz", trust_env=False).json() == {"status": "ok"}
