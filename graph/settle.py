"""What follows for a claim from those that challenge it: since when it is disputed or gone, and its typed edge."""

from collections.abc import Sequence
from typing import Any

from graph.connection import Writer
from schema import RELATIONS
from schema.values import FACTUAL_STATUSES

BATCH = 1000


async def challenged_by(graph: Writer, ids: Sequence[str]) -> set[str]:
    """Ids of the claims that these claims challenge, as the store has it."""
    text = "UNWIND $ids AS i MATCH (:Claim {id: i})-[:DISPUTES|CORRECTS|SUPERSEDES]->(c:Claim) RETURN c.id"
    return {i for (i,) in await graph.read(text, {"ids": list(ids)})} if ids else set()


async def settle(graph: Writer, ids: Sequence[str]) -> None:
    """Bring the dates and the typed edges of these claims to what the claims that challenge them say."""
    for start in range(0, len(ids), BATCH):
        await _settle(graph, list(ids[start : start + BATCH]))


async def _settle(graph: Writer, ids: list[str]) -> None:
    text = (
        "UNWIND $ids AS i MATCH (c:Claim {id: i}) "
        "OPTIONAL MATCH (c)<-[e:DISPUTES|CORRECTS|SUPERSEDES]-(x:Claim) WHERE x.removed_at IS NULL "
        "RETURN c.id, c.relation, c.object IS NOT NULL, c.status, c.removed_at, collect([type(e), x.recorded_at])"
    )
    rows = [_settled(*row) for row in await graph.read(text, {"ids": ids})]
    dates = (
        "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) SET c.disputed_at = r.disputed_at, "
        "c.superseded_at = r.superseded_at, c.retracted_at = r.retracted_at, c.challenged = r.challenged"
    )
    steps: list[tuple[str, dict[str, Any]]] = [(dates, {"rows": rows})]
    for relation in sorted({r["relation"] for r in rows}):
        own = [r for r in rows if r["relation"] == relation]
        steps += _edges(relation, own)
    await graph.write(steps)


def _settled(
    id: str, relation: str, has_object: bool, status: str, removed: str | None, by: list[Any]
) -> dict[str, Any]:
    def since(kind: str) -> str | None:
        return min((at for name, at in by if name == kind), default=None)

    by_any = any(name for name, _ in by)
    retracted = min((at for at in (removed, since("CORRECTS")) if at), default=None)
    superseded, disputed = since("SUPERSEDES"), since("DISPUTES")
    edge = has_object and status in FACTUAL_STATUSES and not retracted and not superseded
    return {
        "id": id,
        "relation": relation,
        "retracted_at": retracted,
        "superseded_at": superseded,
        "disputed_at": disputed,
        "challenged": id if by_any else None,
        "edge": edge,
        "status": "disputed" if disputed else status,
    }


def _edges(relation: str, rows: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    if RELATIONS[relation].literal():
        return []
    find = "UNWIND $rows AS r MATCH (c:Claim {id: r.id})-[:SUBJECT]->(s:Entity)"
    delete = f"{find} MATCH (s)-[e:{relation}]->(:Entity) WHERE e.claim = r.id DELETE e"
    properties = "{claim: r.id, status: r.status, valid_from: c.valid_from, valid_to: c.valid_to}"
    create = f"{find} MATCH (c)-[:OBJECT]->(o:Entity) CREATE (s)-[:{relation} {properties}]->(o)"
    return [(delete, {"rows": rows}), (create, {"rows": [r for r in rows if r["edge"]]})]
