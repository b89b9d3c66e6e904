"""An edition as a store holds it, record by record: what a load of all its documents at once would have written."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from graph.cypher import expand
from graph.dialect import leaves, with_ancestors
from graph.draft import ON_EDGE, STATED, TYPED
from graph.edition import FIELDS, FORMAT, OPEN
from graph.held import HeldClaim, held_claim
from graph.result import ENDS
from graph.said import Row, challenges, edge_row, evidence_rows, statement_rows, voice_rows
from graph.whole import Rows, Whole

ONCE = {"since": 1, "until": OPEN}
FEW = 20  # of what names each thing that a document declares


def _page(kind: str, key: str, more: str = "") -> str:
    wanted = f"n.{key} > $after AND n.{key} < $end AND live(n)"
    told = f"n.{key} AS key, n {{.*{more}}} AS record"
    return expand(f"MATCH (n:{kind}) WHERE {wanted} RETURN {told} ORDER BY key LIMIT $limit")


CLAIMS, ENTITIES = _page("Claim", "id"), _page("Entity", "id", ", labels: labels(n)")
DECLARED = _page("Declared", "document")


@dataclass(frozen=True)
class Node:
    """`key` is told apart from those of the same first label."""

    labels: tuple[str, ...]
    key: str
    fields: Row


@dataclass(frozen=True)
class Edge:
    """From one node to another, each by its first label and its key."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    fields: Row = field(default_factory=dict)


Record = Node | Edge
Making = Callable[[], list[Record]]


async def stored(whole: Whole) -> AsyncIterator[Making]:
    """Every node and edge, as of an edition that is the first and only one: how it came about leaves no trace."""
    yield lambda: [_edition(whole)]
    for text, made, limit in ((ENTITIES, _entity, 0), (DECLARED, _declared, FEW), (CLAIMS, _claim, 0)):
        async for rows in whole.pages(text, limit=limit):
            yield partial(_made, rows, made)


def _made(rows: Rows, made: Callable[[Row], Iterator[Record]]) -> list[Record]:
    return [record for _, row in rows for record in made({k: v for k, v in row.items() if v is not None})]


def _edition(whole: Whole) -> Node:
    told = {name: getattr(whole.edition, name) for name in ("hash", "instant", "claims", "entities")}
    told |= {"number": 1, "last": 1, "beat": 0, "rest": False, "swept": 0, "format": FORMAT}
    told |= {"published_at": whole.edition.instant}
    return Node(("Edition",), "edition", {"id": "edition"} | {name: told[name] for name in FIELDS if name in told})


def _entity(row: Row) -> Iterator[Record]:
    labels = with_ancestors(leaves(row["labels"]))
    yield Node(labels, row["id"], {k: v for k, v in row.items() if k != "labels"} | ONCE)


def _declared(row: Row) -> Iterator[Record]:
    # what an import noted on it is no part of the content
    yield Node(("Declared",), row["document"], _these(("document", "entities", "marks"), row) | ONCE)


def _claim(row: Row) -> Iterator[Record]:
    own = ("Claim", row["id"])
    yield Node(("Claim",), row["id"], row | ONCE)
    held = held_claim(row)
    if held.facts:
        yield from _around(own, row, held)
        yield from (Edge(kind.upper(), own, ("Claim", to)) for kind, to in sorted(challenges(held.said)))


def _around(own: tuple[str, str], row: Row, held: HeldClaim) -> Iterator[Record]:
    ends = [("Entity", row[end]) for end in ENDS if end in row]
    for kind, end in zip(map(str.upper, ENDS), ends, strict=False):
        yield Edge(kind, own, end, {"recorded_at": row["recorded_at"]})
    for voice in voice_rows(held.facts, held.said):
        yield Edge("ATTRIBUTED_TO", own, ("Entity", voice["id"]), {"recorded_at": voice["recorded_at"]})
    pieces = evidence_rows(held.said)
    for piece in pieces:
        yield Edge("EVIDENCED_BY", own, ("Entity", piece["document"]), _these(ON_EDGE, piece))
    for place in statement_rows(row["id"], held.said):
        yield Node(("Statement",), place["by_place"], _these(STATED, place))
        yield Edge("STATES", ("Statement", place["by_place"]), own)
    if edge := edge_row(row, pieces):
        yield Edge(row["relation"], ends[0], ends[1], ONCE | _these(TYPED, edge))


def _these(names: tuple[str, ...], row: Row) -> Row:
    return {name: row[name] for name in names if row.get(name) is not None}
