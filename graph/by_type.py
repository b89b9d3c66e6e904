"""Where an entity stands in the order of types: `Entity Jurisdiction City boston`, so that a type is one range."""

from collections.abc import Sequence

from schema import ENTITIES
from schema.entities import HOLDERS

SEVERAL, NONE = "*", "-"


def place(types: Sequence[str], id: str) -> str:
    """The key of an entity of these most specific types; those of several stand together, before all others."""
    return f"{_path(types[0]) if len(types) == 1 else SEVERAL} {id}"


def ranges(type: str | None) -> dict[str, str | None]:
    """What the keys begin with that are of the type or below it, and of those that may be of it among several."""
    if type is None:
        return {"path": None, "several": NONE}
    cls = ENTITIES[type]
    held = any(issubclass(cls, holder) or issubclass(holder, cls) for holder in HOLDERS.values())
    return {"path": _path(type), "several": SEVERAL if held else NONE}


def _path(type: str) -> str:
    return " ".join(ENTITIES[type].labels())
