"""The store in use: the server that NEO4J_URI names, else one that we start, with the schema in place."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

from graph.connection import Reader, Writer
from graph.dialect import Neo4j
from graph.engine import Engine
from graph.engine_folder import NEO4J, EngineError, running
from graph.errors import Unavailable
from graph.neo4j_server import JARS, Neo4jServer
from graph.settings import Settings
from graph.supervised import Supervised
from schema.derive.constraints import arcadedb_statements, neo4j_statements


@dataclass(frozen=True)
class Graph:
    """The two ways to a store: one that only reads, for answers, and one that writes, for loaders."""

    reader: Reader
    writer: Writer


Login = tuple[str, str]


def preparing(settings: Settings) -> str:
    """What takes a while before the store answers."""
    if settings.store == NEO4J.name and not settings.neo4j_uri and not JARS.path.exists():
        return f"having Maven fetch Neo4j {JARS.version}, only once (123 MB), and starting it"
    return "starting the store"


@asynccontextmanager
async def open_store(settings: Settings, fast_start: bool = False) -> AsyncIterator[Graph]:
    """The graph, ready for use; a server is only spoken to, a store of ours is started and stopped with the block."""
    if settings.neo4j_uri:
        async with _both(settings, settings.neo4j_uri, settings.reader, settings.writer) as graph:
            yield graph
        return
    started = Neo4jServer if settings.store == NEO4J.name else Engine
    with started(settings.civicgraph_data, fast_start, query_seconds=settings.query_seconds) as store, _told(store):
        if isinstance(store, Engine):
            store.command(arcadedb_statements())
        own = replace(settings, neo4j_database=store.database)
        async with _both(own, store.uri, store.reader, store.login) as graph:
            yield graph


@contextmanager
def _told(store: Supervised) -> Iterator[None]:
    """What fails because the disk is full, say, is told as that: the store itself finds other words."""
    try:
        yield
    except (Unavailable, EngineError) as error:
        if trouble := store.trouble():
            raise Unavailable(trouble) from error
        raise


@asynccontextmanager
async def open_reader(settings: Settings) -> AsyncIterator[Reader]:
    """To read alone: joins the store that another process runs on the same folder, unless another one is asked for."""
    joined = None if settings.neo4j_uri else running(settings.civicgraph_data)
    if joined and settings.store in ("", joined.store):
        async with await Reader.open(joined.uri, joined.login, joined.database, settings.query_seconds) as reader:
            yield reader
        return
    async with open_store(settings, fast_start=True) as graph:
        yield graph.reader


@asynccontextmanager
async def _both(settings: Settings, uri: str, reads: Login, writes: Login) -> AsyncIterator[Graph]:
    database, seconds = settings.neo4j_database, settings.query_seconds
    async with (
        await Reader.open(uri, reads, database, seconds) as reader,
        await Writer.open(uri, writes, database, seconds) as writer,
    ):
        # An embedded engine has its schema from the process that runs it.
        if isinstance(await writer.dialect(), Neo4j):
            await writer.define(neo4j_statements())
        yield Graph(reader, writer)
