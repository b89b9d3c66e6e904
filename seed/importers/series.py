"""The series rule: lists in the order in which they were fetched, a later one bearing on what earlier ones say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from schema import Claim
from schema.closed_lists import Stage, Status
from seed.importers.cells import Cell
from seed.importers.divisions import division
from seed.importers.rules import Complete, Rules
from seed.importers.rules import Series as Declared
from seed.importers.said import Said
from seed.importers.templates import Template
from seed.importers.writing import Place, Writing

Key = tuple[str, ...]


@dataclass
class _List:
    """The last list of one kind: what it or one before said last, by what is compared; and who stands on it."""

    day: str = ""
    keys: set[Key] = field(default_factory=set)
    ids: dict[Key, set[str]] = field(default_factory=dict)
    listed: dict[str, Said] = field(default_factory=dict)


class Series:
    """What the lists so far have said. Kinds come in order: whoever stands on the first has left the others."""

    def __init__(self, rules: Rules, declared: Declared) -> None:
        self.declared, self.kinds, self._constants = declared, list(rules.read.files), rules.read.files
        self._several = rules.read.claims.keys() - {declared.listed}
        self._last: dict[str, _List] = {}
        self._superseded: set[str] = set()
        self._again: dict[str, str] = {}
        self._ended: dict[str, tuple[str, int]] = {}

    def turned(self, kind: str, rows: Iterable[Said], writing: Writing) -> Iterator[Said]:
        """What the list adds to those before: what is new or said by each, and what it ends."""
        day = writing.document.published or writing.recorded_at[:10]
        rank = self.kinds.index(kind)
        now: dict[Key, dict[str, Said]] = {}
        for said in rows:
            said = self._unless_replaced(said, day, rank)
            beside = now.setdefault(self._key(said), {})
            beside[said.claim.id] = said.joined(beside.get(said.claim.id))
        if not now:
            writing.doubt({}, "the file", "holds no row", "nobody is taken to have left the list")
            return
        before = self._last.get(kind, _List())
        after = _List(day, {*now}, before.ids | {key: {*beside} for key, beside in now.items()})
        for key, beside in now.items():
            for said in self._compared(key, beside, before, rank):
                if said.label == self.declared.listed:
                    after.listed[said.claim.subject] = said
                    said = self._undone(said, rank)
                known = said.claim.id in before.ids.get(key, ())
                if not known or said.label in self.declared.each or said.claim.supersedes or said.claim.corrects:
                    yield said
        self._last[kind] = after
        yield from self._ends(before, after, rank, writing)
        if self.declared.complete:
            first = next(iter(next(iter(now.values())).values()))
            yield from self._searched(self.declared.complete, kind, first.place, writing)

    def _searched(self, complete: Complete, kind: str, first: Place, writing: Writing) -> Iterator[Said]:
        """What the list was gone through for: whoever is not on it was looked for."""
        constants = self._constants[kind]
        cells = {name: Cell("", value, value) for name, value in constants.items()}
        where, day = division(complete.within), writing.document.published or writing.recorded_at[:10]
        place = {name: first[name] for name in ("path", "sheet") if name in first} | {"row": 1}
        claim = writing.made(
            "SEARCHED", writing.document.id, where.id, place,
            sought=complete.sought, detail=Template.of(complete.detail, constants).fill(cells, day), valid_to=day,
        )  # fmt: skip
        if claim:
            yield Said("searched", claim, (where.cls(id=where.id, name=where.name),), place)

    def _key(self, said: Said) -> Key:
        """What is compared from list to list: a subject has one stage, and one of what stands with it as an entity."""
        ends = (said.label, said.claim.subject)
        return (*ends, said.claim.object or str(said.claim.value)) if said.label in self._several else ends

    def _compared(self, key: Key, beside: dict[str, Said], before: _List, rank: int) -> Iterator[Said]:
        """With what they replace: what was said of it last, on lists of this kind or of one that it outranks."""
        earlier = set(before.ids.get(key, ()))
        for lower in self.kinds[rank + 1 :]:
            earlier |= self._last.get(lower, _List()).ids.get(key, set())
        gone = earlier - beside.keys() - self._superseded
        self._superseded |= gone
        replacing = (beside.keys() - earlier) or beside.keys()
        for id, said in beside.items():
            if gone and id in replacing:
                said = replace(said, claim=said.claim.model_copy(update={"supersedes": tuple(sorted(gone))}))
            yield said

    def _unless_replaced(self, said: Said, day: str, rank: int) -> Said:
        """What is listed again after something else was is a claim of its own, which that does not replace."""
        key, first = self._key(said), said.claim
        if any(key in self._last.get(higher, _List()).keys for higher in self.kinds[:rank]):
            return said
        claim = _with_detail(first, self._again[first.id]) if first.id in self._again else first
        if claim.id in self._superseded:
            self._again[first.id] = f"listed so again on {day}"
            claim = _with_detail(first, self._again[first.id])
        return replace(said, claim=claim)

    def _undone(self, said: Said, rank: int) -> Said:
        ended, by = self._ended.get(said.claim.subject, ("", 0))
        if not ended or rank > by:
            return said
        del self._ended[said.claim.subject]
        return replace(said, claim=said.claim.model_copy(update={"corrects": (ended,)}))

    def _ends(self, before: _List, after: _List, rank: int, writing: Writing) -> Iterator[Said]:
        """Who stood on the list before and stands neither on this nor on one that outranks it."""
        for thing, said in before.listed.items():
            if thing in after.listed or any(
                thing in self._last.get(higher, _List()).listed for higher in self.kinds[:rank]
            ):
                continue
            place = {"absent": str(said.place["raw"])}
            claim = writing.made(
                said.claim.relation(), thing, None, place,
                value=Stage.ENDED.value, status=Status.HEDGED, **_span(before.day, after.day),
                detail=f"on the list of {before.day} and no longer on that of {after.day}",
                inferred=[f"not on the list of {after.day}, which is to be complete; why, it does not say"],
            )  # fmt: skip
            if claim:
                self._ended[thing] = claim.id, rank
                yield Said("ended", claim, said.declared, place)


def _with_detail(claim: Claim, detail: str) -> Claim:
    told = f"{claim.detail}; {detail}" if claim.detail else detail
    return type(claim).model_validate(claim.model_dump() | {"detail": told})


def _span(first: str, last: str) -> dict[str, str]:
    """The partial date in which both days lie, or both where they lie in two years."""
    for length in (10, 7, 4):
        if first[:length] == last[:length]:
            return {"valid_from": first[:length]}
    return {"not_before": first, "not_after": last}
