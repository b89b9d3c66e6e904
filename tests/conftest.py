"""What the tests stand on: both real stores with the fictional world or the seed, and a client of the application.

`graph` runs a test once on each store. A store is filled anew only when a test wants other contents than it holds.
Set TEST_NEO4J_URI (with TEST_NEO4J_PASSWORD) to use that server instead of the one started here; its data are deleted.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import async_playwright
from starlette.types import ASGIApp

from api.app import create_app
from api.site import Site
from api.sparql.keeper import Keeper
from api.sparql.pool import Limits
from bench.browser import launched
from graph.connection import Reader, Writer
from graph.edition import COUNT, FORMAT, READ, edition_of
from graph.engine import Engine
from graph.neo4j_server import JARS, Neo4jServer
from graph.write import clear, load
from schema.derive.constraints import arcadedb_statements, neo4j_statements
from seed.read import read
from tests.browser import Looking, Served, skip_without
from tests.required import require_jars
from tests.whole_graph import exported

HERE = Path(__file__).parent
WORLD = (HERE / "world.yaml", HERE / "world2.yaml")
JUDGED = (*WORLD, HERE / "register.yaml", HERE / "judgements.yaml")
SEED = (HERE.parent / "seed" / "claims" / "cities-push-back-on-ice.yaml",)
SOURCED = (HERE.parent / "seed" / "claims", HERE.parent / "seed" / "judgements")
FILLINGS = {"world": WORLD, "judged": JUDGED, "seed": SEED, "sourced": SOURCED}
# The article is not part of the project: whoever has it names its folder, or it lies beside the project.
DOCUMENTS = Path(os.environ.get("CIVICGRAPH_DOCUMENTS") or HERE.parent.parent / "shared" / "documents")
BASE = "http://graph.test/"
BUILDING = 240.0  # seconds for a snapshot, which gives way to all else that runs
NOW = "2032-01-01T00:00:00Z"
SMALL, LARGER = "512m", "1g"  # the least that a store is given: what is too large for it is told, and workers have room
PLANNING = 60.0  # seconds: two Neo4j on two cores plan a long text for longer than a read may last elsewhere


class Store:
    """One running store and what it holds."""

    def __init__(self, name: str, reader: Reader, writer: Writer) -> None:
        self.name, self.reader, self.writer, self.holds = name, reader, writer, ""
        self.writer.grace = 0  # no reader is under way when a test loads

    async def hold(self, what: str) -> Reader:
        """A reader of the graph with `world`, `judged`, `seed` (the article), `sourced` or `nothing` in it."""
        if self.holds != what:
            await self.writer.write([("MATCH (n) DETACH DELETE n", {})])
            self.writer.forget()
            if what != "nothing":
                await clear(self.writer, await load(self.writer, read(FILLINGS[what]).files, NOW))
            self.reader.forget()
        self.holds = "unknown" if what == "nothing" else what
        return self.reader


def pytest_configure() -> None:
    """A folder that was named must be there: what it is named for would be skipped."""
    if os.environ.get("CIVICGRAPH_DOCUMENTS") and not DOCUMENTS.is_dir():
        raise pytest.UsageError(f"CIVICGRAPH_DOCUMENTS={DOCUMENTS} is no folder")


def pytest_report_header() -> str:
    """Whether the article is at hand, first of all: at the end of a long run nobody reads why three were skipped."""
    if DOCUMENTS.is_dir():
        return f"article: {DOCUMENTS}, in which every quote is found again"
    told = "so that its quotes are NOT found again; CIVICGRAPH_DOCUMENTS names its folder"
    return f"article: NOT THERE ({DOCUMENTS}), {told}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test does on Neo4j it does on the embedded engine too: the quick round tries it there alone."""
    for item in items:
        stores = getattr(item, "callspec", None) and item.callspec.params.get("store")  # type: ignore[attr-defined]
        if stores == "neo4j" or "neo4j" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("engine") / "store", fast_start=True, heap=SMALL) as running:
        running.command(arcadedb_statements())
        yield running


@pytest.fixture(scope="session")
def neo4j_login(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str, str]]:
    if given := os.environ.get("TEST_NEO4J_URI"):
        yield given, os.environ.get("TEST_NEO4J_USERNAME", "neo4j"), os.environ.get("TEST_NEO4J_PASSWORD", ""), "neo4j"
        return
    require_jars(JARS)
    with Neo4jServer(tmp_path_factory.mktemp("neo4j"), fast_start=True, heap=LARGER) as server:
        yield server.uri, server.username, server.password, server.database


@pytest.fixture(scope="session")
async def embedded(engine: Engine) -> AsyncIterator[Store]:
    async with (
        await Reader.open(engine.uri, engine.reader, engine.database) as reader,
        await Writer.open(engine.uri, engine.login, engine.database) as writer,
    ):
        yield Store("embedded", reader, writer)


@pytest.fixture(scope="session")
async def neo4j(neo4j_login: tuple[str, str, str, str]) -> AsyncIterator[Store]:
    uri, username, password, database = neo4j_login
    async with (
        await Reader.open(uri, (username, password), database, PLANNING) as reader,
        await Writer.open(uri, (username, password), database, PLANNING) as writer,
    ):
        await writer.define(neo4j_statements())
        yield Store("neo4j", reader, writer)


@pytest.fixture(scope="session")
def lines_of_judged() -> list[str]:
    return []


@pytest.fixture
async def lines(embedded: Store, lines_of_judged: list[str]) -> list[str]:
    """The sorted N-Triples of the fictional world and the judgements on it, written once."""
    if not lines_of_judged:
        lines_of_judged += (await exported(await embedded.hold("judged"), "nt")).decode().splitlines(keepends=True)
    return lines_of_judged


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def world(store: Store) -> Reader:
    return await store.hold("world")


@pytest.fixture
async def judged(store: Store) -> Reader:
    return await store.hold("judged")


@pytest.fixture
async def seed(store: Store) -> Reader:
    return await store.hold("seed")


@pytest.fixture
async def sourced(store: Store) -> Reader:
    return await store.hold("sourced")


@pytest.fixture
async def blank(store: Store) -> AsyncIterator[Writer]:
    """A writer of an empty graph; whatever a test loads, the numbers that are sealed are those that are found."""
    await store.hold("nothing")
    yield store.writer
    rows = await store.writer.read(READ, {})
    if (edition := edition_of(rows)) and edition.format == FORMAT:
        found = {name: (await store.writer.read(text, {}))[0][0] for name, text in COUNT.items()}
        assert found == {name: getattr(edition, name) for name in COUNT}


@pytest.fixture(scope="session")
def application(embedded: Store) -> ASGIApp:
    return create_app(Site(embedded.reader, BASE))


@pytest.fixture
async def site(embedded: Store, application: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """The application over the embedded store with the seed in it."""
    await embedded.hold("seed")
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        yield asking


@pytest.fixture
def client(site: httpx.AsyncClient) -> Callable[..., Awaitable[httpx.Response]]:
    """GET an address of the application."""
    return site.get


@pytest.fixture(scope="module")
async def keeper(embedded: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Keeper]:
    """Who keeps a snapshot of what the embedded store holds, for queries in SPARQL of few seconds."""
    site, limits = Site(embedded.reader, BASE), Limits(seconds=3.0, rows=20_000, bytes=4_000_000)
    async with Keeper(site, tmp_path_factory.mktemp("sparql"), limits).running() as keeping:
        yield keeping


@pytest.fixture
async def sparql(embedded: Store, keeper: Keeper) -> AsyncIterator[httpx.AsyncClient]:
    """The application over the embedded store and a snapshot of it with the seed in it."""
    await up_to_date(keeper, await embedded.hold("seed"))
    transport = httpx.ASGITransport(create_app(keeper.site, keeper), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        yield asking


async def up_to_date(keeper: Keeper, reader: Reader) -> None:
    """Wait until queries in SPARQL are asked of what the reader reads."""
    edition = await reader.newest()
    assert edition
    async with asyncio.timeout(BUILDING):
        while keeper.newest is None or keeper.newest.hash != edition.hash:
            await keeper.changed.wait()


@pytest.fixture(scope="session")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder whose dumps the service hands out."""
    return tmp_path_factory.mktemp("dumps")


@pytest.fixture(scope="session")
def served(engine: Engine, dumps: Path) -> Iterator[Served]:
    """The service over the embedded store, as people and their browsers reach it."""
    running = Served(engine.uri, engine.reader, engine.database, DUMPS=str(dumps))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> None:
    """A browser and what judges its pages; without them skipped, unless REQUIRE_BROWSER or REQUIRE_ALL is set."""
    skip_without()


@pytest.fixture(scope="session")
async def looking(chromium: None, served: Served) -> AsyncIterator[Looking]:
    """A Chromium over the service."""
    async with async_playwright() as playwright, await launched(playwright) as running:
        yield Looking(running, served)


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port on which nothing answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
