"""The whole graph in parts, all of one edition: seeks that follow a key, each far within the time limit of a read."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Any

from graph.connection import Reader
from graph.counts import FACTUAL, SHOWN, count
from graph.cypher import expand
from graph.edition import Edition
from graph.errors import Busy, GraphError, TooSlow, Unavailable
from graph.query import read_queries
from graph.result import ENDS, Result, Row
from graph.run import claim_record, entity_record
from graph.seek import FIRST, LAST
from schema import RELATIONS
from schema.values import LATEST

Rows = list[list[Any]]
Making = Callable[[], Result]  # a part is made by whoever takes it, while the store is asked for the next one

BEGINNING, PART = 50, 500  # whoever waits for the first part gets it sooner
AGAIN = 3
EVER = f"{LATEST}T00:00:00Z"
FIELDS = tuple(dict.fromkeys([
    "id", "relation", *(name for each in RELATIONS.values() for name in each.model_fields if name != "evidence"),
    "standing", "history",
]))  # fmt: skip
NEAR = ("id", "name", "url", "licence", "publisher", "language")
END = ("id", "name", "labels")
BARE = (
    "id", "subject", "relation", "object", "value", "unit", "detail", "status", "standing", "valid_from", "valid_to",
    "scheme",
)  # fmt: skip


def _values(names: Sequence[str]) -> str:
    return f"[{', '.join(f'c.{name}' for name in names)}]"  # a map would repeat the names in every record


_IN_ORDER = "ORDER BY key LIMIT $limit"
_NEAR = f"[{', '.join(f'near.{name}' for name in NEAR)}]"
_CHALLENGERS = "(other:Claim)-[:ATTRIBUTED_TO]->(voice:Entity)"
_TOLD = f"""
{_values(FIELDS)} AS claim,
[(c)-[:SUBJECT|OBJECT]->(end:Entity) | [end.id, end.name, labels(end)]] AS ends,
figure(c) AS figure,
[(c)-[piece:EVIDENCED_BY]->(source:Entity) | piece {{.*, document: source.id}}] AS evidence,
CASE WHEN c.history IS NULL THEN [] ELSE
[(c)<-[how:DISPUTES|CORRECTS|SUPERSEDES]-{_CHALLENGERS} WHERE live(other) AND other.standing <> 'retracted' |
 voice {{.id, .name, challenge: type(how), challenger: other.id}}] END AS challenges,
[(c)-[:ATTRIBUTED_TO|EVIDENCED_BY]->(near:Entity) | {_NEAR}] AS around
"""
_FACT = f"{FACTUAL} AND (c.object IS NOT NULL OR c.relation IN $identifying)"
# What is told of an object too, and of which kinds of thing it is: hubs are mostly of others.
_BACK = {name: each for name, each in RELATIONS.items() if any(term.startswith("^") for term in each.broader)}
_IDENTIFYING = [name for name, each in RELATIONS.items() if each.literal() and each.broader]
_OBJECTS = " OR ".join(sorted({f"n:{end.labels()[1]}" for each in _BACK.values() for end in each.range}))
_FACTS = f"""[(n)<-[:SUBJECT]-(c:Claim) WHERE {_FACT} | {_values(BARE)}] +
CASE WHEN {_OBJECTS} THEN [(n)<-[:OBJECT]-(c:Claim) WHERE c.relation IN $back AND {_FACT} | {_values(BARE)}]
ELSE [] END"""
_DISPUTING = f"""EXISTS {{
  MATCH (n)<-[:ATTRIBUTED_TO]-(other:Claim)-[:DISPUTES|CORRECTS|SUPERSEDES]->(c:Claim)
  WHERE live(other) AND other.standing <> 'retracted' AND {SHOWN}
}}"""


def _claims(key: str, told: str) -> str:
    range_of_key = f"c.{key} > $after AND c.{key} < $end"
    return expand(f"MATCH (c:Claim) WHERE {range_of_key} AND {SHOWN} RETURN c.{key} AS key, {told} {_IN_ORDER}")


def _entities(which: str, facts: str = "[]") -> str:
    return expand(
        f"MATCH (n:Entity) WHERE n.id > $after AND n.id < $end AND live(n) AND ({which}) "
        f"RETURN n.id AS key, n {{.*, said: null, alike: null, labels: labels(n)}} AS entity, {facts} AS facts "
        f"{_IN_ORDER}"
    )


def _named(kinds: str) -> str:
    return f"EXISTS {{ MATCH (n)<-[:{kinds}]-(c:Claim) WHERE {SHOWN} }}"


CLAIMS = _claims("by_subject", _TOLD)
FIGURES = _claims("by_relation", f"{_values(BARE)} AS claim")
THINGS = _entities(f"{_named('SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY')} OR {_DISPUTING}", _FACTS)
ABOUT = _entities(_named("SUBJECT|OBJECT"))
CITED = _entities(_named("EVIDENCED_BY"))


class Whole:
    """One edition of the graph: every claim but those superseded or retracted, and what they name.

    Claims come in the order of their subjects, entities in that of their ids. Unavailable where a load has meanwhile
    cleared the edition away.
    """

    def __init__(self, reader: Reader, edition: Edition) -> None:
        self._reader, self.edition = reader, edition
        self._total: int | None = None

    @classmethod
    async def of(cls, reader: Reader) -> "Whole":
        """The newest edition."""
        return cls(reader, await reader.newest() or Edition())

    async def total(self) -> int:
        """How many claims the store counts, asked once: the first part is not to wait for it."""
        if self._total is None:
            counted = await count(self._read, self.edition.number)
            self._refuse_what_is_cleared(await self._reader.newest() or Edition())
            self._total = counted.claims
        return self._total

    def part(self) -> Result:
        """An answer without rows that says what it is of."""
        hash, instant = self.edition.hash, self.edition.instant
        question = read_queries()["claims"]
        return Result(question.name, question.question, tuple(question.columns), [], version=hash, version_at=instant)

    async def claims(self) -> AsyncIterator[Making]:
        """All claims, each with its row, and what is told of ends, voices and documents beside them."""
        seen = 0
        async for rows in self.pages(CLAIMS):
            seen += len(rows)
            yield partial(self._of_claims, rows)
        if seen != (total := await self.total()):
            raise GraphError(f"the store counts {total} claims and gave {seen}: its index of them is not whole")

    async def things(self) -> AsyncIterator[Making]:
        """All entities that the claims name, with the claims that are facts about them."""
        async for rows in self.pages(THINGS):
            yield partial(self._of_entities, rows)

    async def ends(self) -> AsyncIterator[Making]:
        """The entities that the claims are about; after them the claims about figures."""
        async for rows in self.pages(ABOUT):
            yield partial(self._of_entities, rows)
        for name in sorted(name for name, relation in RELATIONS.items() if relation.literal()):
            async for rows in self.pages(FIGURES, f"{name} ", f"{name}!"):
                yield partial(self._of_figures, rows)

    async def cited(self) -> AsyncIterator[Making]:
        """The documents that the claims rest on."""
        async for rows in self.pages(CITED):
            yield partial(self._of_entities, rows)

    def _of_claims(self, rows: Rows) -> Result:
        part = self.part()
        part.entities.update(_met(rows))
        for _, values, _ends, figure, evidence, challenges, _around in rows:
            record = _filled(FIELDS, values) | {"evidence": evidence, "challenges": challenges}
            part.claims[record["id"]] = claim = claim_record(record, EVER)
            told = claim | {"subject_id": claim["subject"], "object_id": claim.get("object")}
            named = (part.entities[claim[end]]["name"] if end in claim else figure for end in ENDS)
            told |= dict(zip(ENDS, named, strict=True))
            part.rows.append({name: told.get(name) for name in part.columns} | {"claims": [claim["id"]]})
        return part

    def _of_entities(self, rows: Rows) -> Result:
        part = self.part()
        for key, entity, facts in rows:
            part.entities[key] = entity_record(entity)
            part.claims.update(_bare(values) for values in sorted(facts))  # edges come in the store's own order
        return part

    def _of_figures(self, rows: Rows) -> Result:
        part = self.part()
        part.claims.update(_bare(values) for _, values in rows)
        return part

    async def pages(self, text: str, after: str = FIRST, end: str = LAST, limit: int = 0) -> AsyncIterator[Rows]:
        """What the text finds between two keys, so much at a time, PART unless told; each record begins with its key.

        Unavailable where the edition was cleared away meanwhile.
        """
        most = limit or PART
        wanted = min(BEGINNING, most)
        given = {"edition": self.edition.number, "end": end}
        given |= {"back": [*_BACK], "identifying": _IDENTIFYING}
        while True:
            rows = await self._read(text, given | {"after": after, "limit": wanted})
            self._refuse_what_is_cleared(await self._reader.edition())
            if rows:
                yield rows
            if len(rows) < wanted:
                # what was learnt a moment before the last page does not vouch for it
                self._refuse_what_is_cleared(await self._reader.newest() or Edition())
                return
            after, wanted = rows[-1][0], most

    async def _read(self, text: str, given: Row) -> Rows:
        """A page; that others ask too much just now does not end what has taken long already."""
        for _ in range(AGAIN):
            try:
                return await self._reader.read(text, given)
            except (Busy, TooSlow):
                await asyncio.sleep(Unavailable.again_after)
        return await self._reader.read(text, given)

    def _refuse_what_is_cleared(self, newest: Edition) -> None:
        if newest.swept > self.edition.number:
            told = f"a load has replaced edition {self.edition.number} by {newest.number} meanwhile"
            raise Unavailable(f"{told}; export again")


def _bare(values: list[Any]) -> tuple[str, Row]:
    return values[0], _filled(BARE, values)


def _met(rows: Rows) -> dict[str, Row]:
    """What is told beside the claims of documents, voices and ends, each once: those of many claims are the same."""
    near = {each[0]: each for row in rows for each in row[-1]}
    found = {id: _filled(NEAR, each) for id, each in near.items()}
    for voice in (each for row in rows for each in row[-2]):
        found[voice["id"]] = found.get(voice["id"], {}) | voice
    ends = {end[0]: end for row in rows for end in row[2]}
    for id, end in ends.items():
        found[id] = found.get(id, {}) | entity_record(dict(zip(END, end, strict=True)))
    return found


def _filled(names: Sequence[str], values: list[Any]) -> Row:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
