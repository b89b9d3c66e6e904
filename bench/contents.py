"""All that a store holds, to be compared: every node and edge with its properties, but for when it was loaded."""

import json
from typing import Any

from graph.connection import Reader


async def contents(graph: Reader) -> list[str]:
    """One line each, sorted; without the number of the edition in which it came."""
    nodes = await graph.read("MATCH (n) WHERE NOT n:Edition RETURN labels(n), properties(n)", {})
    edges = await graph.read("MATCH (a)-[e]->(b) RETURN type(e), a.id, b.id, properties(e)", {})
    rows = [*([sorted(labels), held] for labels, held in nodes), *edges]
    return sorted(json.dumps([*ends, _bare(held)], sort_keys=True) for *ends, held in rows)


def _bare(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if name != "since"}
