"""A load is one change: cut anywhere it is undone, loaded in any order it is the same, and no reader sees a mixture."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import permutations
from typing import Any

import orjson
import pytest

from api.commands.export import OFFER
from api.formats import FORMATS
from graph.connection import Reader, Step, Writer
from graph.draft import Draft
from graph.edition import OPEN, Edition, Overtaken
from graph.errors import NotFound, Unavailable
from graph.held import Held
from graph.plan import Plan
from graph.portions import Portions
from graph.query import read_queries
from graph.run import run
from graph.write import clear, load
from schema.claims_file import ClaimsFile
from seed.read import read
from tests.changes import (
    CHANGES,
    DOUBT,
    EARLY,
    ELSEWHERE,
    FIRST,
    LAST,
    LATE,
    NEXT,
    PEOPLE,
    SAME,
    Change,
    claim,
    entity,
    file,
    renamed,
)
from tests.conftest import NOW, WORLD, Store
from tests.expected_rows import cases
from tests.whole_graph import PLACE, everything, exported

pytestmark = pytest.mark.slow

NONE = Edition()
BODIES = (*PEOPLE, *(entity("FederalAgency", f"body-{i}") for i in range(40)))


async def contents(graph: Writer) -> list[list[Any]]:
    """Every node and edge that lasts, without the numbers of the editions in which they came."""
    nodes = await graph.read("MATCH (n) WHERE n.until = $open RETURN labels(n), properties(n)", {"open": OPEN})
    edges = await graph.read(
        "MATCH (a)-[e]->(b) WHERE a.until = $open AND b.until = $open AND coalesce(e.until, $open) = $open "
        "RETURN a.id, type(e), b.id, properties(e)",
        {"open": OPEN},
    )
    stated = await graph.read(
        "MATCH (s:Statement)-[:STATES]->(c:Claim) WHERE c.until = $open RETURN c.id, properties(s)", {"open": OPEN}
    )
    bare = [[sorted(labels), _bare(held)] for labels, held in nodes]
    bare += [[*ends, _bare(held)] for *ends, held in (*edges, *stated)]
    return sorted(bare, key=repr)


def _bare(held: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted((k, v) for k, v in held.items() if k not in ("since", "until") and v is not None)


async def empty(graph: Writer) -> None:
    await graph.write([("MATCH (n) DETACH DELETE n", {})])
    graph.forget()


async def make(graph: Writer, change: Change) -> None:
    """The graph before the change."""
    await empty(graph)
    for number, each in enumerate(change.before):
        await clear(graph, await load(graph, [each], (FIRST, NEXT)[number]))


class Cut(Exception):
    """The loader is gone."""


class Shears:
    """Lets so many writes through and no more."""

    def __init__(self, graph: Writer) -> None:
        self.write, self.left = graph.write, 10**6

    async def __call__(self, steps: Sequence[Step]) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cut
        await self.write(steps)

    def open(self, writes: int = 10**6) -> bool:
        """Whether a write was cut; from now on so many go through."""
        cut, self.left = self.left < 0, writes
        return cut


@pytest.mark.parametrize("name", CHANGES)
async def test_a_load_cut_before_any_write_is_undone_and_done_again_leaves_what_it_would_have_left(
    blank: Writer, store: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = CHANGES[name]
    if store.name == "embedded":  # small batches make many writes; the slower store gets those that loads really make
        monkeypatch.setattr(Draft, "batch", 5)
    await make(blank, change)
    was, base = await exported(blank, "nq"), await contents(blank)
    await load(blank, change.after, LAST)
    wanted, whole = await exported(blank, "nq"), await contents(blank)
    assert wanted != was
    monkeypatch.setattr(blank, "write", shears := Shears(blank))
    await make(blank, change)
    cut = True
    for stop in range(100):
        number = (await blank.newest() or NONE).number
        shears.open(stop)
        with suppress(Cut):
            await clear(blank, await load(blank, change.after, LAST))
        cut = shears.open()
        blank.forget()
        published = (await blank.newest() or NONE).number > number
        assert await exported(blank, "nq") == (wanted if published else was), stop
        await load(blank, [], LAST)
        assert await contents(blank) == (whole if published else base), stop
        assert await leftovers(blank) == 0, stop
        if not cut:
            break
        if published:
            await make(blank, change)
    assert not cut and published


# In the others something is recorded or taken back later than in a first load, and the graph keeps when.
AS_IF_NEW = (
    "the wording of a claim changes",
    "a removed claim is put back",
    "a dispute moves",
    "a dispute becomes a correction",
    "a dispute comes before what it disputes",
    "what is disputed hangs on an entity that is renamed",
    "an entity is renamed",
    "the type of an entity changes",
    "an office becomes another",
    "a document is renamed",
    "a document is dated otherwise",
    "a second document says the same",
)


@pytest.mark.parametrize("name", AS_IF_NEW)
async def test_documents_that_have_changed_are_the_graph_that_they_would_have_been_from_the_first(
    blank: Writer, name: str
) -> None:
    change = CHANGES[name]
    await make(blank, change)
    await load(blank, change.after, LAST)
    changed = await contents(blank)
    await empty(blank)
    await load(blank, list({each.document.id: each for each in (*change.before, *change.after)}.values()), LAST)
    assert changed == await contents(blank)


async def leftovers(graph: Writer) -> int:
    """Versions that have ended or were never published, typed edges among them; and nothing is under way."""
    edition = await graph.newest()
    if edition is None:
        return 0
    assert not edition.rest and edition.draft is None
    given = {"number": edition.number, "open": OPEN}
    gone = "{0}.until < $open OR {0}.since > $number"
    [[nodes]] = await graph.read(f"MATCH (n) WHERE {gone.format('n')} RETURN count(n)", given)
    [[edges]] = await graph.read(f"MATCH ()-[e]->() WHERE {gone.format('e')} RETURN count(e)", given)
    [[stray]] = await graph.read("MATCH (s:Statement) WHERE NOT (s)-[:STATES]->(:Claim) RETURN count(s)", {})
    return int(nodes + edges + stray)


THIRD = file("third", [claim("third", "SUPPORTS", "bo", "border-office", corrects=(DOUBT["disputes"].id,))])
SETS: dict[str, tuple[ClaimsFile, ...]] = {
    "one claim by two documents": (EARLY, LATE),
    "one claim in two wordings": (
        file("early", [claim("early", "ADVISES", "river-alliance", "ann", wording=("may",))], published="2030-05"),
        file("late", [claim("late", "ADVISES", "river-alliance", "ann", wording=("could",))], published="2030-03"),
    ),
    "a dispute and its correction": (EARLY, file("late", [DOUBT["disputes"], SAME, ELSEWHERE]), THIRD),
    "documents that know a thing by two names": (EARLY, file("late", [SAME], renamed("ann", name="A. V."))),
}
HASHES: dict[str, str] = {}


@pytest.mark.parametrize("name", SETS)
async def test_the_same_documents_in_any_order_and_on_either_store_are_one_graph(blank: Writer, name: str) -> None:
    orders: list[list[list[ClaimsFile]]] = [[list(SETS[name])], [list(reversed(SETS[name]))]]
    orders += [[[each] for each in order] for order in permutations(SETS[name])]
    found = set()
    for order in orders:
        await empty(blank)
        for files in order:
            await load(blank, files, NEXT)
        edition = await blank.newest()
        assert edition
        found.add((edition.hash, edition.instant, await exported(blank, "nq")))
    [(hash, instant, _)] = found
    assert instant == FIRST
    assert HASHES.setdefault(name, hash) == hash


async def test_equal_content_on_another_day_is_equal_to_the_byte_in_every_format(blank: Writer) -> None:
    found = []
    for day in (NEXT, LAST):
        await empty(blank)
        for each in (LATE, EARLY):
            await load(blank, [each], day)
        page = FORMATS["html"].write(await everything(blank), PLACE)
        found.append({suffix: await exported(blank, suffix) for suffix in OFFER} | {"html": page})
    assert found[0] == found[1]


async def test_readers_see_the_edition_before_or_the_one_after_and_never_a_mixture(blank: Writer, store: Store) -> None:
    """Two states in turn, in which every claim says in its detail which of them it belongs to."""
    states = [
        file("early", [claim("early", "OPPOSES", "bo", f"body-{i}", detail=word) for i in range(40)], BODIES)
        for word in ("yes", "no")
    ]
    await empty(blank)
    await clear(blank, await load(blank, [states[0]], FIRST))
    blank.grace, seen, loading = 2.0, [], True
    store.reader.forget()

    async def read() -> None:
        while loading:
            try:
                lines = (await exported(store.reader, "ndjson")).splitlines()
            except Unavailable:  # the export took longer than what it read was kept
                continue
            seen.append(frozenset((row["detail"], row["object_id"]) for row in map(orjson.loads, lines)))

    readers = [asyncio.create_task(read()) for _ in range(3)]
    try:
        for turn in range(1, 5):
            await clear(blank, await load(blank, [states[turn % 2]], NEXT))
    finally:
        loading, blank.grace = False, 0
        await asyncio.gather(*readers)
    assert len(seen) > 50
    assert set(seen) == {frozenset((c.detail, c.object) for c in each.claims) for each in states}


async def test_a_load_that_another_overtakes_publishes_nothing(blank: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other comes before any one of its writes."""
    write, turn = blank.write, 0

    async def late(steps: Sequence[Step]) -> None:
        nonlocal turn
        turn -= 1
        if turn == 0:
            monkeypatch.setattr(blank, "write", write)
            await load(blank, [LATE], NEXT)
        await write(steps)

    monkeypatch.setattr(Draft, "batch", 5)
    await empty(blank)
    await load(blank, [LATE], NEXT)
    only_late = await contents(blank)
    await load(blank, [EARLY], NEXT)
    both, overtaken = await contents(blank), 0
    for stop in range(1, 100):
        await empty(blank)
        turn = stop
        monkeypatch.setattr(blank, "write", late)
        try:
            await load(blank, [EARLY], NEXT)
        except Overtaken:
            overtaken += 1
            assert await contents(blank) == only_late, stop
        if turn > 0:
            break
    assert await contents(blank) != both and overtaken > 4


async def test_a_load_whose_number_another_has_taken_writes_no_more(blank: Writer) -> None:
    await empty(blank)
    await clear(blank, await load(blank, [LATE], FIRST))
    was, before = await contents(blank), await blank.newest() or NONE
    first = await Draft.begin(blank, before)
    plan = await anext(Portions(Held(blank), [EARLY], first.number, NEXT, lambda done, total: None).plans())
    await Draft.begin(blank, await blank.newest() or NONE)
    with pytest.raises(Overtaken):
        await first.write(plan)
    with pytest.raises(Overtaken):
        await first.seal()
    assert await contents(blank) == was


async def test_a_load_leaves_one_that_is_under_way_alone_and_undoes_one_that_is_not(blank: Writer) -> None:
    await empty(blank)
    await load(blank, [LATE], FIRST)
    was, blank.grace = await contents(blank), 0.6
    try:
        draft = await Draft.begin(blank, await blank.newest() or NONE)

        async def write_on() -> None:
            for number in range(40):
                await draft.write(Plan(unknown=[{"id": f"c-{number}", "hash": "0"}]))
                await asyncio.sleep(0.1)

        other = asyncio.create_task(write_on())
        await asyncio.sleep(0.2)
        with pytest.raises(Unavailable, match="another load is under way"):
            await load(blank, [EARLY], NEXT)
        other.cancel()
        await asyncio.sleep(0.1)
        await load(blank, [], NEXT)
    finally:
        blank.grace = 0
    assert await contents(blank) == was and await leftovers(blank) == 0


async def test_the_last_write_of_a_loader_that_was_killed_may_come_late(blank: Writer) -> None:
    await empty(blank)
    await load(blank, [LATE], FIRST)
    was, blank.grace = await contents(blank), 0.6
    try:
        draft = await Draft.begin(blank, await blank.newest() or NONE)
        next_one = asyncio.create_task(load(blank, [], NEXT))
        await asyncio.sleep(0.3)
        assert not next_one.done()
        await draft.write(Plan(unknown=[{"id": "c-0", "hash": "0"}]))
        await next_one
    finally:
        blank.grace = 0
    assert await contents(blank) == was and await leftovers(blank) == 0


@pytest.mark.parametrize("changed", ["everything", "the challengers"])
async def test_what_was_replaced_is_in_no_answer_while_it_is_still_there(embedded: Store, changed: str) -> None:
    """On one store, as it is the texts of the questions that are tried; the other needs minutes to plan them."""
    await embedded.hold("nothing")
    blank, files = embedded.writer, read(WORLD).files
    await empty(blank)
    await clear(blank, await load(blank, [_otherwise(each, changed == "everything") for each in files], NOW))
    report = await load(blank, files, NOW)
    beside = await answers(blank)
    await clear(blank, report)
    assert len(beside) > 200
    assert beside == await answers(blank)


def _otherwise(each: ClaimsFile, everything: bool) -> ClaimsFile:
    """The file as it was: all names another, or only those claims otherwise that challenge others."""
    claims = tuple(
        c.model_copy(update={"wording": (*c.wording, "of old")}) if c.disputes or c.corrects or c.supersedes else c
        for c in each.claims
    )
    if not everything:
        return replace(each, claims=claims)
    entities = tuple(e.model_copy(update={"name": f"Old {e.name}"}) for e in each.entities)
    return replace(each, entities=entities, document=each.document.model_copy(update={"name": "Old"}))


async def answers(graph: Reader) -> dict[str, Any]:
    """Rows, claims and entities of a short page of every question that there are rows for."""
    found = {}
    for name, query in read_queries().items():
        for case in cases(name):
            with suppress(NotFound):
                result = await run(graph, query, query.check(case.given | {"limit": 2}))
                found[str(case)] = (
                    result.truncated,
                    result.rows,
                    sorted(result.claims.items()),
                    sorted(result.entities.items()),
                )
    return found
