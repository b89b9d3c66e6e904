"""The editions of the graph: one node says which one readers see; a load is drafted beside it, one write publishes it.

Claims, entities and typed edges carry `since` and `until`, the editions between which they are true.
"""

from dataclasses import dataclass
from typing import Any

from graph.errors import GraphError

OPEN = 2**53 - 1  # the last integer that every reader of JSON has
NEWEST = OPEN - 1  # an edition later than all that there are
FORMAT = 4  # of what a load writes: raised when a question asks for what earlier loads did not write
MOMENT = 5.0  # seconds in which a load that is under way writes something
ONE = "MATCH (g:Edition {id: 'edition'})"
FIELDS = (
    "number", "last", "draft", "beat", "rest", "swept", "hash", "instant", "published_at", "format",
    "claims", "entities",
)  # fmt: skip
OTHER = (
    "the store was filled by another version of civicgraph, which wrote otherwise; empty it (delete the folder of a "
    "store of ours, on a server all nodes, indexes and constraints) and load again"
)


@dataclass(frozen=True)
class Edition:
    """`number` is what readers see; `hash` and `instant` are those of its content: all records, the last one's date.

    `claims` and `entities` are how many versions it holds, of whatever standing, as the load that sealed it knew.
    While a load writes, `draft` is its number and `beat` counts its writes; `rest` says that a load ended before it had
    cleared away what it replaced, of which all up to `swept` may be gone.
    """

    number: int = 0
    last: int = 0
    draft: int | None = None
    beat: int = 0
    rest: bool = False
    swept: int = 0
    hash: str = ""
    instant: str = ""
    published_at: str = ""
    format: int = FORMAT
    claims: int = 0
    entities: int = 0

    def moved(self, later: "Edition | None") -> bool:
        """Whether a load that was under way has written something since, or is done."""
        return later is None or (later.draft, later.beat) != (self.draft, self.beat)

    def __str__(self) -> str:
        if not self.number:
            return "nothing was ever loaded"
        return f"version {self.hash[:8]}{f' of {self.instant[:10]}' if self.instant else ', which holds no claim'}"


READ = f"{ONE} RETURN {', '.join(f'g.{name}' for name in FIELDS)}"
COUNT = {
    name: f"{ONE} MATCH (n:{label}) WHERE n.since <= g.number AND n.until > g.number RETURN count(n)"
    for name, label in (("claims", "Claim"), ("entities", "Entity"))
}
"""What the engine finds of an edition record by record, to be compared with what was sealed."""


def edition_of(rows: list[list[Any]]) -> Edition | None:
    """What READ answers; None where nothing was ever loaded."""
    return Edition(**dict(zip(FIELDS, rows[0], strict=True))) if rows else None


class Overtaken(GraphError):
    """Another load has taken over."""


def _ours(condition: str) -> str:
    # The division fails where the load is no longer ours, and with it the whole transaction.
    return f"OPTIONAL {ONE} WHERE {condition} WITH g, 1 / CASE WHEN g IS NULL THEN 0 ELSE 1 END AS ours SET "


BEGIN = (
    _ours("g.last = $last AND g.beat = $beat")
    + "g.last = $last + ours, g.draft = $last + ours, g.beat = 0, g.rest = true"
)
FENCE = _ours("g.draft = $draft AND g.beat = $beat") + "g.beat = $beat + ours"
SEAL = (
    FENCE
    + ", g.number = $draft, g.draft = null, g.hash = $hash, g.instant = $instant, g.published_at = $published_at, "
    + "g.rest = $rest, g.claims = $claims, g.entities = $entities"
)
SWEEP = f"{ONE} SET g.swept = $number"
SWEPT = FENCE + ", g.swept = $number"
UNDONE = FENCE + ", g.draft = null, g.rest = false"
DONE = f"{ONE} WHERE g.draft IS NULL AND g.number = $number SET g.rest = false"
FIRST = (
    "MERGE (g:Edition {id: 'edition'}) "
    "ON CREATE SET g.number = 0, g.last = 0, g.beat = 0, g.rest = false, g.swept = 0, g.hash = '', g.instant = '', "
    "g.claims = 0, g.entities = 0, "
    f"g.format = {FORMAT}"
)


def hash_after(before: str, gone: list[str], come: list[str]) -> str:
    """The content's hash, after these records went and those came: their sum, which no order changes."""
    total = int(before or "0", 16) - sum(int(each, 16) for each in gone) + sum(int(each, 16) for each in come)
    return f"{total % 2**256:064x}"
