"""A reader cannot write, whatever it is asked to run; on the embedded engine the engine itself refuses."""

import pytest

from graph.errors import NotPermitted
from tests.conftest import Store

EVERYTHING = "MATCH (n) RETURN count(n)"
WRITING = (
    "CREATE (n:Entity {id: 'x', name: 'X'})",
    "MERGE (n:Entity {id: 'x'}) RETURN n.id",
    "MATCH (n:Entity) SET n.name = 'other'",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Entity) WITH n LIMIT 1 FOREACH (i IN [1] | SET n.name = 'other')",
    "CREATE INDEX foo IF NOT EXISTS FOR (n:Entity) ON (n.foo)",
)


@pytest.mark.parametrize("text", WRITING)
async def test_a_reader_is_refused_what_writes(text: str, store: Store) -> None:
    reader = await store.hold("world")
    before = await reader.read(EVERYTHING, {})
    with pytest.raises(NotPermitted):
        await reader.read(text, {})
    assert await reader.read(EVERYTHING, {}) == before
