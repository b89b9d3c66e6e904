"""The few places where the two stores want other words: a node's label list, parameters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from schema import ENTITIES
from schema.model import Entity

_PARAMETER = re.compile(r"\$([A-Za-z]\w*)")


def leaves(labels: Sequence[str]) -> tuple[str, ...]:
    """The most specific of the labels, sorted: `Entity, Person, Mayor` → `Mayor`."""
    known = [label for label in labels if label in ENTITIES]
    return tuple(sorted(a for a in known if not any(a != b and issubclass(ENTITIES[b], ENTITIES[a]) for b in known)))


def with_ancestors(types: Sequence[str]) -> tuple[str, ...]:
    """All labels of the types, the most general first."""
    return tuple(dict.fromkeys(label for name in types for label in ENTITIES[name].labels()))


@dataclass(frozen=True)
class Neo4j:
    """Labels are written out in full: none implies another, and each has its index."""

    name: str = "neo4j"

    def create_labels(self, types: Sequence[str]) -> str:
        """Label expression of a CREATE for a node of these most specific types."""
        return "".join(f":{label}" for label in with_ancestors(types))

    def given(self, text: str, parameters: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The text with its parameters in one map: each by itself, every length of a word or list has its own plan."""
        return _PARAMETER.sub(r"$p.\1", text), {"p": parameters}


@dataclass(frozen=True)
class ArcadeDB:
    """Types inherit their labels, so a node is written with its most specific types only."""

    name: str = "arcadedb"

    def create_labels(self, types: Sequence[str]) -> str:
        """Label expression of a CREATE for a node of these most specific types."""
        return "".join(f":{label}" for label in types)

    def given(self, text: str, parameters: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """As it is: an index is found for plain parameters alone."""
        return text, parameters


Dialect = Neo4j | ArcadeDB


def holder_types(entity: type[Entity], offices: Sequence[type[Entity]]) -> tuple[str, ...]:
    """Most specific types of an entity that holds offices of these holder types."""
    return tuple(sorted({o.__name__ for o in offices})) or (entity.__name__,)
