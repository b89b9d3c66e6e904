"""What must go: documents withdrawn, which leaves their history, and things taken down, which leaves a tombstone."""

import re
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field

from graph.errors import NotFound
from graph.held import Held, batches
from graph.known import Known
from graph.plan import Plan, Planning
from graph.said import GONE, Row, declared_fields, without_mentions
from graph.tombstone import tombstone
from schema.claims_file import ClaimsFile
from schema.entities import Document
from schema.values import CLAIM_ID_PATTERN

CLAIM = re.compile(CLAIM_ID_PATTERN)


async def emptied(held: Held, documents: Sequence[str]) -> list[ClaimsFile]:
    """Files in which these documents state nothing and declare nothing but themselves: loading them withdraws them."""
    found = await held.entities(documents)
    missing = [id for id in documents if id not in found or id not in found[id].said]
    if missing:
        raise NotFound(f"no document has the id {', '.join(missing)}")
    own = [declared_fields(found[id].said[id]) for id in documents]
    return [ClaimsFile(Document.model_validate(_without_type(row), strict=False), (), ()) for row in own]


def _without_type(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "type"}


@dataclass
class Taken:
    """Ids of the claims that go whole, those that lose a document or a mention, and the entities that go."""

    whole: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)


class TakingDown:
    """Takes things down in one draft: the claims first, then the entities on which none of them hangs any more."""

    def __init__(self, held: Held, number: int, ids: Collection[str]) -> None:
        self._held, self._number, self._ids = held, number, {*ids}
        self.taken = Taken()
        self._documents: set[str] = set()
        self._holders: set[str] = set()  # persons who lose a claim to an office, and with it perhaps a type

    async def plans(self) -> AsyncIterator[Plan]:
        """Each portion, to be written before the next is asked for; NotFound names what is not there."""
        await self._gather()
        for batch in batches(sorted(self.taken.whole | self.taken.touched)):
            async for plan in self._of_claims(batch):
                yield plan
        async for plan in self._of_entities():
            yield plan

    @property
    def tombstones(self) -> list[str]:
        """What tells each thing that was taken down from what never was, and does not tell what it was."""
        return sorted(map(tombstone, self.taken.whole | self.taken.entities))

    async def _gather(self) -> None:
        claims = {id for id in self._ids if CLAIM.fullmatch(id)}
        entities = self._ids - claims
        held = await self._held.entities(entities)
        missing = sorted(claims - (await self._held.claims(claims)).keys() | entities - held.keys())
        if missing:
            raise NotFound(f"nothing has the id {', '.join(missing)}")
        self._documents = {id for id, entity in held.items() if "Document" in entity.types}
        on = await self._held.on(entities)
        self.taken.entities = entities
        self.taken.whole = claims | {claim for id in entities - self._documents for claim in on.get(id, ())}
        self.taken.touched = {claim for id in self._documents for claim in on.get(id, ())}
        for id in entities:
            self.taken.touched |= await self._held.mentioning(id)
        self.taken.touched -= self.taken.whole

    async def _of_claims(self, ids: Sequence[str]) -> AsyncIterator[Plan]:
        planning = Planning(self._held, self._number)
        known = planning.known
        await known.fetch_claims(ids)
        for id in ids:
            said = known.said.get(id, {})
            for document in self._documents:
                said.pop(document, None)
            if id in self.taken.whole or not said or self._names_what_goes(known.facts[id]):
                self._take_whole(known, id)
                continue
            known.said[id] = {d: without_mentions(says, self.taken.entities) for d, says in said.items()}
        async for plan in planning.plans(ids):
            yield plan

    def _take_whole(self, known: Known, id: str) -> None:
        self.taken.whole.add(id)
        facts = known.facts.pop(id, {})
        known.said.pop(id, None)
        if facts.get("relation") == "HOLDS_OFFICE":
            self._holders.add(facts["subject"])

    def _names_what_goes(self, facts: Row) -> bool:
        return not self.taken.entities.isdisjoint(facts.get(end) for end in ("subject", "object", "attributed_to"))

    async def _of_entities(self) -> AsyncIterator[Plan]:
        """The entities themselves, and what a document that goes has said of others."""
        planning = Planning(self._held, self._number)
        known = planning.known
        sheets = await self._held.declared(self._documents)
        await known.fetch_entities(self.taken.entities | self._holders | {id for d in sheets for id in sheets[d]})
        naming = {d for id in self.taken.entities for d in known.said_of_entity[id]} - self._documents
        for id, said in known.said_of_entity.items():
            stays = id not in self.taken.entities and not {*said} <= self._documents
            known.said_of_entity[id] = {
                document: says if stays else says | {GONE: True}
                for document, says in said.items()
                if not (stays and document in self._documents)
            }
        async for plan in planning.plans():
            yield plan
        kept = {d: _without(sheet, self.taken.entities) for d, sheet in (await self._held.declared(naming)).items()}
        yield Plan(ended_declared=[*sheets, *kept], declared=kept)


def _without(sheet: dict[str, str], ids: Collection[str]) -> dict[str, str]:
    return {id: mark for id, mark in sheet.items() if id not in ids}
