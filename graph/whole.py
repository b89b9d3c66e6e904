"""The whole graph in parts, all of one edition: seeks that follow a key, each far within the time limit of a read."""

from collections.abc import AsyncIterator
from operator import itemgetter
from typing import Any

from graph.connection import Reader
from graph.counts import count
from graph.cypher import FIRST, LAST, expand
from graph.edition import Edition
from graph.errors import GraphError, Unavailable
from graph.query import read_queries
from graph.result import Result, Row
from graph.run import claim_record, entity_record
from schema import RELATIONS
from schema.values import FACTUAL_STATUSES

PART = 1000
QUESTION = read_queries()["claims"]
NAMING = "SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY"
ID = itemgetter("id")  # edges come in an order of the store's own
BARE = (
    "id",
    "subject",
    "relation",
    "object",
    "value",
    "unit",
    "detail",
    "status",
    "standing",
    "valid_from",
    "valid_to",
)

_CLAIM = "MATCH (c:Claim) WHERE c.{key} > $after AND c.{key} < $end AND holds(c) RETURN c.{key} AS key, {told} "
_IN_ORDER = "ORDER BY key LIMIT $limit"
_FULL = """
[(c)-[:SUBJECT]->(end:Entity) | end.name][0] AS subject,
coalesce([(c)-[:OBJECT]->(end:Entity) | end.name][0], figure(c)) AS object,
c {.*, said: null, standing: standing(c),
   evidence: [(c)-[piece:EVIDENCED_BY]->(source:Entity) | piece {.*, document: source.id}],
   challenges: CASE WHEN c.history IS NULL THEN [] ELSE
               [(c)<-[how:DISPUTES|CORRECTS|SUPERSEDES]-(other:Claim)-[:ATTRIBUTED_TO]->(voice:Entity)
                WHERE live(other) AND standing(other) <> 'retracted' |
                voice {.id, .name, challenge: type(how), challenger: other.id}] END} AS claim,
[(c)-[:ATTRIBUTED_TO|EVIDENCED_BY]->(near:Entity) | near {.id, .name, .url}] AS around
"""
_BARE = f"c {{{', '.join(f'.{name}' for name in BARE)}}}"
_FACTS = f"""[(n)<-[:SUBJECT]-(c:Claim)
WHERE holds(c) AND c.status IN $factual AND c.object IS NOT NULL AND c.condition IS NULL AND c.inferred IS NULL |
{_BARE}]"""
_NAMED = "EXISTS {{ MATCH (n)<-[:{kinds}]-(c:Claim) WHERE holds(c) }}"
_DISPUTING = """EXISTS {
  MATCH (n)<-[:ATTRIBUTED_TO]-(other:Claim)-[:DISPUTES|CORRECTS|SUPERSEDES]->(c:Claim)
  WHERE live(other) AND standing(other) <> 'retracted' AND holds(c)
}"""


def _entities(which: str, facts: str = "[]") -> str:
    return expand(
        f"MATCH (n:Entity) WHERE n.id > $after AND n.id < $end AND live(n) AND ({which}) "
        f"RETURN n.id AS key, n {{.*, said: null, labels: labels(n)}} AS entity, {facts} AS facts {_IN_ORDER}"
    )


CLAIMS = expand(_CLAIM.format(key="by_subject", told=_FULL) + _IN_ORDER)
FIGURES = expand(_CLAIM.format(key="by_relation", told=_BARE) + _IN_ORDER)
THINGS = _entities(f"{_NAMED.format(kinds=NAMING)} OR {_DISPUTING}", _FACTS)
ABOUT = _entities(_NAMED.format(kinds="SUBJECT|OBJECT"))
CITED = _entities(_NAMED.format(kinds="EVIDENCED_BY"))


class Whole:
    """One edition of the graph: every claim but those superseded or retracted, and what they name.

    Claims come in the order of their subjects, entities in that of their ids. Unavailable where a load has meanwhile
    cleared the edition away.
    """

    def __init__(self, reader: Reader, edition: Edition, total: int) -> None:
        self._reader, self.edition, self.total = reader, edition, total
        given = {"limit": PART, "factual": [*map(str, FACTUAL_STATUSES)]}
        self.given = QUESTION.bind(QUESTION.check({}), edition.number)[1] | given

    @classmethod
    async def of(cls, reader: Reader) -> "Whole":
        """The newest edition."""
        edition = await reader.newest() or Edition()
        return cls(reader, edition, (await count(reader, edition.number)).claims)

    def part(self) -> Result:
        """An answer without rows that says what it is of."""
        hash, instant = self.edition.hash, self.edition.instant
        columns = tuple(QUESTION.columns)
        return Result(QUESTION.name, QUESTION.question, columns, [], version=hash, version_at=instant)

    async def claims(self) -> AsyncIterator[Result]:
        """All claims, each with its row, and the names of the documents and voices round them."""
        seen = 0
        async for rows in self._pages(CLAIMS):
            part = self.part()
            for _, subject, object, record, around in rows:
                part.entities.update((near["id"], near) for near in (*around, *record["challenges"]))
                claim = claim_record(record, self.given["known_at"])
                part.claims[claim["id"]] = claim
                told = claim | {"subject_id": claim["subject"], "object_id": claim.get("object")}
                told |= {"subject": subject, "object": object}
                part.rows.append({name: told.get(name) for name in part.columns} | {"claims": [claim["id"]]})
            seen += len(rows)
            yield part
        if seen != self.total:
            raise GraphError(f"the store counts {self.total} claims and gave {seen}: its index of them is not whole")

    async def things(self) -> AsyncIterator[Result]:
        """All entities that the claims name, with the claims that are facts about them."""
        async for part in self._entities(THINGS):
            yield part

    async def ends(self) -> AsyncIterator[Result]:
        """The entities that the claims are about; after them the claims about figures."""
        async for part in self._entities(ABOUT):
            yield part
        for name in sorted(name for name, relation in RELATIONS.items() if relation.literal()):
            async for rows in self._pages(FIGURES, f"{name} ", f"{name}!"):
                part = self.part()
                part.claims.update((claim["id"], _filled(claim)) for _, claim in rows)
                yield part

    async def cited(self) -> AsyncIterator[Result]:
        """The documents that the claims rest on."""
        async for part in self._entities(CITED):
            yield part

    async def _entities(self, text: str) -> AsyncIterator[Result]:
        async for rows in self._pages(text):
            part = self.part()
            for key, entity, facts in rows:
                part.entities[key] = entity_record(entity)
                part.claims.update((claim["id"], _filled(claim)) for claim in sorted(facts, key=ID))
            yield part

    async def _pages(self, text: str, after: str = FIRST, end: str = LAST) -> AsyncIterator[list[list[Any]]]:
        given = self.given | {"end": end}
        while True:
            rows = await self._reader.read(text, given | {"after": after})
            self._refuse_what_is_cleared(await self._reader.edition())
            if rows:
                yield rows
            if len(rows) < PART:
                # what was learnt a moment before the last page does not vouch for it
                self._refuse_what_is_cleared(await self._reader.newest() or Edition())
                return
            after = rows[-1][0]

    def _refuse_what_is_cleared(self, newest: Edition) -> None:
        if newest.swept > self.edition.number:
            told = f"a load has replaced edition {self.edition.number} by {newest.number} meanwhile"
            raise Unavailable(f"{told}; export again")


def _filled(record: Row) -> Row:
    return {name: value for name, value in record.items() if value is not None}
