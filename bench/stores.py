"""The stores that are measured: the embedded engine and, where Java and Maven are there, a Neo4j of our own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.connection import Writer
from graph.engine import Engine
from graph.neo4j_server import Neo4jServer
from schema.derive.constraints import arcadedb_statements, neo4j_statements

DATABASE = "bench"
QUERY_SECONDS = 120.0
AT_ONCE = 5000


@dataclass(frozen=True)
class Store:
    """A running store by two ways: our `writer`, and the bare `driver` on the same `database`."""

    name: str
    uri: str
    login: tuple[str, str]
    database: str
    writer: Writer
    driver: AsyncDriver
    clear: Callable[[], Awaitable[None]]

    @property
    def embedded(self) -> bool:
        """Whether the store is the embedded engine."""
        return self.name == "embedded"


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[Store]:
    """The embedded engine as it runs in production, empty."""
    with Engine(folder / "embedded", query_seconds=QUERY_SECONDS) as engine:
        async with on_engine(engine) as store:
            yield store


@asynccontextmanager
async def on_engine(engine: Engine) -> AsyncIterator[Store]:
    """An empty database of its own in a running engine."""

    async def clear() -> None:
        engine.drop_database(DATABASE)
        create()

    def create() -> None:
        engine.create_database(DATABASE)
        engine.command(arcadedb_statements(), database=DATABASE)

    create()
    async with _opened("embedded", engine.uri, (engine.username, engine.password), DATABASE, clear) as store:
        yield store
    engine.drop_database(DATABASE)


@asynccontextmanager
async def neo4j(folder: Path) -> AsyncIterator[Store]:
    """Neo4j as `STORE=neo4j` runs it, empty."""
    with Neo4jServer(folder / "neo4j") as server:

        async def clear() -> None:
            text = "MATCH (n) WITH n LIMIT $most DETACH DELETE n RETURN count(n)"
            while (await store.driver.execute_query(text, most=AT_ONCE)).records[0][0]:
                pass

        async with _opened("neo4j", server.uri, (server.username, server.password), server.database, clear) as store:
            await store.writer.define(neo4j_statements())
            yield store


@asynccontextmanager
async def filled(name: str, folder: Path) -> AsyncIterator[Store]:
    """The store of a folder of ours as it stands, to be read."""

    async def clear() -> None:
        raise RuntimeError(f"{folder} was filled by somebody: the bench does not empty it")

    with (Neo4jServer if name == "neo4j" else Engine)(folder, query_seconds=QUERY_SECONDS) as server:
        async with _opened(name, server.uri, server.login, server.database, clear) as store:
            yield store


STORES = {"embedded": embedded, "neo4j": neo4j}


@asynccontextmanager
async def _opened(
    name: str, uri: str, login: tuple[str, str], database: str, clear: Callable[[], Awaitable[None]]
) -> AsyncIterator[Store]:
    opening = Writer.open(uri, login, database, QUERY_SECONDS)
    bare = AsyncGraphDatabase.driver(uri, auth=login, notifications_min_severity="OFF")
    async with await opening as writer, bare as driver:
        writer.grace = 0  # no reader is under way
        yield Store(name, uri, login, database, writer, driver, clear)
