"""How each field of a record is written in RDF: its property, the kind of value, how often it may occur."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import get_origin

from pydantic.fields import FieldInfo

from schema import ENTITIES, Claim, Entity, Evidence
from schema.model import Thing


class Kind(StrEnum):
    """What stands as object of the triple."""

    TEXT = "xsd:string"
    COUNT = "xsd:nonNegativeInteger"
    INSTANT = "xsd:dateTime"
    DAY = "partial date"
    VALUE = "number or text"
    RECORD = "id of a record"
    ADDRESS = "address on the Web"
    CONCEPT = "term of the vocabulary"


_KINDS = {
    "attributed_to": Kind.RECORD,
    "corrects": Kind.RECORD,
    "disputes": Kind.RECORD,
    "document": Kind.RECORD,
    "end": Kind.COUNT,
    "evidence": Kind.RECORD,
    "object": Kind.RECORD,
    "of": Kind.CONCEPT,
    "published": Kind.DAY,
    "recorded_at": Kind.INSTANT,
    "role": Kind.CONCEPT,
    "row": Kind.COUNT,
    "same_as": Kind.ADDRESS,
    "start": Kind.COUNT,
    "status": Kind.CONCEPT,
    "subject": Kind.RECORD,
    "supersedes": Kind.RECORD,
    "url": Kind.ADDRESS,
    "valid_from": Kind.DAY,
    "valid_to": Kind.DAY,
    "value": Kind.VALUE,
    "website": Kind.ADDRESS,
}


@dataclass(frozen=True)
class FieldTerm:
    """One field: `term` is the compact name of its RDF property, `many` says that the value is a list."""

    name: str
    term: str
    kind: Kind
    many: bool
    required: bool
    description: str

    @property
    def is_iri(self) -> bool:
        """Whether the object of the triple is an IRI."""
        return self.kind in (Kind.RECORD, Kind.ADDRESS, Kind.CONCEPT)


def field_terms(model: type[Thing]) -> Iterator[FieldTerm]:
    """The fields of a model that have an RDF property, inherited ones first."""
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and (term := extra.get("rdf")):
            kind = _KINDS.get(name, Kind.TEXT)
            many = get_origin(field.annotation) is tuple
            yield FieldTerm(name, str(term), kind, many, field.is_required(), field.description or "")


def own_field_terms(model: type[Thing]) -> Iterator[FieldTerm]:
    """The fields that the model adds to those of its parent."""
    own = own_fields(model)
    return (field for field in field_terms(model) if field.name in own)


def own_fields(model: type[Thing]) -> dict[str, FieldInfo]:
    """The model's fields without those of its parent."""
    parent = model.__mro__[1]
    inherited = parent.model_fields if issubclass(parent, Thing) else {}
    return {name: field for name, field in model.model_fields.items() if name not in inherited}


def models() -> tuple[type[Thing], ...]:
    """Every model that declares fields: the kernel, each entity type, the claim and its evidence."""
    return Entity, *ENTITIES.values(), Claim, Evidence
