"""Loading a claims file: idempotent, whole, with a history, and the typed edges that follow from the claims."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import pytest

from graph.connection import Reader, Step, Writer
from graph.query import read_queries
from graph.run import run
from graph.write import load
from schema import RELATIONS
from schema.claims_file import ClaimsFile
from seed.read import read
from tests.conftest import NOW, WORLD

pytestmark = pytest.mark.slow

FIRST, SECOND = read(WORLD).files
LATER, LATEST = "2033-01-01T00:00:00Z", "2034-01-01T00:00:00Z"
EDGES = "MATCH (a:Entity)-[e]->(b:Entity) RETURN a.id, type(e), b.id, e.claim, e.status ORDER BY e.claim"
EVERYTHING = (
    "MATCH (n) OPTIONAL MATCH (n)-[e]->(m) RETURN n.id, n.hash, n.type, type(e), m.id ORDER BY n.id, m.id, type(e)"
)


def of(file: ClaimsFile, relation: str) -> int:
    """Place of the first claim of this relation."""
    return next(i for i, c in enumerate(file.claims) if c.relation() == relation)


def without(file: ClaimsFile, *places: int) -> ClaimsFile:
    return replace(file, claims=tuple(c for i, c in enumerate(file.claims) if i not in places))


async def rows(graph: Reader, name: str, **given: object) -> list[dict[str, object]]:
    query = read_queries()[name]
    return (await run(graph, query, query.check(given))).rows


async def test_a_second_load_writes_nothing(blank: Writer) -> None:
    first = await load(blank, FIRST, NOW)
    before = await blank.read(EVERYTHING, {})
    second = await load(blank, FIRST, LATER)
    assert first.claims_created == len(FIRST.claims)
    assert second.writes == 0 and second.claims_unchanged == len(FIRST.claims)
    assert await blank.read(EVERYTHING, {}) == before


async def test_every_factual_live_claim_has_one_typed_edge_and_no_other_has(world: Reader) -> None:
    claims = await blank_free_claims(world)
    wanted = {c["id"] for c in claims if c["status"] in ("asserted", "reported") and c["object"] and not c["gone"]}
    edges = [edge[3] for edge in await world.read(EDGES, {})]
    assert sorted(edges) == sorted(wanted)


async def blank_free_claims(graph: Reader) -> list[dict[str, object]]:
    text = (
        "MATCH (c:Claim) RETURN c.id, c.status, c.object IS NOT NULL, "
        "c.retracted_at IS NOT NULL OR c.superseded_at IS NOT NULL"
    )
    return [dict(zip(("id", "status", "object", "gone"), r, strict=True)) for r in await graph.read(text, {})]


async def test_a_claim_taken_out_is_retracted_and_its_history_kept(blank: Writer) -> None:
    place = of(FIRST, "ADVISES")
    claim = FIRST.claims[place]
    await load(blank, FIRST, NOW)
    report = await load(blank, without(FIRST, place), LATER)
    assert report.claims_retracted == 1
    assert [r["status"] for r in await rows(blank, "claim", id=claim.id)] == ["retracted"]
    assert [r["status"] for r in await rows(blank, "claim", id=claim.id, known_at=NOW)] != ["retracted"]
    assert claim.id not in [e[3] for e in await blank.read(EDGES, {})]
    assert (await load(blank, without(FIRST, place), LATEST)).writes == 0


async def test_a_claim_put_back_lives_again(blank: Writer) -> None:
    await load(blank, FIRST, NOW)
    before = await blank.read(EDGES, {})
    await load(blank, without(FIRST, of(FIRST, "ADVISES")), LATER)
    report = await load(blank, FIRST, LATEST)
    assert report.claims_changed == 1
    assert await blank.read(EDGES, {}) == before


async def test_a_claim_added_later_is_not_dated_back(blank: Writer) -> None:
    place = of(FIRST, "ADVISES")
    await load(blank, without(FIRST, place), NOW)
    await load(blank, FIRST, LATER)
    [recorded] = await blank.read("MATCH (c:Claim {id: $i}) RETURN c.recorded_at", {"i": FIRST.claims[place].id})
    assert recorded == [FIRST.claims[place].recorded_at or LATER]


async def test_holding_an_office_makes_a_mayor_and_losing_it_unmakes_one(blank: Writer) -> None:
    offices = {e.id for e in FIRST.entities if getattr(e, "role", "") == "mayor"}
    held = [i for i, c in enumerate(FIRST.claims) if c.relation() == "HOLDS_OFFICE" and c.object in offices]
    await load(blank, FIRST, NOW)
    mayors = await blank.read("MATCH (m:Mayor) RETURN m.id ORDER BY m.id", {})
    await load(blank, without(FIRST, *held), LATER)
    assert mayors and await blank.read("MATCH (m:Mayor) RETURN m.id", {}) == []
    await load(blank, FIRST, LATEST)
    assert await blank.read("MATCH (m:Mayor) RETURN m.id ORDER BY m.id", {}) == mayors


async def test_a_claim_of_two_documents_outlives_one_of_them(blank: Writer) -> None:
    shared = {c.id for c in FIRST.claims} & {c.id for c in SECOND.claims}
    for file in (FIRST, SECOND):
        await load(blank, file, NOW)
    report = await load(blank, replace(SECOND, claims=()), LATER)
    assert report.claims_retracted == len(SECOND.claims)
    for id in shared:
        found = await rows(blank, "claim", id=id)
        assert found[0]["status"] != "retracted"


async def test_a_dispute_marks_its_target_and_its_end_unmarks_it(blank: Writer) -> None:
    target = FIRST.claims[of(FIRST, "ADVISES")]
    doubt = RELATIONS["OPPOSES"](
        subject=target.subject,
        object=target.object,
        attributed_to=FIRST.document.id,
        evidence=target.evidence,
        disputes=(target.id,),
    )
    await load(blank, FIRST, NOW)
    before = await blank.read(EDGES, {})
    await load(blank, replace(FIRST, claims=(*FIRST.claims, doubt)), LATER)
    marked = [e for e in await blank.read(EDGES, {}) if e[3] == target.id]
    assert [e[4] for e in marked] == ["disputed"]
    await load(blank, FIRST, LATEST)
    assert await blank.read(EDGES, {}) == before


async def test_a_load_cut_short_is_taken_up_again(blank: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    write, steps_left = blank.write, [10**6]

    async def some(steps: Sequence[Step]) -> None:
        steps_left[0] -= 1
        if steps_left[0] < 0:
            raise ConnectionError
        await write(steps)

    whole = await contents(blank, FIRST)
    monkeypatch.setattr(blank, "write", some)
    for stop in range(1, 1000, 3):
        await write([("MATCH (n) DETACH DELETE n", {})])
        steps_left[0] = stop
        with suppress(ConnectionError):
            await load(blank, FIRST, NOW)
        cut_short, steps_left[0] = steps_left[0] < 0, 10**6
        assert await contents(blank, FIRST) == whole
        if not cut_short:
            break


async def contents(graph: Writer, file: ClaimsFile) -> object:
    """Everything in the store once the file is loaded."""
    await load(graph, file, NOW)
    nodes = await graph.read("MATCH (n) RETURN labels(n), properties(n) ORDER BY n.id", {})
    edges = await graph.read(
        "MATCH (n)-[e]->(m) RETURN n.id, type(e), m.id, properties(e) ORDER BY n.id, m.id, type(e), e.start, e.claim",
        {},
    )
    return [(sorted(labels), held) for labels, held in nodes], edges
