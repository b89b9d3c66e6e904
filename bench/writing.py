"""A load against the bare driver's UNWIND of the same rows, and an unchanged load against the first."""

import asyncio
import gc
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from neo4j import AsyncManagedTransaction

from bench.contents import contents
from bench.exporting import memory_of
from bench.made_up import apart, made_up, write
from bench.measure import Figure, Ratio, p50, ratio, take_turns, timed
from bench.stores import Store
from graph.dialect import Dialect
from graph.draft import Draft
from graph.edition import FIRST, OPEN, Edition
from graph.held import BATCH, Held
from graph.plan import NewClaim, Plan
from graph.portions import Portions
from graph.said import edge_row
from graph.write import clear, load
from schema import RELATIONS
from schema.claims_file import ClaimsFile

NOW = "2030-01-01T00:00:00Z"
LOAD_GOAL, AGAIN_GOAL, UPDATE_GOAL, MANY_GOAL = 0.5, 3.0, 1.0, 0.5
MANY, SMALL = 5000, 5  # claims, and those of a small document
MEMORY_GOAL = 400  # MB, whatever is loaded
CLAIMS_OF = "MATCH (:Entity {id: $id})<-[:EVIDENCED_BY]-(c:Claim) RETURN collect(properties(c))"

Row = dict[str, Any]
Statement = tuple[str, list[Row]]


async def figures(store: Store, file: ClaimsFile, rounds: int) -> AsyncIterator[Figure]:
    """Five figures; every load starts with an empty store, and the last leaves the file's graph in it."""
    statements = await compare(store, [file])

    async def raw() -> Mapping[str, float]:
        await make_ready(store)
        return await timed("raw", lambda: raw_load(store, statements))()

    async def own() -> Mapping[str, float]:
        await make_ready(store)
        first = await timed("first", lambda: load(store.writer, [file], NOW))()
        return {**first, **await timed("again", lambda: load(store.writer, [file], NOW))()}

    async def read() -> object:
        return await store.writer.read(CLAIMS_OF, {"id": file.document.id})

    async def update() -> Mapping[str, float]:
        nonlocal turn
        turn += 1
        begun = time.perf_counter()
        report = await load(store.writer, [_with_wording(file, f"wording {turn}")], NOW)
        seconds = time.perf_counter() - begun
        assert report.claims_changed == 1
        await clear(store.writer, report)
        return {"update": seconds}

    turn = 0
    run = await take_turns([raw, own], rounds)
    updates = await take_turns([timed("read", read), update], rounds)
    claims = len(file.claims)
    first, bare, again = (p50(run, side) for side in ("first", "raw", "again"))
    told = f"{claims} claims: load {claims / first:.0f}, raw UNWIND {claims / bare:.0f} claims/s"
    yield Figure("load", store.name, told, ratio(run, lambda side: side["raw"] / side["first"]), LOAD_GOAL)
    told = f"one of {claims} claims changed {p50(updates, 'update'):.2f} s / all read {p50(updates, 'read'):.2f} s"
    found = ratio(updates, lambda side: side["update"] / side["read"])
    yield Figure("update", store.name, told, found, UPDATE_GOAL, at_most=True)
    told = f"{claims} claims: first {first:.1f} s, unchanged {again:.2f} s"
    yield Figure("load again", store.name, told, ratio(run, lambda side: side["first"] / side["again"]), AGAIN_GOAL)
    yield await many_documents(store, rounds)
    yield await memory(store, [file])  # which leaves the file's graph


async def many_documents(store: Store, rounds: int) -> Figure:
    """The same claims in many small documents and in one."""
    one = made_up(MANY)
    many = apart(one, SMALL)
    claims = sum(len(each.claims) for each in many)

    async def side(name: str, files: Sequence[ClaimsFile]) -> Mapping[str, float]:
        await make_ready(store)
        return await timed(name, lambda: load(store.writer, files, NOW))()

    run = await take_turns([lambda: side("many", many), lambda: side("one", [one])], rounds)
    told = f"{claims} claims: {len(many)} documents {claims / p50(run, 'many'):.0f}, "
    told += f"one {len(one.claims) / p50(run, 'one'):.0f} claims/s"
    rate = len(one.claims) / claims
    found = ratio(run, lambda side: side["one"] / side["many"] / rate)
    return Figure("load many documents", store.name, told, found, MANY_GOAL)


async def memory(store: Store, files: Sequence[ClaimsFile]) -> Figure:
    """The most that the command takes to read, check and load the files."""
    await make_ready(store)
    if not store.embedded:
        await store.writer.write([("MATCH (g:Edition) DETACH DELETE g", {})])
    megabytes = await asyncio.to_thread(_memory_of, store, files)
    told = f"{sum(len(each.claims) for each in files)} claims: {megabytes:.0f} MB of {MEMORY_GOAL} MB"
    share = megabytes / MEMORY_GOAL
    return Figure("memory of a load", store.name, told, Ratio(share, share, share), 1.0, at_most=True)


def _memory_of(store: Store, files: Sequence[ClaimsFile]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder))
        return memory_of(store, "load", folder) * 1024 / 1e6


def _with_wording(file: ClaimsFile, wording: str) -> ClaimsFile:
    first, *others = file.claims
    return replace(file, claims=(first.model_copy(update={"wording": (wording,)}), *others))


def raw_statements(plan: Plan, dialect: Dialect) -> Iterator[Statement]:
    """What a script with the same rows at hand would send: one UNWIND a batch, properties set as maps."""
    spanned = {"since": 1, "until": OPEN}
    for types, rows in plan.entities.items():
        text = f"UNWIND $rows AS r CREATE (n{dialect.create_labels(types)} {{id: r.id}}) SET n = r"
        yield from _batches(text, [row | spanned for row in rows])
    groups: dict[tuple[str, bool], list[Row]] = {}
    places: list[Row] = []
    voices: list[Row] = []
    for claim in plan.claims:
        edge = edge_row(claim.row, claim.evidence)
        own = {"id": claim.row["id"], "p": claim.row | spanned, "e": (edge or {}) | spanned}
        [voice, *others], [stated, *more] = claim.voices, claim.statements
        places += [{"id": claim.row["id"], "s": place} for place in more]
        voices += [{"id": claim.row["id"], **_apart(other, "id")} for other in others]
        ends = {
            "voice": _apart(voice, "id"),
            "s": stated,
            "evidence": [_apart(piece, "document") for piece in claim.evidence],
        }
        groups.setdefault((claim.row["relation"], edge is not None), []).append(own | ends)
    for (relation, factual), rows in groups.items():
        yield from _batches(_claims_text(relation, factual), rows)
    more_places = "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) CREATE (g:Statement)-[:STATES]->(c) SET g = r.s"
    yield from _batches(more_places, places)
    more_voices = "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) MATCH (a:Entity {id: r.to}) "
    yield from _batches(f"{more_voices}CREATE (c)-[w:ATTRIBUTED_TO]->(a) SET w = r.p", voices)
    for kind in sorted({kind for _, kind, _ in plan.challenges}):
        text = "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) MATCH (o:Claim {id: r.of}) "
        pairs = [{"id": id, "of": of} for id, how, of in sorted(plan.challenges) if how == kind]
        yield from _batches(f"{text}CREATE (c)-[:{kind.upper()}]->(o)", pairs)
    sheets = [
        {"document": d, "entities": list(marks), "marks": list(marks.values()), **spanned}
        for d, marks in plan.declared.items()
    ]
    yield from _batches("UNWIND $rows AS r CREATE (n:Declared) SET n = r", sheets)


def _claims_text(relation: str, factual: bool) -> str:
    literal = RELATIONS[relation].literal()
    return (
        "UNWIND $rows AS r MATCH (s:Entity {id: r.p.subject}) "
        + ("" if literal else "MATCH (o:Entity {id: r.p.object}) ")
        + "MATCH (a:Entity {id: r.voice.to}) CREATE (c:Claim {id: r.id})-[x:SUBJECT]->(s), (c)-[w:ATTRIBUTED_TO]->(a)"
        + ", (g:Statement)-[:STATES]->(c)"
        + ("" if literal else ", (c)-[y:OBJECT]->(o)")
        + (f", (s)-[t:{relation}]->(o) SET t = r.e, " if factual else " SET ")
        + "c = r.p, w = r.voice.p, g = r.s, x.recorded_at = r.p.recorded_at"
        + ("" if literal else ", y.recorded_at = r.p.recorded_at")
        + " WITH c, r UNWIND r.evidence AS e MATCH (d:Entity {id: e.to}) "
        "CREATE (c)-[v:EVIDENCED_BY]->(d) SET v = e.p"
    )


def _apart(row: Row, end: str) -> Row:
    return {"to": row[end], "p": {name: value for name, value in row.items() if name != end}}


def _batches(text: str, rows: Sequence[Row]) -> Iterator[Statement]:
    return ((text, list(rows[i : i + BATCH])) for i in range(0, len(rows), BATCH))


async def raw_load(store: Store, statements: Sequence[Statement]) -> None:
    """Send them as any program with a driver would, a transaction each."""

    # not auto-commit: its writes conflict with each other on the embedded engine, even one after the other
    async def apply(transaction: AsyncManagedTransaction, text: str, rows: list[Row]) -> None:
        await (await transaction.run(text, rows=rows)).consume()

    async with store.driver.session(database=store.database) as session:
        for text, rows in statements:
            await session.execute_write(apply, text, rows)


async def make_ready(store: Store) -> None:
    """An empty store, and nothing left to be tidied up in our own memory."""
    await store.clear()
    gc.collect()  # what the other side leaves behind is not this side's to pay for


async def compare(store: Store, files: Sequence[ClaimsFile]) -> list[Statement]:
    """Both ways must leave the same nodes and edges, and a second load must write nothing; the raw way's statements."""
    await store.clear()
    plan = await _written(store, files)
    own = await contents(store.writer)
    await store.clear()
    statements = list(raw_statements(plan, await store.writer.dialect()))
    await raw_load(store, statements)
    assert own == await contents(store.writer), "load and the raw UNWIND leave different graphs"
    await store.clear()
    await load(store.writer, files, NOW)
    assert not (await load(store.writer, files, NOW)).writes, "an unchanged load writes"
    return statements


async def _written(store: Store, files: Sequence[ClaimsFile]) -> Plan:
    """What a first load of the files leaves, as one plan: of versions that it wrote one after the other the last."""
    await store.writer.write([(FIRST, {})])
    draft = await Draft.begin(store.writer, Edition())
    entities: dict[str, tuple[tuple[str, ...], Row]] = {}
    claims: dict[str, NewClaim] = {}
    whole = Plan()
    portions = Portions(Held(store.writer), files, draft.number, NOW, lambda done, total: None)
    async for plan in portions.plans():
        await draft.write(plan)
        entities |= {row["id"]: (types, row) for types, rows in plan.entities.items() for row in rows}
        claims |= {claim.row["id"]: claim for claim in plan.claims}
        whole.declared |= plan.declared
        whole.challenges |= plan.challenges
    await draft.seal()
    for types, row in entities.values():
        whole.entities[types].append(row)
    whole.claims = [*claims.values()]
    return whole
