"""What a question may be asked with: the parameters that its file declares, and those that every question takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from graph.errors import NotReadable
from schema import ENTITIES, RELATIONS
from schema import values as v
from schema.closed_lists import Stage, Standing, Status
from schema.values import CLAIM_ID_PATTERN, Day, KnownAt, Slug

MOST_IDS, FEW = 400, 5  # ids in one question: what one picture holds, and what a person compares


def _parted(given: Any) -> Any:
    """A list from words between commas, each once, as examples and commands write it."""
    words = given.split(",") if isinstance(given, str) else given
    return list(dict.fromkeys(words)) if isinstance(words, list) and all(isinstance(w, str) for w in words) else words


_Parted = BeforeValidator(_parted)

TYPES: dict[str, Any] = {
    "entity": Annotated[v.Text, StringConstraints(max_length=200)],
    "claim": Annotated[str, StringConstraints(pattern=f"^{CLAIM_ID_PATTERN}$")],
    "text": Annotated[v.Text, StringConstraints(max_length=200)],
    "integer": int,
    "day": Day,
    "flag": bool,
    "entities": Annotated[list[Slug], Field(min_length=1, max_length=MOST_IDS), _Parted],
    "few-entities": Annotated[list[Slug], Field(min_length=2, max_length=FEW), _Parted],
    "entity-type": Literal[tuple(sorted(ENTITIES))],
    "relation": Literal[tuple(sorted(RELATIONS))],
    "relations": Annotated[GenericAlias(list, Literal[tuple(sorted(RELATIONS))]), Field(min_length=1), _Parted],
    "direction": Literal["subject", "object"],
    "stage": Literal[tuple(map(str, Stage))],
}

ROWS, MOST_ROWS = 50, 500

Cursor = Annotated[str, StringConstraints(max_length=1000)]
STANDARD: dict[str, tuple[Any, str, Any]] = {
    "as_of": (Day | None, "Only what may have been true then: 2026, 2026-02 or 2026-02-17.", "2026"),
    "temporal": (
        Literal["possible", "certain"] | None,
        "With `as_of`: `certain` leaves out what only may have been true then.",
        "certain",
    ),
    "known_at": (KnownAt | None, "Only what was recorded by then: an instant or a partial date.", "2100-01-01"),
    "status": (
        list[Status] | None,
        "Only claims that their source puts so, several with commas; by default all.",
        ["asserted", "reported"],
    ),
    "standing": (
        list[Standing] | None,
        "Only claims that stand so by then, several with commas; the default leaves out superseded and retracted.",
        ["current"],
    ),
    "limit": (Annotated[int, Field(ge=1, le=MOST_ROWS)], "Most rows in one answer.", ROWS),
    "cursor": (Cursor | None, "Where the next page begins, from `page.next_cursor`.", None),
}

LABELS = {
    "as_of": "As of",
    "id": "Claim",
    "known_at": "Known at",
    "limit": f"Rows a page, at most {MOST_ROWS}",
    "q": "Name",
    "resolve": "Other sources",
    "temporal": "At that time",
}
"""What a form calls a parameter, where that is not its name; one that names an entity is called what may be named."""


def label(name: str) -> str:
    """A parameter's name in a form."""
    return LABELS.get(name, name.capitalize())


@dataclass(frozen=True)
class Parameter:
    """One parameter of one query, as its header declares it; `kinds` are the types of entity that it may name."""

    name: str
    type: str
    description: str
    example: Any
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    default: Any = None
    kinds: Sequence[str] = ()

    @property
    def label(self) -> str:
        """What a form calls it: `Id of a mayor, office, city or group.` is `Mayor, office, city or group`."""
        if self.type != "entity" or not self.description.startswith("Id of "):
            return label(self.name)
        named = re.sub(r"^Id of (an? |any |the )?|\.$", "", self.description)
        return named[0].upper() + named[1:]

    def field(self, by_id: bool = False) -> tuple[Any, Any]:
        """Annotation and default for a Pydantic model; `by_id` takes no name where an id does."""
        if self.type not in TYPES:
            raise NotReadable(f"parameter {self.name}: no type {self.type!r}; there are {', '.join(TYPES)}")
        if unknown := sorted(set(self.kinds) - ENTITIES.keys()):
            raise NotReadable(f"parameter {self.name}: no entity type {', '.join(unknown)}")
        limits: dict[str, Any] = {"ge": self.minimum, "le": self.maximum} if self.type == "integer" else {}
        info: dict[str, Any] = {"description": self.description, "examples": [self.example], **limits}
        annotation = Slug if by_id and self.type == "entity" else TYPES[self.type]
        if self.required:
            return annotation, Field(**info)
        return annotation | None, Field(default=self.default, **info)
