"""Loading a claims file: idempotent, whole, with a history, and the typed edges that follow from the claims."""

from dataclasses import replace

import pytest

from graph.connection import Reader, Writer
from graph.errors import GraphError
from graph.query import read_queries
from graph.run import run
from graph.write import Report, clear, load
from schema import RELATIONS
from schema.claims_file import ClaimsFile
from seed.read import read
from tests.conftest import NOW, WORLD

pytestmark = pytest.mark.slow

FIRST, SECOND = read(WORLD).files
LATER, LATEST = "2033-01-01T00:00:00Z", "2034-01-01T00:00:00Z"
EDGES = "MATCH (a:Entity)-[e]->(b:Entity) RETURN a.id, type(e), b.id, e.claim, e.status, e.standing ORDER BY e.claim"
EVERYTHING = (
    "MATCH (n) OPTIONAL MATCH (n)-[e]->(m) RETURN n.id, n.hash, n.type, type(e), m.id ORDER BY n.id, m.id, type(e)"
)


async def bring(graph: Writer, file: ClaimsFile, now: str) -> Report:
    """Load the file and clear away what it replaced."""
    report = await load(graph, [file], now)
    await clear(graph, report)
    return report


def of(file: ClaimsFile, relation: str) -> int:
    """Place of the first claim of this relation."""
    return next(i for i, c in enumerate(file.claims) if c.relation() == relation)


def without(file: ClaimsFile, *places: int) -> ClaimsFile:
    return replace(file, claims=tuple(c for i, c in enumerate(file.claims) if i not in places))


async def rows(graph: Reader, name: str, **given: object) -> list[dict[str, object]]:
    query = read_queries()[name]
    return (await run(graph, query, query.check(given))).rows


async def test_a_second_load_writes_nothing(blank: Writer) -> None:
    first = await bring(blank, FIRST, NOW)
    before = await blank.read(EVERYTHING, {})
    second = await bring(blank, FIRST, LATER)
    assert first.claims_created == len(FIRST.claims)
    assert second.writes == 0 and second.claims_unchanged == len(FIRST.claims)
    assert await blank.read(EVERYTHING, {}) == before


async def test_every_factual_live_claim_has_one_typed_edge_and_no_other_has(world: Reader) -> None:
    claims = await blank_free_claims(world)
    wanted = {c["id"] for c in claims if c["status"] in ("asserted", "reported") and c["object"] and not c["gone"]}
    edges = [edge[3] for edge in await world.read(EDGES, {})]
    assert sorted(edges) == sorted(wanted)


async def blank_free_claims(graph: Reader) -> list[dict[str, object]]:
    text = "MATCH (c:Claim) RETURN c.id, c.status, c.object IS NOT NULL, c.standing IN ['retracted', 'superseded']"
    return [dict(zip(("id", "status", "object", "gone"), r, strict=True)) for r in await graph.read(text, {})]


async def test_a_claim_taken_out_is_retracted_and_its_history_kept(blank: Writer) -> None:
    place = of(FIRST, "ADVISES")
    claim = FIRST.claims[place]
    await bring(blank, FIRST, NOW)
    report = await bring(blank, without(FIRST, place), LATER)
    assert report.claims_retracted == 1
    assert [r["standing"] for r in await rows(blank, "claim", id=claim.id)] == ["retracted"]
    assert [r["standing"] for r in await rows(blank, "claim", id=claim.id, known_at=NOW)] == ["current"]
    assert claim.id not in [e[3] for e in await blank.read(EDGES, {})]
    assert (await bring(blank, without(FIRST, place), LATEST)).writes == 0


async def test_a_claim_put_back_lives_again(blank: Writer) -> None:
    await bring(blank, FIRST, NOW)
    before = await blank.read(EDGES, {})
    await bring(blank, without(FIRST, of(FIRST, "ADVISES")), LATER)
    report = await bring(blank, FIRST, LATEST)
    assert report.claims_changed == 1
    assert await blank.read(EDGES, {}) == before


async def test_a_claim_added_later_is_not_dated_back(blank: Writer) -> None:
    place = of(FIRST, "ADVISES")
    await bring(blank, without(FIRST, place), NOW)
    await bring(blank, FIRST, LATER)
    [recorded] = await blank.read("MATCH (c:Claim {id: $i}) RETURN c.recorded_at", {"i": FIRST.claims[place].id})
    assert recorded == [FIRST.claims[place].recorded_at or LATER]


async def test_a_claim_whose_wording_changes_stays_recorded_since_then(blank: Writer) -> None:
    place = of(FIRST, "ADVISES")
    changed = FIRST.claims[place].model_copy(update={"wording": ("may",)})
    text = "MATCH (c:Claim {id: $id}) RETURN c.recorded_at, c.wording"
    await bring(blank, FIRST, NOW)
    [[recorded, _]] = await blank.read(text, {"id": changed.id})
    report = await bring(blank, replace(FIRST, claims=(*without(FIRST, place).claims, changed)), LATER)
    assert report.claims_changed == 1
    assert await blank.read(text, {"id": changed.id}) == [[recorded, ["may"]]]


async def test_holding_an_office_makes_a_mayor_and_losing_it_unmakes_one(blank: Writer) -> None:
    offices = {e.id for e in FIRST.entities if getattr(e, "role", "") == "mayor"}
    held = [i for i, c in enumerate(FIRST.claims) if c.relation() == "HOLDS_OFFICE" and c.object in offices]
    await bring(blank, FIRST, NOW)
    mayors = await blank.read("MATCH (m:Mayor) RETURN m.id ORDER BY m.id", {})
    await bring(blank, without(FIRST, *held), LATER)
    assert mayors and await blank.read("MATCH (m:Mayor) RETURN m.id", {}) == []
    await bring(blank, FIRST, LATEST)
    assert await blank.read("MATCH (m:Mayor) RETURN m.id ORDER BY m.id", {}) == mayors


async def test_a_claim_of_two_documents_outlives_one_of_them(blank: Writer) -> None:
    shared = {c.id for c in FIRST.claims} & {c.id for c in SECOND.claims}
    for file in (FIRST, SECOND):
        await bring(blank, file, NOW)
    report = await bring(blank, replace(SECOND, claims=()), LATER)
    assert report.claims_retracted == len(SECOND.claims)
    for id in shared:
        found = await rows(blank, "claim", id=id)
        assert found[0]["standing"] != "retracted"


async def test_a_dispute_marks_its_target_and_its_end_unmarks_it(blank: Writer) -> None:
    target = FIRST.claims[of(FIRST, "ADVISES")]
    doubt = RELATIONS["OPPOSES"](
        subject=target.subject,
        object=target.object,
        evidence=target.evidence,
        disputes=(target.id,),
    )
    await bring(blank, FIRST, NOW)
    before = await blank.read(EDGES, {})
    await bring(blank, replace(FIRST, claims=(*FIRST.claims, doubt)), LATER)
    marked = [e for e in await blank.read(EDGES, {}) if e[3] == target.id]
    assert [e[4:] for e in marked] == [["asserted", "disputed"]]
    await bring(blank, FIRST, LATEST)
    assert await blank.read(EDGES, {}) == before


async def test_a_store_that_was_filled_before_there_were_editions_is_refused(blank: Writer) -> None:
    await blank.write([("CREATE (:Claim {id: 'c-0000000000000000'})", {})])
    with pytest.raises(GraphError, match="filled by another version"):
        await load(blank, [FIRST], NOW)


async def test_a_store_that_another_version_filled_in_another_way_is_refused(blank: Writer) -> None:
    await load(blank, [FIRST], NOW)
    await blank.write([("MATCH (g:Edition) REMOVE g.format", {})])
    blank.forget()
    for asked in (blank.edition(), load(blank, [FIRST], NOW)):
        with pytest.raises(GraphError, match="filled by another version"):
            await asked
