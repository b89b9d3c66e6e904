"""One claims file on its way to values: its records validated one by one, each fault with its line."""

import re
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from schema import ENTITIES, RELATIONS, Claim, Entity
from schema.derive.fields import models
from schema.entities import HOLDERS, Document
from schema.model import Thing
from schema.values import SLUG_PATTERN, Instant
from seed.explain import explain, model_of
from seed.problem import Problem, near_miss
from seed.yaml_lines import Parsed, Path, closest, parse

TOP = ("document", "recorded_at", "entities", "claims")
CLAIM_KEYS = ("relation", "key")
REFERENCES = ("disputes", "corrects", "supersedes")

# Stands in for a document without a usable id, so that one fault is not reported again by every claim.
NAMELESS = "document-without-id"
# Stand in for faulty fields, so that the rules between fields are tried all the same.
STAND_INS: dict[str, Any] = {
    **dict.fromkeys(("subject", "object", "attributed_to", "unit"), "x"),
    "value": 1,
    "evidence": [{"document": "x", "row": 1}],
}

_INSTANT: TypeAdapter[str] = TypeAdapter(Instant)
_T = TypeVar("_T", bound=Thing)


def _numeric(annotation: Any) -> bool:
    return annotation in (int, float) or any(map(_numeric, get_args(annotation)))


NUMBERS = frozenset(
    name for model in models() for name, info in model.model_fields.items() if _numeric(info.annotation)
)


@dataclass
class EntityDraft:
    """An entity as written; `entity` is None while it has faults, `cls` when its type is unknown."""

    path: Path
    id: str
    cls: type[Entity] | None
    entity: Entity | None


@dataclass
class ClaimDraft:
    """A claim as written; `claim` is None while it has faults, `cls` when its relation is unknown."""

    path: Path
    record: dict[str, Any]
    cls: type[Claim] | None
    key: str | None = None
    claim: Claim | None = None


@dataclass
class Draft:
    """What was understood of one file, and every fault that can be seen without the other files."""

    file: str
    parsed: Parsed
    problems: list[Problem] = field(default_factory=list)
    document: Document | None = None
    document_id: str = NAMELESS
    recorded_at: str | None = None
    entities: list[EntityDraft] = field(default_factory=list)
    claims: list[ClaimDraft] = field(default_factory=list)

    def line(self, path: Path) -> int:
        return self.parsed.lines.get(closest(path, self.parsed.lines), 1)

    def fault(self, path: Path, message: str, line: int | None = None) -> None:
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        self.problems.append(Problem(self.file, line or self.line(path), name, message))


def parse_claims(file: str, text: str) -> Draft:
    """The file's records, validated; ids and keys are not looked up yet."""
    made = Draft(file, parse(text, NUMBERS))
    for line, path, message in made.parsed.faults:
        made.fault(path, message, line)
    top = made.parsed.value
    if not isinstance(top, dict):
        if not made.problems:
            made.fault((), f"must hold {', '.join(TOP)}")
        return made
    for name in top.keys() - set(TOP):
        made.fault((name,), f"is not read here{near_miss(name, TOP)}; known are {', '.join(TOP)}")
    _read_document(made, top)
    for type_name, records in _mapping(made, ("entities",), top.get("entities")).items():
        _read_entities(made, type_name, records)
    for path, record in _records(made, ("claims",), top.get("claims")):
        made.claims.append(_read_claim(made, path, record))
    return made


def _mapping(made: Draft, path: Path, value: Any) -> dict[str, Any]:
    if value is None or isinstance(value, dict):
        return value or {}
    made.fault(path, "must hold types, each with a list of entities")
    return {}


def _records(made: Draft, path: Path, value: Any) -> list[tuple[Path, dict[str, Any]]]:
    if value is not None and not isinstance(value, list):
        made.fault(path, "must be a list, each item with a dash")
        return []
    places = [((*path, number), record) for number, record in enumerate(value or ())]
    for place, record in places:
        if not isinstance(record, dict):
            made.fault(place, "must be a record of fields and values")
    return [(place, record) for place, record in places if isinstance(record, dict)]


def _read_document(made: Draft, top: dict[str, Any]) -> None:
    record = top.get("document")
    if not isinstance(record, dict):
        made.fault(("document",), "must say which source the claims are from, with id, name and sha256")
        return
    made.document = _validated(made, ("document",), Document, record)
    if re.fullmatch(SLUG_PATTERN, id_ := str(record.get("id"))):
        made.document_id = id_
    if (instant := top.get("recorded_at")) is not None:
        try:
            made.recorded_at = _INSTANT.validate_python(instant)
        except ValidationError as error:
            made.fault(("recorded_at",), explain(error.errors()[0], Document))


def _read_entities(made: Draft, type_name: str, records: Any) -> None:
    cls = ENTITIES.get(type_name)
    if cls is None:
        made.fault(("entities", type_name), f"is no entity type{near_miss(type_name, ENTITIES)}")
    elif cls.derived:
        role = next(role for role, holder in HOLDERS.items() if holder is cls)
        message = f"is derived; write a Person who HOLDS_OFFICE an Office of role {role}"
        made.fault(("entities", type_name), message)
    for path, record in _records(made, ("entities", type_name), records):
        entity = _validated(made, path, cls, record) if cls and not cls.derived else None
        if isinstance(of := record.get("of"), str) and of not in ENTITIES:
            made.fault((*path, "of"), f"{of} is no entity type{near_miss(of, ENTITIES)}")
        made.entities.append(EntityDraft(path, str(record.get("id")), cls, entity))


def _read_claim(made: Draft, path: Path, written: dict[str, Any]) -> ClaimDraft:
    record = dict(written)
    if record.get("attributed_to") == made.document_id:
        del record["attributed_to"]  # the document's own voice is that of its evidence
    if isinstance(items := record.get("evidence"), list):
        default = {"document": made.document_id}
        record["evidence"] = [{**default, **item} if isinstance(item, dict) else item for item in items]
    name, key = record.pop("relation", None), record.pop("key", None)
    cls = RELATIONS.get(str(name))
    if name is None:
        made.fault((*path, "relation"), "is missing")
    elif cls is None:
        made.fault((*path, "relation"), f"{name} is no relation{near_miss(str(name), RELATIONS)}")
    if key is not None and not isinstance(key, str):
        made.fault((*path, "key"), "must be text")
    own = {name: value for name, value in record.items() if name not in REFERENCES}
    claim = _validated(made, path, cls or Claim, own)
    return ClaimDraft(path, record, cls, str(key) if key else None, claim if cls else None)


def _validated(made: Draft, path: Path, cls: type[_T], record: dict[str, Any]) -> _T | None:
    try:
        return cls.model_validate(record)
    except ValidationError as error:
        faults = error.errors()
    names = {str(fault["loc"][0]) for fault in faults if fault["loc"]}
    if names and issubclass(cls, Claim):
        sound = {name: value for name, value in record.items() if name not in names}
        faults += _rules_broken(cls, sound | {name: STAND_INS[name] for name in names & STAND_INS.keys()})
    _report(made, path, cls, faults)
    return None


def _rules_broken(cls: type[Claim], record: dict[str, Any]) -> list[ErrorDetails]:
    """The faults that lie between fields; Pydantic looks for them only where every field is right."""
    try:
        cls.model_validate(record)
        return []
    except ValidationError as error:
        return [fault for fault in error.errors() if not fault["loc"]]


def _report(made: Draft, path: Path, cls: type[Thing], faults: list[ErrorDetails]) -> None:
    """One fault per field: a field that may be a number or text has an error for each."""
    seen: set[Path] = set()
    for details in faults:
        place = (*path, *details["loc"])
        known = place if details["type"] == "missing" else closest(place, made.parsed.lines)
        # Pydantic counts a faulty item as none; where the relation is unknown, so are its rules.
        faulty_item = details["type"] == "too_short" and details["input"]
        if known in seen or faulty_item or (cls is Claim and known == path):
            continue
        seen.add(known)
        added = CLAIM_KEYS if issubclass(cls, Claim) else ()
        made.fault(known, explain(details, model_of(cls, details["loc"]), added))
