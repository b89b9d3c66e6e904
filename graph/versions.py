"""Versions of claims, entities and typed edges: found by a condition, and ended, revived or deleted in batches."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field

from graph.connection import Reader, Step
from graph.edition import OPEN
from graph.held import batches
from graph.said import Row
from schema import RELATIONS

PAGE = 10_000
LASTING, ENDED, DRAFTED = "n.until = $open", "n.until <= $number", "n.since > $number"
CUT = "n.until > $number AND n.until < $open"
END, REVIVE, DELETE = "SET n.until = $number", "SET n.until = $open", "DELETE n"

KEYS = {"Claim": "id", "Entity": "id", "Declared": "document"}
STATEMENTS = "UNWIND $ids AS i MATCH (n:Claim {id: i})<-[:STATES]-(s:Statement) "
Reference = tuple[str, str | None, str | None]  # a claim's id, relation and subject: what leads to its typed edge


@dataclass
class Versions:
    """Which claims and entities are meant; which of their versions, a condition says."""

    claims: list[Reference] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.claims) + len(self.entities) + len(self.declared)

    def __add__(self, other: "Versions") -> "Versions":
        return Versions(self.claims + other.claims, self.entities + other.entities, self.declared + other.declared)

    def steps(self, condition: str, action: str, number: int) -> Iterator[tuple[int, list[Step]]]:
        """The statements of each batch, after how many it is of; claims and their typed edges before the entities."""
        given = {"number": number, "open": OPEN}
        for batch in batches(self.claims):
            steps = [(f"{text}{condition} {action}", {"rows": rows, **given}) for text, rows in _typed_edges(batch)]
            claims = {"ids": [id for id, _, _ in batch], **given}
            steps += [(f"{STATEMENTS}WHERE {condition} DETACH DELETE s", claims)] if action == DELETE else []
            yield len(batch), [*steps, _on_nodes("Claim", condition, action, claims)]
        for kind, ids in (("Entity", self.entities), ("Declared", self.declared)):
            for some in batches(ids):
                yield len(some), [_on_nodes(kind, condition, action, {"ids": some, **given})]


async def find(graph: Reader, condition: str, number: int) -> AsyncIterator[Versions]:
    """Every version of which the condition holds, a page at a time; a walk over the whole graph."""
    async for rows in _pages(graph, "Claim", condition, number):
        yield Versions(claims=[(row[0], row[1], row[2]) for row in rows])
    async for rows in _pages(graph, "Entity", condition, number):
        yield Versions(entities=[row[0] for row in rows])
    async for rows in _pages(graph, "Declared", condition, number):
        yield Versions(declared=[row[0] for row in rows])


async def _pages(graph: Reader, kind: str, condition: str, number: int) -> AsyncIterator[list[list[str]]]:
    key, after = KEYS[kind], ""
    text = (
        f"MATCH (n:{kind}) WHERE n.{key} >= $after AND {condition} "
        f"RETURN n.{key}, n.relation, n.subject ORDER BY n.{key} LIMIT {PAGE}"
    )
    while True:
        rows = await graph.read(text, {"after": after, "number": number, "open": OPEN})
        if len(rows) < PAGE:
            yield rows
            return
        after = rows[-1][0]  # whose versions may go on on the next page
        yield [row for row in rows if row[0] != after]


def _on_nodes(kind: str, condition: str, action: str, given: Row) -> Step:
    detach = "DETACH " if action == DELETE else ""
    return f"UNWIND $ids AS i MATCH (n:{kind} {{{KEYS[kind]}: i}}) WHERE {condition} {detach}{action}", given


def _typed_edges(claims: Sequence[Reference]) -> Iterator[tuple[str, list[Row]]]:
    """Cypher that goes over the typed edges of these claims, up to a condition: each subject's edges once."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for id, relation, subject in claims:
        if relation and subject and not RELATIONS[relation].literal():
            found[relation][subject].append(id)
    for relation, by_subject in found.items():
        edges = f"MATCH (s:Entity {{id: r.subject}})-[n:{relation}]->(:Entity)"
        yield (
            f"UNWIND $rows AS r {edges} WHERE n.claim IN r.claims AND ",
            [{"subject": subject, "claims": ids} for subject, ids in by_subject.items()],
        )
