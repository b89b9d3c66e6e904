"""Compact JSON-LD with its context inline: our records almost as they stand, the same graph as the Turtle."""

from functools import cache
from typing import Any

import orjson

from api.formats.terms import CLAIM_FIELDS, ENTITY_FIELDS, day_type, number, safe_iri
from api.formats.triples import entity_types, is_fact
from api.place import Place
from graph.result import Result, Row
from schema import RELATIONS
from schema.derive.context import context
from schema.derive.fields import Kind


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
    told: Row = {
        "id": safe_iri(place.here),
        "type": "Result",
        "query": result.query,
        "truncated": result.truncated,
    }
    if result.question:
        told["label"] = result.question
    return told | ({"next": safe_iri(place.next)} if place.next else {})


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
        if not is_fact(record, result.parameters):
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
    kept = {field: piece[field] for field in ("document", "row", "pointer") if piece.get(field) is not None}
    told = {"id": name, "type": "oa:SpecificResource", **kept}
    if "quote" not in piece:
        return told
    quote = {"id": f"{name}-quote", "type": "oa:TextQuoteSelector", "quote": piece["quote"]}
    ends = {"start": piece["start"], "end": piece["end"]}
    return told | {"selector": [quote, {"id": f"{name}-position", "type": "oa:TextPositionSelector", **ends}]}


def _fields(record: Row, names: dict[str, str]) -> Row:
    found = {}
    for name, kind in names.items():
        value = record.get(name)
        if value is None or value == []:
            continue
        found[name] = _typed(value, kind) if kind in _TYPED else value
    return found


_ENTITY = {name: kind for name, _, kind in ENTITY_FIELDS}
_CLAIM = {name: kind for name, _, kind in CLAIM_FIELDS}
_TYPED = {Kind.DAY.name, Kind.VALUE.name, Kind.ADDRESS.name}


def _typed(value: Any, kind: str) -> Any:
    """What the context cannot tell by the field alone: how exact a date is, that a fraction is decimal."""
    if kind == Kind.ADDRESS.name:
        return safe_iri(value) if isinstance(value, str) else [safe_iri(each) for each in value]
    if kind == Kind.DAY.name:
        return {"@type": day_type(value), "@value": value}
    if isinstance(value, float):
        lexical, datatype = number(value)
        return {"@type": datatype, "@value": lexical}
    return value
