"""What a folder says of itself, in a file of its own: its format, and how each store in it was left."""

import json
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graph.edition import Edition
from graph.engine_folder import EngineError, write_private

MARK, FORMAT = "format.json", 1
WAYS_OUT = "delete the folder and load again, or choose another one with CIVICGRAPH_DATA"


@dataclass(frozen=True)
class Left:
    """How a store was left: the last number that a load took, and how large its files were; neither becomes smaller."""

    last: int = 0
    sizes: dict[str, int] = field(default_factory=dict)

    def cut(self, sizes: dict[str, int]) -> list[str]:
        """Which files are gone or smaller."""
        told = [f"{name} is gone" for name in sorted(self.sizes.keys() - sizes.keys())]
        return told + [f"{name} was cut" for name in sorted(sizes) if sizes[name] < self.sizes.get(name, 0)]

    def lost(self, edition: Edition | None) -> list[str]:
        """Which loads are gone."""
        if (edition or Edition()).last >= self.last:
            return []
        return [f"what load {self.last} wrote is gone" if edition else "all that was loaded is gone"]


def left(folder: Path, store: str) -> Left | None:
    """How the store was left, None where nobody wrote it down; a folder of a format that we do not know is refused."""
    try:
        found = _stores(folder).get(store)
        return Left(found["last"], found["sizes"]) if found else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(f"{folder / MARK} cannot be read, which names the folder's format: {WAYS_OUT}") from error


def mark(folder: Path, store: str, how: Left) -> None:
    """Write down how the store is left, beside what is told of others."""
    told = {"format": FORMAT, "program": version("civicgraph"), "stores": _stores(folder) | {store: asdict(how)}}
    write_private(folder / MARK, json.dumps(told, indent=1))


def _stores(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except FileNotFoundError:  # new, or from before there was a mark
        return {}
    if told["format"] > FORMAT:
        raise EngineError(
            f"{folder} has format {told['format']}, written by civicgraph {told.get('program')}; "
            f"civicgraph {version('civicgraph')} knows formats up to {FORMAT}: take a newer one, or {WAYS_OUT}"
        )
    return dict(told["stores"])
