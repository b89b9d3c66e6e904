"""What an edition holds at a glance: how many entities of each type, how many claims, the newest documents."""

from dataclasses import dataclass

from graph.connection import Reader
from graph.counts import SHOWN
from graph.cypher import expand

CLAIMS = expand(f"MATCH (c:Claim) WHERE {SHOWN} RETURN count(c)")
TYPES = expand("MATCH (n:Entity) WHERE live(n) RETURN n.type, count(n)")
NEWEST = expand(
    "MATCH (d:Document) WHERE live(d) RETURN d.id, d.name, coalesce(d.published, '') AS day, coalesce(d.publisher, '') "
    "ORDER BY day DESC, d.id LIMIT 5"
)


@dataclass(frozen=True)
class Document:
    """A document with its day, a partial date, and its publisher, empty where they are not known."""

    id: str
    name: str
    published: str
    publisher: str


@dataclass(frozen=True)
class Overview:
    """`types` are counts by most specific type."""

    claims: int
    types: dict[str, int]
    newest: tuple[Document, ...]


async def overview(reader: Reader, edition: int) -> Overview:
    """Of the edition of that number; it walks all of it, so whoever asks keeps what it says."""
    asked = {"edition": edition}
    [[claims]] = await reader.read(CLAIMS, asked)
    types = await reader.read(TYPES, asked)
    newest = await reader.read(NEWEST, asked)
    return Overview(claims, dict(sorted(map(tuple, types))), tuple(Document(*row) for row in newest))
