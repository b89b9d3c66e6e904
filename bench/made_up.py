"""A large made-up graph: the seed's shape many times over, with new ids, names and offsets and some shared ends."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import seed
from schema import Claim, Entity, Evidence
from schema.claims_file import ClaimsFile
from seed.read import read

SEED = Path(seed.__file__).parent / "claims"
RECORDED = "2030-01-01T00:00:00Z"
CHANCE = 20300101
ABROAD = 0.2
APART = 10_000


def made_up(claims: int) -> ClaimsFile:
    """At least that many claims of one document, the same at every call."""
    shape = read([SEED]).files[0]
    chance = random.Random(CHANCE)
    document = shape.document.model_copy(update={"id": "made-up", "name": "Made-up document", "sha256": None})
    entities: list[Entity] = []
    found: dict[str, Claim] = {}
    copies = 0
    while len(found) < claims:
        entities += (_copied(entity, copies) for entity in shape.entities)
        found |= {claim.id: claim for claim in _claims(shape, document.id, copies, chance)}
        copies += 1
    return ClaimsFile(document, tuple(entities), tuple(found.values()), RECORDED)


def _copied(entity: Entity, copy: int) -> Entity:
    changes = {
        "id": f"{entity.id}-{copy}",
        "name": f"{entity.name} {copy}",
        "aliases": tuple(f"{alias} {copy}" for alias in entity.aliases),
    }
    return type(entity)(**_fields(entity) | changes)


def _claims(shape: ClaimsFile, document: str, copy: int, chance: random.Random) -> Iterator[Claim]:
    def name(id: str, copy: int) -> str:
        return document if id == shape.document.id else f"{id}-{copy}"

    for claim in shape.claims:
        ends = {"subject": name(claim.subject, copy)}
        if claim.attributed_to is not None:
            ends["attributed_to"] = name(claim.attributed_to, copy)
        if claim.object is not None:
            ends["object"] = name(claim.object, _reached(copy, chance))
        evidence = tuple(_moved(piece, document, copy) for piece in claim.evidence)
        yield type(claim)(**_fields(claim) | ends | {"evidence": evidence})


def _reached(copy: int, chance: random.Random) -> int:
    """The copy an edge leads to: mostly its own, else an earlier one, the first far more often than the last."""
    return copy if chance.random() > ABROAD else int(copy * chance.random() ** 3)


def _moved(piece: Evidence, document: str, copy: int) -> Evidence:
    fields = _fields(piece) | {"document": document}
    if piece.start is not None and piece.end is not None:
        fields |= {"start": piece.start + copy * APART, "end": piece.end + copy * APART}
    return Evidence(**fields)


def _fields(record: Entity | Claim | Evidence) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}
