"""What the server itself refuses, before any of our code sees a request, has the one shape of an error too."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.errors import PROBLEMS
from tests.conftest import BASE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SERVER = f"""
import asyncio
from api.serve import address, serve, take_port
from api.site import Site
from graph.connection import Reader

async def main():
    listener = take_port("127.0.0.1", 0)
    async with await Reader.open("bolt://127.0.0.1:9", ("no", "store"), "kg") as graph:
        await serve(Site(graph, "{BASE}"), listener)

asyncio.run(main())
"""
REFUSED = [
    ("FOO / HTTP/1.1", "method-not-allowed", "/"),
    ("get / HTTP/1.1", "method-not-allowed", "/"),
    ("PROPFIND /v1/graph HTTP/1.1", "method-not-allowed", "/v1/graph"),
    (f"GET /{'x' * 70_000} HTTP/1.1", "address-too-long", f"/{'x' * 199}"),
    (f"GET /v1/search?q={'x' * 200_000} HTTP/1.1", "address-too-long", "/v1/search"),
    (f"GET /{'x' * 60_000} HTTP/1.1", "not-found", f"/{'x' * 60_000}"),
    (f"GET /v1/search?q={'x' * 60_000} HTTP/1.1", "bad-request", "/v1/search"),
    ("GET / HTTP/9", "not-readable", "/"),
    ("CONNECT elsewhere.example:80 HTTP/1.1", "not-readable", "elsewhere.example:80"),
    ("GET /v1/graph HTTP/1.1\r\nContent-Length: x", "not-readable", "/v1/graph"),
    ("\x16\x03\x01", "method-not-allowed", "/"),
]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server whose store is away: what is tested here never comes as far."""
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        yield int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
        server.terminate()
        server.communicate(timeout=20)


def sent(port: int, line: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to bytes that need not be a request."""
    with socket.create_connection(("127.0.0.1", port), 10) as raw:
        raw.sendall(f"{line}\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: raw.recv(65_536), b"")).partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), {n.lower(): v for n, v in (each.split(": ", 1) for each in lines)}, body


@pytest.mark.parametrize(("line", "slug", "instance"), REFUSED, ids=[line[:24] for line, _, _ in REFUSED])
def test_what_cannot_be_read_is_answered_with_a_problem(port: int, line: str, slug: str, instance: str) -> None:
    status, headers, body = sent(port, line)
    told = json.loads(body)
    assert (status, told["type"], told["instance"]) == (PROBLEMS[slug][0], f"{BASE}problems/{slug}", instance)
    assert (told["title"], told["status"]) == (PROBLEMS[slug][1], status) and told["detail"]
    assert (headers["content-type"], headers["cache-control"]) == ("application/problem+json", "no-store")
    assert int(headers["content-length"]) == len(body) and headers["access-control-allow-origin"] == "*"
    assert ("allow" in headers) is (status == 405)


def test_the_server_goes_on(port: int) -> None:
    for line, _, _ in REFUSED:
        sent(port, line)
    assert sent(port, "GET /healthz HTTP/1.1")[0] == 200
