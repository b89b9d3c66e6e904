"""All that claims files change in a graph, in portions: each is written before the next is planned, which sees it."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, starmap

from graph.errors import GraphError
from graph.held import Held, batches
from graph.otherwise import DeclaredOtherwise
from graph.plan import Plan, Planning
from graph.said import GONE, Row, digest, entity_statement, mark, split
from graph.together import Together
from graph.tombstone import Tombstones
from schema import Claim
from schema.claims_file import ClaimsFile

Progress = Callable[[int, int], None]


class Undeclared(GraphError):
    """A claim names what is nowhere declared."""


@dataclass(frozen=True)
class Statement:
    """What a document says of a claim; nothing any more where it `says` None."""

    document: str
    id: str
    facts: Row | None = None
    says: Row | None = None


class Portions:
    """Entities come first, so that every claim finds its ends; what a document declares no more goes last.

    What is kept from portion to portion is a few numbers for each claim and entity of the files, whatever the graph
    holds.
    """

    portion = 4000

    def __init__(self, held: Held, files: Sequence[ClaimsFile], number: int, now: str, progress: Progress) -> None:
        self.held, self.files, self.number, self.now, self.progress = held, files, number, now, progress
        self.counts: Counter[str] = Counter()
        self.declared_otherwise = DeclaredOtherwise()
        self._before: set[str] = set()  # documents that were loaded before
        self._declared, self._counted = set[int](), set[int]()
        self._dropped: dict[str, list[str]] = defaultdict(list)  # documents by the entity that they declare no more
        self._differing: dict[str, set[int]] = {}  # claims of which a document says another thing than before
        self._gone: list[tuple[str, str]] = []
        self.gone = Tombstones()

    async def plans(self) -> AsyncIterator[Plan]:
        """Each portion, to be written before the next is asked for."""
        repeated = [id for id, times in Counter(f.document.id for f in self.files).items() if times > 1]
        if repeated:
            raise GraphError(f"two files are of one document: {', '.join(repeated)}; write it in one")
        self.gone.keys |= await self.held.tombstones()
        self.files = [file for file in self.files if self.gone.spare(file.document.id)]
        for stage in (self._declare(), self._state(), self._drop()):
            async for plan in stage:
                self.counts.update(plan.counts)
                yield plan

    async def _declare(self) -> AsyncIterator[Plan]:
        """What is said of each entity that the files declare."""
        new = Together()
        for group in _grouped(self.files, lambda file: len(file.entities) + 1, self.portion):
            before = await self.held.declared([file.document.id for file in group])
            self._before |= before.keys()
            sheets: dict[str, dict[str, str]] = {}
            for document, says in self._declarations(group, before, sheets):
                new.add(says["id"], (document, says))
            yield Plan(declared=sheets, ended_declared=[document for document in sheets if document in before])
        for batch in batches(new, self.portion):
            planning = Planning(self.held, self.number)
            known = planning.known
            await known.fetch_entities(says["id"] for _, says in batch)
            for document, says in batch:
                known.said_of_entity.setdefault(says["id"], {})[document] = says
            self.declared_otherwise.look({says["id"] for _, says in batch}, known.said_of_entity)
            async for plan in planning.plans():
                yield plan

    def _declarations(
        self, group: Sequence[ClaimsFile], before: Mapping[str, dict[str, str]], sheets: dict[str, dict[str, str]]
    ) -> Iterator[tuple[str, Row]]:
        """Document and what it says of an entity, where that is new; `sheets` is given what is to be kept of it."""
        for file in group:
            document, sheet = file.document.id, dict[str, str]()
            held = before.get(document, {})
            for entity in chain(file.entities, [file.document]):
                if not self.gone.spare(entity.id):
                    continue
                says = entity_statement(entity, file.document)
                sheet[entity.id] = digest(says)[:16]
                self._declared.add(hash(entity.id))
                if held.get(entity.id) != sheet[entity.id]:
                    yield document, says
            for id in held.keys() - sheet.keys():
                self._dropped[id].append(document)
            if sheet != held or document not in before:
                sheets[document] = sheet

    async def _state(self) -> AsyncIterator[Plan]:
        """What the documents say of each claim, where that is new, and what they say no more."""
        await self._compare()
        done, total = self.counts["claims_unchanged"], sum(len(file.claims) for file in self.files)
        new = Together()
        for each in self._statements():
            new.add(each.id, (each.document, each.id, each.facts, each.says))
        for batch in batches(starmap(Statement, new), self.portion):
            async for plan in self._stated(batch):
                yield plan
            done += sum(each.says is not None for each in batch)
            self.progress(done, total)

    async def _compare(self) -> None:
        """Which claims the documents that were loaded before state otherwise, newly, or no more."""
        known = (file for file in self.files if file.document.id in self._before)
        for group in _grouped(known, lambda file: len(file.claims), self.portion):
            marks = {file.document.id: dict(_marks(file, self.gone.rest(file.claims))) for file in group}
            async for document, claim, held in self.held.marks([*marks]):
                own = marks[document].get(_number(claim))
                if own is None and held:
                    self._gone.append((document, claim))
                elif own == _short(held):
                    del marks[document][_number(claim)]
                    self.counts["claims_unchanged"] += 1
            self._differing |= {document: {*differing} for document, differing in marks.items() if differing}

    def _statements(self) -> Iterator[Statement]:
        """Offices before all else: what they make of a person, the other claims are to find."""
        yield from (Statement(document, claim) for document, claim in self._gone)
        for offices in (True, False):
            for file in self.files:
                document = file.document
                if document.id in self._before and document.id not in self._differing:
                    continue
                differing = self._differing.get(document.id)
                for claim in self.gone.rest(file.claims):
                    if (claim.relation() == "HOLDS_OFFICE") != offices:
                        continue
                    if differing is None or _number(claim.id) in differing:
                        yield self._statement(file, claim)

    def _statement(self, file: ClaimsFile, claim: Claim) -> Statement:
        document = file.document
        if any(piece.document != document.id for piece in claim.evidence):
            raise Undeclared(f"{document.id}: {claim.id} rests on another document; load it with that one")
        facts, says = split(claim, document.published)
        otherwise = self.now if document.id in self._before else file.recorded_at or self.now
        return Statement(document.id, claim.id, facts, says | {"recorded_at": claim.recorded_at or otherwise})

    async def _stated(self, batch: Sequence[Statement]) -> AsyncIterator[Plan]:
        planning = Planning(self.held, self.number)
        known, touched = planning.known, {each.id for each in batch}
        await self._all_ends_are_there(batch)
        await known.fetch_claims(touched)
        self._count(batch, known.was_said)
        for each in batch:
            if each.facts is None or each.says is None:
                known.said[each.id][each.document] = known.said[each.id][each.document] | {"removed_at": self.now}
                continue
            known.facts[each.id] = each.facts
            first = known.said.setdefault(each.id, {}).get(each.document, each.says)
            known.said[each.id][each.document] = each.says | {"recorded_at": first["recorded_at"]}
        async for plan in planning.plans(touched):
            yield plan

    def _count(self, batch: Sequence[Statement], was_said: Callable[[str], bool]) -> None:
        new = {each.id for each in batch if each.says is not None and _number(each.id) not in self._counted}
        self._counted.update(map(_number, new))
        before = sum(map(was_said, new))
        self.counts.update(
            claims_created=len(new) - before,
            claims_changed=before,
            claims_retracted=sum(each.says is None for each in batch),
        )

    async def _all_ends_are_there(self, batch: Sequence[Statement]) -> None:
        ends = {end for each in batch for end in _ends(each) if hash(end) not in self._declared}
        if missing := sorted(ends - (await self.held.entities(ends)).keys()):
            raise Undeclared(f"claims name {', '.join(missing[:5])}, which no file loaded declares")

    async def _drop(self) -> AsyncIterator[Plan]:
        """What documents declare no more: it stays while others declare it or a claim names it."""
        for batch in batches(sorted(self._dropped), self.portion):
            planning = Planning(self.held, self.number)
            await planning.known.fetch_entities(batch)
            for id in batch:
                said = planning.known.said_of_entity[id]
                for document in self._dropped[id]:
                    said[document] = said[document] | {GONE: True}
            async for plan in planning.plans():
                yield plan


def _grouped(files: Iterable[ClaimsFile], size: Callable[[ClaimsFile], int], most: int) -> Iterator[list[ClaimsFile]]:
    """Files together that hold so much at the most; one that holds more by itself."""
    group: list[ClaimsFile] = []
    held = 0
    for file in files:
        if group and held + size(file) > most:
            yield group
            group, held = [], 0
        group.append(file)
        held += size(file)
    if group:
        yield group


def _number(claim: str) -> int:
    return int(claim[2:], 16)


def _marks(file: ClaimsFile, claims: Iterable[Claim]) -> Iterator[tuple[int, int]]:
    return ((_number(claim.id), _short(mark(split(claim, file.document.published)[1]))) for claim in claims)


def _short(mark: str) -> int:
    return int(mark[:16] or "0", 16)


def _ends(statement: Statement) -> Iterator[str]:
    facts = statement.facts or {}
    return (facts[name] for name in ("subject", "object", "attributed_to") if name in facts)
