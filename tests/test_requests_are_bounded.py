"""What a client may send is bounded in size, in time and in number of connections; the server stays well meanwhile."""

import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import httpx
import pytest

from api.errors import PROBLEMS
from api.middleware import POLITE
from api.serve import OTHER_FILES
from tests.conftest import BASE
from tests.test_not_readable import ROOT, SERVER

pytestmark = pytest.mark.slow

FILES = 200
# The server with few files and little patience.
BOUNDED = f"""
import resource
from api import protocol, serve as server

resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES}))
protocol.SECONDS = protocol.LINGERING = 1.0
{SERVER}"""
GET = "GET /healthz HTTP/1.1\r\nHost: x\r\n"
ONTOLOGY = b"GET /v1/schema/ontology.ttl HTTP/1.1\r\nHost: x\r\n\r\n"
MEGABYTES = 4_000_000
TOO_MUCH = {
    "a header of megabytes": f"{GET}Accept: {'x' * MEGABYTES}\r\n\r\n",
    "a header of megabytes without end": f"{GET}Accept: {'x' * MEGABYTES}",
    "a name of megabytes": f"{GET}{'x' * MEGABYTES}: y\r\n\r\n",
    "many headers": GET + "A: b\r\n" * 50_000 + "\r\n",
    "headers of 40 kB": f"{GET}Accept: {'x' * 40_000}\r\n\r\n",
    "a trickle of large headers": GET + f"A: {'b' * 10_000}\r\n" * 4 + "\r\n",
}
ASKING_FOR_A_SOCKET = (
    f"{GET}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class Server:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout
        self.port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 10)

    def answer(self, raw: socket.socket) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the one answer on the connection; status 0 where it was closed without."""
        head, _, body = b"".join(iter(lambda: raw.recv(65_536), b"")).partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        return int((first.split() or "00")[1]), dict(line.split(": ", 1) for line in lines), body

    def get(self, path: str = "healthz", **headers: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}/{path}", timeout=10, trust_env=False, headers=headers)


@contextmanager
def serving(store: str, log: list[str]) -> Iterator[Server]:
    command = [sys.executable, "-c", BOUNDED.replace("127.0.0.1:9", store)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        yield Server(process)
        process.terminate()
        log += process.communicate(timeout=20)[1].splitlines()


@pytest.fixture(scope="module")
def silent_store() -> Iterator[str]:
    """One that takes seconds, as it never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"127.0.0.1:{silent.getsockname()[1]}"


@pytest.fixture(scope="module")
def server(silent_store: str) -> Iterator[Server]:
    log: list[str] = []
    with serving(silent_store, log) as running:
        yield running
    assert not [line for line in log if "503, " not in line]


def is_problem(told: tuple[int, dict[str, str], bytes], slug: str) -> None:
    """The one shape of an error, with all that any response says, and little of it."""
    status, headers, body = told
    problem = json.loads(body)
    assert (status, problem["type"], problem["status"]) == (PROBLEMS[slug][0], f"{BASE}problems/{slug}", status)
    assert problem["detail"] and len(body) < 1000
    assert {name: headers[name.lower()] for name in POLITE} == POLITE
    assert (headers["content-type"], headers["cache-control"]) == ("application/problem+json", "no-store")
    assert ("retry-after" in headers) is (status == 503) and int(headers["content-length"]) == len(body)


@pytest.mark.parametrize("request_", TOO_MUCH.values(), ids=TOO_MUCH)
def test_headers_beyond_the_bound_are_refused_soon_and_not_repeated(server: Server, request_: str) -> None:
    begun = time.monotonic()
    with server.connect() as raw:
        raw.sendall(request_.encode())
        is_problem(server.answer(raw), "headers-too-large")
    assert time.monotonic() - begun < 5


def test_what_is_not_on_offer_is_named_by_its_beginning(server: Server) -> None:
    told = server.get("v1/schema", Accept="x" * 30_000)
    assert told.status_code == 406 and len(told.content) < 5000


def test_many_unknown_parameters_are_not_all_named(server: Server) -> None:
    told = server.get("healthz?" + "&".join(f"a{i}=b" for i in range(6000)))
    assert told.status_code == 400 and len(told.content) < 5000


@pytest.mark.parametrize("host", ["", "Host: x\r\nHost: x\r\n", "Host: x\r\nhOST: y\r\n"])
def test_a_request_has_one_host(server: Server, host: str) -> None:
    with server.connect() as raw:
        raw.sendall(f"GET /healthz HTTP/1.1\r\n{host}\r\n".encode())
        told = server.answer(raw)
    is_problem(told, "not-readable")
    assert "Host" in json.loads(told[2])["detail"]


def test_a_request_of_http_1_0_needs_no_host(server: Server) -> None:
    with server.connect() as raw:
        raw.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
        assert server.answer(raw)[0] == 200


@pytest.mark.parametrize("path", ["/healthz", "/nowhere"])
def test_who_asks_for_a_web_socket_gets_the_answer_to_the_request(server: Server, path: str) -> None:
    with server.connect() as raw:
        raw.sendall(ASKING_FOR_A_SOCKET.replace("/healthz", path).encode() + b"\x81\x05hello")
        status, headers, _ = server.answer(raw)
    assert status == server.get(path[1:]).status_code and headers["connection"] == "close"
    assert {name: headers[name.lower()] for name in POLITE} == POLITE


def test_a_request_that_does_not_arrive_in_time_is_told_so(server: Server) -> None:
    begun = time.monotonic()
    with server.connect() as raw:
        for letter in "GET /healthz HTTP/1.1\r\nHo":  # a letter now and then is not enough
            raw.sendall(letter.encode())
            time.sleep(0.02)
        is_problem(server.answer(raw), "request-timeout")
    assert 0.8 < time.monotonic() - begun < 4


def test_a_connection_on_which_nothing_is_asked_is_closed_without_a_word(server: Server) -> None:
    begun = time.monotonic()
    with server.connect() as raw:
        assert server.answer(raw)[0] == 0
    assert 0.8 < time.monotonic() - begun < 4


def test_a_trickle_after_an_answer_keeps_no_connection(server: Server) -> None:
    begun = time.monotonic()
    with server.connect() as raw:
        raw.sendall(b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        time.sleep(0.5)
        raw.sendall(b"x")
        status, headers, _ = server.answer(raw)
    assert status == 405 and "content-security-policy" in headers
    assert time.monotonic() - begun < 4


def test_requests_sent_in_one_go_are_all_answered(server: Server) -> None:
    with server.connect() as raw:
        raw.sendall(f"{GET}\r\n".encode() * 5000 + f"{GET}Connection: close\r\n\r\n".encode())
        whole = b"".join(iter(lambda: raw.recv(65_536), b""))
    assert whole.count(b"HTTP/1.1 200 OK") == 5001


def test_rubbish_after_a_request_does_not_spoil_its_answer(server: Server) -> None:
    with server.connect() as raw:
        raw.sendall(f"{GET}\r\n".encode() + b"\x16\x03\x01")
        status, headers, body = server.answer(raw)
    assert (status, headers["connection"], json.loads(body)) == (200, "close", {"status": "ok"})


def test_more_silent_connections_than_files_do_not_deafen_the_server(server: Server) -> None:
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 3 * FILES
    with ExitStack() as crowd:
        for _ in range(2 * FILES):
            crowd.enter_context(server.connect())
        for _ in range(20):
            begun = time.monotonic()
            assert server.get().status_code == 200
            assert time.monotonic() - begun < 1


def test_a_connection_beyond_those_at_work_is_told_to_come_again(server: Server) -> None:
    with ExitStack() as crowd:
        at_work = [crowd.enter_context(server.connect()) for _ in range(FILES - OTHER_FILES)]
        for raw in at_work:
            raw.sendall(b"GET /v1/graph HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        begun = time.monotonic()
        is_problem(server.answer(crowd.enter_context(server.connect())), "busy")
        assert time.monotonic() - begun < 1
        answers = [raw.recv(12) for raw in at_work]
    assert set(answers) == {b"HTTP/1.1 503"}
    assert server.get().status_code == 200


def test_who_has_left_is_answered_no_more(silent_store: str) -> None:
    log: list[str] = []
    with serving(silent_store, log) as server:
        for _ in range(20):
            with server.connect() as raw:
                raw.sendall(b"GET /v1/graph HTTP/1.1\r\nHost: x\r\n\r\n")
        begun = time.monotonic()
        assert server.get("v1/entities/chicago").status_code == 503
        assert 1 < time.monotonic() - begun < 9
    assert [line.split()[1:3] for line in log] == [["GET", "/v1/entities/chicago:"]]


def test_a_store_that_does_not_answer_soon_is_not_ready(server: Server) -> None:
    begun = time.monotonic()
    assert server.get("readyz").status_code == 503
    assert time.monotonic() - begun < 2.9


def test_who_reads_nothing_of_an_answer_keeps_no_connection(server: Server) -> None:
    read = b""
    with server.connect() as raw, suppress(ConnectionError):
        raw.settimeout(2)
        with pytest.raises(TimeoutError):  # nor are more requests taken in meanwhile
            raw.sendall(ONTOLOGY * 400_000)
        time.sleep(3)
        while piece := raw.recv(1_000_000):
            read += piece
    assert 0 < len(read) < 50_000_000


def test_who_reads_slowly_gets_the_whole_answer(server: Server) -> None:
    whole, pieces = server.get("v1/schema/ontology.ttl").content, []
    with server.connect() as raw:
        raw.sendall(ONTOLOGY * 400 + f"{GET}Connection: close\r\n\r\n".encode())
        while piece := raw.recv(65_536):
            pieces.append(piece)
            time.sleep(0.02)  # for longer than the server waits for one who reads nothing
    assert b"".join(pieces).count(whole) == 400
