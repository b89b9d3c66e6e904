"""One claims file on its way to values: its records validated one after the other, each fault with its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeGuard, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from schema import ENTITIES, RELATIONS, Claim, Entity
from schema.derive.fields import models
from schema.entities import HOLDERS, Document
from schema.model import Thing
from schema.values import SLUG_PATTERN, Instant
from seed.explain import explain, model_of
from seed.problem import Problem, near_miss
from seed.yaml_lines import Path, Pieces, closest

LISTS = ("entities", "claims")
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
    id: str | None = None


@dataclass
class Draft:
    """What was understood of one file so far, and every fault of it; `records` counts what was read."""

    file: str
    document_id: str = NAMELESS
    document: Document | None = None
    recorded_at: str | None = None
    records: int = 0
    problems: list[Problem] = field(default_factory=list)
    lines: Mapping[Path, int] = field(default_factory=dict)
    broken: bool = False

    def line(self, path: Path) -> int:
        return self.lines.get(closest(path, self.lines), 1)

    def fault(self, path: Path, message: str, line: int | None = None) -> None:
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        self.problems.append(Problem(self.file, line or self.line(path), name, message))


def document_id(file: BinaryIO) -> str:
    """The id of the file's document, which its claims are read by, wherever in the file it stands."""
    for path, value in Pieces(file, NUMBERS, LISTS):
        if path == ("document",) and isinstance(value, dict):
            return id_ if re.fullmatch(SLUG_PATTERN, id_ := str(value.get("id"))) else NAMELESS
    return NAMELESS


def read_records(made: Draft, file: BinaryIO) -> Iterator[EntityDraft | ClaimDraft]:
    """The file's records, validated, the document being one of them; ids and keys are not looked up yet."""
    pieces = Pieces(file, NUMBERS, LISTS)
    made.lines = pieces.lines
    kinds: set[str] = set()
    for path, value in pieces:
        kinds.add(str(path[0]) if path else "")
        made.records += 1
        yield from _record(made, path, value)
    if pieces.broken:
        made.broken, made.problems = True, []
    elif not kinds or "" in kinds:
        if not pieces.faults:
            made.fault((), f"must hold {', '.join(TOP)}")
    elif "document" not in kinds:
        yield from _read_document(made, None)
    for line, path, message in pieces.faults:
        made.fault(path, message, line)


def _record(made: Draft, path: Path, value: Any) -> Iterator[EntityDraft | ClaimDraft]:
    match path:
        case ("document",):
            yield from _read_document(made, value)
        case ("recorded_at",):
            _read_instant(made, value)
        case ("entities",) if value is not None and not isinstance(value, dict):
            made.fault(path, "must hold types, each with a list of entities")
        case ("entities", str(type_name)):
            _read_type(made, type_name)
            _must_be_a_list(made, path, value)
        case ("entities", str(type_name), int()):
            yield from _read_entity(made, path, ENTITIES.get(type_name), value)
        case ("claims",):
            _must_be_a_list(made, path, value)
        case ("claims", int()):
            yield from _read_claim(made, path, value)
        case (str(name),) if name not in TOP:
            made.fault(path, f"is not read here{near_miss(name, TOP)}; known are {', '.join(TOP)}")


def _must_be_a_list(made: Draft, path: Path, value: Any) -> None:
    if value is not None and not isinstance(value, list):
        made.fault(path, "must be a list, each item with a dash")


def _is_record(value: Any, made: Draft, path: Path) -> TypeGuard[dict[str, Any]]:
    if not isinstance(value, dict):
        made.fault(path, "must be a record of fields and values")
    return isinstance(value, dict)


def _read_document(made: Draft, record: Any) -> Iterator[EntityDraft]:
    if not isinstance(record, dict):
        made.fault(("document",), "must say which source the claims are from, with id, name and sha256")
        return
    made.document = _validated(made, ("document",), Document, record)
    yield EntityDraft(("document",), made.document_id, Document, made.document)


def _read_instant(made: Draft, instant: Any) -> None:
    if instant is None:
        return
    try:
        made.recorded_at = _INSTANT.validate_python(instant)
    except ValidationError as error:
        made.fault(("recorded_at",), explain(error.errors()[0], Document))


def _read_type(made: Draft, type_name: str) -> None:
    cls = ENTITIES.get(type_name)
    if cls is None:
        made.fault(("entities", type_name), f"is no entity type{near_miss(type_name, ENTITIES)}")
    elif cls.derived:
        role = next(role for role, holder in HOLDERS.items() if holder is cls)
        message = f"is derived; write a Person who HOLDS_OFFICE an Office of role {role}"
        made.fault(("entities", type_name), message)


def _read_entity(made: Draft, path: Path, cls: type[Entity] | None, record: Any) -> Iterator[EntityDraft]:
    if not _is_record(record, made, path):
        return
    entity = _validated(made, path, cls, record) if cls and not cls.derived else None
    if isinstance(of := record.get("of"), str) and of not in ENTITIES:
        made.fault((*path, "of"), f"{of} is no entity type{near_miss(of, ENTITIES)}")
    yield EntityDraft(path, str(record.get("id")), cls, entity)


def _read_claim(made: Draft, path: Path, written: Any) -> Iterator[ClaimDraft]:
    if not _is_record(written, made, path):
        return
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
    found = _validated(made, path, cls or Claim, own)
    claim = found if cls else None
    yield ClaimDraft(path, record, cls, str(key) if key else None, claim, claim.id if claim else None)


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
        known = place if details["type"] == "missing" else closest(place, made.lines)
        # Pydantic counts a faulty item as none; where the relation is unknown, so are its rules.
        faulty_item = details["type"] == "too_short" and details["input"]
        if known in seen or faulty_item or (cls is Claim and known == path):
            continue
        seen.add(known)
        added = CLAIM_KEYS if issubclass(cls, Claim) else ()
        made.fault(known, explain(details, model_of(cls, details["loc"]), added))
