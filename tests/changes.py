"""Every kind of change that a load can bring to two small documents: what was loaded, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.claims_file import ClaimsFile
from schema.closed_lists import Role
from schema.entities import Document

FIRST, NEXT, LAST = "2031-01-01T00:00:00Z", "2032-01-01T00:00:00Z", "2033-01-01T00:00:00Z"


def entity(type_name: str, id: str, **fields: Any) -> Entity:
    return ENTITIES[type_name](id=id, name=fields.pop("name", id.replace("-", " ").title()), **fields)


def claim(document: str, relation: str, subject: str, object: str, **fields: Any) -> Claim:
    place = Evidence(document=document, quote=f"{subject} {object}", start=7, end=8 + len(subject) + len(object))
    return RELATIONS[relation](subject=subject, object=object, evidence=(place,), **fields)


PEOPLE = (
    entity("Person", "ann"),
    entity("Person", "bo"),
    entity("Office", "mayor-of-vale", role="mayor"),
    entity("City", "vale"),
    entity("AdvocacyGroup", "river-alliance"),
    entity("Group", "vale-mayors", of="Mayor"),
    entity("FederalAgency", "border-office"),
)


def advises(document: str, **fields: Any) -> Claim:
    return claim(document, "ADVISES", "river-alliance", "ann", **fields)


def _claims(document: str) -> dict[str, Claim]:
    return {
        "office": claim(document, "HOLDS_OFFICE", "ann", "mayor-of-vale", valid_from="2030"),
        "serves": claim(document, "SERVES", "mayor-of-vale", "vale"),
        "advises": advises(document),
        "opposes": claim(document, "OPPOSES", "bo", "border-office", status="alleged", attributed_to="ann"),
    }


def file(document: str, claims: Iterable[Claim], people: tuple[Entity, ...] = PEOPLE, **fields: Any) -> ClaimsFile:
    about = Document(id=document, name=fields.pop("name", document.title()), **fields)
    return ClaimsFile(about, people, tuple(claims), FIRST)


OWN = _claims("early")
EARLY = file("early", OWN.values(), published="2030-05")
DOUBT = {
    kind: claim("late", "SUPPORTS", "ann", "border-office", **{kind: (OWN["opposes"].id, OWN["advises"].id)})
    for kind in ("disputes", "corrects", "supersedes")
}
SAME = advises("late")
ELSEWHERE = claim("late", "OPPOSES", "ann", "border-office")
LATE = file("late", (SAME, ELSEWHERE), published="2030-03")
HELD_BY_BO = claim("early", "HOLDS_OFFICE", "bo", "mayor-of-vale")


def without(*names: str) -> tuple[Claim, ...]:
    return tuple(each for name, each in OWN.items() if name not in names)


def renamed(id: str, **changes: Any) -> tuple[Entity, ...]:
    return tuple(each.model_copy(update=changes) if each.id == id else each for each in PEOPLE)


def of_type(id: str, type_name: str) -> tuple[Entity, ...]:
    return tuple(entity(type_name, id) if each.id == id else each for each in PEOPLE)


@dataclass(frozen=True)
class Change:
    """The documents loaded before, one load each, and those of the load that changes them."""

    before: tuple[ClaimsFile, ...]
    after: tuple[ClaimsFile, ...]


def _from_early(**changes: Any) -> Change:
    return Change((EARLY,), (replace(EARLY, **changes),))


def _late(*claims: Claim) -> ClaimsFile:
    return file("late", claims, published="2030-03")


CHANGES: dict[str, Change] = {
    "a first load": Change((), (EARLY,)),
    "a claim is added": _from_early(claims=(*OWN.values(), HELD_BY_BO)),
    "the wording of a claim changes": _from_early(claims=(*without("advises"), advises("early", wording=("may",)))),
    "a claim is removed": _from_early(claims=without("advises")),
    "a removed claim is put back": Change((EARLY, replace(EARLY, claims=without("advises"))), (EARLY,)),
    "a dispute comes": Change((EARLY,), (_late(DOUBT["disputes"]),)),
    "a dispute is dropped": Change((EARLY, _late(DOUBT["disputes"], ELSEWHERE)), (_late(ELSEWHERE),)),
    "a dispute moves": Change(
        (EARLY, _late(DOUBT["disputes"])),
        (_late(DOUBT["disputes"].model_copy(update={"disputes": (OWN["serves"].id, OWN["opposes"].id)})),),
    ),
    "a dispute becomes a correction": Change((EARLY, _late(DOUBT["disputes"])), (_late(DOUBT["corrects"]),)),
    "a correction is dropped": Change((EARLY, _late(DOUBT["corrects"])), (_late(),)),
    "a supersession is dropped": Change((EARLY, _late(DOUBT["supersedes"])), (_late(),)),
    "a dispute comes before what it disputes": Change((_late(DOUBT["disputes"], ELSEWHERE),), (EARLY,)),
    "a dispute of what nobody says is dropped": Change((_late(DOUBT["disputes"]),), (_late(ELSEWHERE),)),
    "a disputer is corrected": Change(
        (EARLY, _late(DOUBT["disputes"])),
        (file("third", [claim("third", "SUPPORTS", "bo", "border-office", corrects=(DOUBT["disputes"].id,))]),),
    ),
    "what is disputed hangs on an entity that is renamed": Change(
        (EARLY, _late(DOUBT["disputes"])), (replace(EARLY, entities=renamed("river-alliance", name="River")),)
    ),
    "an entity is renamed": _from_early(entities=renamed("ann", name="Ann Vale", aliases=("A. V.",))),
    "the type of an entity changes": _from_early(entities=of_type("river-alliance", "Coalition")),
    "an entity is declared no more": _from_early(
        entities=tuple(e for e in PEOPLE if e.id not in ("river-alliance", "vale-mayors")), claims=without("advises")
    ),
    "an office is taken": _from_early(claims=(*OWN.values(), HELD_BY_BO)),
    "an office is given up": _from_early(claims=without("office")),
    "an office becomes another": _from_early(entities=renamed("mayor-of-vale", role=Role.SHERIFF)),
    "a document is renamed": _from_early(document=EARLY.document.model_copy(update={"name": "Early Bird"})),
    "a document is dated otherwise": _from_early(document=EARLY.document.model_copy(update={"published": "2030-01"})),
    "a document is withdrawn": _from_early(claims=()),
    "a second document says the same": Change((EARLY,), (LATE,)),
    "one of two documents is withdrawn": Change((EARLY, LATE), (replace(EARLY, claims=()),)),
    "two documents change at once": Change(
        (EARLY, LATE), (replace(EARLY, claims=without("office")), _late(DOUBT["corrects"], SAME))
    ),
}
