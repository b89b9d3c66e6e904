"""What an edition holds, for those who describe it: things by type, claims and facts by relation, whose documents."""

from dataclasses import dataclass

from graph.connection import Reader
from graph.counts import FACTUAL, count
from graph.cypher import expand
from graph.edition import Edition
from graph.overview import TYPES
from schema.values import LATEST

FACTS = expand(
    f"MATCH (c:Claim) WHERE {FACTUAL} AND c.standing = 'current' AND c.object IS NOT NULL "
    "AND (c.valid_from IS NULL OR c.valid_from <= $today) "
    "AND (c.valid_to IS NULL OR c.valid_to + substring('-01-01', size(c.valid_to) - 4) >= $today) "
    "RETURN c.relation, count(DISTINCT c.subject + ' ' + c.object)"
)
DOCUMENTS = expand(
    "MATCH (d:Document) WHERE live(d) "
    "RETURN coalesce(d.publisher, '') AS publisher, coalesce(d.licence, '') AS licence, "
    "coalesce(d.credit, '') AS credit, count(d) AS documents"
)


@dataclass(frozen=True)
class Documents:
    """How many documents have one publisher, one licence and one credit; empty where they tell none."""

    publisher: str
    licence: str
    credit: str
    count: int


@dataclass(frozen=True)
class Holdings:
    """`types` by most specific type; `claims` by relation; `facts` are plain triples by relation, as of its own day."""

    types: dict[str, int]
    claims: dict[str, int]
    facts: dict[str, int]
    documents: tuple[Documents, ...]


async def holdings(reader: Reader, edition: Edition) -> Holdings:
    """Of that edition; it walks all of it, so whoever asks keeps what it says."""
    asked = {"edition": edition.number}
    types = await reader.read(TYPES, asked)
    day = {"today": edition.instant[:10] or LATEST}
    facts = await reader.read(FACTS, asked | day)
    documents = sorted(await reader.read(DOCUMENTS, asked))
    claims = (await count(reader.read, edition.number)).by_relation
    by_type, by_relation = dict(sorted(map(tuple, types))), dict(sorted(map(tuple, facts)))
    return Holdings(by_type, claims, by_relation, tuple(Documents(*row) for row in documents))
