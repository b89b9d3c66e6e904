"""What one document says, as an importer finds it: kept in a temporary file, and every doubtful value told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from schema import ENTITIES, RELATIONS, Claim, Entity
from schema.claims_file import ClaimsFile
from schema.entities import Document
from schema.strand import Strand
from seed.explain import explain
from seed.spool import Spooled

Place = dict[str, Any]
Record = TypeVar("Record", Entity, Claim)


@dataclass(frozen=True, order=True)
class Doubt:
    """A value that was not taken as it stands: where, what, why, and what became of it."""

    file: str
    place: str
    value: str
    why: str
    done: str = "left out"

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.value!r} {self.why}; {self.done}"


Tell = Callable[[Doubt], None]
Progress = Callable[[str, int], None]
"""The file that is read, and how many claims it has given so far."""

OFTEN = 1000  # claims


def in_silence(file: str, claims: int) -> None:
    """Where nobody watches."""


class Writing:
    """One document's entities and claims; `file` names it in doubts, `recorded_at` is when it was fetched.

    Documents that are written one after the other may share their strands: thousands need no file each.
    """

    def __init__(
        self,
        document: Document,
        recorded_at: str,
        file: str,
        tell: Tell,
        progress: Progress = in_silence,
        strands: tuple[Strand, Strand] | None = None,
    ) -> None:
        self.document, self.recorded_at, self.file, self._tell = document, recorded_at, file, tell
        self._progress = progress
        self._entities, self._claims = strands or (Strand(), Strand())
        self._from = self._entities.end, self._claims.end
        self._declared: dict[str, str] = {}
        self._claimed: set[str] = set()

    def entity(self, cls: type[Entity], id: str, name: str, **fields: Any) -> str:
        """Declares it, once for the document; returns its id."""
        if id not in self._declared:
            self.declare(cls.model_validate({"id": id, "name": name, **fields}))
        return id

    def declare(self, entity: Entity) -> None:
        """Declares it as it is, once for the document."""
        if entity.id not in self._declared:
            name = self._declared[entity.id] = type(entity).__name__
            self._entities.write([name, entity.model_dump(mode="json", exclude_none=True)])

    def has(self, id: str) -> bool:
        """Whether the document has declared it."""
        return id in self._declared

    def claim(self, relation: str, subject: str, object: str | None, *places: Place, **fields: Any) -> str | None:
        """Claims it on the evidence of these places of the document; returns its id, or None and tells why not.

        What is claimed again must be claimed with all its places at once; of a second time the places are told.
        """
        made = self.made(relation, subject, object, *places, **fields)
        return self.keep(made, places[0]) if made else None

    def made(self, relation: str, subject: str, object: str | None, *places: Place, **fields: Any) -> Claim | None:
        """The claim, to be looked at before it is kept; None, and told why, where it is faulty."""
        evidence = [{"document": self.document.id, **place} for place in places]
        told = {"subject": subject, "object": object, "evidence": evidence, **fields}
        try:
            return RELATIONS[relation].model_validate({k: v for k, v in told.items() if v is not None})
        except ValidationError as error:
            for fault in error.errors():
                field = ".".join(map(str, fault["loc"])) or relation
                self.doubt(places[0], f"{field}: {fault.get('input')}", explain(fault, RELATIONS[relation]))
            return None

    def keep(self, claim: Claim, place: Place) -> str:
        """Writes it, on the evidence that it carries; returns its id."""
        if claim.id in self._claimed:
            self.doubt(place, claim.id, "says what an earlier place says", "kept with the first place")
        else:
            self._claimed.add(claim.id)
            self._claims.write([claim.relation(), claim.model_dump(mode="json", exclude_none=True)])
            if len(self._claimed) % OFTEN == 0:
                self._progress(self.file, len(self._claimed))
        return claim.id

    def doubt(self, place: Place, value: object, why: str, done: str = "left out") -> None:
        """Tells of a value that was not taken as it stands."""
        where = ", ".join(f"{name} {told}" for name, told in place.items() if name not in ("quote", "raw"))
        self._tell(Doubt(self.file, where, str(value), why, done))

    def finished(self) -> ClaimsFile:
        """All of it, to be loaded."""
        self._progress(self.file, len(self._claimed))
        return ClaimsFile(
            self.document,
            _kept(
                self._entities, self._from[0], len(self._declared), lambda row: ENTITIES[row[0]].model_validate(row[1])
            ),
            _kept(
                self._claims, self._from[1], len(self._claimed), lambda row: RELATIONS[row[0]].model_validate(row[1])
            ),
            self.recorded_at,
        )


def _kept(strand: Strand, start: int, count: int, make: Callable[[Any], Record]) -> Sequence[Record]:
    spooled = Spooled[Record](make)
    spooled.add(strand, start, count)
    return spooled
