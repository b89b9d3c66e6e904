"""The claims file as validated values: one document, the entities it names, the claims it supports."""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.claims import Claim
from schema.entities import Document
from schema.model import Entity


@dataclass(frozen=True)
class ClaimsFile:
    """What one source says. `recorded_at` holds for claims that carry none of their own."""

    document: Document
    entities: Sequence[Entity] = ()
    claims: Sequence[Claim] = ()
    recorded_at: str | None = None
