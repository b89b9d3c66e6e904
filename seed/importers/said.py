"""A claim that a row makes, before it is written: a later row, or the list before, may bear on it."""

from dataclasses import dataclass, replace

from schema import Claim, Entity
from seed.importers.writing import Place, Writing


@dataclass(frozen=True)
class Said:
    """The claim, by which rule, with the entities that it names and where it stands."""

    label: str
    claim: Claim
    declared: tuple[Entity, ...]
    place: Place

    def joined(self, first: "Said | None") -> "Said":
        """One claim of several rows, with the places of all."""
        if first is None:
            return self
        evidence = (*first.claim.evidence, *self.claim.evidence)
        return replace(first, claim=first.claim.model_copy(update={"evidence": evidence}))

    def keep(self, writing: Writing) -> None:
        """Writes it, and declares what it names."""
        for entity in self.declared:
            writing.declare(entity)
        writing.keep(self.claim, self.place)
