"""The one writer: what claims files say is drafted beside what it replaces, and one write publishes it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graph import edition as editions
from graph.batch import write_in_halves
from graph.connection import Writer
from graph.draft import Draft
from graph.edition import Edition
from graph.errors import GraphError, Refused, Unavailable
from graph.held import Held
from graph.otherwise import Otherwise
from graph.plan import Plan
from graph.portions import Portions, Progress, Undeclared
from graph.removal import Taken, TakingDown
from graph.versions import DELETE, ENDED, Versions, find
from schema.claims_file import ClaimsFile


@dataclass(frozen=True)
class Report:
    """What one load did: how many entities and claims, the edition that it left, and what that one replaced, where that
    is not too much to be kept; `otherwise` tells of entities that documents declare differently, beside which there are
    so many `more_otherwise`, `left_out` are ids in the files of what was taken down."""

    edition: Edition
    ended: Versions | None
    otherwise: tuple[Otherwise, ...] = ()
    more_otherwise: int = 0
    left_out: tuple[str, ...] = ()
    entities_created: int = 0
    entities_changed: int = 0
    claims_created: int = 0
    claims_changed: int = 0
    claims_retracted: int = 0
    claims_unchanged: int = 0

    @property
    def writes(self) -> int:
        """Records written."""
        told = (self.entities_created, self.entities_changed, self.claims_created, self.claims_changed)
        return sum(told) + self.claims_retracted


async def load(
    graph: Writer, files: Sequence[ClaimsFile], now: str, progress: Progress = lambda done, total: None
) -> Report:
    """Bring the graph to what the files say, as one change; `now` is when new and removed claims are recorded.

    What it replaces stays for readers that are under way, until `clear` or the next load. A load that was cut short is
    undone first.
    """
    before = await _begin(graph)
    portions = Portions(Held(graph), files, before.last + 1, now, progress)
    draft = await _drafted(graph, before, portions.plans(), [file.document.id for file in files])
    edition, ended = (before, Versions()) if draft is None else (await draft.seal(), draft.ended)
    otherwise = portions.declared_otherwise
    return Report(
        edition, ended, tuple(otherwise.told), otherwise.more, tuple(portions.gone.left_out), **portions.counts
    )


async def take_down(graph: Writer, ids: Collection[str]) -> tuple[Report, Taken]:
    """Take these things down: claims, and entities with every claim that names them; of a document all that it says.

    What is left of each is a tombstone. NotFound names what is not there, before anything is written.
    """
    before = await _begin(graph)
    taking = TakingDown(Held(graph), before.last + 1, ids)
    draft = await _drafted(graph, before, taking.plans())
    if draft is None:
        return Report(before, Versions()), taking.taken
    return Report(await draft.seal(taking.tombstones), draft.ended), taking.taken


async def _drafted(
    graph: Writer, before: Edition, plans: AsyncIterator[Plan], documents: Sequence[str] = ()
) -> Draft | None:
    """All plans in one draft, None where none asks for anything; undone where a claim names what is not there."""
    draft = None
    try:
        async for plan in plans:
            if plan:
                draft = draft or await Draft.begin(graph, before, documents)
                await draft.write(plan)
    except Undeclared:
        if draft:
            await draft.undo()
        raise
    return draft


async def _begin(graph: Writer) -> Edition:
    edition = await graph.newest()
    if edition is None:
        if await graph.read("MATCH (c:Claim) RETURN c.id LIMIT 1", {}):
            raise GraphError(editions.OTHER)
        try:
            await graph.write([(editions.FIRST, {})])
        except Refused:  # another first load has made it in the same moment
            if await graph.newest() is None:
                raise
    elif edition.rest:
        if edition.draft is not None:
            edition = await _left_alone(graph, edition)
        await _wait(graph, edition)
        await (await Draft.begin(graph, edition)).undo()
    return await graph.newest() or Edition()


async def _left_alone(graph: Writer, edition: Edition) -> Edition:
    """The edition once nobody has written to its draft for a moment; Unavailable where somebody goes on."""
    for _ in range(2):  # the last write of a loader that was killed may still be on its way
        await asyncio.sleep(min(graph.grace, editions.MOMENT))
        later = await graph.newest()
        if later is None or later.draft != edition.draft:
            break
        if not edition.moved(later):
            return edition
        edition = later
    raise Unavailable("another load is under way; try again once it is done")


async def clear(graph: Writer, report: Report) -> None:
    """Delete what a load replaced, once no reader can be under way with it."""
    number = report.edition.number
    if not report.edition.rest:
        return
    await _wait(graph, report.edition)
    await graph.write([(editions.SWEEP, {"number": number})])
    async for versions in find(graph, ENDED, number) if report.ended is None else _given(report.ended):
        for _, steps in versions.steps(ENDED, DELETE, number):
            await write_in_halves(graph.write, [steps])
    await graph.write([(editions.DONE, {"number": number})])


async def _given(versions: Versions) -> AsyncIterator[Versions]:
    yield versions


async def _wait(graph: Writer, edition: Edition) -> None:
    if edition.published_at:
        age = datetime.now(UTC) - datetime.fromisoformat(edition.published_at)
        await asyncio.sleep(max(0.0, graph.grace - age.total_seconds()))
