"""What a mapping file says of a table under `read`, checked when it is read: NotReadable names file, key and fault."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from graph.errors import NotReadable
from schema import ENTITIES, RELATIONS, Claim, Entity
from seed.importers.cells import LINK, Columns, folded
from seed.importers.divisions import division
from seed.importers.source import Source
from seed.importers.templates import Template

PLACE = "place"
ENDS = ("relation", "subject", "object")
BESIDE = ("when", "corrects")
Told = Mapping[str, str | list[str]]
Written = tuple[str, str, Told]
"""A claim: its label, its key in the file, its fields with one subject and one object."""


class Strict(BaseModel):
    """A part of the mapping file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class IdPath(Strict):
    """Columns of a table whose rows are OCD divisions: what the path of an id tells need not be mapped."""

    id: str
    alias_of: str | None = None
    name: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


class Complete(Strict):
    """What a list is to hold all of: no county on it is none of which nothing is known."""

    sought: Annotated[str, Field(description="The relation.")]
    within: Annotated[str, Field(description="OCD division id of the territory.")]
    detail: Annotated[str, Field(description="What of the relation, a template of the files' own columns.")]


class Series(Strict):
    """Files that are one list at several times, in the order in which they were fetched."""

    listed: Annotated[str, Field(description="Claim whose subject is followed from list to list.")]
    each: Annotated[list[str], Field(description="Claims that every list says anew; others are said when they come.")]
    complete: Complete | None = None


class Read(Strict):
    """All that may stand under `read`."""

    files: Annotated[dict[str, dict[str, str]], Field(description="Pattern of names → columns of their own.")] = {}
    columns: Annotated[dict[str, list[str]], Field(description="Our name of a column → its headings.")]
    headerless: Annotated[list[str], Field(description="The columns in order, where no heading tells.")] = []
    blank: Annotated[list[str], Field(description="What stands for nothing.")] = ["#N/A", "#NA", "N/A"]
    several: Annotated[
        list[str], Field(description="Columns with values parted by , or ; the row is read once for each of them.")
    ] = []
    correct: Annotated[
        dict[str, dict[str, str | None]],
        Field(description="Column, or several with a /, of which the last is corrected → wrong → right, or nothing."),
    ] = {}
    published: Annotated[str | None, Field(description="Where a file's name tells its date.")] = None
    entities: dict[str, dict[str, str | list[str]]] = {}
    claims: dict[str, dict[str, str | list[str]]] = {}
    id_path: IdPath | None = None
    series: Series | None = None


@dataclass(frozen=True)
class EntityRule:
    """An entity of a row: its type, and a template for each field."""

    cls: type[Entity]
    fields: Mapping[str, Template]


@dataclass(frozen=True)
class ClaimRule:
    """A claim of a row: its ends by the names of their rules, and a template for each field."""

    label: str
    relation: str
    subject: str
    object: str | None
    fields: Mapping[str, Template]
    when: str | None
    corrects: str | None


@dataclass(frozen=True)
class Rules:
    """A mapping file, ready to be used."""

    read: Read
    columns: Columns
    corrections: Mapping[str, Mapping[str, str | None]]
    entities: Mapping[str, EntityRule]
    claims: Sequence[ClaimRule]


def rules(source: Source) -> Rules:
    """What a source's mapping file says of its rows."""
    read = source.read_as(Read)
    constants = {name for own in read.files.values() for name in own}
    known = {*read.columns, *(name + LINK for name in read.columns), *constants}
    faults: list[str] = [*_unknown(read, known)]
    entities = {name: made for name, told in read.entities.items() if (made := _entity(name, told, known, faults))}
    ends = {*entities, *([PLACE] if read.id_path else [])}
    claims: list[ClaimRule] = []
    for written in _claims(read):
        if rule := _claim(written, ends, {rule.label for rule in claims}, known, faults):
            claims.append(rule)
    if faults:
        raise NotReadable("\n".join(f"{source.file}: read.{fault}" for fault in faults))
    blank = frozenset(map(folded, read.blank))
    corrections = {name: {folded(wrong): right for wrong, right in own.items()} for name, own in read.correct.items()}
    return Rules(read, Columns(read.columns, read.headerless, blank), corrections, entities, claims)


def _unknown(read: Read, known: Collection[str]) -> Iterable[str]:
    """Names that name nothing, outside templates."""
    path = read.id_path.model_dump(exclude_none=True) if read.id_path else {}
    named = {f"id_path.{field}": name for field, name in path.items()}
    named |= {f"correct.{key}": name for key in read.correct for name in key.split("/")}
    named |= {f"several.{at}": name for at, name in enumerate(read.several)}
    named |= {f"headerless.{at}": name for at, name in enumerate(read.headerless)}
    yield from (f"{key}: {name!r} is no column" for key, name in named.items() if name not in known)
    if read.series:
        labels = {"listed": [read.series.listed], "each": read.series.each}
        for key, names in labels.items():
            yield from (f"series.{key}: {name!r} is no claim here" for name in names if name not in read.claims)
        yield from _incomplete(read, read.series.complete) if read.series.complete else ()


def _incomplete(read: Read, complete: Complete) -> Iterator[str]:
    if complete.sought not in RELATIONS:
        yield f"series.complete.sought: {complete.sought!r} is no relation"
    try:
        division(complete.within)
    except ValueError as error:
        yield f"series.complete.within: {complete.within!r} {error}"
    for own in read.files.values():
        try:
            Template.of(complete.detail, own)
        except ValueError as error:
            yield f"series.complete.detail: {error}"


def _claims(read: Read) -> Iterator[Written]:
    """All claims: those that stand with an entity, and one for each of several ends."""
    for name, told in read.entities.items():
        for relation in (field for field in told if field in RELATIONS):
            end = "value" if RELATIONS[relation].literal() else "object"
            for of in _several(told[relation]):
                said = {"relation": relation, "subject": name, end: of}
                yield f"{name} {relation} {of}", f"entities.{name}.{relation}", said
    for name, told in read.claims.items():
        ends = {field: _several(told[field]) for field in ("subject", "object") if field in told}
        for each in product(*ends.values()):
            yield name, f"claims.{name}", {**told, **dict(zip(ends, each, strict=True))}


def _several(told: str | list[str]) -> list[str]:
    return told if isinstance(told, list) else [told]


def _entity(name: str, told: Told, known: Collection[str], faults: list[str]) -> EntityRule | None:
    cls = ENTITIES.get(str(told.get("type")))
    if cls is None or cls.derived:
        faults.append(f"entities.{name}.type: {told.get('type')!r} is no entity type that a source can give")
        return None
    faults += [f"entities.{name}.{field}: is missing" for field in ("id", "name") if field not in told]
    fields = {key: text for key, text in told.items() if key != "type" and key not in RELATIONS}
    return EntityRule(cls, _templates(f"entities.{name}", fields, cls, known, faults))


def _claim(
    written: Written, ends: Collection[str], before: Collection[str], known: Collection[str], faults: list[str]
) -> ClaimRule | None:
    label, key, told = written
    if (cls := RELATIONS.get(str(told.get("relation")))) is None:
        faults.append(f"{key}.relation: {told.get('relation')!r} is no relation")
        return None
    wanted = ("subject", "value" if cls.literal() else "object")
    faults += [f"{key}.{field}: is missing" for field in wanted if field not in told]
    own = {field: str(told[field]) for field in (*ENDS, *BESIDE) if field in told}
    for field in ("subject", "object"):
        if field in own and own[field] not in ends:
            faults.append(f"{key}.{field}: {own[field]!r} is no entity of a row")
    if (when := own.get("when")) is not None and when not in known:
        faults.append(f"{key}.when: {when!r} is no column")
    if (corrects := own.get("corrects")) is not None and corrects not in before:
        faults.append(f"{key}.corrects: {corrects!r} is no claim above it")
    fields = {field: text for field, text in told.items() if field not in own}
    made = _templates(key, fields, cls, known, faults)
    return ClaimRule(label, cls.relation(), own.get("subject", ""), own.get("object"), made, when, corrects)


def _templates(
    key: str, told: Told, cls: type[Entity] | type[Claim], known: Collection[str], faults: list[str]
) -> dict[str, Template]:
    templates: dict[str, Template] = {}
    for field, text in told.items():
        if field not in cls.model_fields:
            faults.append(f"{key}.{field}: is no field of {cls.__name__}; there are {', '.join(cls.model_fields)}")
            continue
        if isinstance(text, list):
            faults.append(f"{key}.{field}: is a list, as only the ends of a claim may be")
            continue
        try:
            templates[field] = Template.of(text, known)
        except ValueError as error:
            faults.append(f"{key}.{field}: {error}")
    return templates
