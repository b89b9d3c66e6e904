"""The store's own nodes and edges as the CSV that `neo4j-admin database import full` loads into an empty Neo4j."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from api.dumps.packed import File, Packing
from graph.draft import DERIVED, OF_ENTITY, ON_EDGE, STATED, TYPED
from graph.edition import FIELDS
from graph.stored import Edge, Node, Record
from schema import RELATIONS
from schema.claims import EXTENT, KEYS, Evidence
from schema.derive.fields import FieldTerm, entity_field_terms, field_terms
from schema.values import Kind

MEDIA_TYPE = "text/csv"
BETWEEN = "\x1f"  # parts the items of a list: no text of ours may hold a control
ARGUMENTS = "neo4j-import.args"
OPTIONS = ("--array-delimiter=U+001F", "--multiline-fields=true", "--read-buffer-size=16m")

SPAN = {"since": "long", "until": "long"}
KEYED_BY = {"Entity": "id", "Claim": "id", "Edition": "id", "Statement": "by_place", "Declared": "document"}
_OF_EDITION = {"hash": "string", "instant": "string", "published_at": "string", "id": "string", "rest": "boolean"}


@dataclass(frozen=True)
class Table:
    """One file: its name without `.csv`, what stands before the fields in its header, and each field's type."""

    name: str
    before: tuple[str, ...]
    fields: dict[str, str]

    def head(self) -> bytes:
        """The first line, which tells Neo4j what is in the columns."""
        return _line([*self.before, *(f"{name}:{kind}" for name, kind in self.fields.items())], bare=True)

    def line(self, before: list[Any], told: dict[str, Any]) -> bytes:
        """One record; KeyError where it has a field for which there is no column."""
        if strange := told.keys() - self.fields.keys():
            raise KeyError(f"{self.name} has no column for {', '.join(sorted(strange))}")
        return _line([*before, *(told.get(name) for name in self.fields)])


def _type(field: FieldTerm, number: str) -> str:
    known = {Kind.BOOLEAN: "boolean"} | dict.fromkeys((Kind.COUNT, Kind.INTEGER), "long")
    known |= dict.fromkeys((Kind.DECIMAL, Kind.VALUE), number)
    return known.get(field.kind, "string") + ("[]" if field.many else "")


def _types(fields: Iterable[FieldTerm], number: str = "string") -> dict[str, str]:
    return {field.name: _type(field, number) for field in fields}


def _claim_fields() -> tuple[FieldTerm, ...]:
    """As they are written; an answer tells some of them otherwise."""
    return tuple({field.name: field for cls in RELATIONS.values() for field in field_terms(cls)}.values())


def _node(name: str, label: str, fields: dict[str, str]) -> Table:
    key = KEYED_BY[label]
    others = {name: kind for name, kind in fields.items() if name != key}
    return Table(name, (f"{key}:ID({label})", ":LABEL"), others)


def _edge(name: str, start: str, end: str, fields: dict[str, str]) -> Table:
    return Table(name, (f":START_ID({start})", f":END_ID({end})", ":TYPE"), fields)


def _claims(name: str, number: str) -> Table:
    strings = dict.fromkeys(("relation", *EXTENT, *KEYS, *DERIVED), "string") | {"history": "string[]"}
    own = {name: kind for name, kind in _types(_claim_fields(), number).items() if name != "evidence"}
    return _node(name, "Claim", own | strings | SPAN)


@cache
def tables() -> dict[Any, Table]:
    """By label, of claims with the type of their numbers, or by the labels at both ends."""
    of_entity = _types(entity_field_terms()) | dict.fromkeys(OF_ENTITY, "string") | SPAN
    of_edge = _types(f for f in field_terms(Evidence) if f.name in ON_EDGE) | {"recorded_at": "string"}
    of_fact = dict.fromkeys(TYPED, "string") | _types(f for f in _claim_fields() if f.name in TYPED)
    listed = dict.fromkeys(("entities", "marks"), "string[]")
    return {
        "Edition": _node("edition", "Edition", dict.fromkeys(FIELDS, "long") | _OF_EDITION),
        "Entity": _node("entities", "Entity", of_entity),
        "Declared": _node("declared", "Declared", listed | SPAN),
        ("Claim", str): _claims("claims", "string"),
        ("Claim", int): _claims("claims-of-whole-numbers", "long"),
        ("Claim", float): _claims("claims-of-decimals", "double"),
        "Statement": _node("statements", "Statement", dict.fromkeys(STATED, "string")),
        ("Claim", "Entity"): _edge("ends-voices-and-evidence", "Claim", "Entity", of_edge),
        ("Claim", "Claim"): _edge("challenges", "Claim", "Claim", {}),
        ("Statement", "Claim"): _edge("states", "Statement", "Claim", {}),
        ("Entity", "Entity"): _edge("facts", "Entity", "Entity", of_fact | SPAN),
    }


def write_tables(records: Iterable[list[Record]], folder: Path) -> tuple[list[File], list[str]]:
    """The files, all written in one pass, and what the import tool is to be told, an argument each."""
    with ExitStack() as opened:
        packings = ((key, Packing(folder, _file(table), MEDIA_TYPE)) for key, table in tables().items())
        packing = {key: opened.enter_context(each) for key, each in packings}
        for key, table in tables().items():
            packing[key].write(table.head())
        for part in records:
            for key, line in map(_record, part):
                packing[key].write(line)
    return [file for each in packing.values() for file in each.files], _arguments()


def _arguments() -> list[str]:
    kinds = ((table, "relationships" if ":TYPE" in table.before else "nodes") for table in tables().values())
    return [*OPTIONS, *(f"--{kind}={_file(table)}.gz" for table, kind in kinds)]


def _file(table: Table) -> str:
    return f"neo4j-{table.name}.csv"


def _record(record: Record) -> tuple[Any, bytes]:
    if isinstance(record, Edge):
        (start, first), (end, last) = record.start, record.end
        return (start, end), tables()[start, end].line([first, last, record.type], record.fields)
    label = record.labels[0]
    key = (label, _number_type(record)) if label == "Claim" else label
    told = {name: value for name, value in record.fields.items() if name != KEYED_BY[label]}
    return key, tables()[key].line([record.key, list(record.labels)], told)


@cache
def _number_fields() -> tuple[str, ...]:
    return tuple(f.name for f in _claim_fields() if f.kind in (Kind.VALUE, Kind.DECIMAL))


def _number_type(claim: Node) -> type:
    """What all its numbers are: a column of Neo4j's CSV has one type, which the value has from then on."""
    [*found] = {type(value) for name in _number_fields() if (value := claim.fields.get(name)) is not None} - {str}
    if len(found) > 1:
        raise TypeError(f"{claim.key} has whole numbers and decimals; write a table for such claims")
    return found[0] if found else str


def _line(cells: Iterable[Any], bare: bool = False) -> bytes:
    return (",".join(cells if bare else map(_cell, cells)) + "\n").encode()


def _cell(value: Any) -> str:
    """Nothing where there is no value; text in quotation marks, as one without them may be taken for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    text = BETWEEN.join(map(str, value)) if isinstance(value, list | tuple) else value
    return '"' + text.replace('"', '""') + '"'
