"""The catalogue of named queries as a page for the repository, from the headers of their files."""

from collections.abc import Mapping

from graph.parameters import STANDARD
from graph.query import FOLDER, TOPICS, Query

FILE = FOLDER / "README.md"

INTRO = """# Questions

One `.cypher` file a question: its name is the address, the command's argument and the OpenAPI operation. The header
says what it asks, takes and returns; the Cypher below it can be pasted into any console. Made by `civicgraph derive`.

Each record is `key` (what pages are cut by), the columns, `claims` and `entities`. Every question takes besides:
"""


def render(queries: Mapping[str, Query]) -> str:
    """The page; the same for the same files."""
    standard = [f"- `{name}` – {text}" for name, (_, text, _) in STANDARD.items()]
    return "\n".join([INTRO + "\n".join(standard), *(_topic(t, queries) for t in TOPICS)]) + "\n"


def _topic(topic: str, queries: Mapping[str, Query]) -> str:
    return "\n".join(["", f"## {topic}", *(_entry(q) for q in queries.values() if q.topic == topic)])


def _entry(query: Query) -> str:
    taken = [f"- `{p.name}`{'' if p.required else ' (optional)'} – {p.description}" for p in query.parameters]
    returned = ", ".join(f"`{name}`" for name in query.columns)
    return "\n".join(
        ["", f"### {query.name}", "", query.question, query.description.strip(), "", *taken, f"- → {returned}"]
    )
