"""The store in use: the server that NEO4J_URI names, else the embedded engine, with the schema in place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from graph.connection import Reader, Writer
from graph.dialect import Neo4j
from graph.engine import Engine
from graph.engine_folder import DATABASE, running
from graph.settings import Settings
from schema.derive.constraints import arcadedb_statements, neo4j_statements


@dataclass(frozen=True)
class Graph:
    """The two ways to a store: one that only reads, for answers, and one that writes, for loaders."""

    reader: Reader
    writer: Writer


Login = tuple[str, str]


@asynccontextmanager
async def open_store(settings: Settings, fast_start: bool = False) -> AsyncIterator[Graph]:
    """The graph, ready for use; a server is only spoken to, an engine is started and stopped with the block."""
    if settings.neo4j_uri:
        async with _both(settings, settings.neo4j_uri, settings.reader, settings.writer) as graph:
            # An embedded engine that another process runs has its schema from there.
            if isinstance(await graph.writer.dialect(), Neo4j):
                await graph.writer.define(neo4j_statements())
            yield graph
        return
    with Engine(settings.civicgraph_data, fast_start, query_seconds=settings.query_seconds) as engine:
        engine.command(arcadedb_statements())
        own = replace(settings, neo4j_database=engine.database)
        async with _both(own, engine.uri, engine.reader, engine.login) as graph:
            yield graph


@asynccontextmanager
async def open_reader(settings: Settings) -> AsyncIterator[Reader]:
    """To read alone: joins the engine that another process runs on the same folder, where one does."""
    if not settings.neo4j_uri and (joined := running(settings.civicgraph_data)):
        async with await Reader.open(*joined, DATABASE, settings.query_seconds) as reader:
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
        yield Graph(reader, writer)
