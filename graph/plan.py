"""What claims files ask to be changed in a graph, worked out against what the store holds of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import GraphError
from graph.held import Held, HeldClaim, HeldEntity
from graph.holders import types
from graph.known import Known
from graph.said import (
    SPAN,
    Row,
    challenged_in,
    challenges,
    claim_row,
    digest,
    entity_row,
    entity_statement,
    evidence_rows,
    history,
    mark,
    split,
    statement_rows,
    voice_rows,
)
from schema.claims_file import ClaimsFile

Challenge = tuple[str, str, str]  # from which claim, how, to which


@dataclass(frozen=True)
class NewClaim:
    """A version of a claim to write: its node, who says so, where it stands written, which documents state it."""

    row: Row
    voices: list[Row]
    evidence: list[Row]
    statements: list[Row]
    latest: str  # when the last was recorded of what documents say of it


@dataclass
class Plan:
    """Versions to end, by id, and those to write; `counts` tells what was asked for in words of people."""

    ended_claims: dict[str, HeldClaim] = field(default_factory=dict)
    ended_entities: dict[str, HeldEntity] = field(default_factory=dict)
    claims: list[NewClaim] = field(default_factory=list)
    unknown: list[Row] = field(default_factory=list)
    challenges: set[Challenge] = field(default_factory=set)
    entities: dict[tuple[str, ...], list[Row]] = field(default_factory=lambda: defaultdict(list))
    ended_declared: list[str] = field(default_factory=list)
    declared: dict[str, dict[str, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def hashes(self) -> tuple[list[str], list[str]]:
        """Hashes of the records that go and of those that come."""
        gone = [claim.row for claim in self.ended_claims.values()], self.ended_entities.values()
        come = [[claim.row for claim in self.claims], self.unknown, *self.entities.values()]
        return [r["hash"] for r in gone[0]] + [e.hash for e in gone[1]], [r["hash"] for rows in come for r in rows]

    def __bool__(self) -> bool:
        return bool(self.ended_claims or self.ended_entities or self.claims or self.entities or self.declared)


class Planning:
    """One plan in the making: entities as declared, claims as stated, what follows for others, who hangs on whom."""

    def __init__(self, held: Held, files: Sequence[ClaimsFile], now: str) -> None:
        self.files, self.now, self.known = files, now, Known(held)
        self.documents = [file.document.id for file in files]
        self.challengers: dict[str, list[tuple[str, str]]] = {}
        self.before: dict[str, dict[str, str]] = {}  # what each document declared; new ones are not in it
        self.declared: set[str] = set()
        self.plan = Plan()

    async def make(self) -> Plan:
        """The whole plan; nothing in it where the store is as the files say."""
        await self._declare()
        stated = await self._state()
        rows = await self._follow(stated)
        await self._hang(rows, await types(self.known, rows))
        return self.plan

    async def _declare(self) -> None:
        """What is said of each entity that the files declare, or that their documents declared before."""
        now = {f.document.id: {e.id: entity_statement(e) for e in (*f.entities, f.document)} for f in self.files}
        self.before = await self.known.store.declared(self.documents)
        touched: dict[str, set[str]] = {}
        for document, declared in now.items():
            self.declared |= declared.keys()
            marks, before = {id: digest(says)[:16] for id, says in declared.items()}, self.before.get(document, {})
            touched[document] = {id for id in marks.keys() | before if marks.get(id) != before.get(id)}
            if touched[document] or document not in self.before:
                self.plan.declared[document] = marks
                self.plan.ended_declared += [document] if document in self.before else []
        await self.known.fetch_entities(id for ids in touched.values() for id in ids)
        for document, ids in touched.items():
            for id in ids:
                said = self.known.said_of_entity.setdefault(id, {})
                said[document] = now[document].get(id) or said[document] | {"gone": True}

    async def _state(self) -> set[str]:
        """Ids of the claims of which a document says something new, or nothing any more."""
        marks = await self.known.store.marks(self.documents)
        new: dict[str, dict[str, Row]] = defaultdict(dict)
        same = 0
        for file in self.files:
            document = file.document
            otherwise = self.now if document.id in self.before else file.recorded_at or self.now
            for claim in file.claims:
                facts, says = split(claim, document.published)
                if any(piece.document != document.id for piece in claim.evidence):
                    raise GraphError(f"{document.id}: {claim.id} rests on another document; load it with that one")
                if marks.pop((document.id, claim.id), None) == mark(says):
                    same += 1
                    continue
                self.known.facts[claim.id] = facts
                new[claim.id][document.id] = says | {"recorded_at": claim.recorded_at or otherwise}
        gone = [key for key, value in marks.items() if value]
        touched = {*new, *(claim for _, claim in gone)}
        await self.known.fetch_claims(touched)
        for id, statements in new.items():
            for by, says in statements.items():
                first = self.known.said.setdefault(id, {}).get(by, says)
                self.known.said[id][by] = says | {"recorded_at": first["recorded_at"]}
        for by, id in gone:
            self.known.said[id][by] = self.known.said[id][by] | {"removed_at": self.now}
        known_before = {id for id in new if self.known.was_said(id)}
        self.plan.counts = {
            "claims_created": len(new) - len(known_before),
            "claims_changed": len(known_before),
            "claims_retracted": len(gone),
            "claims_unchanged": same,
        }
        return touched

    async def _follow(self, stated: set[str]) -> dict[str, Row]:
        """New rows of the claims stated and of those on which they bear, by id, where they are new."""
        concerned, ahead = set(stated), set(stated)
        while ahead:
            ahead = {to for id in ahead for _, to in self._challenged_by(id)} - concerned
            await self.known.fetch_claims(ahead)
            concerned |= ahead
        await self._find_challengers(concerned, stated)
        known, rows = self.known, dict[str, Row]()
        for id in sorted(concerned):
            by = self.challengers.get(id, ())
            if id in known.said:
                turns = history(id, known.said, self.challengers)
                rows[id] = claim_row(known.facts[id], known.said[id], turns, bool(by))
            elif by:
                rows[id] = {"id": id, "hash": digest(id)}
            elif id in known.claims:
                self.plan.ended_claims[id] = known.claims[id]  # nothing challenges what nobody has said
        held = {id: claim.row["hash"] for id, claim in known.claims.items()}
        return {id: row for id, row in rows.items() if held.get(id) != row["hash"]}

    def _challenged_by(self, id: str) -> set[tuple[str, str]]:
        """What the claim challenges, as its documents have it, and what it challenged until now."""
        return challenged_in(self.known.row(id)) | challenges(self.known.said.get(id, {}))

    async def _find_challengers(self, concerned: set[str], stated: set[str]) -> None:
        """Whatever challenges the claims concerned, and what challenges those, as they will be."""
        pairs = {id: found for id in stated if (found := challenges(self.known.said[id]))}
        ahead = set(concerned)
        while ahead:
            by = await self.known.store.challengers(ahead & self.known.claims.keys())
            for id in ahead:
                stays = {pair for pair in by.get(id, ()) if pair[1] not in stated}
                self.challengers[id] = sorted(stays)
            for x, challenged in pairs.items():
                for kind, to in challenged:
                    if to in ahead:
                        self.challengers[to] = sorted({*self.challengers[to], (kind, x)})
            ahead = {x for id in ahead for _, x in self.challengers[id]} - self.challengers.keys()
            await self.known.fetch_claims(ahead)

    async def _hang(self, rows: dict[str, Row], labels: Mapping[str, tuple[str, ...]]) -> None:
        """The plan: entities that are new or otherwise, and every claim that is, or that hangs on one of those."""
        held, said = self.known.entities, self.known.said_of_entity
        changed = {id for id in said if not (id in held and held[id].is_so(said[id], labels[id]))}
        hanging = await self.known.store.on(changed & held.keys())
        self.known.take(hanging)
        for id, claim in hanging.items():
            if id not in rows and id not in self.plan.ended_claims:
                rows[id] = {name: value for name, value in claim.row.items() if name not in ("since", "until")}
        named = self._write_claims(rows)
        await self._challenge(rows)
        await self._all_ends_are_there(named - self.declared)
        orphans = {id for id in changed if all("gone" in says for says in said[id].values())} - named
        for id in changed:
            if id in held:
                self.plan.ended_entities[id] = held[id]
            if id not in orphans:
                self.plan.entities[labels[id]].append(entity_row(said[id], labels[id]))
        created = changed - orphans - held.keys()
        self.plan.counts |= {"entities_created": len(created), "entities_changed": len(changed - created)}

    def _write_claims(self, rows: Mapping[str, Row]) -> set[str]:
        """Takes the claims into the plan; the ids of all entities that they name."""
        named: set[str] = set()
        for id, row in rows.items():
            if id in self.known.claims:
                self.plan.ended_claims[id] = self.known.claims[id]
            if "relation" not in row:
                self.plan.unknown.append(row)
                continue
            said = self.known.said[id]
            latest = max(says[at] for says in said.values() for at in SPAN if at in says)
            claim = NewClaim(
                row, voice_rows(self.known.facts[id], said), evidence_rows(said), statement_rows(id, said), latest
            )
            self.plan.claims.append(claim)
            named |= {row["subject"], row.get("object") or row["subject"]}
            named |= {voice["id"] for voice in claim.voices} | {piece["document"] for piece in claim.evidence}
        return named

    async def _challenge(self, rows: Mapping[str, Row]) -> None:
        """Challenges hold between two versions, so those of a new one are drawn anew, in both directions."""
        unasked = {id for id in rows if id not in self.challengers} & self.known.claims.keys()
        self.challengers |= await self.known.store.challengers(unasked)
        for id, row in rows.items():
            self.plan.challenges |= {(id, kind, to) for kind, to in challenged_in(row)}
            self.plan.challenges |= {(x, kind, id) for kind, x in self.challengers.get(id, ())}

    async def _all_ends_are_there(self, ids: set[str]) -> None:
        if missing := sorted(ids - (await self.known.store.entities(ids)).keys()):
            raise GraphError(f"claims name {', '.join(missing[:5])}, which no file loaded declares")
