"""What a claims file asks to be written, worked out against what the store already holds."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.dialect import holder_types
from graph.fulltext import fold
from schema import ENTITIES, Claim, Entity
from schema.claims_file import ClaimsFile
from schema.entities import HOLDERS, Office
from schema.values import FACTUAL_STATUSES

Row = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """What the store holds of one file.

    Entities as (hash, most specific types), the document's claims as hashes (None: their loading was cut short), which
    of those were removed, claims of the file that other documents support, persons with an office by this document,
    and whether the document was once loaded to the end.
    """

    entities: Mapping[str, tuple[str, tuple[str, ...]]]
    claims: Mapping[str, str | None]
    removed: frozenset[str]
    supported: frozenset[str]
    holders: frozenset[str]
    loaded: bool


@dataclass(frozen=True)
class Plan:
    """Rows to write, in order; `untouched` counts the claims that stay as they are.

    `seals` are the hashes of claims on which more depends than their own rows: written last, so that a load cut short
    takes them up again.
    """

    new_entities: dict[tuple[str, ...], list[Row]]
    changed_entities: list[Row]
    relabelled: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
    new_claims: list[tuple[Claim, Row]]
    changed_claims: list[tuple[Claim, Row]]
    gone_claims: list[str]
    seals: list[Row]
    holders: list[str]
    untouched: int


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a record."""
    return hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()


def entity_row(entity: Entity) -> Row:
    """The entity as node properties, with the text that search reads and a hash for the next comparison."""
    row = {k: v for k, v in entity.model_dump(mode="json", exclude_none=True).items() if v != []}
    row["search"] = fold(" ".join((entity.name, *entity.aliases)))
    return row | {"hash": digest(row)}


def claim_row(claim: Claim, document: str, published: str | None, recorded_at: str) -> Row:
    """The claim as node properties, with `evidence` edge rows that carry the hash of what this document says."""
    row = {k: v for k, v in claim.model_dump(mode="json", exclude_none=True).items() if v != []}
    evidence = [e for e in row.pop("evidence") if e["document"] == document]
    row |= {"id": claim.id, "relation": claim.relation(), **claim.extent(published)}
    row |= {name: key for name, key in claim.keys().items() if key}
    said = digest(row | {"evidence": evidence})
    row["recorded_at"] = claim.recorded_at or recorded_at
    return row | {"evidence": [e | {"hash": said} for e in evidence], "hash": said}


def is_factual(claim: Claim) -> bool:
    """Whether the claim, taken alone, earns a typed edge."""
    return claim.status in FACTUAL_STATUSES and claim.object is not None


def most_specific(file: ClaimsFile) -> dict[str, tuple[str, ...]]:
    """Labels of each entity of the file: its type, or what the offices it factually holds make of it."""
    roles = {e.id: e.role for e in file.entities if isinstance(e, Office)}
    held: dict[str, list[type[Entity]]] = {}
    for claim in file.claims:
        if claim.relation() == "HOLDS_OFFICE" and is_factual(claim) and roles.get(str(claim.object)) in HOLDERS:
            held.setdefault(claim.subject, []).append(HOLDERS[roles[str(claim.object)]])
    return {e.id: holder_types(type(e), held.get(e.id, ())) for e in (*file.entities, file.document)}


def make_plan(file: ClaimsFile, held: Held, now: str) -> Plan:
    """The difference between the file and the store. New claims of a document loaded before are recorded `now`."""
    new, changed, relabelled = _entity_changes(file, held)
    recorded = now if held.loaded else file.recorded_at or now
    rows = [(c, claim_row(c, file.document.id, file.document.published, recorded)) for c in file.claims]
    known = held.claims.keys() | held.supported
    same = {c.id for c, r in rows if held.claims.get(c.id) == r["hash"]} - held.removed
    fresh_claims = [(c, r) for c, r in rows if c.id not in known]
    changed_claims = [(c, r) for c, r in rows if c.id in known and c.id not in same]
    later = [r for c, r in fresh_claims if challenged(c)] + [r for _, r in changed_claims]
    seals = [{"id": r["id"], "hash": r["hash"]} for r in later]
    for row in later:
        row["evidence"] = [e | {"hash": None} for e in row["evidence"]]
    holders = {c.subject for c in file.claims if c.relation() == "HOLDS_OFFICE"} | held.holders
    return Plan(
        new_entities=new,
        changed_entities=changed,
        relabelled=relabelled,
        new_claims=fresh_claims,
        changed_claims=changed_claims,
        gone_claims=sorted(held.claims.keys() - {c.id for c in file.claims} - held.removed),
        seals=seals,
        holders=sorted(holders - {row["id"] for rows in new.values() for row in rows}),
        untouched=len(same),
    )


def challenged(claim: Claim) -> tuple[str, ...]:
    """Ids of the claims that this one disputes, corrects or supersedes."""
    return (*claim.disputes, *claim.corrects, *claim.supersedes)


def _entity_changes(file: ClaimsFile, held: Held) -> tuple[dict[tuple[str, ...], list[Row]], list[Row], list[Any]]:
    new: dict[tuple[str, ...], list[Row]] = {}
    changed, relabelled = [], []
    wanted = most_specific(file)
    for entity in {e.id: e for e in (*file.entities, file.document)}.values():
        row = entity_row(entity)
        if entity.id not in held.entities:
            new.setdefault(wanted[entity.id], []).append(row | {"type": wanted[entity.id][0]})
            continue
        before_hash, before = held.entities[entity.id]
        if before_hash != row["hash"]:
            changed.append(row | {"type": before[0]})
        if written_type(before) != type(entity).__name__:
            relabelled.append((entity.id, before, wanted[entity.id]))
    return new, changed, relabelled


def written_type(types: Sequence[str]) -> str:
    """The type a file gives to an entity of these most specific types: `Mayor` → `Person`."""
    return next(c.__name__ for c in ENTITIES[types[0]].__mro__ if not getattr(c, "derived", False))
