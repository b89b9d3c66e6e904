"""Files together: ids found, ends of the permitted types, keys of other claims turned into claim ids."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeGuard

from schema import Entity
from schema.claims import referring
from schema.relations import VOICE
from schema.values import CLAIM_ID_PATTERN, SLUG_PATTERN
from seed.parse import NAMELESS, REFERENCES, ClaimDraft, Draft, EntityDraft
from seed.problem import near_miss

MOST_COMPARED = 100_000  # names, some 25 µs each


class Declared(NamedTuple):
    """Where an id was declared, as the how manieth record of its file, and as what.

    `cls` is None where the type is unknown, `mark` where the entity has faults.
    """

    cls: type[Entity] | None
    mark: int | None
    file: str
    record: int
    line: int

    def place(self) -> str:
        return f"{self.file}:{self.line}"


class Keyed(NamedTuple):
    """Which claim bears a key, and where; `claim` is None where it has faults."""

    claim: str | None
    file: str
    record: int
    line: int


@dataclass
class Names:
    """Everything the files read together may refer to: entity ids, and claims by key and by id; little of each."""

    entities: dict[str, Declared] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    keys: dict[str, Keyed] = field(default_factory=dict)
    claim_ids: set[int] = field(default_factory=set)
    compared: int = 0

    def has_claim(self, id: str) -> bool:
        return bool(re.fullmatch(CLAIM_ID_PATTERN, id)) and number(id) in self.claim_ids

    def near_miss(self, word: str, known: Collection[str]) -> str:
        """As `seed.problem`, until that has been asked of so many names that the faults would take minutes to tell."""
        self.compared += len(known)
        return near_miss(word, known) if self.compared <= MOST_COMPARED else ""


def number(claim: str) -> int:
    """A claim's id in less room."""
    return int(claim.removeprefix("c-"), 16)


def declare(made: Draft, read: EntityDraft | ClaimDraft, names: Names, lines: dict[int, int]) -> None:
    """Takes a record in and tells what was declared already; `lines` has those of the file's claims so far.

    A record may be taken in twice: that which was first stays it.
    """
    if isinstance(read, ClaimDraft):
        _declare_claim(made, read, names, lines)
        return
    mark = hash((read.cls, read.entity)) if read.entity else None
    declared = Declared(read.cls, mark, made.file, made.records, made.line((*read.path, "id")))
    first = names.entities.setdefault(read.id, declared)
    if (first.file, first.record) != (made.file, made.records):
        if first.file == made.file:
            made.fault((*read.path, "id"), f"{read.id} is declared already in line {first.line}")
        elif None not in (first.mark, mark) and first.mark != mark:
            message = f"{read.id} is declared otherwise in {first.place()}; make both the same or declare it once"
            made.fault((*read.path, "id"), message)
    if read.path == ("document",) and read.id != NAMELESS:
        other = names.documents.setdefault(read.id, made.file)
        if other != made.file:
            made.fault((*read.path, "id"), f"{read.id} is the document of {other} already; write what it says in one")


def _declare_claim(made: Draft, read: ClaimDraft, names: Names, lines: dict[int, int]) -> None:
    if read.key is not None:
        keyed = Keyed(read.id, made.file, made.records, made.line((*read.path, "key")))
        first = names.keys.setdefault(read.key, keyed)
        if re.fullmatch(CLAIM_ID_PATTERN, read.key):
            made.fault((*read.path, "key"), f"{read.key} looks like a claim id; choose a word")
        elif (first.file, first.record) != (made.file, made.records):
            message = f"{read.key} is the key of another claim in {first.file}:{first.line}"
            made.fault((*read.path, "key"), message)
    if read.id:
        line = lines.setdefault(number(read.id), made.line(read.path))
        if line != made.line(read.path):
            made.fault(read.path, f"says the same as line {line}; put the evidence of both under one")
        names.claim_ids.add(number(read.id))


def refer(made: Draft, claim: ClaimDraft, names: Names) -> None:
    """Looks up whatever the claim refers to and tells what is not there or of another type than it must be."""
    _check_ends(made, claim, names)
    _check_evidence(made, claim, names)
    for name in REFERENCES:
        written = claim.record.get(name, ())
        if not isinstance(written, list | tuple):
            made.fault((*claim.path, name), "must be a list of keys or claim ids")
            continue
        for number, key in enumerate(map(str, written)):
            if fault := _reference_fault(key, claim, names):
                made.fault((*claim.path, name, number), fault)


def _check_ends(made: Draft, claim: ClaimDraft, names: Names) -> None:
    domain = claim.cls.domain if claim.cls else (Entity,)
    range_ = claim.cls.range if claim.cls else (Entity,)
    relation = claim.cls.relation() if claim.cls else ""
    for path, name, ends, what in (
        (("subject",), claim.record.get("subject"), domain, f"the subject of {relation}"),
        (("object",), claim.record.get("object"), range_ or (Entity,), f"the object of {relation}"),
        (("attributed_to",), claim.record.get("attributed_to"), VOICE, "whoever asserts a claim"),
    ):
        # What is no slug was reported as such when the record was read.
        if _is_slug(name) and (fault := _end_fault(name, ends, what, names)):
            made.fault((*claim.path, *path), fault)


def _check_evidence(made: Draft, claim: ClaimDraft, names: Names) -> None:
    """What one document says is taken back with its file, so a file speaks for no other document."""
    evidence = claim.record.get("evidence")
    for number, item in enumerate(evidence if isinstance(evidence, list) else ()):
        if not isinstance(item, dict):
            continue
        for place, reference in enumerate(refers if isinstance(refers := item.get("refers"), list) else ()):
            _, id_ = referring(str(reference))
            if _is_slug(id_) and (fault := _end_fault(id_, (Entity,), "", names)):
                made.fault((*claim.path, "evidence", number, "refers", place), fault)
        name = item.get("document")
        if _is_slug(name) and name != made.document_id != NAMELESS:
            known = f"{name} is not {made.document_id}, the document of this file{near_miss(name, [made.document_id])}"
            made.fault(
                (*claim.path, "evidence", number, "document"),
                f"{known}; leave it out, or write the same claim with its words in the file of {name}",
            )


def _is_slug(name: Any) -> TypeGuard[str]:
    return isinstance(name, str) and bool(re.fullmatch(SLUG_PATTERN, name))


def _end_fault(name: str, ends: tuple[type[Entity], ...], what: str, names: Names) -> str | None:
    declared = names.entities.get(name)
    if declared is None:
        return f"{name} is declared nowhere{names.near_miss(name, names.entities)}"
    cls = declared.cls
    if cls is None or any(issubclass(cls, _written(end)) for end in ends):
        return None
    permitted = " or ".join(_written(end).__name__ for end in ends)
    return f"{name} is a {cls.__name__} ({declared.place()}); {what} must be of type {permitted}"


def _written(end: type[Entity]) -> type[Entity]:
    """A derived type such as Mayor stands in files as the type it is derived from."""
    return next(cls for cls in end.__mro__ if issubclass(cls, Entity) and not cls.derived)


def _reference_fault(key: str, claim: ClaimDraft, names: Names) -> str | None:
    if key not in names.keys and not names.has_claim(key):
        return f"{key} is no claim of the files read{names.near_miss(key, names.keys)}"
    return "is the claim itself" if claim.id and claim_id(key, names) == claim.id else None


def claim_id(key: str, names: Names) -> str | None:
    """The id of the claim that a key or id means; None where that claim has faults or is not there."""
    if key in names.keys:
        return names.keys[key].claim
    return key if names.has_claim(key) else None
