"""A load against the bare driver's UNWIND of the same rows, and an unchanged load against the first."""

import gc
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from neo4j import AsyncManagedTransaction

from bench.measure import Figure, p50, ratio, take_turns, timed
from bench.stores import Store
from graph.dialect import Dialect
from graph.plan import claim_row, entity_row, is_factual, most_specific
from graph.write import BATCH, load
from schema import RELATIONS
from schema.claims_file import ClaimsFile

NOW = "2030-01-01T00:00:00Z"
LOAD_GOAL, AGAIN_GOAL = 0.6, 3.0

Row = dict[str, Any]
Statement = tuple[str, list[Row]]


async def figures(store: Store, file: ClaimsFile, rounds: int) -> AsyncIterator[Figure]:
    """Two figures; every load starts with an empty store, and the last leaves the file's graph in it."""
    statements = list(raw_statements(file, await store.writer.dialect()))
    await compare(store, file, statements)

    async def raw() -> Mapping[str, float]:
        await _make_ready(store)
        return await timed("raw", lambda: _raw_load(store, statements))()

    async def own() -> Mapping[str, float]:
        await _make_ready(store)
        first = await timed("first", lambda: load(store.writer, file, NOW))()
        return {**first, **await timed("again", lambda: load(store.writer, file, NOW))()}

    run = await take_turns([raw, own], rounds)
    claims = len(file.claims)
    first, bare, again = (p50(run, side) for side in ("first", "raw", "again"))
    told = f"{claims} claims: load {claims / first:.0f}, raw UNWIND {claims / bare:.0f} claims/s"
    yield Figure("load", store.name, told, ratio(run, lambda side: side["raw"] / side["first"]), LOAD_GOAL)
    told = f"{claims} claims: first {first:.1f} s, unchanged {again:.2f} s"
    yield Figure("load again", store.name, told, ratio(run, lambda side: side["first"] / side["again"]), AGAIN_GOAL)


def raw_statements(file: ClaimsFile, dialect: Dialect) -> Iterator[Statement]:
    """What a script with the same rows at hand would send: one UNWIND a batch, properties set as maps."""
    kinds = most_specific(file)
    nodes: dict[tuple[str, ...], list[Row]] = {}
    for entity in (*file.entities, file.document):
        loaded = {"loaded": True} if entity is file.document else {}
        nodes.setdefault(kinds[entity.id], []).append(entity_row(entity) | {"type": kinds[entity.id][0], **loaded})
    for types, rows in nodes.items():
        text = f"UNWIND $rows AS r CREATE (n{dialect.create_labels(types)} {{id: r.id}}) SET n = r"
        yield from _batches(text, rows)
    groups: dict[tuple[str, bool], list[Row]] = {}
    for claim in file.claims:
        row = claim_row(claim, file.document.id, file.document.published, file.recorded_at or NOW)
        groups.setdefault((claim.relation(), is_factual(claim)), []).append(_split(row))
    for (relation, factual), rows in groups.items():
        yield from _batches(_claims_text(relation, factual), rows)


def _claims_text(relation: str, factual: bool) -> str:
    literal = RELATIONS[relation].literal()
    edge = "{claim: r.id, status: r.p.status, valid_from: r.p.valid_from, valid_to: r.p.valid_to}"
    return (
        "UNWIND $rows AS r MATCH (s:Entity {id: r.p.subject}) MATCH (a:Entity {id: r.p.attributed_to}) "
        + ("" if literal else "MATCH (o:Entity {id: r.p.object}) ")
        + "CREATE (c:Claim {id: r.id})-[:SUBJECT]->(s), (c)-[:ATTRIBUTED_TO]->(a)"
        + ("" if literal else ", (c)-[:OBJECT]->(o)")
        + (f", (s)-[:{relation} {edge}]->(o)" if factual else "")
        + " SET c = r.p WITH c, r UNWIND r.evidence AS e MATCH (d:Entity {id: e.document}) "
        "CREATE (c)-[v:EVIDENCED_BY]->(d) SET v = e.p"
    )


def _split(row: Row) -> Row:
    evidence = [
        {"document": piece["document"], "p": {k: v for k, v in piece.items() if k != "document"}}
        for piece in row["evidence"]
    ]
    return {"id": row["id"], "p": {k: v for k, v in row.items() if k not in ("evidence", "hash")}, "evidence": evidence}


def _batches(text: str, rows: Sequence[Row]) -> Iterator[Statement]:
    return ((text, list(rows[i : i + BATCH])) for i in range(0, len(rows), BATCH))


async def _raw_load(store: Store, statements: Sequence[Statement]) -> None:
    # not auto-commit: its writes conflict with each other on the embedded engine, even one after the other
    async def apply(transaction: AsyncManagedTransaction, text: str, rows: list[Row]) -> None:
        await (await transaction.run(text, rows=rows)).consume()

    async with store.driver.session(database=store.database) as session:
        for text, rows in statements:
            await session.execute_write(apply, text, rows)


async def _make_ready(store: Store) -> None:
    await store.clear()
    gc.collect()  # what the other side leaves behind is not this side's to pay for


async def compare(store: Store, file: ClaimsFile, statements: Sequence[Statement]) -> None:
    """Both ways must leave the same nodes and edges, and a second load must write nothing."""
    await store.clear()
    await _raw_load(store, statements)
    raw = await _contents(store)
    await store.clear()
    await load(store.writer, file, NOW)
    assert raw == await _contents(store), "load and the raw UNWIND leave different graphs"
    assert not (await load(store.writer, file, NOW)).writes, "an unchanged load writes"


async def _contents(store: Store) -> list[str]:
    """Every node and every edge with its properties, one line each, sorted."""
    nodes = await store.writer.read("MATCH (n) RETURN labels(n), properties(n)", {})
    edges = await store.writer.read("MATCH (a)-[e]->(b) RETURN a.id, type(e), b.id, properties(e)", {})
    lines = [[sorted(labels), held] for labels, held in nodes] + edges
    return sorted(json.dumps(line, sort_keys=True) for line in lines)
