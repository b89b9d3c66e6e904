"""What a load knows of the claims and entities that it touches: as the store holds them, and as they will be said."""

from collections.abc import Iterable

from graph.held import Held, HeldClaim, HeldEntity
from graph.said import Row, Said, first_said


class Known:
    """By id; what is said is fetched once and then changed by the load."""

    def __init__(self, held: Held) -> None:
        self.store = held
        self.entities: dict[str, HeldEntity] = {}
        self.said_of_entity: dict[str, Said] = {}
        self.claims: dict[str, HeldClaim] = {}
        self.facts: dict[str, Row] = {}
        self.said: dict[str, Said] = {}

    async def fetch_entities(self, ids: Iterable[str]) -> None:
        """Those that are not known yet."""
        found = await self.store.entities({*ids} - self.entities.keys())
        self.entities |= found
        self.said_of_entity |= {id: dict(entity.said) for id, entity in found.items()}

    async def fetch_claims(self, ids: Iterable[str]) -> None:
        """Those that are not known yet."""
        for id, claim in (await self.store.claims({*ids} - self.claims.keys())).items():
            self.claims.setdefault(id, claim)
            if claim.facts:
                self.facts.setdefault(id, claim.facts)
                self.said.setdefault(id, dict(claim.said))

    def row(self, id: str) -> Row:
        """The claim as the store holds it; nothing of one that it does not hold."""
        return self.claims[id].row if id in self.claims else {}

    def was_said(self, id: str) -> bool:
        """Whether the store holds the claim as more than something challenged."""
        return id in self.claims and bool(self.claims[id].said)

    def type_of(self, id: str) -> str:
        """The type that the entity is declared as."""
        return str(first_said(self.said_of_entity[id])["type"])
