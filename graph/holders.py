"""Which labels an entity bears: its own type, or for a person what the offices make of it that it factually holds."""

from collections import defaultdict
from collections.abc import Mapping

from graph.dialect import holder_types
from graph.known import Known
from graph.said import Row, first_said
from schema import ENTITIES
from schema.closed_lists import FACTUAL_STATUSES, LIVE_STANDINGS, Role
from schema.entities import HOLDERS


async def types(known: Known, rows: Mapping[str, Row]) -> dict[str, tuple[str, ...]]:
    """Most specific types of every entity that was declared, or whose offices these new rows of claims concern."""
    of_office = [row for id in rows for row in (rows[id], known.row(id)) if _holds(row)]
    await known.fetch_entities(row["subject"] for row in of_office)
    await known.fetch_entities(await _holders_of_changed_offices(known))
    persons = {id for id in known.said_of_entity if known.type_of(id) == "Person"}
    claims_of = await known.store.offices(persons & known.entities.keys())
    await known.fetch_claims(id for ids in claims_of.values() for id in ids)
    latest = {id: claim.row for id, claim in known.claims.items()} | dict(rows)
    holding = [row for row in latest.values() if _holds(row) and _as_a_fact(row) and row["subject"] in persons]
    await known.fetch_entities(row["object"] for row in holding)
    offices: dict[str, list[Role]] = defaultdict(list)
    for row in holding:
        offices[row["subject"]].append(Role(first_said(known.said_of_entity[row["object"]]).get("role", Role.OTHER)))
    own = {id: ENTITIES[known.type_of(id)] for id in known.said_of_entity}
    return {id: holder_types(cls, [HOLDERS[r] for r in offices[id] if r in HOLDERS]) for id, cls in own.items()}


async def _holders_of_changed_offices(known: Known) -> set[str]:
    changed = {
        id
        for id, entity in known.entities.items()
        if known.said_of_entity[id] != entity.said and "Office" in (known.type_of(id), first_said(entity.said)["type"])
    }
    on = {claim for claims in (await known.store.on(changed)).values() for claim in claims}
    await known.fetch_claims(on)
    return {known.row(id)["subject"] for id in on if _holds(known.row(id))}


def _holds(row: Row) -> bool:
    return row.get("relation") == "HOLDS_OFFICE"


def _as_a_fact(row: Row) -> bool:
    return row["status"] in FACTUAL_STATUSES and row["standing"] in LIVE_STANDINGS
