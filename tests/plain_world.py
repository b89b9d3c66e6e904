"""The fictional world as plain Python has it: which claims hold when and as known when, without store or query."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from schema import Claim, Entity, Evidence
from schema.claims_file import ClaimsFile
from schema.entities import HOLDERS, Office

Row = dict[str, Any]
Hops = dict[str, set[str]]  # entity id → ids of the claims that lead to it

EVERY = ("current", "disputed", "superseded", "retracted")
LIVE = EVERY[:2]
FOLLOWS = (("corrects", "retracted"), ("supersedes", "superseded"), ("disputes", "disputed"))
AS_WRITTEN = ("subject", "object", "value", "unit", "detail", "status", "valid_from", "valid_to", "condition")
EVER = "9999-12-31T23:59:59Z"


def first_day(day: str | None) -> str:
    """The earliest day that a partial date can mean; dates are compared as text."""
    return {4: f"{day}-01-01", 7: f"{day}-01", 10: f"{day}"}[len(day)] if day else "0001-01-01"


def last_day(day: str | None) -> str:
    """The latest day that a partial date can mean; as text, a 31st of February does no harm."""
    return {4: f"{day}-12-31", 7: f"{day}-31", 10: f"{day}"}[len(day)] if day else "9999-12-31"


def must_hold(lasting: bool, valid_from: str | None, valid_to: str | None, published: list[str], day: str) -> bool:
    """Whether every reading of the dates has the claim true on some day that `day` can mean.

    What has no dates was so when each of its documents was published; what is done stays done.
    """
    begins = last_day(valid_from or min(published))
    told = max(first_day(max(published)), first_day(valid_from))
    ends = first_day(valid_to) if valid_to else EVER[:10] if lasting else told
    return begins <= last_day(day) and ends >= first_day(day)


def folded(text: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


class World:
    """All that the claims files say, each claim once, each document with the instant at which it was taken in."""

    def __init__(self, files: Iterable[ClaimsFile]) -> None:
        self.entities: dict[str, Entity] = {}
        self.claims: dict[str, Claim] = {}
        self.supported: dict[str, dict[str, str]] = {}  # claim → document → recorded when
        self.evidence: dict[str, list[Evidence]] = {}
        self.challenges: dict[str, list[tuple[Claim, str]]] = {}  # claim → what challenges it, and how
        for file in files:
            self.entities |= {e.id: e for e in (*file.entities, file.document)}
            for claim in file.claims:
                self.claims.setdefault(claim.id, claim)
                self.supported.setdefault(claim.id, {})[file.document.id] = str(claim.recorded_at or file.recorded_at)
                self.evidence.setdefault(claim.id, []).extend(claim.evidence)
                for kind, _ in FOLLOWS:
                    for of in getattr(claim, kind):
                        self.challenges.setdefault(of, []).append((claim, kind))
        self.recorded = {id: min(by.values()) for id, by in self.supported.items()}
        self.holders = dict(self._office_types())

    def documents(self, id: str, known_at: str = EVER) -> list[str]:
        """The documents that by then supported the claim."""
        return sorted(document for document, at in self.supported[id].items() if at <= known_at)

    def voices(self, claim: Claim, known_at: str = EVER) -> list[str]:
        """Who asserts the claim: the voice that it names, else each document that by then supported it."""
        return [claim.attributed_to] if claim.attributed_to else self.documents(claim.id, known_at)

    def challengers(self, id: str, known_at: str) -> list[tuple[Claim, str]]:
        """The claims that by then challenged this one, each with how: known, and not taken back themselves."""
        known = [(x, kind) for x, kind in self.challenges.get(id, ()) if self.recorded[x.id] <= known_at]
        return [(x, kind) for x, kind in known if self.standing(x.id, known_at) != "retracted"]

    def standing(self, id: str, known_at: str) -> str:
        """What had become of the claim, by what was known then."""
        kinds = {kind for _, kind in self.challengers(id, known_at)}
        return next((word for kind, word in FOLLOWS if kind in kinds), "current")

    def told(self, claim: Claim, known_at: str) -> Row:
        """What an answer says of the claim, as known then; None where it says nothing."""
        challengers = self.challengers(claim.id, known_at)
        disputers = {voice for x, kind in challengers if kind == "disputes" for voice in self.voices(x, known_at)}
        known = [e for e in self.evidence[claim.id] if e.document in self.documents(claim.id, known_at)]
        pieces = sorted(known, key=lambda e: (e.document, e.start))
        return {name: getattr(claim, name) for name in AS_WRITTEN} | {
            "standing": self.standing(claim.id, known_at),
            "attributed_to": self.voices(claim, known_at),
            "disputed_by": sorted(disputers) or None,
            "challenged_by": sorted({x.id for x, _ in challengers}) or None,
            "evidence": [e.model_dump(mode="json", exclude_defaults=True) for e in pieces],
        }

    def types(self, id: str) -> tuple[str, ...]:
        """Own type and those above it, the most specific first; offices that are held as a fact today count."""
        return tuple(reversed((self.holders.get(id) or type(self.entities[id])).labels()))

    def _office_types(self) -> Iterator[tuple[str, type[Entity]]]:
        for c in self.claims.values():
            office = self.entities.get(c.object or "")
            live = c.status in ("asserted", "reported") and self.standing(c.id, EVER) in LIVE
            if c.relation() == "HOLDS_OFFICE" and live and isinstance(office, Office) and office.role in HOLDERS:
                yield c.subject, HOLDERS[office.role]


class Asked:
    """What holds in the world for one as_of, known_at, and lists of statuses and standings."""

    def __init__(self, world: World, given: Row, standings: tuple[str, ...] = LIVE) -> None:
        self.world, self.names = world, {e.id: e.name for e in world.entities.values()}
        as_of, known_at = given.get("as_of"), given.get("known_at") or EVER
        self.known_at = known_at if "T" in known_at else f"{last_day(known_at)}T23:59:59Z"
        self.holding = [
            c
            for i, c in sorted(world.claims.items())
            if world.recorded[i] <= self.known_at
            and c.status in (given.get("status") or [c.status])
            and self.standing(c) in (given.get("standing") or standings)
            and first_day(c.valid_from) <= last_day(as_of)
            and last_day(c.valid_to) >= first_day(as_of)
            and (given.get("temporal") != "certain" or self._certain(c, as_of))
        ]

    def _certain(self, c: Claim, as_of: str) -> bool:
        published = [str(self.world.entities[d].published) for d in self.world.documents(c.id)]  # type: ignore[attr-defined]
        return must_hold(c.lasting, c.valid_from, c.valid_to, published, as_of)

    def standing(self, claim: Claim) -> str:
        """What had become of the claim, as asked."""
        return self.world.standing(claim.id, self.known_at)

    def of(self, *relations: str) -> Iterator[Claim]:
        """The claims of these relations that hold."""
        return (c for c in self.holding if c.relation() in relations)

    def is_a(self, id: str | None, *types: type[Entity]) -> bool:
        """Whether the entity was declared as one of the types."""
        return isinstance(self.world.entities.get(id or ""), types)

    def naming(self, id: str) -> list[str]:
        """Ids of the claims that have the entity as an end, as voice or as source."""
        return [c.id for c in self.holding if id in {c.subject, c.object, c.attributed_to, *self.documents(c)}]

    def documents(self, claim: Claim) -> list[str]:
        """The documents that support the claim, as known."""
        return self.world.documents(claim.id, self.known_at)

    def serving(self, territory: str, *types: type[Entity]) -> Hops:
        """Who serves the territory, with the claims that say so."""
        found = [c for c in self.of("SERVES") if c.object == territory and self.is_a(c.subject, *types)]
        return joined({c.subject: {c.id}} for c in found)

    def holding_one_of(self, offices: Hops) -> Hops:
        """Who holds one of the offices, with the claims that lead there."""
        found = [c for c in self.of("HOLDS_OFFICE") if c.object in offices]
        return joined({c.subject: {*offices[str(c.object)], c.id}} for c in found)

    def held_by(self, person: str) -> Hops:
        """The offices that a person holds."""
        return joined({str(c.object): {c.id}} for c in self.of("HOLDS_OFFICE") if c.subject == person)

    def end(self, column: str, id: str | None, otherwise: str | None = None) -> Row:
        """The two columns of one entity: its id and its name."""
        return {f"{column}_id": id, column: self.names[id] if id else otherwise}

    def object_of(self, claim: Claim, column: str = "object") -> Row:
        """The two columns of what the claim has as object, which may be a figure."""
        figure = None if claim.value is None else " ".join(str(v) for v in (claim.value, claim.unit) if v is not None)
        return self.end(column, claim.object, figure)

    def row(self, claim: Claim, columns: Row, hops: Iterable[str] = ()) -> Row:
        """One row that the claim makes: the fields of every claim, the columns given, its claims."""
        fields = {"relation": claim.relation(), "detail": claim.detail, "valid_from": claim.valid_from}
        claims = (claim.id, *sorted({*hops} - {claim.id}))
        stands = {"status": str(claim.status), "standing": self.standing(claim)}
        return fields | stands | columns | {"claims": claims}

    def statement(self, claim: Claim) -> Row:
        """The columns of a claim read as a sentence."""
        return self.end("subject", claim.subject) | self.object_of(claim)


def joined(ways: Iterable[Hops]) -> Hops:
    """Every entity with the claims of all the ways that lead to it."""
    found: Hops = {}
    for way in ways:
        for id, hops in way.items():
            found.setdefault(id, set()).update(hops)
    return found


def alike(term: str, word: str) -> int:
    """9 for the same word, 6 for its beginning, 1 for a word or beginning with a letter wrong, 0 for any other."""
    if word.startswith(term):
        return 9 if word == term else 6
    words = shortened(word)
    return int(len(term) >= 4 and (not shortened(term).isdisjoint(words) or any(w.startswith(term) for w in words)))


def shortened(word: str) -> set[str]:
    """The word and, if it is of four letters or more, what it is without one of them."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word)) if len(word) >= 4}
