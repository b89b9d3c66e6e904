"""A load's own edition in the making: every write is fenced, nothing is seen before the last one publishes it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from graph import edition as editions
from graph.batch import weighed, write_in_halves
from graph.connection import Divided, Step, Writer
from graph.edition import OPEN, Edition, Overtaken, hash_after
from graph.held import BATCH
from graph.imported import FORGET
from graph.plan import NewClaim, Plan
from graph.said import CARRIED, CHALLENGES, Row, edge_row
from graph.versions import CUT, DELETE, DRAFTED, END, ENDED, LASTING, REVIVE, Versions, find
from schema import ENTITIES, RELATIONS, Claim, Evidence
from schema.claims import EXTENT, KEYS

ON_EDGE = (*(name for name in Evidence.model_fields if name != "document"), "recorded_at")
TYPED = ("claim", *CARRIED, "quote", "source")
OF_ENTITY = ("type", "by_type", "search", "alike", "said", "hash")
DERIVED = ("name", "figure", "standing", "history", "challenged", "said", "hash")
MOST_STATEMENTS = 8  # in one transaction: a store that has just started plans each for half a second and more

MOST_ENDED = 20_000  # kept by name; where a load ends more, they are found again by a walk


class Draft:
    """The edition that one load writes, portion by portion: `batch` rows to a transaction, by their weight.

    `ended` is what it replaces of earlier editions; None where that is too much to be kept.
    """

    batch = BATCH

    def __init__(self, graph: Writer, before: Edition) -> None:
        self._graph, self.before, self.number, self._beat = graph, before, before.last + 1, 0
        self._hash, self._instant = before.hash, before.instant
        self._claims, self._entities = before.claims, before.entities
        self.ended: Versions | None = Versions()
        self._waiting: list[Sequence[Step]] = []
        self._rows = 0

    @classmethod
    async def begin(cls, graph: Writer, before: Edition, documents: Sequence[str] = ()) -> "Draft":
        """Takes the next number; Overtaken where another load did so first. What imports noted of these goes."""
        draft = cls(graph, before)
        forgetting = [(FORGET, {"ids": [*documents]})] if documents else []
        await draft._fenced(editions.BEGIN, {"last": before.last, "beat": before.beat}, forgetting)
        draft._beat = 0
        return draft

    async def write(self, plan: Plan) -> None:
        """All that the plan asks for; ends before beginnings, for a version is found by being the one that lasts.

        What an earlier portion has written is deleted where it ends: no edition has it.
        """
        for versions, action in ((self._ended(plan, True), DELETE), (self._ended(plan, False), END)):
            await self._revise(versions, LASTING, action, self.number)
        for types, rows in plan.entities.items():
            await self._create(await self._entities_of(types), rows)
        for text, rows in _grouped(plan.claims):
            await self._create(text, rows)
            for more, what in ((MORE_VOICES, "voices"), (MORE_STATEMENTS, "statements")):
                await self._create(more, [{"id": row["id"], what: row[what]} for row in rows if row[what]])
        await self._create(UNKNOWN, plan.unknown)
        for kind in CHALLENGES:
            pairs = [{"id": x, "of": of} for x, how, of in sorted(plan.challenges) if how == kind]
            await self._create(CHALLENGE.replace("KIND", kind.upper()), pairs)
        sheets = [{"document": d, "entities": [*e], "marks": [*e.values()]} for d, e in plan.declared.items()]
        await self._create(DECLARED, sheets)
        await self._flush()
        self._keep(plan)

    def _keep(self, plan: Plan) -> None:
        self._hash = hash_after(self._hash, *plan.hashes())
        self._claims += len(plan.claims) + len(plan.unknown) - len(plan.ended_claims)
        self._entities += sum(map(len, plan.entities.values())) - len(plan.ended_entities)
        self._instant = max([self._instant, *(claim.latest for claim in plan.claims)])
        if self.ended is not None:
            self.ended += self._ended(plan, False)
            if len(self.ended) > MOST_ENDED:
                self.ended = None

    def _ended(self, plan: Plan, own: bool) -> Versions:
        """What a plan ends, of this load's own versions or of those before it."""
        claims = [
            (id, c.facts.get("relation"), c.facts.get("subject"))
            for id, c in sorted(plan.ended_claims.items())
            if (c.row["since"] == self.number) == own
        ]
        entities = sorted(id for id, entity in plan.ended_entities.items() if (entity.since == self.number) == own)
        return Versions(claims, entities, [] if own else plan.ended_declared)

    async def undo(self) -> None:
        """Leave nothing of a load that was cut short, and nothing of what earlier ones replaced."""
        number = self.before.number
        await self._fenced(editions.SWEPT, {"draft": self.number, "number": number})
        for condition, action in ((DRAFTED, DELETE), (CUT, REVIVE), (ENDED, DELETE)):
            async for found in find(self._graph, condition, number):
                await self._revise(found, condition, action, number)
                await self._flush()
        await self._fenced(editions.UNDONE, {"draft": self.number})

    async def seal(self, tombstones: Sequence[str] = ()) -> Edition:
        """Publish: from this one write on readers see the draft, and these in the place of what was taken down."""
        told = {
            "hash": self._hash,
            "instant": self._instant,
            "published_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "rest": self.ended is None or len(self.ended) > 0,
            "claims": self._claims,
            "entities": self._entities,
        }
        stones = [(TOMBSTONES, {"keys": [*tombstones]})] if tombstones else []
        await self._fenced(editions.SEAL, {"draft": self.number, **told}, stones)
        self._graph.forget()
        return replace(self.before, number=self.number, last=self.number, draft=None, **told)  # type: ignore[arg-type]

    async def _entities_of(self, types: tuple[str, ...]) -> str:
        fields = dict.fromkeys(name for t in types for name in ENTITIES[t].model_fields)
        labels = (await self._graph.dialect()).create_labels(types)
        return f"UNWIND $rows AS r CREATE (n{labels} {_map('r', (*fields, *OF_ENTITY))})"

    async def _create(self, text: str, rows: Sequence[Row]) -> None:
        for batch, weight in weighed(rows, self.batch):
            await self._put([(text, {"rows": batch})], weight)

    async def _revise(self, versions: Versions, condition: str, action: str, number: int) -> None:
        for batch, steps in versions.steps(condition, action, number):
            await self._put(steps, batch)

    async def _put(self, steps: Sequence[Step], rows: int) -> None:
        """Takes statements that belong into one transaction, and are as good as so many rows; what waits is written
        once it is a batch."""
        if self._rows + rows > self.batch or sum(map(len, self._waiting)) + len(steps) > MOST_STATEMENTS:
            await self._flush()
        self._waiting.append(steps)
        self._rows += rows

    async def _flush(self) -> None:
        if self._waiting:
            await write_in_halves(self._written, self._waiting)
            self._waiting, self._rows = [], 0

    async def _written(self, steps: Sequence[Step]) -> None:
        given = {"number": self.number, "open": OPEN}
        await self._fenced(editions.FENCE, {"draft": self.number}, [(text, given | more) for text, more in steps])

    async def _fenced(self, fence: str, given: Row, steps: Sequence[Step] = ()) -> None:
        try:
            await self._graph.write([(fence, {"beat": self._beat, **given}), *steps])
        except Divided:
            raise Overtaken("another load has taken over; what this one wrote is not published") from None
        self._beat += 1


def _grouped(claims: Sequence[NewClaim]) -> Iterator[tuple[str, list[Row]]]:
    """Claims by relation, those with a typed edge apart, each with the Cypher that writes them."""
    groups: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for claim in claims:
        edge = edge_row(claim.row, claim.evidence)
        row = claim.row | {"evidence": claim.evidence, "edge": edge}
        row["voice"], *row["voices"] = claim.voices
        row["statement"], *row["statements"] = claim.statements
        groups[claim.row["relation"], edge is not None].append(row)
    return ((create_claims(RELATIONS[relation], factual), rows) for (relation, factual), rows in groups.items())


TOMBSTONES = "UNWIND $keys AS key MERGE (:Tombstone {key: key})"
SPANNED = "since: $number, until: $open"
STATED = ("by_document", "by_place", "at", "quote", "recorded_at", "mark")
STATEMENT = "{" + ", ".join(f"{name}: t.{name}" for name in STATED) + "}"
DECLARED = (
    "UNWIND $rows AS r CREATE (:Declared {document: r.document, entities: r.entities, marks: r.marks, " + SPANNED + "})"
)
UNKNOWN = "UNWIND $rows AS r CREATE (c:Claim {id: r.id, hash: r.hash, " + SPANNED + "})"
CHALLENGE = (
    "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) WHERE c.until = $open "
    "MATCH (other:Claim {id: r.of}) WHERE other.until = $open CREATE (c)-[:KIND]->(other)"
)
MORE_VOICES = (
    "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) WHERE c.until = $open UNWIND r.voices AS v "
    "MATCH (a:Entity {id: v.id}) WHERE a.until = $open CREATE (c)-[:ATTRIBUTED_TO {recorded_at: v.recorded_at}]->(a)"
)

MORE_STATEMENTS = (
    "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) WHERE c.until = $open UNWIND r.statements AS t "
    f"CREATE (:Statement {STATEMENT})-[:STATES]->(c)"
)


def create_claims(relation: type[Claim], factual: bool) -> str:
    """Cypher that writes `$rows` of one relation whole: claim, edges, evidence, and the typed edge if factual."""
    fields = ("id", "relation", *(f for f in relation.model_fields if f != "evidence"), *EXTENT, *KEYS, *DERIVED)
    literal = relation.literal()
    return (
        "UNWIND $rows AS r MATCH (s:Entity {id: r.subject}) WHERE s.until = $open "
        + ("" if literal else "MATCH (o:Entity {id: r.object}) WHERE o.until = $open ")
        + "MATCH (a:Entity {id: r.voice.id}) WHERE a.until = $open "
        + f"CREATE (c:Claim {_map('r', fields)})-[:SUBJECT {{recorded_at: r.recorded_at}}]->(s), "
        + "(c)-[:ATTRIBUTED_TO {recorded_at: r.voice.recorded_at}]->(a)"
        + ("" if literal else ", (c)-[:OBJECT {recorded_at: r.recorded_at}]->(o)")
        + (f", (s)-[:{relation.relation()} {_map('r.edge', TYPED)}]->(o)" if factual else "")
        + ", (:Statement "
        + STATEMENT.replace("t.", "r.statement.")
        + ")-[:STATES]->(c)"
        + " WITH c, r UNWIND r.evidence AS e MATCH (d:Entity {id: e.document}) WHERE d.until = $open "
        + "CREATE (c)-[:EVIDENCED_BY {"
        + ", ".join(f"{f}: e.{f}" for f in ON_EDGE)
        + "}]->(d)"
    )


def _map(variable: str, fields: Sequence[str]) -> str:
    return "{" + ", ".join(f"{f}: {variable}.{f}" for f in fields) + f", {SPANNED}}}"
