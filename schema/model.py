"""The kernel: what every entity has, and how a field or a class names its RDF term."""

import re
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from schema.values import English, EntityId, Text, Url


def described(description: str, rdf: str | None = None, also: str | None = None, **constraints: Any) -> Any:
    """A model field with its definition, the RDF property that carries it, and one that carries it `also`."""
    named: dict[str, Any] = {name: term for name, term in (("rdf", rdf), ("also", also)) if term}
    return Field(description=description, json_schema_extra=named or None, **constraints)


@cache
def upper_snake(class_name: str) -> str:
    """`HoldsOffice` → `HOLDS_OFFICE`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).upper()


class Thing(BaseModel):
    """One validated, sourced record: an entity or a claim."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, strict=True)


class Entity(Thing):
    """Whatever claims are about: a person, office, place, body, measure, group, event, remark or document."""

    rdf: ClassVar[tuple[str, ...]] = ()
    derived: ClassVar[bool] = False

    id: Annotated[EntityId, described("Flat identifier; it never changes and is never used again.")]
    name: Annotated[Text, described("Name in its usual form.", "rdfs:label", "schema:name")]
    aliases: Annotated[tuple[Text, ...], described("Other names and spellings.", "skos:altLabel", strict=False)] = ()
    description: Annotated[English | None, described("One neutral sentence.", "schema:description")] = None
    same_as: Annotated[
        tuple[Url, ...], described("Addresses of the same thing elsewhere.", "owl:sameAs", strict=False)
    ] = ()

    def __init_subclass__(cls, rdf: tuple[str, ...] = (), derived: bool = False, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.rdf, cls.derived = rdf, derived

    @classmethod
    def labels(cls) -> tuple[str, ...]:
        """Own name and those of the ancestors, the most general (`Entity`) first."""
        return tuple(c.__name__ for c in reversed(cls.__mro__) if issubclass(c, Entity))

    @classmethod
    def rdf_types(cls) -> tuple[str, ...]:
        """Compact names of all RDF classes an instance has: ours and the well-known ones beside them."""
        lineage = [c for c in cls.__mro__ if issubclass(c, Entity) and c is not Entity]
        names = [name for c in lineage for name in (f"cg:{c.__name__}", *c.rdf)]
        return tuple(dict.fromkeys(names))
