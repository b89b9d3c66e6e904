"""A source as its mapping file declares it: who published it, under which terms, and how it is to be read."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from graph.errors import NotReadable
from schema.entities import Document
from schema.values import EntityId, Instant, Language, Text, Url

Kind = Literal["agreement_documents", "frontmatter", "openstates", "table"]
Read = TypeVar("Read", bound=BaseModel)

MAPPINGS = Path(__file__).parent.parent / "mappings"
_STAMP = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?:[_T](\d\d)(\d\d)(\d\d))?(?!\d)")


class Source(BaseModel):
    """What all documents of one source share. `read` is what its importer wants to know besides."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Annotated[Kind, Field(description="Importer, by the name of its file in seed/importers.")] = "table"
    id: Annotated[EntityId, Field(description="What the ids of its documents begin with; by default its file's name.")]
    name: Text
    publisher: Text
    url: Url
    licence: Text
    language: Language | None = None
    credit: Text | None = None
    shown_under: Annotated[Text | None, Field(description="Terms under which anybody may show the texts.")] = None
    precedence: Annotated[int, Field(ge=0, description="How early its names are shown, 0 first.")]
    retrieved: Annotated[Instant | None, Field(description="Where no file name tells it.")] = None
    read: dict[str, Any] = {}
    _file: str = PrivateAttr(default="")

    @property
    def file(self) -> str:
        """The mapping file that declares it, to be named where something in it is wrong."""
        return self._file or self.id

    def document(self, file: str, sha256: str, retrieved: str, *, again: bool = False, **fields: Any) -> Document:
        """One document of it: a file with these bytes; two files of one name are two documents.

        Of what is fetched `again` and again the same bytes on another day say that all stood there still.
        """
        day = f"{retrieved[:10]}-" if again else ""
        about = {"publisher": self.publisher, "url": self.url, "licence": self.licence, "credit": self.credit}
        named = {"id": f"{self.id}-{day}{sha256[:12]}", "name": f"{self.name}, {file}"}
        told = {"sha256": sha256, "retrieved": retrieved, "precedence": self.precedence}
        terms = {"shown_under": self.shown_under, "language": self.language}
        try:
            return Document.model_validate(about | named | told | terms | fields)
        except ValidationError as error:
            raise NotReadable(_faults(f"{file} as a document of {self.id}: ", error)) from None

    def read_as(self, model: type[Read]) -> Read:
        """What `read` declares, as what an importer understands; NotReadable names file, field and fault."""
        try:
            return model.model_validate(self.read)
        except ValidationError as error:
            raise NotReadable(_faults(f"{self.file}: read.", error)) from None

    def instant(self, path: Path) -> str:
        """When the file was fetched: by its own name or its folder's, which mirrors stamp; else as declared."""
        for name in (path.name, path.parent.name):
            if found := _STAMP.search(name):
                year, month, day, *time = (each or "00" for each in found.groups())
                stamp = f"{year}-{month}-{day}T{':'.join(time)}Z"
                if _is_instant(stamp):
                    return stamp
        if self.retrieved is None:
            raise NotReadable(f"{path}: its name tells no date; write when it was fetched as `retrieved` of {self.id}")
        return self.retrieved


def known() -> dict[str, Path]:
    """The mapping files of the repository, by name."""
    return {path.stem: path for path in sorted(MAPPINGS.glob("*.yaml"))}


def read_source(path: Path) -> Source:
    """A mapping file as a value; NotReadable names file, field and fault."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        source = Source.model_validate({"id": path.stem, **told} if isinstance(told, dict) else told)
    except ValidationError as error:
        raise NotReadable(_faults(f"{path}: ", error)) from None
    except (yaml.YAMLError, ValueError) as error:  # a day that is none is a ValueError to YAML
        raise NotReadable(f"{path}: {error}") from None
    source._file = str(path)
    return source


def _faults(before: str, error: ValidationError) -> str:
    return "\n".join(f"{before}{_field(fault['loc'])}: {fault['msg']}" for fault in error.errors())


def _is_instant(stamp: str) -> bool:
    try:
        return bool(datetime.fromisoformat(stamp))
    except ValueError:
        return False


def _field(place: Sequence[int | str]) -> str:
    return ".".join(map(str, place)) or "the file"
