"""Large made-up graphs: the seed's shape many times over, with new ids, names and offsets and some shared ends."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import seed
from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.claims_file import ClaimsFile
from seed.read import read

SEED = Path(seed.__file__).parent / "claims"
RECORDED = "2030-01-01T00:00:00Z"
CHANCE = 20300101
ABROAD = 0.2
APART = 10_000
LARGE, SMALL = 280, 2  # copies in the document of 40,000 claims that a country of 100,000 has, and in the others
HUBS = {"hub-of-5000": 5_000, "hub-of-50000": 50_000}
PER_HUB = 10  # a hub is in no country of less than so many claims for each of its edges, but for the first
CONTESTED = 50


def hubs_of(claims: int) -> list[str]:
    """Ids of the hubs in a country of so many claims."""
    return [id for id, size in HUBS.items() if size <= max(claims // PER_HUB, min(HUBS.values()))]


def copies_of(claims: int) -> int:
    """How many copies of the seed make a country of so many claims."""
    return -(-(claims - sum(HUBS[id] for id in hubs_of(claims))) // len(_shape().claims))


def country(claims: int) -> Iterator[ClaimsFile]:
    """About that many claims of many documents, one of them of 40,000; with hubs, and every fiftieth contested."""
    yield from (_hub(id, HUBS[id]) for id in hubs_of(claims))
    chance, copies = random.Random(CHANCE), copies_of(claims)
    first = LARGE if copies > 2 * LARGE else SMALL
    for copy in (0, *range(first, copies, SMALL)):
        file = _document(f"made-up-{copy}", range(copy, min(copies, copy + (SMALL if copy else first))), chance)
        yield replace(file, claims=tuple(_contested(file.claims)))


def _contested(claims: Sequence[Claim]) -> Iterator[Claim]:
    for number, claim in enumerate(claims):
        yield claim.model_copy(update={"disputes": (claims[number - 1].id,)}) if number % CONTESTED == 1 else claim


def _hub(id: str, size: int) -> ClaimsFile:
    """One document in which so many bodies are all in one state."""
    document = _named(f"document-of-{id}")
    state = ENTITIES["State"](id=id, name=id.replace("-", " ").title())
    bodies = [ENTITIES["LocalAgency"](id=f"{id}-{n}", name=f"Body {n} of {state.name}") for n in range(size)]
    located = RELATIONS["LOCATED_IN"]
    claims = (
        located(subject=body.id, object=id, status="asserted", evidence=({"document": document.id, "row": n + 1},))
        for n, body in enumerate(bodies)
    )
    return ClaimsFile(document, (state, *bodies), tuple(claims), RECORDED)


def made_up(claims: int) -> ClaimsFile:
    """At least that many claims of one document, the same at every call."""
    return _document("made-up", range(-(-claims // len(_shape().claims))), random.Random(CHANCE))


@cache
def _shape() -> ClaimsFile:
    return read([SEED]).files[0]


def _document(id: str, copies: range, chance: random.Random) -> ClaimsFile:
    shape, document = _shape(), _named(id)
    entities = tuple(_copied(entity, copy) for copy in copies for entity in shape.entities)
    claims = {claim.id: claim for copy in copies for claim in _claims(shape, document.id, copy, chance)}
    return ClaimsFile(document, entities, tuple(claims.values()), RECORDED)


def _named(id: str) -> Any:
    changes = {"id": id, "name": id.replace("-", " ").capitalize(), "sha256": None}
    return _shape().document.model_copy(update=changes)


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
