"""What the mapping of a corpus with front matter declares: its fields, ids, issuer, and the file of its links."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from schema import ENTITIES, RELATIONS
from schema.closed_lists import Role, Scheme, Stage
from schema.entities import Measure
from schema.values import EntityId


def _measure(name: str) -> str:
    if not issubclass(ENTITIES.get(name, object), Measure):
        raise ValueError(f"{name} is no type of measure")
    return name


def _relation(name: str) -> str:
    if name not in RELATIONS:
        raise ValueError(f"{name} is no relation")
    return name


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Issuer(_Declared):
    """The office that issues the measures: the source names its holder by a word that names nobody for certain."""

    field: str
    office: Role
    place: str
    name: str


class Links(_Declared):
    """The file in the corpus that says which of its measures does what to which."""

    file: str
    records: str
    dangling: str | None = None
    subject: str
    object: str
    verb: str
    part: str | None = None
    relations: dict[str, Annotated[str, AfterValidator(_relation)]]


class Corpus(_Declared):
    """Which field of the front matter says what. `pattern` reads the key; its parts, put into words, make the name."""

    type: Annotated[str, AfterValidator(_measure)]
    prefix: EntityId
    files: str = "*.md"
    key: str
    pattern: re.Pattern[str]
    words: dict[str, str] = {}
    name: str
    scheme: Scheme
    title: str | None = None
    no_titles: tuple[str, ...] = ()
    heading: str | None = None
    signed: str | None = None
    issuer: Issuer | None = None
    stages: dict[str, dict[str, Stage]] = {}
    unread: tuple[str, ...] = ()
    links: Links | None = None
    address: Annotated[str | None, Field(description="Field with the address of the original.")] = None

    def parts(self, key: str) -> dict[str, str]:
        """The parts of a key, as words; a ValueError says that it is none."""
        if not (found := self.pattern.fullmatch(key)):
            raise ValueError("is no key of this source")
        return {name: self.words.get(part, part) for name, part in found.groupdict().items() if part}
