"""Every error that a program gets is a problem of RFC 9457: one shape, a type to look up, nothing of our insides."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.errors import PROBLEMS
from api.site import Site
from graph.connection import Reader
from graph.cypher import Text
from graph.engine import Engine
from graph.query import FOLDER, Query, read_queries
from tests.conftest import BASE, Store

Get = Callable[..., Awaitable[httpx.Response]]

ROOT = Path(__file__).parent.parent
METHODS = ("GET", "HEAD")
RESULTS = "/v1/queries/groups-advising-mayors/results"
ANSWERED = [
    ("GET", "/v1/graph?limit=0", "bad-request"),
    ("GET", "/v1/graph?cursor=x", "bad-request"),
    ("GET", "/healthz?x=1", "bad-request"),
    ("GET", "/v1/entities/NOBODY", "bad-request"),
    ("GET", "/v1/entities/nobody", "no-such-thing"),
    ("GET", "/id/nobody", "no-such-thing"),
    ("GET", "/id/c-0000000000000000", "no-such-thing"),
    ("GET", "/v1/claims/c-0000000000000000", "no-such-thing"),
    ("GET", "/v1/queries/nothing/results", "no-such-thing"),
    ("GET", "/nowhere%0a", "not-found"),
    ("GET", "/web/../api/app.py", "not-found"),
    ("GET", "/web/%2e%2e/app.py", "not-found"),
    ("POST", "/v1/graph", "method-not-allowed"),
    ("PUT", "/", "method-not-allowed"),
    ("DELETE", "/v1/claims/c-0000000000000000", "method-not-allowed"),
    ("PATCH", "/web/style.css", "method-not-allowed"),
    ("TRACE", "/healthz", "method-not-allowed"),
    ("GET", f"{RESULTS}.docx", "not-acceptable"),
    ("GET", f"{RESULTS}?format=docx", "not-acceptable"),
    ("GET", "/v1/schema.csv", "not-acceptable"),
]
INSIDES = r"Traceback|File \"|bolt:|neo4j|arcade|127\.0\.0\.1|localhost|site-packages|MATCH \(|RETURN "


def check(told: httpx.Response, slug: str) -> None:
    status, title, _ = PROBLEMS[slug]
    assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
    body = told.json()
    assert (body["type"], body["title"], body["status"]) == (f"{BASE}problems/{slug}", title, status)
    assert body["detail"] and body["instance"].startswith("/")
    assert told.headers["access-control-allow-origin"] == "*" and told.headers["cache-control"] == "no-store"
    assert not re.search(INSIDES, body["detail"])
    assert ("retry-after" in told.headers) is (status == 503)


RETURN = "\nRETURN c.id AS key, statement(c)"
BAD = f"MATCH nothing at all{RETURN}"
ENDLESS = f"UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH count(b) AS n MATCH (c:Claim){RETURN}"
VAST = f"UNWIND range(1, 600000) AS a WITH collect(a) AS many MATCH (c:Claim) WHERE size(many) > 0{RETURN}"


def folder_of_queries(folder: Path, cypher: str) -> Path:
    """Our query files, the one of all claims with other Cypher."""
    shutil.copytree(FOLDER, folder)
    header, end, _ = (folder / "claims.cypher").read_text().partition("*/\n")
    (folder / "claims.cypher").write_text(f"{header}{end}{cypher}\n")
    return folder


def ill(folder: Path, cypher: str) -> dict[str, Query]:
    """Our queries, the one of all claims with other Cypher."""
    return read_queries(folder_of_queries(folder / "queries", cypher))


@asynccontextmanager
async def over(graph: Reader, queries: Mapping[str, Query] = read_queries()) -> AsyncIterator[Get]:
    transport = httpx.ASGITransport(create_app(Site(graph, BASE, queries)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        yield asking.get


@pytest.mark.parametrize(("method", "address", "slug"), ANSWERED)
async def test_an_error_is_a_problem(site: httpx.AsyncClient, method: str, address: str, slug: str) -> None:
    told = await site.request(method, address)
    check(told, slug)
    assert told.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("accept", ["text/turtle", "application/xml", "image/png", "application/json"])
async def test_an_error_is_a_problem_whatever_a_program_asks_for(client: Get, accept: str) -> None:
    check(await client("/v1/entities/nobody", headers={"Accept": f"{accept}, */*;q=0.1"}), "no-such-thing")


async def test_a_wrong_method_is_told_the_right_ones(site: httpx.AsyncClient) -> None:
    assert (await site.post("/v1/graph")).headers["allow"] == "GET, HEAD, OPTIONS"


async def test_the_address_in_a_problem_is_the_one_that_was_asked(client: Get) -> None:
    told = await client("/v1/entities/s%C3%A3o%3F.graph.json")
    assert told.json()["instance"] == "/v1/entities/s%C3%A3o%3F.graph.json"


@pytest.mark.parametrize("slug", PROBLEMS)
async def test_the_type_of_a_problem_can_be_looked_up(client: Get, slug: str) -> None:
    told = await client(f"/problems/{slug}")
    status, title, meaning = PROBLEMS[slug]
    assert told.json() == {"type": slug, "status": status, "title": title, "meaning": meaning}


@pytest.mark.parametrize("address", [RESULTS, "/readyz", "/v1/entities/chicago.html", "/v1/search.ttl?q=mayor"])
async def test_a_store_that_is_gone_is_a_503_to_try_again(dead_port: int, address: str) -> None:
    async with await Reader.open(f"bolt://127.0.0.1:{dead_port}", ("x", "y"), "kg") as graph, over(graph) as get:
        told = await get(address)
    check(told, "unavailable")
    assert int(told.headers["retry-after"]) >= 1


@pytest.mark.parametrize("address", ["/healthz", "/", "/docs", "/v1/queries", "/v1/schema"])
async def test_what_needs_no_store_answers_without_one(dead_port: int, address: str) -> None:
    async with await Reader.open(f"bolt://127.0.0.1:{dead_port}", ("x", "y"), "kg") as graph, over(graph) as get:
        assert (await get(address)).status_code == 200


async def test_a_store_that_refuses_our_password_is_a_503(engine: Engine) -> None:
    async with (
        await Reader.open(engine.uri, ("root", "wrong-password"), engine.database) as graph,
        over(graph) as get,
    ):
        check(await get(RESULTS), "unavailable")


async def test_a_store_without_claims_is_not_ready(embedded: Store) -> None:
    async with over(await embedded.hold("nothing")) as get:
        check(await get("/readyz"), "unavailable")
        assert (await get("/healthz")).json() == {"status": "ok"}


async def test_a_query_that_the_store_refuses_is_our_mistake(embedded: Store, tmp_path: Path) -> None:
    async with over(embedded.reader, ill(tmp_path, BAD)) as get:
        check(await get("/v1/graph"), "internal-error")


async def test_a_query_that_wants_to_write_is_our_mistake(store: Store) -> None:
    writing = replace(read_queries()["claims"], cases={"": Text("CREATE (n:Claim) RETURN n.id", ())})
    async with over(store.reader, read_queries() | {"claims": writing}) as get:
        check(await get("/v1/graph"), "internal-error")


async def test_a_query_that_breaks_its_own_rules_is_our_mistake(embedded: Store) -> None:
    lacking = replace(read_queries()["claims"], columns={"too": "Too", "few": "few"})
    async with over(await embedded.hold("seed"), read_queries() | {"claims": lacking}) as get:
        check(await get("/v1/graph"), "internal-error")


async def test_a_query_that_takes_too_long_is_a_504(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Engine(tmp_path / "store", fast_start=True, query_seconds=1) as engine:
        async with (
            await Reader.open(engine.uri, engine.reader, engine.database) as graph,
            over(graph, ill(tmp_path, ENDLESS)) as get,
        ):
            check(await get("/v1/graph?limit=7"), "too-slow")
    assert logged(caplog) == [("WARNING", "GET /v1/graph?limit=7: 504")]


async def test_an_answer_that_is_too_large_is_a_507(
    embedded: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with over(embedded.reader, ill(tmp_path, VAST)) as get:
        told = await get("/v1/graph?limit=7")
    check(told, "too-large")
    assert logged(caplog) == [("WARNING", "GET /v1/graph?limit=7: 507")]


# What is written down of it


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Level, address and status of what was logged by us, each on one line without a traceback."""
    ours = [record for record in caplog.records if record.name == "civicgraph"]
    assert not [record for record in ours if record.exc_info or "\n" in record.getMessage()]
    return [(record.levelname, record.getMessage().partition(",")[0]) for record in ours]


async def test_a_store_that_is_gone_is_logged_with_the_address(
    dead_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with await Reader.open(f"bolt://127.0.0.1:{dead_port}", ("x", "y"), "kg") as graph, over(graph) as get:
        await get("/v1/entities/chicago.html?as_of=2026")
    assert logged(caplog) == [("WARNING", "GET /v1/entities/chicago.html?as_of=2026: 503")]


@pytest.mark.parametrize(("method", "address", "slug"), ANSWERED)
async def test_a_fault_of_the_client_is_not_logged(
    site: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, method: str, address: str, slug: str
) -> None:
    await site.request(method, address)
    assert logged(caplog) == []


SERVER = """
import asyncio, os, sys
from pathlib import Path
from api.serve import serve, take_port
from api.site import Site
from graph.connection import Reader
from graph.query import read_queries

async def main():
    uri, user, password, database, queries = sys.argv[1:]
    async with await Reader.open(uri, (user, password), database) as graph:
        await serve(Site(graph, "http://graph.test/", read_queries(Path(queries))), take_port("127.0.0.1", port))

port = int(os.environ["PORT"])
asyncio.run(main())
"""


def test_our_mistake_is_logged_once_with_method_address_and_traceback(engine: Engine, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    queries = folder_of_queries(tmp_path / "queries", BAD)
    command = [sys.executable, "-c", SERVER, engine.uri, *engine.reader, engine.database, str(queries)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PORT": str(port)}, text=True, **pipes) as serving:
        assert serving.stdout and "answers at" in serving.stdout.readline()
        told = [httpx.request(m, f"http://127.0.0.1:{port}/v1/graph.ttl?limit=7", trust_env=False) for m in METHODS]
        serving.terminate()
        _, log = serving.communicate(timeout=20)
    assert [answer.status_code for answer in told] == [500, 500]
    line = 1 + (queries / "claims.cypher").read_text().partition("MATCH")[0].count("\n")
    told_where = f"NotReadable: claims.cypher, line {line}: the store refused"
    assert log.count("Traceback (most recent call last)") == log.count(told_where) * 2 == 4, log
    assert [line for line in log.splitlines() if line.startswith("ERROR")] == [
        f"ERROR:    {method} /v1/graph.ttl?limit=7: The server made a mistake" for method in METHODS
    ]
    assert "SyntaxError" in log
