"""Compact JSON-LD with its context inline: our records almost as they stand, the same graph as the Turtle.

Identifiers are whole addresses: a base would be lost with the published context, as no reader takes one from there.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import orjson

from api.formats.jsontext import Listed, dumped
from api.formats.links import elsewhere, identity, piece_name
from api.formats.members import Cell, Member, members
from api.formats.terms import (
    CLAIM_FIELDS,
    ENTITY_FIELDS,
    EVIDENCE_FIELDS,
    MEMBER_FIELDS,
    PAGE_FIELDS,
    day_type,
    number,
    safe_iri,
)
from api.formats.triples import entity_types, is_fact, page_record
from api.place import Place
from graph.result import Answer, Result, Row
from schema import RELATIONS
from schema.derive.context import context
from schema.derive.fields import FieldTerm
from schema.values import Kind, Selector, numeral
from schema.vocabulary import column_term

Write = Callable[[Any], Any]
Fields = list[tuple[str, Write | None]]

_CONTEXT = orjson.dumps(context())


def write_jsonld(answer: Answer, place: Place) -> Iterator[bytes]:
    """One `@graph` of the answer, its rows, its entities and its claims; readers need fetch nothing."""
    return dumped({"@context": orjson.Fragment(_CONTEXT), "@graph": Listed(_Pen(place).graph(answer))})


class _Pen:
    """Writes the records of one answer; what every field is written by depends on its base alone."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.things = safe_iri(identity(place, ""))
        self.fields = _by_record(self.things)
        self.selectors = [
            (f"-{on.name.lower()}", on.value, _writing(EVIDENCE_FIELDS[on], self.things)) for on in Selector
        ]

    def graph(self, answer: Answer) -> Iterator[Row]:
        """By id, but for what comes in parts."""
        page = {"id": safe_iri(self.place.here), "type": "Result"}
        yield page | _filled(page_record(answer.head, self.place), self.fields["page"])
        yield from map(self._member, members(answer.head, self.place))
        for part in answer.things():
            facts = self._facts(part)
            yield from (self._entity(record) | facts.get(id, {}) for id, record in part.entities.items())
        for part in answer.claims():
            yield from map(self._claim, part.claims.values())

    def _thing(self, id: str) -> str:
        return self.things + id

    def _member(self, member: Member) -> Row:
        told = {"id": safe_iri(member.address), "type": "Member"} | _filled(member.record, self.fields["member"])
        return told | {column_term(cell.column): self._values(cell) for cell in member.cells}

    def _values(self, cell: Cell) -> Any:
        told = [{"id": self._thing(value)} if cell.names else _value(value) for value in cell.values]
        return told[0] if len(told) == 1 else told

    def _entity(self, record: Row) -> Row:
        told = {"id": self._thing(record["id"]), "type": list(_bare_types(tuple(record["types"])))}
        return told | _filled(record, self.fields["entity"])

    def _facts(self, part: Result) -> dict[str, Row]:
        """By subject: the objects of each relation that may stand without its claim."""
        found: dict[str, Row] = {}
        for record in part.claims.values():
            if not is_fact(record, part):
                continue
            facts, broader = found.setdefault(record["subject"], {}), RELATIONS[record["relation"]].broader
            if "object" in record:
                _add(facts, record["relation"], self._thing(record["object"]))
            if broader:
                _add(facts, broader, {"id": self._thing(record["object"])} if "object" in record else record["value"])
            if address := elsewhere(record):
                _add(facts, "owl:sameAs", {"id": safe_iri(address)})
        return found

    def _claim(self, record: Row) -> Row:
        name = self._thing(record["id"])
        told = {"id": name, "type": ["Claim", "rdf:Statement", "prov:Entity"], "relation": record["relation"]}
        pieces = [self._piece(piece_name(name, piece), piece) for piece in record["evidence"]]
        documents = dict.fromkeys(self._thing(piece["document"]) for piece in record["evidence"])
        return told | _filled(record, self.fields["claim"]) | {"evidence": pieces, "derived_from": list(documents)}

    def _piece(self, name: str, piece: Row) -> Row:
        told = {"id": name, "type": "oa:SpecificResource", **_filled(piece, self.fields["evidence"])}
        selectors = [
            {"id": name + ending, "type": kind, **said}
            for ending, kind, fields in self.selectors
            if (said := _filled(piece, fields))
        ]
        return told | {"selector": selectors} if selectors else told


@cache
def _bare_types(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.removeprefix("cg:") for name in entity_types(labels))


def _add(facts: Row, name: str, value: Any) -> None:
    values = facts.setdefault(name, [])
    if value not in values:
        values.append(value)


def _filled(record: Row, fields: Fields) -> Row:
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
    Kind.DECIMAL: lambda value: _literal(numeral(value), "xsd:decimal"),
    Kind.VALUE: _value,
}


def _writing(fields: Iterable[FieldTerm], things: str) -> Fields:
    typed = _TYPED | dict.fromkeys((Kind.ENTITY, Kind.DOCUMENT, Kind.CLAIM), things.__add__)
    return [(field.name, typed.get(field.kind)) for field in fields]


@cache
def _by_record(things: str) -> dict[str, Fields]:
    told = {"entity": ENTITY_FIELDS, "claim": CLAIM_FIELDS, "page": PAGE_FIELDS, "member": MEMBER_FIELDS}
    return {name: _writing(fields, things) for name, fields in (told | {"evidence": EVIDENCE_FIELDS[None]}).items()}
