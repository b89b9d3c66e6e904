"""Drafts together: ids found, ends of the permitted types, keys of other claims turned into claim ids."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeGuard

from schema import Claim, Entity
from schema.claims import referring
from schema.entities import Document
from schema.relations import VOICE
from schema.values import CLAIM_ID_PATTERN, SLUG_PATTERN
from seed.parse import NAMELESS, REFERENCES, ClaimDraft, Draft
from seed.problem import near_miss
from seed.yaml_lines import Path


class Declared(NamedTuple):
    """Where an id was declared and as what; `cls` is None where the type is unknown."""

    cls: type[Entity] | None
    entity: Entity | None
    draft: Draft
    path: Path

    def place(self) -> str:
        return f"{self.draft.file}:{self.draft.line((*self.path, 'id'))}"


@dataclass
class Names:
    """Everything the files read together may refer to: entity ids, and claims by key and by id."""

    entities: dict[str, Declared] = field(default_factory=dict)
    keys: dict[str, tuple[Draft, ClaimDraft]] = field(default_factory=dict)
    claim_ids: set[str] = field(default_factory=set)


def resolve(drafts: Sequence[Draft]) -> None:
    """Looks up every reference in every draft, adds the faults found and puts claim ids in place of keys."""
    names = Names()
    for made in drafts:
        _declare(made, names)
    for made in drafts:
        for claim in made.claims:
            _check_ends(made, claim, names)
            _check_evidence(made, claim, names)
            _refer(made, claim, names)


def _declare(made: Draft, names: Names) -> None:
    declarations = [Declared(Document, made.document, made, ("document",))]
    names_of = [made.document_id]
    for entity in made.entities:
        declarations.append(Declared(entity.cls, entity.entity, made, entity.path))
        names_of.append(entity.id)
    for name, declared in zip(names_of, declarations, strict=True):
        first = names.entities.setdefault(name, declared)
        if first is not declared and (first.draft is made or not _same(first, declared)):
            made.fault((*declared.path, "id"), _again(name, first, made))
    _declare_claims(made, names)


def _same(first: Declared, second: Declared) -> bool:
    # Where one of them has faults of its own, whether they agree cannot be told, and is not another fault.
    unknown = first.entity is None or second.entity is None
    return unknown or (first.cls is second.cls and first.entity == second.entity)


def _again(name: str, first: Declared, made: Draft) -> str:
    if first.draft is made:
        return f"{name} is declared already in line {made.line((*first.path, 'id'))}"
    return f"{name} is declared otherwise in {first.place()}; make both the same or declare it once"


def _declare_claims(made: Draft, names: Names) -> None:
    lines: dict[str, int] = {}
    for draft in made.claims:
        if draft.key is not None:
            other, first = names.keys.setdefault(draft.key, (made, draft))
            if re.fullmatch(CLAIM_ID_PATTERN, draft.key):
                made.fault((*draft.path, "key"), f"{draft.key} looks like a claim id; choose a word")
            elif first is not draft:
                place = f"{other.file}:{other.line((*first.path, 'key'))}"
                made.fault((*draft.path, "key"), f"{draft.key} is the key of another claim in {place}")
        if draft.claim:
            line = lines.setdefault(draft.claim.id, made.line(draft.path))
            if line != made.line(draft.path):
                made.fault(draft.path, f"says the same as line {line}; put the evidence of both under one")
            names.claim_ids.add(draft.claim.id)


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
        return f"{name} is declared nowhere{near_miss(name, names.entities)}"
    cls = declared.cls
    if cls is None or any(issubclass(cls, _written(end)) for end in ends):
        return None
    permitted = " or ".join(_written(end).__name__ for end in ends)
    return f"{name} is a {cls.__name__} ({declared.place()}); {what} must be of type {permitted}"


def _written(end: type[Entity]) -> type[Entity]:
    """A derived type such as Mayor stands in files as the type it is derived from."""
    return next(cls for cls in end.__mro__ if issubclass(cls, Entity) and not cls.derived)


def _refer(made: Draft, draft: ClaimDraft, names: Names) -> None:
    found: dict[str, tuple[str, ...]] = {}
    for name in REFERENCES:
        written = draft.record.get(name, ())
        if not isinstance(written, list | tuple):
            made.fault((*draft.path, name), "must be a list of keys or claim ids")
            continue
        places = [((*draft.path, name, number), str(key)) for number, key in enumerate(written)]
        found[name] = tuple(id_ for path, key in places if (id_ := _claim_id(made, draft, path, key, names)))
    if draft.claim and any(found.values()):
        draft.claim = draft.claim.model_copy(update=found)


def _claim_id(made: Draft, draft: ClaimDraft, path: Path, key: str, names: Names) -> str | None:
    _, other = names.keys.get(key, (None, None))
    claim: Claim | None = other.claim if other else None
    id_ = claim.id if claim else key if key in names.claim_ids else None
    if other is None and id_ is None:
        made.fault(path, f"{key} is no claim of the files read{near_miss(key, names.keys)}")
    elif draft.claim and id_ == draft.claim.id:
        made.fault(path, "is the claim itself")
    return id_
