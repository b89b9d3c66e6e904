"""Every error is a problem of RFC 9457: one shape, a type that can be looked up, nothing of our insides."""

import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.errors import PROBLEMS
from api.site import Site
from graph.connection import Reader
from graph.engine import Engine
from graph.query import Query, read_queries
from tests.conftest import BASE, Store

Get = Callable[..., Awaitable[httpx.Response]]

RESULTS = "/v1/queries/groups-advising-mayors/results"
ANSWERED = [
    ("GET", "/v1/graph?limit=0", "bad-request"),
    ("GET", "/v1/graph?cursor=x", "bad-request"),
    ("GET", "/healthz?x=1", "bad-request"),
    ("GET", "/v1/entities/NOBODY", "bad-request"),
    ("GET", "/v1/entities/nobody", "not-found"),
    ("GET", "/v1/claims/c-0000000000000000", "not-found"),
    ("GET", "/v1/queries/nothing/results", "not-found"),
    ("GET", "/v1/graph/", "not-found"),
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


def ill(name: str, **faults: object) -> dict[str, Query]:
    """The queries, one of them broken."""
    return read_queries() | {name: replace(read_queries()[name], **faults)}  # type: ignore[arg-type]


@asynccontextmanager
async def over(graph: Reader, queries: Mapping[str, Query] = read_queries()) -> AsyncIterator[Get]:
    transport = httpx.ASGITransport(create_app(Site(graph, BASE, queries)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        yield asking.get


@pytest.fixture
def dead_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.parametrize(("method", "address", "slug"), ANSWERED)
async def test_an_error_is_a_problem(site: httpx.AsyncClient, method: str, address: str, slug: str) -> None:
    told = await site.request(method, address)
    check(told, slug)
    assert told.headers["vary"] == "Accept"


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/xml", "image/png"])
async def test_an_error_is_a_problem_whatever_was_asked_for(client: Get, accept: str) -> None:
    check(await client("/v1/entities/nobody", headers={"Accept": f"{accept}, */*;q=0.1"}), "not-found")


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


@pytest.mark.parametrize("address", ["/healthz", "/", "/docs", "/v1/queries", "/v1/schema", "/id/chicago"])
async def test_what_needs_no_store_answers_without_one(dead_port: int, address: str) -> None:
    async with await Reader.open(f"bolt://127.0.0.1:{dead_port}", ("x", "y"), "kg") as graph, over(graph) as get:
        assert (await get(address)).status_code in (200, 303)


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


async def test_a_query_that_the_store_refuses_is_our_mistake(embedded: Store) -> None:
    async with over(embedded.reader, ill("claims", text="MATCH nothing at all")) as get:
        check(await get("/v1/graph"), "internal-error")


async def test_a_query_that_breaks_its_own_rules_is_our_mistake(embedded: Store) -> None:
    columns = {"too": "Too", "few": "few"}
    async with over(await embedded.hold("seed"), ill("claims", columns=columns)) as get:
        check(await get("/v1/graph"), "internal-error")


async def test_a_query_that_takes_too_long_is_a_504(tmp_path: Path) -> None:
    endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH count(b) AS n RETURN '', [], [], n"
    with Engine(tmp_path, fast_start=True, query_seconds=1) as engine:
        login = (engine.username, engine.password)
        async with (
            await Reader.open(engine.uri, login, engine.database) as graph,
            over(graph, ill("claims", text=endless)) as get,
        ):
            check(await get("/v1/graph"), "too-slow")
