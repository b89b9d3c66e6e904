"""The claims file as validated values: one document, the entities it names, the claims it supports."""

from dataclasses import dataclass

from schema.claims import Claim
from schema.entities import Document
from schema.model import Entity


@dataclass(frozen=True)
class ClaimsFile:
    """What one source says. `recorded_at` holds for claims that carry none of their own."""

    document: Document
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    recorded_at: str | None = None
