"""How much an edition holds, counted by the engine."""

from dataclasses import dataclass

from graph.connection import Reader
from graph.cypher import expand
from schema.closed_lists import FACTUAL_STATUSES, LIVE_STANDINGS

SHOWN = f"live(c) AND ({' OR '.join(f'c.standing = {str(each)!r}' for each in LIVE_STANDINGS)})"
FACTUAL = f"""{SHOWN} AND ({' OR '.join(f'c.status = {str(each)!r}' for each in FACTUAL_STATUSES)})
AND c.condition IS NULL AND c.inferred IS NULL"""

CLAIMS = expand(f"MATCH (c:Claim) WHERE {SHOWN} RETURN c.relation, count(c)")
ENTITIES = expand("MATCH (n:Entity) WHERE live(n) RETURN count(n)")


@dataclass(frozen=True)
class Counts:
    """Claims that are neither superseded nor retracted, by relation, and entities."""

    by_relation: dict[str, int]
    entities: int

    @property
    def claims(self) -> int:
        """Of all relations."""
        return sum(self.by_relation.values())


async def count(reader: Reader, edition: int) -> Counts:
    """What the edition of that number holds."""
    claims = await reader.read(CLAIMS, {"edition": edition})
    [[entities]] = await reader.read(ENTITIES, {"edition": edition})
    return Counts(dict(sorted(map(tuple, claims))), entities)
