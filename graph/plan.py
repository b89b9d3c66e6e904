"""One portion of what a load changes, worked out against what the store holds: versions that end and that begin."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, field

from graph.held import BATCH, Held, HeldClaim, HeldEntity, batches
from graph.holders import types
from graph.known import Known
from graph.said import (
    GONE,
    SPAN,
    Row,
    challenged_in,
    challenges,
    claim_row,
    digest,
    entity_row,
    evidence_rows,
    history,
    statement_rows,
    voice_rows,
)

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
        ended = self.ended_claims or self.ended_entities or self.ended_declared
        return bool(ended or self.claims or self.unknown or self.entities or self.declared)


class Planning:
    """What follows from what documents newly say of some entities and claims, for these and for all that hang on them.

    Whoever plans fetches into `known` what is concerned and changes there what is said of it. `number` is the edition
    in the making: a version of it has been written by an earlier portion of the same load.
    """

    at_once = BATCH  # claims on changed entities

    def __init__(self, held: Held, number: int) -> None:
        self.known, self.number = Known(held), number
        self.challengers: dict[str, list[tuple[str, str]]] = {}
        self.plan = Plan()

    async def plans(self, stated: Collection[str] = ()) -> AsyncIterator[Plan]:
        """The portion, of which these claims are newly stated; then the claims on changed entities, each written before
        the next is asked for."""
        rows = await self._follow({*stated})
        hanging = await self._change(await types(self.known, rows))
        hanging -= rows.keys() | self.plan.ended_claims.keys()
        await self._write(rows)
        yield self.plan
        for batch in batches(sorted(hanging), self.at_once):
            yield await Planning(self.known.store, self.number)._once_more(batch)

    async def _once_more(self, claims: Collection[str]) -> Plan:
        """Claims as they are, on what their ends have become."""
        await self.known.fetch_claims(claims)
        held = {id: claim.row for id, claim in self.known.claims.items()}
        await self._write(
            {id: {k: v for k, v in row.items() if k not in ("since", "until")} for id, row in held.items()}
        )
        return self.plan

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
        pairs = {id: found for id in stated if (found := challenges(self.known.said.get(id, {})))}
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

    async def _change(self, labels: Mapping[str, tuple[str, ...]]) -> set[str]:
        """Takes entities that are new or otherwise into the plan; the ids of the claims that hang on one of those."""
        held, said = self.known.entities, self.known.said_of_entity
        changed = {id for id in said if not (id in held and held[id].is_so(said[id], labels[id]))}
        on = await self.known.store.on(changed & held.keys())
        orphans = {id for id in changed - on.keys() if all(GONE in says for says in said[id].values())}
        for id in changed:
            if id in held:
                self.plan.ended_entities[id] = held[id]
            if id not in orphans:
                self.plan.entities[labels[id]].append(entity_row(said[id], labels[id]))
        before = {id for id, entity in held.items() if entity.since < self.number}
        self.plan.counts = {
            "entities_created": len(changed - orphans - held.keys()),
            "entities_changed": len(changed & before),
        }
        return {claim for claims in on.values() for claim in claims}

    async def _write(self, rows: Mapping[str, Row]) -> None:
        """Takes the claims into the plan."""
        for id, row in rows.items():
            if id in self.known.claims:
                self.plan.ended_claims[id] = self.known.claims[id]
            if "relation" not in row:
                self.plan.unknown.append(row)
                continue
            said = self.known.said[id]
            latest = max(says[at] for says in said.values() for at in SPAN if at in says)
            voices = voice_rows(self.known.facts[id], said)
            self.plan.claims.append(NewClaim(row, voices, evidence_rows(said), statement_rows(id, said), latest))
        await self._challenge(rows)

    async def _challenge(self, rows: Mapping[str, Row]) -> None:
        """Challenges hold between two versions, so those of a new one are drawn anew, in both directions."""
        unasked = {id for id in rows if id not in self.challengers} & self.known.claims.keys()
        self.challengers |= await self.known.store.challengers(unasked)
        for id, row in rows.items():
            self.plan.challenges |= {(id, kind, to) for kind, to in challenged_in(row)}
            self.plan.challenges |= {(x, kind, id) for kind, x in self.challengers.get(id, ())}
