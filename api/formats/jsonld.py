"""Compact JSON-LD with its context inline: our records almost as they stand, the same graph as the Turtle."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import orjson

from api.formats.terms import (
    CLAIM_FIELDS,
    ENTITY_FIELDS,
    EVIDENCE_FIELDS,
    PAGE_FIELDS,
    day_type,
    decimal,
    number,
    safe_iri,
)
from api.formats.triples import entity_types, is_fact, page_record
from api.place import Place
from graph.result import Result, Row
from schema import RELATIONS
from schema.derive.context import context
from schema.derive.fields import FieldTerm
from schema.values import Kind, Selector

Write = Callable[[Any], Any]
Fields = list[tuple[str, Write | None]]


def write_jsonld(result: Result, place: Place) -> bytes:
    """One `@graph` of the answer, its entities and its claims; readers need fetch nothing."""
    facts = _facts(result)
    entities = [_entity(result.entities[e]) | facts.get(e, {}) for e in sorted(result.entities)]
    claims = [_claim(result.claims[claim]) for claim in sorted(result.claims)]
    graph = orjson.dumps([_answer(result, place), *entities, *claims])
    return orjson.dumps({"@context": orjson.Fragment(_context(place.base)), "@graph": orjson.Fragment(graph)}) + b"\n"


@cache
def _context(base: str) -> bytes:
    return orjson.dumps(context(base=safe_iri(base)))


def _answer(result: Result, place: Place) -> Row:
    return {"id": safe_iri(place.here), "type": "Result"} | _fields(page_record(result, place), _PAGE)


def _entity(record: Row) -> Row:
    return {"id": record["id"], "type": list(_bare_types(tuple(record["types"])))} | _fields(record, _ENTITY)


@cache
def _bare_types(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.removeprefix("cg:") for name in entity_types(labels))


def _facts(result: Result) -> dict[str, Row]:
    """By subject: the objects of each relation that may stand without its claim."""
    found: dict[str, Row] = {}
    for claim in sorted(result.claims):
        record = result.claims[claim]
        if not is_fact(record, result):
            continue
        facts = found.setdefault(record["subject"], {})
        _add(facts, record["relation"], record["object"])
        if broader := RELATIONS[record["relation"]].broader:
            _add(facts, broader, {"id": record["object"]})
    return found


def _add(facts: Row, name: str, value: Any) -> None:
    values = facts.setdefault(name, [])
    if value not in values:
        values.append(value)


def _claim(record: Row) -> Row:
    told = {
        "id": record["id"],
        "type": ["Claim", "rdf:Statement", "prov:Entity"],
        "relation": record["relation"],
    }
    pieces = [_piece(f"{record['id']}#e{n}", piece) for n, piece in enumerate(record["evidence"], 1)]
    documents = list(dict.fromkeys(piece["document"] for piece in record["evidence"]))
    return told | _fields(record, _CLAIM) | {"evidence": pieces, "derived_from": documents}


def _piece(name: str, piece: Row) -> Row:
    told = {"id": name, "type": "oa:SpecificResource", **_fields(piece, _EVIDENCE)}
    selectors = [
        {"id": name + ending, "type": kind, **said}
        for ending, kind, fields in _SELECTORS
        if (said := _fields(piece, fields))
    ]
    return told | {"selector": selectors} if selectors else told


def _fields(record: Row, fields: Fields) -> Row:
    found = {}
    for name, write in fields:
        value = record.get(name)
        if value is None or value == []:
            continue
        if write:
            value = [write(each) for each in value] if isinstance(value, list | tuple) else write(value)
        found[name] = value
    return found


def _value(value: Any) -> Any:
    return _literal(*number(value)) if isinstance(value, float) else value


def _literal(lexical: str, datatype: str) -> Row:
    return {"@type": datatype, "@value": lexical}


# What the context cannot tell by the field alone: how exact a date is, that a number is written as a decimal.
_TYPED: dict[Kind, Write] = {
    Kind.ADDRESS: safe_iri,
    Kind.DAY: lambda day: _literal(day, day_type(day)),
    Kind.DECIMAL: lambda value: _literal(decimal(value), "xsd:decimal"),
    Kind.VALUE: _value,
}


def _writing(fields: Iterable[FieldTerm]) -> Fields:
    return [(field.name, _TYPED.get(field.kind)) for field in fields]


_ENTITY, _CLAIM, _PAGE = _writing(ENTITY_FIELDS), _writing(CLAIM_FIELDS), _writing(PAGE_FIELDS)
_EVIDENCE = _writing(EVIDENCE_FIELDS[None])
_SELECTORS = [(f"-{on.name.lower()}", on.value, _writing(EVIDENCE_FIELDS[on])) for on in Selector]
