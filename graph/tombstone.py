"""What is left of a thing that was taken down: whoever knows its id finds it, and nobody reads the id out of it."""

import hashlib
from collections.abc import Iterable, Iterator

from schema import Claim
from schema.claims import referring


def tombstone(id: str) -> str:
    """SHA-256 of the id."""
    return hashlib.sha256(id.encode()).hexdigest()


class Tombstones:
    """What was taken down, which files may still say; `left_out` are the ids that were met, in their order."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.left_out: dict[str, None] = {}

    def spare(self, id: str) -> bool:
        """Whether it was not taken down."""
        if not self.keys or tombstone(id) not in self.keys:
            return True
        self.left_out.setdefault(id)
        return False

    def rest(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims without those that were taken down, those that name what was, and without mentions of it."""
        for claim in claims:
            named = (claim.id, claim.subject, claim.object, claim.attributed_to)
            spared = [self.spare(id) for id in named if id]
            if all(spared):
                yield self._unmentioned(claim)

    def _unmentioned(self, claim: Claim) -> Claim:
        if not self.keys or not any(piece.refers for piece in claim.evidence):
            return claim
        kept = [tuple(each for each in piece.refers if self.spare(referring(each)[1])) for piece in claim.evidence]
        pieces = zip(claim.evidence, kept, strict=True)
        return claim.model_copy(
            update={"evidence": tuple(piece.model_copy(update={"refers": refers}) for piece, refers in pieces)}
        )
