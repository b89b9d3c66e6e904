"""The fields of a record from the properties of a node, each by what its declaration says of it."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from schema.derive.fields import FieldTerm, field_terms
from schema.model import Thing
from schema.values import LONGEST_SLUG, SLUG_PATTERN, Kind
from schema.vocabulary import iri
from seed.yaml_lines import MOST

Record = dict[str, Any]
Values = list[tuple[str, str]]  # value and kind, as of a statement
Node = dict[str, Values]  # by predicate

_XSD = iri("xsd:")
_NUMBERS: dict[str, Callable[[str], int | float]] = {f"{_XSD}integer": int, f"{_XSD}decimal": float}


class Fault(Exception):
    """What is wrong with a thing; `field` is the name of the field or the predicate."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Fields:
    """Reads fields; `things` is what stands before the ids of things."""

    def __init__(self, things: str) -> None:
        self.things = things

    def of(self, node: Node, known: Mapping[str, FieldTerm | None]) -> Record:
        """Those that are known, each by its property; None stands for a property that follows from others."""
        found: Record = {}
        for predicate, values in node.items():
            if predicate not in known:
                raise Fault(predicate, "is no property of it that we know")
            if (term := known[predicate]) is None:
                continue
            told = [self._value(term, value, kind) for value, kind in values]
            if len(told) > 1 and not term.many:
                raise Fault(term.name, f"has several values: {' | '.join(map(str, told))}")
            # RDF keeps no order: numbers ascend, as a document's paragraphs do, and texts stand as they come
            found[term.name] = _ascending(told) if term.many else told[0]
        return found

    def _value(self, term: FieldTerm, value: str, kind: str) -> Any:
        if term.is_iri == bool(kind):
            raise Fault(term.name, f"must be {'an IRI' if term.is_iri else 'a literal'}, and is {value}")
        if term.kind in (Kind.ENTITY, Kind.DOCUMENT, Kind.CLAIM):
            return self.id(value)
        if term.word_term:
            if (word := _words(term).get(value)) is None:
                raise Fault(term.name, f"{value} is no word of it; there are {', '.join(term.words)}")
            return word
        if term.kind is Kind.DECIMAL:
            return _number(_digits, value, term.name)
        return _number(int, value, term.name) if term.kind in (Kind.COUNT, Kind.INTEGER) else value

    def id(self, address: str) -> str:
        """The id of the thing at this address; Fault where it is the address of none."""
        if not address.startswith(self.things):
            raise Fault("", f"names {address}, which is no thing of {self.things}")
        id = address.removeprefix(self.things)
        if not re.fullmatch(SLUG_PATTERN, id) or len(id) > LONGEST_SLUG:
            raise Fault("", f"{address} ends in no id of ours: small letters and digits joined by hyphens")
        return id


def one(node: Node, predicate: str, name: str) -> tuple[str, str]:
    """The only value of a property; Fault where there are several or none."""
    values = node.get(predicate, [])
    if len(values) != 1:
        told = " | ".join(value for value, _ in values)
        raise Fault(name, f"has several values: {told}" if values else "is missing")
    return values[0]


def literal(value: str, kind: str) -> str | int | float:
    """A literal as the value that it stands for."""
    return _number(_NUMBERS[kind], value, "value") if kind in _NUMBERS else value


def _number(make: Callable[[str], int | float], value: str, name: str) -> int | float:
    try:
        return make(value)
    except ValueError:
        raise Fault(name, f"{value} is no number") from None


def _digits(value: str) -> int | float:
    """A whole number is one unless it is larger than any that is kept exactly."""
    return float(value) if "." in value or abs(int(value)) > MOST else int(value)


def _ascending(values: list[Any]) -> list[Any]:
    return sorted(values) if all(isinstance(each, int) for each in values) else values


@cache
def terms(cls: type[Thing]) -> dict[str, FieldTerm]:
    """The fields of a type by the properties that carry them."""
    return {iri(term.term): term for term in field_terms(cls)}


@cache
def _words(term: FieldTerm) -> dict[str, str]:
    assert term.word_term
    return {iri(term.word_term(word)): word for word in term.words}
