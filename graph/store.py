"""The store in use: the server that NEO4J_URI names, else the embedded engine, with the schema in place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.connection import Graph
from graph.dialect import Neo4j
from graph.engine import Engine
from graph.settings import Settings
from schema.derive.constraints import arcadedb_statements, neo4j_statements


@asynccontextmanager
async def open_store(settings: Settings, fast_start: bool = False) -> AsyncIterator[Graph]:
    """The graph, ready for use; a server is only spoken to, an engine is started and stopped with the block."""
    seconds = settings.query_seconds
    if settings.neo4j_uri:
        login = (settings.neo4j_username, settings.neo4j_password)
        async with await Graph.open(settings.neo4j_uri, login, settings.neo4j_database, seconds) as graph:
            # An embedded engine that another process runs has its schema from there.
            if isinstance(await graph.dialect(), Neo4j):
                await graph.define(neo4j_statements())
            yield graph
        return
    with Engine(settings.civicgraph_data, fast_start, query_seconds=seconds) as engine:
        engine.command(arcadedb_statements())
        login = (engine.username, engine.password)
        async with await Graph.open(engine.uri, login, engine.database, seconds) as graph:
            yield graph
