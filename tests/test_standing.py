"""What has become of claims, on whose word, and what plain Cypher sees of it: written by hand from the two reports."""

from typing import Any

import pytest
import yaml

from graph.connection import Reader
from graph.query import read_queries
from graph.run import run
from schema.closed_lists import Standing
from tests.conftest import HERE
from tests.expected_rows import KEYS, Plain
from tests.plain_world import Row

TOLD = yaml.load((HERE / "told.yaml").read_text("utf-8"), Plain)
NEVER = dict.fromkeys(("disputed_at", "superseded_at", "retracted_at", "disputed_by", "challenged_by"))
UNKNOWN = [
    ("viktor-leads", "2031-03-14"),
    ("six-offices", "2031-03-09"),
    ("forty-members", "2031-03-14"),
    ("dario-mayor", "2031-07"),
    ("petra-alone", "2031-06-02"),
]
ADVISED_MAYORS = (
    "MATCH (g:AdvocacyGroup)-[:ADVISES]->(m:Entity) WHERE m:Mayor OR m.of = 'Mayor' RETURN DISTINCT g.id, m.id"
)
MAYORS = "MATCH (m:Mayor) RETURN DISTINCT m.id"
GROUPS = "MATCH (g:Group) WHERE g:Mayor OR g:Person RETURN g.id"
IN_OFFICE = (
    "MATCH (m:Mayor)-[h:HOLDS_OFFICE]->(:Office {role: 'mayor'}) "
    "WHERE (h.valid_from IS NULL OR h.valid_from <= $day) AND (h.valid_to IS NULL OR h.valid_to >= $day) "
    "RETURN DISTINCT m.id"
)
EDGES = "MATCH (:Entity {id: $from})-[e]->(:Entity {id: $to}) RETURN DISTINCT type(e), e.claim, e.status, e.standing"


async def told(reader: Reader, key: str, known_at: str | None) -> Any:
    """The claim's record in the answers of `claims`, None where none has it; and the names that the answer shows."""
    query, given = read_queries()["claims"], {"limit": 500, "standing": list(map(str, Standing))}
    found = await run(reader, query, query.check(given | ({"known_at": known_at} if known_at else {})))
    return found.claims.get(KEYS[key]), found.entities


@pytest.mark.parametrize("case", TOLD, ids=lambda case: f"{case['claim']} {case.get('known_at', '')}")
async def test_a_claim_tells_what_has_become_of_it_and_on_whose_word(case: Row, world: Reader) -> None:
    claim, entities = await told(world, case["claim"], case.get("known_at"))
    should = NEVER | case["told"]
    if challengers := should["challenged_by"]:
        should["challenged_by"] = sorted(KEYS[each] for each in challengers)
    assert {name: claim.get(name) for name in should} == should
    assert [piece["document"] for piece in claim["evidence"]] == case["documents"]
    assert entities.keys() >= {*claim["attributed_to"], *(claim.get("disputed_by") or ())}


@pytest.mark.parametrize(("key", "known_at"), UNKNOWN)
async def test_a_claim_is_not_told_before_it_was_recorded(key: str, known_at: str, world: Reader) -> None:
    assert (await told(world, key, known_at))[0] is None


async def test_one_pattern_finds_mayors_and_groups_of_mayors_though_no_group_is_a_mayor(world: Reader) -> None:
    assert {tuple(pair) for pair in await world.read(ADVISED_MAYORS, {})} == {
        ("civic-lantern", "ines-araujo"),
        ("civic-lantern", "lena-ortiz"),
        ("civic-lantern", "unnamed-mayors"),
        ("harbor-forum", "bo-lindqvist"),
        ("harbor-forum", "viktor-nagy"),
    }
    assert await world.read(GROUPS, {}) == []


async def test_who_ever_held_the_office_bears_the_label_and_the_edge_says_until_when(world: Reader) -> None:
    ever = {"ines-araujo", "olga-brandt", "viktor-nagy", "bo-lindqvist", "sam-whitlock", "lena-ortiz"}
    assert {id for (id,) in await world.read(MAYORS, {})} == ever
    undated = {"ines-araujo", "bo-lindqvist", "lena-ortiz"}
    for day, dated in (
        ("2026-05", {"olga-brandt", "viktor-nagy"}),
        ("2026-06", {"viktor-nagy"}),
        ("2031", set()),
        ("2032-01-01", {"sam-whitlock"}),
    ):
        assert {id for (id,) in await world.read(IN_OFFICE, {"day": day})} == undated | dated


@pytest.mark.parametrize(
    ("ends", "edges"),
    [
        (("sao-bento-order-12", "federal-transit-inspectorate"), {"order-agents", "parks-alone", "two-stations"}),
        (("federal-transit-inspectorate", "transit-task-force"), {"fti-left"}),  # the other was superseded
        (("dario-funk", "mayor-of-kestrel-bay"), set()),  # corrected
        (("lena-ortiz", "mayor-of-kestrel-bay"), {"lena-mayor"}),  # the other is a hedge
        (("viktor-nagy", "harbor-forum"), set()),  # alleged
        (("tomasz-lukasik", "model-ferry-bill"), set()),  # planned
        (("bo-lindqvist", "mayor-of-port-quill"), {"bo-mayor"}),
    ],
)
async def test_a_typed_edge_stands_for_a_fact_and_says_how_it_stands(
    ends: tuple[str, str], edges: set[str], world: Reader
) -> None:
    found = await world.read(EDGES, dict(zip(("from", "to"), ends, strict=True)))
    keys = {id: key for key, id in KEYS.items()}
    standing = {"parks-alone": "disputed"}
    assert {keys[id]: (status, stands) for _, id, status, stands in found} == {
        key: ("asserted", standing.get(key, "current")) for key in edges
    }


async def test_the_article_has_a_group_of_mayors_and_two_mayors_by_name(seed: Reader) -> None:
    assert {tuple(pair) for pair in await seed.read(ADVISED_MAYORS, {})} == {
        ("mayors-for-america", "democratic-mayors")
    }
    assert {id for (id,) in await seed.read(MAYORS, {})} == {"zohran-mamdani", "jacob-frey"}
    assert await seed.read(GROUPS, {}) == []


async def test_the_article_contests_nothing_it_says_and_ends_no_office(seed: Reader) -> None:
    query = read_queries()["claims"]
    found = await run(seed, query, query.check({"limit": 500, "standing": list(map(str, Standing))}))
    assert {c["standing"] for c in found.claims.values()} == {"current"}
    assert not [c for c in found.claims.values() if c["relation"] == "HOLDS_OFFICE" and "valid_to" in c]
    assert {c["object"] for c in found.claims.values() if c["subject"] == "julie-chavez-rodriguez"} == {
        "mayors-for-america",
        "kamala-harris-presidential-campaign",
    }
