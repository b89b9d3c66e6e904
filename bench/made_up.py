"""Large made-up graphs: the seed's shape many times over, with new ids, names and offsets and some shared ends."""

import random
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import seed
from schema import Claim, Entity, Evidence
from schema.claims import referring
from schema.claims_file import ClaimsFile
from schema.values import REFERS
from seed.read import read

SEED = Path(seed.__file__).parent / "claims" / "cities-push-back-on-ice.yaml"
RECORDED = "2030-01-01T00:00:00Z"
CHANCE = 20300101
ABROAD = 0.2
APART = 10_000


def made_up(claims: int) -> ClaimsFile:
    """At least that many claims of one document, the same at every call."""
    return document("made-up", range(-(-claims // len(shape_of_seed().claims))), random.Random(CHANCE))


@cache
def shape_of_seed() -> ClaimsFile:
    """The file that is copied."""
    return read([SEED]).files[0]


def document(id: str, copies: range, chance: random.Random) -> ClaimsFile:
    """One document with so many copies of the seed's claims."""
    shape, own = shape_of_seed(), named(id)
    entities = tuple(_copied(entity, copy) for copy in copies for entity in shape.entities)
    claims = {claim.id: claim for copy in copies for claim in _claims(shape, own.id, copy, chance)}
    return ClaimsFile(own, entities, tuple(claims.values()), RECORDED)


def named(id: str) -> Any:
    """The seed's document under another id."""
    changes = {"id": id, "name": id.replace("-", " ").capitalize(), "sha256": None}
    return shape_of_seed().document.model_copy(update=changes)


def apart(file: ClaimsFile, size: int) -> list[ClaimsFile]:
    """The same claims in documents of so many each, which declare what they name."""
    entities = {entity.id: entity for entity in file.entities}
    about = [claim for claim in file.claims if file.document.id not in (claim.subject, claim.object)]
    return [
        _part(file, f"{file.document.id}-{start // size}", about[start : start + size], entities)
        for start in range(0, len(about), size)
    ]


def _part(file: ClaimsFile, id: str, claims: list[Claim], entities: Mapping[str, Entity]) -> ClaimsFile:
    ends = {end for c in claims for end in (c.subject, c.object, c.attributed_to) if end}
    ends |= {meant for c in claims for piece in c.evidence for _, meant in map(referring, piece.refers)}
    document = file.document.model_copy(update={"id": id, "name": id})
    own = (
        type(c)(**_fields(c) | {"evidence": tuple(Evidence(**_fields(e) | {"document": id}) for e in c.evidence)})
        for c in claims
    )
    return ClaimsFile(document, tuple(entities[end] for end in sorted(ends & entities.keys())), tuple(own), RECORDED)


def write(files: Iterable[ClaimsFile], folder: Path) -> None:
    """Claims files as people have them, one record a line."""
    for file in files:
        with (folder / f"{file.document.id}.yaml").open("w", encoding="utf-8") as written:
            print(f"document: {_line(file.document)}\nrecorded_at: {file.recorded_at}\nentities:", file=written)
            for name, alike in groupby(sorted(file.entities, key=_type_of), _type_of):
                print(f"  {name}:", *(f"    - {_line(entity)}" for entity in alike), sep="\n", file=written)
            print("claims:", file=written)
            for claim in file.claims:
                print(f"  - {{relation: {claim.relation()}, {_line(claim)[1:]}", file=written)


def _type_of(entity: Entity) -> str:
    return type(entity).__name__


def _line(record: Entity | Claim) -> str:
    return record.model_dump_json(exclude_defaults=True)


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
    meant = ((words, id) for words, id in map(referring, piece.refers))
    refers = tuple(f"{words}{REFERS}{document if id == piece.document else f'{id}-{copy}'}" for words, id in meant)
    fields = _fields(piece) | {"document": document, "refers": refers}
    if piece.start is not None and piece.end is not None:
        fields |= {"start": piece.start + copy * APART, "end": piece.end + copy * APART}
    return Evidence(**fields)


def _fields(record: Entity | Claim | Evidence) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}
