"""How much an edition holds, counted by the engine."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from graph.cypher import expand
from schema import RELATIONS
from schema.closed_lists import FACTUAL_STATUSES, LIVE_STANDINGS

SHOWN = f"live(c) AND ({' OR '.join(f'c.standing = {str(each)!r}' for each in LIVE_STANDINGS)})"
FACTUAL = f"""{SHOWN} AND ({" OR ".join(f"c.status = {str(each)!r}" for each in FACTUAL_STATUSES)})
AND c.condition IS NULL AND c.inferred IS NULL"""

CLAIMS = expand(f"MATCH (c:Claim) WHERE c.by_relation > $first AND c.by_relation < $last AND {SHOWN} RETURN count(c)")
ENTITIES = expand("MATCH (n:Entity) WHERE live(n) RETURN count(n)")

Read = Callable[[str, dict[str, Any]], Awaitable[list[list[Any]]]]


@dataclass(frozen=True)
class Counts:
    """Claims that are neither superseded nor retracted, by relation, and entities."""

    by_relation: dict[str, int]
    entities: int

    @property
    def claims(self) -> int:
        """Of all relations."""
        return sum(self.by_relation.values())


async def count(read: Read, edition: int) -> Counts:
    """What the edition of that number holds; a read for each relation, as all at once may take too long for one."""
    claims = {name: await _claims(read, edition, name) for name in sorted(RELATIONS)}
    [[entities]] = await read(ENTITIES, {"edition": edition})
    return Counts({name: number for name, number in claims.items() if number}, entities)


async def _claims(read: Read, edition: int, relation: str) -> int:
    [[found]] = await read(CLAIMS, {"edition": edition, "first": f"{relation} ", "last": f"{relation}!"})
    return int(found)
