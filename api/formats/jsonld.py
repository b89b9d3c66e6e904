"""Compact JSON-LD with its context inline: our records almost as they stand, the same graph as the Turtle.

What both take from more than one field – facts, voices, members – is declared once, in `facts`, `links` and `members`.
The fields themselves are written in two ways: here by their names, which the context explains, there a property each.
Identifiers are whole addresses: a base would be lost with the published context, as no reader takes one from there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import orjson

from api.formats.facts import Fact, is_fact, plain_triples
from api.formats.jsontext import Listed, dumped
from api.formats.links import agent_names, identity, piece_name, publisher_name
from api.formats.members import Member, members
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
from api.formats.triples import CLAIM_TYPES, entity_types, page_record
from api.formats.wording import sentence
from api.place import Place
from graph.result import Answer, Result, Row
from schema.closed_lists import Profile
from schema.derive.context import FILE as CONTEXT_FILE
from schema.derive.context import context
from schema.derive.fields import FieldTerm
from schema.values import Kind, Selector, numeral
from schema.vocabulary import PUBLISHER, column_term, relation_term

Write = Callable[[Any], Any]
Fields = list[tuple[str, Write | None]]

MEDIA_TYPE_OF_LINES = "application/x-ndjson"

_CONTEXT = orjson.dumps(context())


def write_jsonld(answer: Answer, place: Place) -> Iterator[bytes]:
    """One `@graph` of the answer, its rows, its entities and its claims; readers need fetch nothing."""
    return dumped({"@context": orjson.Fragment(_CONTEXT), "@graph": Listed(_Pen(place).graph(answer))})


def write_jsonld_lines(answer: Answer, place: Place) -> Iterator[bytes]:
    """The same nodes, a document a line; the context is that of the vocabulary, which lies beside a dump."""
    context = {"@context": f"{place.base}v1/schema/{CONTEXT_FILE}"}
    return (orjson.dumps(context | node) + b"\n" for node in _Pen(place).graph(answer))


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
        if self.place.profile is not Profile.TRUTHY:
            yield from map(self._member, members(answer.head, self.place))
        for part in answer.things():
            facts = self._facts(part)
            for id, record in part.entities.items():
                yield self._entity(record) | facts.get(id, {})
                if "Document" in record["types"]:
                    yield self._publisher(record)
        if self.place.profile is not Profile.TRUTHY:
            for part in answer.claims():
                yield from (self._claim(record, part.entities) for record in part.claims.values())

    def _thing(self, id: str) -> str:
        return self.things + id

    def _member(self, member: Member) -> Row:
        told = {"id": safe_iri(member.address), "type": "Member"} | _filled(member.record, self.fields["member"])
        return told | {column_term(column): self._values(values, named) for column, values, named in member.cells}

    def _values(self, values: tuple[Any, ...], named: bool) -> Any:
        told = [{"id": self._thing(value)} if named else _value(value) for value in values]
        return told[0] if len(told) == 1 else told

    def _entity(self, record: Row) -> Row:
        types = _bare_types(tuple(record["types"]), record.get("of", ""))
        told = {"id": self._thing(record["id"]), "type": list(types), "schema:name": record["name"]}
        if "Document" in record["types"]:
            told[PUBLISHER] = {"id": self._thing(publisher_name(record["id"]))}
        return told | _filled(record, self.fields["entity"])

    def _publisher(self, record: Row) -> Row:
        told = {"id": self._thing(publisher_name(record["id"])), "type": "prov:Agent"}
        return told | ({"schema:name": record["publisher"]} if "publisher" in record else {})

    def _facts(self, part: Result) -> dict[str, Row]:
        """By thing: the others that a relation which may stand without its claim leads to."""
        found: dict[str, Row] = {}
        for record in part.claims.values():
            if is_fact(record, part):
                for fact in plain_triples(record):
                    _add(found.setdefault(fact.subject, {}), *self._property(fact, record["relation"]))
        return found

    def _property(self, fact: Fact, relation: str) -> tuple[str, Any]:
        """Of a relation of ours the context knows that it leads to a thing; of others the value must tell it."""
        if fact.kind is Kind.VALUE:
            return fact.term, fact.object
        address = safe_iri(fact.object) if fact.kind is Kind.ADDRESS else self._thing(fact.object)
        return (relation, address) if fact.term == relation_term(relation) else (fact.term, {"id": address})

    def _claim(self, record: Row, entities: Mapping[str, Row]) -> Row:
        name = self._thing(record["id"])
        told = {"id": name, "type": [each.removeprefix("cg:") for each in CLAIM_TYPES[False]]}
        told |= {"subject": self._thing(record["subject"]), "relation": record["relation"]}
        told |= {"object": self._thing(record["object"])} if "object" in record else {"value": _value(record["value"])}
        languages = {id: entities.get(id, {}).get("language") for id in (p["document"] for p in record["evidence"])}
        pieces = [self._piece(piece_name(name, p), p, languages[p["document"]]) for p in record["evidence"]]
        told |= _filled(record | {"in_words": sentence(record, entities)}, self.fields["claim"])
        agents = [*map(self._thing, agent_names(record))]
        documents = [self._thing(id) for id in languages]
        return told | {"attributed_to": agents, "evidence": pieces, "derived_from": documents}

    def _piece(self, name: str, piece: Row, language: str | None) -> Row:
        told = {"id": name, "type": "oa:SpecificResource", **_filled(piece, self.fields["evidence"])}
        selectors = [
            {"id": name + ending, "type": kind, **said}
            for ending, kind, fields in self.selectors
            if (said := _filled(piece, fields))
        ]
        if language and "quote" in piece:
            selectors[0]["quote"] = {"@value": piece["quote"], "@language": language}
        return told | {"selector": selectors} if selectors else told


@cache
def _bare_types(labels: tuple[str, ...], of: str) -> tuple[str, ...]:
    return tuple(name.removeprefix("cg:") for name in entity_types(labels, of))


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
