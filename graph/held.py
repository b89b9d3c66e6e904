"""What the store holds of what a load touches: the versions that last, read in whole batches."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import orjson

from graph.connection import Reader
from graph.dialect import leaves
from graph.edition import OPEN
from graph.said import CHALLENGES, Row, Said
from schema import RELATIONS
from schema.values import REFERS

Each = TypeVar("Each")

BATCH = 1000
PAGE = 5000
KINDS = "|".join(kind.upper() for kind in CHALLENGES)


@dataclass(frozen=True)
class HeldEntity:
    """`types` are the most specific labels, `since` is the edition in which the version came."""

    since: int
    hash: str
    types: tuple[str, ...]
    said: Said

    def is_so(self, said: Said, types: tuple[str, ...]) -> bool:
        """Whether this is said of it and makes these types of it."""
        return self.said == said and self.types == types


@dataclass(frozen=True)
class HeldClaim:
    """A claim as its node has it; one that is challenged before it is known has neither facts nor said."""

    row: Row
    facts: Row
    said: Said


class Held:
    """Questions of a writer to its store."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def declared(self, documents: Collection[str]) -> dict[str, dict[str, str]]:
        """Ids of the entities that each document declares, each with the mark of what it says of it."""
        text = (
            "UNWIND $ids AS i MATCH (d:Declared {document: i}) WHERE d.until = $open "
            "RETURN d.document, d.entities, d.marks"
        )
        found = self._each(text, documents)
        return {document: dict(zip(ids, marks, strict=True)) async for document, ids, marks in found}

    async def entities(self, ids: Collection[str]) -> dict[str, HeldEntity]:
        """Those of the ids that there are."""
        text = (
            "UNWIND $ids AS i MATCH (n:Entity {id: i}) WHERE n.until = $open "
            "RETURN labels(n), collect([n.id, n.since, n.hash, n.said])"
        )
        found: dict[str, HeldEntity] = {}
        async for labels, records in self._each(text, ids):
            types = leaves(labels)
            found |= {i: HeldEntity(since, hash, types, orjson.loads(said)) for i, since, hash, said in records}
        return found

    async def marks(self, documents: Sequence[str]) -> AsyncIterator[tuple[str, str, str]]:
        """Document, claim and mark of each statement of these documents, of which a page is in memory.

        Document by document: the embedded engine finds a range by a parameter, not by what a row brings.
        """
        text = (
            "MATCH (s:Statement)-[:STATES]->(c:Claim) WHERE s.by_document > $after AND s.by_document < $end "
            "AND c.until = $open RETURN s.by_document, s.mark ORDER BY s.by_document LIMIT $most"
        )
        for document in documents:
            after = f"{document} "
            while after:
                given = {"after": after, "end": f"{document}!", "open": OPEN, "most": PAGE}
                found = await self._reader.read(text, given)
                for key, mark in found:
                    yield document, key.rpartition(" ")[2], mark
                after = found[-1][0] if len(found) == PAGE else ""

    async def claims(self, ids: Collection[str]) -> dict[str, HeldClaim]:
        """Those of the ids that there are, those among them that are only challenged so far."""
        text = "UNWIND $ids AS i MATCH (c:Claim {id: i}) WHERE c.until = $open RETURN collect(properties(c))"
        return {row["id"]: held_claim(row) async for (rows,) in self._each(text, ids) for row in rows}

    async def on(self, entities: Collection[str]) -> dict[str, list[str]]:
        """Ids of the claims that name each of the entities, as an end, as voice or as source; no claim, no entry."""
        text = (
            "UNWIND $ids AS i MATCH (n:Entity {id: i})<-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim) "
            "WHERE n.until = $open AND c.until = $open RETURN i, collect(DISTINCT c.id)"
        )
        return {entity: claims async for entity, claims in self._each(text, entities)}

    async def challengers(self, ids: Collection[str]) -> dict[str, list[tuple[str, str]]]:
        """Kind and id of each claim that challenges one of these."""
        text = (
            f"UNWIND $ids AS i MATCH (c:Claim {{id: i}})<-[e:{KINDS}]-(x:Claim) "
            "WHERE c.until = $open AND x.until = $open RETURN i, collect([type(e), x.id])"
        )
        found = self._each(text, ids)
        return {i: [(kind.lower(), x) for kind, x in pairs] async for i, pairs in found}

    async def mentioning(self, entity: str) -> set[str]:
        """Ids of the claims with a quote some words of which mean the entity; a walk over all claims."""
        text = (
            "MATCH (c:Claim) WHERE c.id > $after AND c.until = $open AND c.said CONTAINS $words "
            "RETURN c.id ORDER BY c.id LIMIT $most"
        )
        found, after = set[str](), ""
        while True:
            given = {"after": after, "open": OPEN, "words": f'{REFERS}{entity}"', "most": PAGE}
            rows = await self._reader.read(text, given)
            found |= {id for (id,) in rows}
            if len(rows) < PAGE:
                return found
            after = rows[-1][0]

    async def documents(self) -> list[str]:
        """Ids of the documents that were loaded and not taken down."""
        rows = await self._reader.read("MATCH (d:Declared) WHERE d.until = $open RETURN d.document", {"open": OPEN})
        return sorted(id for (id,) in rows)

    async def tombstones(self) -> set[str]:
        """What stands for the things that were taken down."""
        return {key for (key,) in await self._reader.read("MATCH (t:Tombstone) RETURN t.key", {})}

    async def offices(self, persons: Collection[str]) -> dict[str, list[str]]:
        """Ids of the claims by which each person holds an office."""
        text = (
            "UNWIND $ids AS i MATCH (p:Entity {id: i})<-[:SUBJECT]-(c:Claim {relation: 'HOLDS_OFFICE'}) "
            "WHERE p.until = $open AND c.until = $open RETURN i, collect(c.id)"
        )
        return {person: claims async for person, claims in self._each(text, persons)}

    async def _each(self, text: str, ids: Iterable[str]) -> Any:
        for batch in batches(sorted(ids)):
            for row in await self._reader.read(text, {"ids": batch, "open": OPEN}):
                yield row


def held_claim(row: Row) -> HeldClaim:
    """From the properties of its node."""
    if "relation" not in row:
        return HeldClaim(row, {}, {})
    cls = RELATIONS[row["relation"]]
    entering = ("id", "relation", *(name for name in cls.model_fields if name not in cls.beside()))
    facts = {name: row[name] for name in entering if row.get(name) is not None}
    return HeldClaim(row, facts, orjson.loads(row["said"]))


def batches(rows: Iterable[Each], most: int = BATCH) -> Iterator[list[Each]]:
    """The rows in lists of that many, each made when it is asked for."""
    following = iter(rows)
    return iter(lambda: list(islice(following, most)), [])
