"""What each field is everywhere else, read from its annotation: RDF property, kind of value, limits, place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.answer import Member, Result, ToldClaim
from schema.model import Thing
from schema.values import Kind, Pattern, Selector
from schema.vocabulary import concept_term, relation_term, type_term

Part = tuple[Any, tuple[Any, ...]]
Limits = tuple[tuple[str, str | int | float], ...]

_PLAIN: dict[type, Kind] = {str: Kind.TEXT, bool: Kind.BOOLEAN, int: Kind.INTEGER, float: Kind.DECIMAL}
_NUMBERS = {Kind.COUNT, Kind.INTEGER, Kind.DECIMAL}
_BOUNDS: dict[type, tuple[str, str]] = {
    Ge: ("ge", "minInclusive"),
    Gt: ("gt", "minExclusive"),
    Le: ("le", "maxInclusive"),
    Lt: ("lt", "maxExclusive"),
}
_LITERALS = {*_PLAIN.values(), Kind.ENGLISH, Kind.COUNT, Kind.INSTANT, Kind.DAY, Kind.VALUE}


@dataclass(frozen=True)
class FieldTerm:
    """One field: `term` is the compact name of its RDF property, `also` of another one, `many` tells of a list.

    `words` are the only values it may hold, terms of the list `concepts` where it has one; `limits` are what a value
    keeps to, in the names of SHACL; `on` is the selector that carries it within a piece of evidence.
    """

    name: str
    term: str
    kind: Kind
    many: bool
    required: bool
    description: str
    concepts: type[StrEnum] | None = None
    words: tuple[str, ...] = ()
    limits: Limits = ()
    on: Selector | None = None
    also: str = ""

    @property
    def is_iri(self) -> bool:
        """Whether the object of the triple is an IRI."""
        return self.kind not in _LITERALS

    @property
    def word_term(self) -> Callable[[str], str] | None:
        """From a word to its compact name; None where words are no terms."""
        if self.concepts:
            return partial(concept_term, self.concepts)
        return {Kind.TYPE: type_term, Kind.RELATION: relation_term}.get(self.kind)


def field_terms(model: type[Thing]) -> Iterator[FieldTerm]:
    """The fields of a model that have an RDF property, inherited ones first."""
    return iter(_field_terms(model))


@cache
def _field_terms(model: type[Thing]) -> tuple[FieldTerm, ...]:
    found = []
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and (term := extra.get("rdf")):
            try:
                found.append(_field_term(name, str(term), str(extra.get("also", "")), field))
            except TypeError as error:
                raise TypeError(f"{model.__name__}.{name}: {error}") from None
    return tuple(found)


def _field_term(name: str, term: str, also: str, field: FieldInfo) -> FieldTerm:
    parts = list(_parts(field.annotation, tuple(field.metadata)))
    kind = _whole({_kind(part, beside) for part, beside in parts})
    part, beside = parts[0]
    return FieldTerm(
        name,
        term,
        kind,
        any(get_origin(choice) is tuple for choice in (field.annotation, *get_args(field.annotation))),
        field.is_required(),
        field.description or "",
        part if kind is Kind.CONCEPT else None,
        _words(kind, part),
        tuple(_limits(beside)) if len(parts) == 1 else (),
        next((each for each in beside if isinstance(each, Selector)), None),
        also,
    )


def _parts(annotation: Any, beside: tuple[Any, ...] = ()) -> Iterator[Part]:
    """Each thing a value may be, with what is declared beside it, through unions, lists and annotations."""
    origin, within = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _parts(within[0], (*annotation.__metadata__, *beside))
    elif origin in (Union, UnionType):
        yield from (part for choice in within if choice is not NoneType for part in _parts(choice, beside))
    elif origin is tuple and within[1:] == (...,):
        yield from _parts(within[0], beside)
    else:
        yield annotation, beside


def _kind(part: Any, beside: tuple[Any, ...]) -> Kind:
    if declared := [each for each in beside if isinstance(each, Kind)]:
        return declared[-1]
    if part is int and any(isinstance(each, Ge) and isinstance(each.ge, int) and each.ge >= 0 for each in beside):
        return Kind.COUNT
    if get_origin(part) is Literal:
        return Kind.TEXT
    if isinstance(part, type) and issubclass(part, StrEnum):
        return Kind.CONCEPT
    if isinstance(part, type) and issubclass(part, Thing):
        return Kind.PART
    if part in _PLAIN:
        return _PLAIN[part]
    raise TypeError(f"what {part!r} is in RDF is not known; annotate the field with a type of schema.values")


def _whole(kinds: set[Kind]) -> Kind:
    if len(kinds) == 1:
        return kinds.pop()
    if kinds <= _NUMBERS:
        return Kind.DECIMAL
    if kinds <= {*_NUMBERS, Kind.TEXT}:
        return Kind.VALUE
    raise TypeError(f"a value cannot be {' or '.join(sorted(kinds))}")


def _words(kind: Kind, part: Any) -> tuple[str, ...]:
    named: dict[Kind, Any] = {Kind.CONCEPT: part, Kind.TYPE: ENTITIES, Kind.RELATION: RELATIONS}
    if kind in named:
        return tuple(sorted(str(word) for word in named[kind]))
    return get_args(part) if get_origin(part) is Literal else ()


def _limits(beside: tuple[Any, ...]) -> Iterator[tuple[str, str | int | float]]:
    for each in beside:
        if isinstance(each, Pattern):
            yield "pattern", each.expression
        elif isinstance(each, StringConstraints):
            given = {"minLength": each.min_length, "maxLength": each.max_length, "pattern": each.pattern}
            yield from ((name, limit) for name, limit in given.items() if isinstance(limit, str | int))
        elif type(each) in _BOUNDS:
            attribute, name = _BOUNDS[type(each)]
            yield name, getattr(each, attribute)


def own_field_terms(model: type[Thing]) -> Iterator[FieldTerm]:
    """The fields that the model adds to those of its parent."""
    own = own_fields(model)
    return (field for field in field_terms(model) if field.name in own)


def own_fields(model: type[Thing]) -> dict[str, FieldInfo]:
    """The model's fields without those of its parent."""
    parent = model.__mro__[1]
    inherited = parent.model_fields if issubclass(parent, Thing) else {}
    return {name: field for name, field in model.model_fields.items() if name not in inherited}


def claim_field_terms() -> tuple[FieldTerm, ...]:
    """The fields of a claim as an answer tells it, those of single relations among them."""
    own = [replace(field, required=False) for cls in RELATIONS.values() for field in own_field_terms(cls)]
    fields = (*field_terms(Claim), *own, *field_terms(ToldClaim))
    return tuple({field.name: field for field in fields}.values())


def entity_field_terms() -> tuple[FieldTerm, ...]:
    """The fields of all entity types, each once."""
    return tuple({field.name: field for cls in ENTITIES.values() for field in field_terms(cls)}.values())


def models() -> tuple[type[Thing], ...]:
    """Every model that declares fields: entities, claims and their evidence, and what answers add."""
    return Entity, *ENTITIES.values(), Claim, *RELATIONS.values(), Evidence, ToldClaim, Result, Member


def closed_lists() -> tuple[type[StrEnum], ...]:
    """The closed lists that fields take their words from."""
    found = (field.concepts for model in models() for field in field_terms(model))
    return tuple(dict.fromkeys(concepts for concepts in found if concepts))
