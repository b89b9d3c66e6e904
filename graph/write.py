"""The one writer: a claims file goes in whole batches into the store, and a second time changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.connection import Writer
from graph.dialect import holder_types, leaves
from graph.plan import Held, Plan, Row, challenged, is_factual, make_plan
from graph.settle import challenged_by, settle
from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.claims import EXTENT, KEYS
from schema.claims_file import ClaimsFile
from schema.entities import HOLDERS
from schema.values import Role

BATCH = 1000
_OF_EDGE = (*(f for f in Evidence.model_fields if f != "document"), "hash")
EVIDENCE = "{" + ", ".join(f"{f}: e.{f}" for f in _OF_EDGE) + "}"
CHALLENGES = ("disputes", "corrects", "supersedes")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """How many entities and claims one load created, changed, retracted and left as they were."""

    entities_created: int = 0
    entities_changed: int = 0
    claims_created: int = 0
    claims_changed: int = 0
    claims_retracted: int = 0
    claims_unchanged: int = 0

    @property
    def writes(self) -> int:
        """Records written."""
        return int(sum(vars(self).values())) - self.claims_unchanged


async def load(graph: Writer, file: ClaimsFile, now: str, progress: Progress = lambda done, total: None) -> Report:
    """Bring the store to what the file says; `now` is the instant at which new and removed claims are recorded."""
    held = await _held(graph, file)
    plan = make_plan(file, held, now)
    changed = [row["id"] for _, row in plan.changed_claims]
    before = await challenged_by(graph, changed + plan.gone_claims)
    total = len(plan.new_claims) + len(changed) + len(plan.gone_claims)
    await _write_entities(graph, plan)
    done = 0
    for text, rows in _claim_batches(plan.new_claims):
        await graph.write([(text, {"rows": rows})])
        progress(done := done + len(rows), total)
    for batch in _batches([row for _, row in plan.changed_claims]):
        await graph.write(_rewritten(batch, file.document.id))
        progress(done := done + len(batch), total)
    for gone in _batches(plan.gone_claims):
        await graph.write(_removed(gone, file.document.id, now))
        progress(done := done + len(gone), total)
    after = await _link_challenges(graph, plan)
    await settle(graph, sorted({*changed, *plan.gone_claims, *before, *after}))
    await _label_holders(graph, plan.holders)
    await _seal(graph, plan, file.document.id, held.loaded)
    new = sum(map(len, plan.new_entities.values()))
    claims = (len(plan.new_claims), len(changed), len(plan.gone_claims), plan.untouched)
    return Report(new, len(plan.changed_entities), *claims)


async def _held(graph: Writer, file: ClaimsFile) -> Held:
    # lists in few records: the driver takes ten times as long over as many records of their own
    entities: dict[str, tuple[str, tuple[str, ...]]] = {}
    supported: set[str] = set()
    for ids in _batches([e.id for e in (*file.entities, file.document)]):
        text = "UNWIND $ids AS i MATCH (n:Entity {id: i}) RETURN labels(n), collect([n.id, n.hash])"
        for labels, found in await graph.read(text, {"ids": ids}):
            types = leaves(labels)
            entities |= {i: (said, types) for i, said in found}
    text = (
        "MATCH (d:Entity {id: $document})<-[e:EVIDENCED_BY]-(c:Claim) WITH c, min(e.hash) AS said RETURN c.relation, "
        "collect([c.id, c.subject, said, c.removed_at IS NOT NULL AND c.retracted_at IS NOT NULL])"
    )
    claims = await graph.read(text, {"document": file.document.id})
    own = {i: said for _, found in claims for i, _, said, _ in found}
    for ids in _batches([c.id for c in file.claims if c.id not in own]):
        text = "UNWIND $ids AS i MATCH (c:Claim {id: i}) RETURN collect(c.id)"
        supported |= {i for (found,) in await graph.read(text, {"ids": ids}) for i in found}
    text = "MATCH (d:Entity {id: $document}) RETURN d.loaded"
    loaded = await graph.read(text, {"document": file.document.id})
    removed = frozenset(i for _, found in claims for i, _, _, gone in found if gone)
    holders = frozenset(s for relation, found in claims if relation == "HOLDS_OFFICE" for _, s, _, _ in found)
    return Held(entities, own, removed, frozenset(supported), holders, loaded == [[True]])


async def _write_entities(graph: Writer, plan: Plan) -> None:
    for types, rows in plan.new_entities.items():
        fields = dict.fromkeys(f for t in types for f in ENTITIES[t].model_fields)
        labels = (await graph.dialect()).create_labels(types)
        text = f"UNWIND $rows AS r CREATE (n{labels} {_map('r', (*fields, 'type', 'search', 'hash'))})"
        for batch in _batches(rows):
            await graph.write([(text, {"rows": batch})])
    for batch in _batches(plan.changed_entities):
        await graph.write([("UNWIND $rows AS r MATCH (n:Entity {id: r.id}) SET n = r", {"rows": batch})])
    for entity, before, after in plan.relabelled:
        await _relabel(graph, entity, before, after)


async def _relabel(graph: Writer, entity: str, before: Sequence[str], after: Sequence[str]) -> None:
    for clause in (await graph.dialect()).relabel(before, after):
        await graph.write([(f"MATCH (n:Entity {{id: $id}}) {clause}", {"id": entity})])
    await graph.write([("MATCH (n:Entity {id: $id}) SET n.type = $type", {"id": entity, "type": after[0]})])


def _claim_batches(claims: Sequence[tuple[Claim, Row]]) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[tuple[type[Claim], bool], list[Row]] = {}
    for claim, row in claims:
        groups.setdefault((type(claim), is_factual(claim)), []).append(row)
    for (relation, factual), rows in groups.items():
        text = create_claims(relation, factual)
        yield from ((text, batch) for batch in _batches(rows))


def create_claims(relation: type[Claim], factual: bool) -> str:
    """Cypher that writes `$rows` of one relation whole: claim, edges, evidence, and the typed edge if factual."""
    ends = "" if relation.literal() else " MATCH (o:Entity {id: r.object})"
    to_object = "" if relation.literal() else ", (c)-[:OBJECT]->(o)"
    fields = ("id", "relation", *(f for f in relation.model_fields if f != "evidence"), *EXTENT, *KEYS)
    return (
        f"UNWIND $rows AS r MATCH (s:Entity {{id: r.subject}}){ends} MATCH (a:Entity {{id: r.attributed_to}}) "
        f"CREATE (c:Claim {_map('r', fields)})-[:SUBJECT]->(s), (c)-[:ATTRIBUTED_TO]->(a){to_object} "
        + (f"CREATE (s)-[:{relation.relation()} {TYPED}]->(o) " if factual else "")
        + "WITH c, r UNWIND r.evidence AS e MATCH (d:Entity {id: e.document}) "
        f"CREATE (c)-[:EVIDENCED_BY {EVIDENCE}]->(d)"
    )


TYPED = "{claim: r.id, status: r.status, valid_from: r.valid_from, valid_to: r.valid_to}"


def _rewritten(rows: list[Row], document: str) -> list[tuple[str, Row]]:
    beside = dict.fromkeys(f for relation in RELATIONS.values() for f in relation.beside())
    # Evidence is edges, and what was recorded once stays recorded since then.
    vary = ", ".join(f"c.{f} = r.{f}" for f in (*beside, *EXTENT, *KEYS) if f not in ("evidence", "recorded_at"))
    find = "UNWIND $rows AS r MATCH (c:Claim {id: r.id})"
    evidence = "UNWIND r.evidence AS e MATCH (d:Entity {id: e.document})"
    return [
        (f"{find} SET {vary}, c.removed_at = null", {"rows": rows}),
        (f"{find}-[e:EVIDENCED_BY]->(d:Entity) WHERE d.id = $document DELETE e", {"rows": rows, "document": document}),
        (f"{find} {evidence} CREATE (c)-[:EVIDENCED_BY {EVIDENCE}]->(d)", {"rows": rows}),
        (f"{find}-[e:DISPUTES|CORRECTS|SUPERSEDES]->(:Claim) DELETE e", {"rows": rows}),
    ]


def _removed(ids: list[str], document: str, now: str) -> list[tuple[str, Row]]:
    find = "UNWIND $ids AS i MATCH (c:Claim {id: i})"
    elsewhere = "EXISTS { MATCH (c)-[:EVIDENCED_BY]->(other:Entity) WHERE other.id <> $document }"
    remove = f"{find} WHERE NOT {elsewhere} SET c.removed_at = coalesce(c.removed_at, $now)"
    let_go = f"{find}-[e:EVIDENCED_BY]->(d:Entity) WHERE d.id = $document AND c.removed_at IS NULL DELETE e"
    return [
        (remove, {"ids": ids, "document": document, "now": now}),
        (let_go, {"ids": ids, "document": document}),
    ]


async def _link_challenges(graph: Writer, plan: Plan) -> set[str]:
    written = [c for c, _ in (*plan.new_claims, *plan.changed_claims)]
    for kind in CHALLENGES:
        pairs = [{"id": c.id, "of": of} for c in written for of in getattr(c, kind)]
        text = (
            "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) MATCH (other:Claim {id: r.of}) "
            f"MERGE (c)-[:{kind.upper()}]->(other)"
        )
        for batch in _batches(pairs):
            await graph.write([(text, {"rows": batch})])
    return {of for c in written for of in challenged(c)}


async def _label_holders(graph: Writer, holders: Sequence[str]) -> None:
    text = (
        "UNWIND $ids AS i MATCH (p:Entity {id: i}) OPTIONAL MATCH (p)-[:HOLDS_OFFICE]->(o:Office) "
        "RETURN p.id, labels(p), collect(DISTINCT o.role)"
    )
    for batch in _batches(holders):
        for person, labels, roles in await graph.read(text, {"ids": batch}):
            before, after = leaves(labels), _types_by_roles(roles)
            if set(before) != set(after):
                await _relabel(graph, person, before, after)


async def _seal(graph: Writer, plan: Plan, document: str, loaded: bool) -> None:
    text = (
        "UNWIND $rows AS r MATCH (c:Claim {id: r.id})-[e:EVIDENCED_BY]->(d:Entity) "
        "WHERE d.id = $document SET e.hash = r.hash"
    )
    for batch in _batches(plan.seals):
        await graph.write([(text, {"rows": batch, "document": document})])
    if not loaded or any(row["id"] == document for row in plan.changed_entities):
        await graph.write([("MATCH (d:Entity {id: $document}) SET d.loaded = true", {"document": document})])


def _types_by_roles(roles: Sequence[str]) -> tuple[str, ...]:
    offices: list[type[Entity]] = [HOLDERS[Role(r)] for r in roles if Role(r) in HOLDERS]
    return holder_types(ENTITIES["Person"], offices)


def _map(variable: str, fields: Sequence[str]) -> str:
    return "{" + ", ".join(f"{f}: {variable}.{f}" for f in fields) + "}"


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    return (list(rows[i : i + BATCH]) for i in range(0, len(rows), BATCH))
