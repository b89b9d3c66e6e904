"""Pictures drawn by the server: what stands where, in which order, under which sign, and what they say in words."""

import random
import re

import pytest

from api.pages.pictures.kinds import KINDS, kind
from api.pages.pictures.picture import bipartite, neighbourhood
from graph.query import read_queries
from graph.result import Result
from graph.run import run
from schema import ENTITIES
from schema.closed_lists import Standing, Status
from tests.conftest import Store
from tests.picturing import HERE, SVG, answer, column, crossing, markup, rendered, written
from tests.sample_result import PLACE, claim, sample


@pytest.fixture
async def seeded(embedded: Store) -> Store:
    await embedded.hold("seed")
    return embedded


async def ask(store: Store, name: str, **given: str) -> Result:
    query = read_queries()[name]
    return await run(store.reader, query, query.check(given))


@pytest.mark.anyio
async def test_the_neighbourhood_of_the_agency_stands_in_columns_by_relation(seeded: Store) -> None:
    picture = neighbourhood(await ask(seeded, "entity", id="ice"), HERE, ["ice"])

    assert column(picture, "left") == [
        "Executive orders of six mayors on ICE operations",
        "Planned laws and executive orders of Democratic-led cities",
        "ICE agents",
    ]
    assert column(picture, "middle") == ["U.S. Immigration and Customs Enforcement"]
    assert column(picture, "right") == [
        "Federal authorities",
        "Non-city law enforcement agencies",
        "Federal government of the United States",
        "Agreements of Maryland sheriff's offices with ICE",
    ]
    assert written(picture)[:3] == ["restricts", "[planned: “preparing”] restricts", "is a member of"]


@pytest.mark.anyio
async def test_the_answer_to_the_first_question_is_one_way_with_its_detail(seeded: Store) -> None:
    picture = bipartite(await ask(seeded, "groups-advising-mayors"), HERE)

    assert (column(picture, "left"), column(picture, "middle")) == (["Mayors for America"], ["Democratic mayors"])
    assert written(picture)[0].startswith("advises  on crafting model legislation and studying strategies")
    assert picture and picture.statuses == ("asserted",)
    assert picture.kinds == (("group", "group without names"), ("organisation", "organisation"))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("standing", Standing)
def test_a_ways_pattern_is_the_status_its_head_whether_it_is_said_to_be_so_and_a_sign_the_standing(
    status: Status, standing: Standing
) -> None:
    told = claim(1, "RESTRICTS", "a", "b", status=status, standing=standing, wording=["may"])
    picture = neighbourhood(answer([told]), HERE, ["b"])
    root = markup(picture)
    assert picture
    way = next(each for each in root.iter(f"{SVG}g") if "w" in each.get("class", "").split())
    signs = [use.get("href") for use in way.iter(f"{SVG}use")]
    heads = [path.get("class") for path in way.iter(f"{SVG}path") if path.get("class") in ("hf", "ho")]

    assert way.find(f"{SVG}path").get("class") == f"s s-{status}"  # type: ignore[union-attr]
    factual = status in ("asserted", "reported")
    assert heads == ["hf" if factual and standing != "superseded" else "ho"]
    assert signs == {"disputed": ["#m-disputed"], "retracted": ["#m-retracted"]}.get(standing, [])
    assert picture.strokes[0].head.endswith("v8") == (standing == "superseded")
    assert written(picture)[0].startswith("[") == (not factual or standing != "current")
    assert written(picture)[0].endswith("restricts")
    assert ("“may”" in written(picture)[0]) == (not factual)
    assert picture.statuses == (str(status), *([str(standing)] if standing != "current" else []))


def test_every_type_has_a_kind_and_every_kind_a_sign() -> None:
    signs = rendered("symbols.html", "", None)

    assert {
        name: kind(ENTITIES[name].labels()) for name in ("Mayor", "Sheriff", "Court", "City", "Group", "Policy")
    } == {
        "Mayor": "person",
        "Sheriff": "person",
        "Court": "organisation",
        "City": "place",
        "Group": "group",
        "Policy": "measure",
    }
    assert {kind(each.labels()) for each in ENTITIES.values()} <= KINDS.keys()
    assert kind(["Unheard"]) == "other"
    assert all(f'id="k-{each}"' in signs for each in KINDS)


def test_the_same_claims_in_another_order_are_the_same_picture_to_the_byte() -> None:
    claims, things = list(sample().claims.items()), list(sample().entities.items())
    first = rendered("picture.html", "draw", neighbourhood(sample(), PLACE, ["river-alliance"]))

    for seed in range(5):
        shuffled = random.Random(seed)
        shuffled.shuffle(claims)
        shuffled.shuffle(things)
        again = sample(claims=dict(claims), entities=dict(things))
        assert rendered("picture.html", "draw", neighbourhood(again, PLACE, ["river-alliance"])) == first


def test_what_is_object_here_and_subject_there_stands_between() -> None:
    claims = [claim(1, "ADVISES", "a", "b"), claim(2, "SIGNED", "b", "c"), claim(3, "ADVISES", "d", "b")]
    picture = bipartite(answer(claims), HERE)

    assert [column(picture, side) for side in ("left", "middle", "right")] == [["A", "D"], ["B"], ["C"]]
    two = bipartite(answer([claims[0], claims[2]]), HERE)
    assert [column(two, side) for side in ("left", "middle", "right")] == [["A", "D"], ["B"], []]


def test_claims_that_go_round_are_drawn_too() -> None:
    claims = [claim(1, "ADVISES", "a", "b"), claim(2, "ADVISES", "b", "a"), claim(3, "ADVISES", "a", "a")]

    assert (
        len(written(bipartite(answer(claims), HERE))) == len(written(neighbourhood(answer(claims), HERE, ["a"]))) == 3
    )
    assert len(written(neighbourhood(answer(claims), HERE, ["a", "b"]))) == 3


def test_a_claim_between_two_neighbours_of_the_middle_runs_straight_between_them() -> None:
    claims = [
        claim(1, "MEMBER_OF", "agents", "ice"),
        claim(2, "WARNED", "cities", "agents"),
        claim(3, "WARNED", "x", "ice"),
    ]
    picture = neighbourhood(answer(claims), HERE, ["ice", "agents"])

    assert column(picture, "middle") == ["Ice", "Agents"]
    assert picture
    ways = [stroke.way for stroke in picture.strokes]
    assert sum(bool(re.fullmatch(r"M[\d.]+ [\d.]+V[\d.]+", way)) for way in ways) == 1
    words = {
        (branch.thing.name, twig.words): [leaf.thing.name for leaf in twig.leaves]
        for branch in picture.tree
        for twig in branch.twigs
    }
    assert words["Agents", "is a member of"] == ["Ice"] and words["Ice", "has as member"] == ["Agents"]


def test_figures_have_neither_sign_nor_link() -> None:
    picture = neighbourhood(answer([claim(1, "HAS_SHARE", "vale", value=14, unit="%")]), HERE, ["vale"])

    assert picture
    figure = next(name for name in picture.names if name.side == "right")
    assert (figure.thing.name, figure.thing.href, figure.thing.kind) == ("14 %", "", "")


def test_every_name_and_every_claim_is_a_link_and_each_says_its_sentence() -> None:
    told = claim(1, "PROSECUTES", "a", "b", status="hedged", wording=["could prosecute"])
    root = markup(neighbourhood(answer([told]), HERE, ["b"]))
    links = {a.get("href"): a for a in root.iter(f"{SVG}a")}

    assert set(links) == {"../v1/claims/c-0000000000000001.html", "../v1/entities/a.html", "../v1/entities/b.html"}
    said = links["../v1/claims/c-0000000000000001.html"].find(f"{SVG}title")
    assert said is not None and said.text == "A [hedged: “could prosecute”] prosecutes B"
    svg = root.find(f".//{SVG}svg")
    assert svg is not None and (svg.get("role"), svg.get("aria-label")) == ("group", "What is claimed of B")


def test_the_words_say_what_the_picture_shows() -> None:
    picture = bipartite(crossing(12, 4), HERE)
    assert picture
    said = [leaf.line.id for branch in picture.tree for twig in branch.twigs for leaf in twig.leaves if leaf.line]

    assert len(said) == len(set(said)) == len(picture.strokes)


@pytest.mark.parametrize("number", [5, 50])
def test_a_tall_picture_of_an_answer_is_folded_and_one_of_a_thing_never(number: int) -> None:
    claims = [claim(at, "WARNED", f"from-{at}", "to") for at in range(number)]

    assert (markup(bipartite(answer(claims), HERE)).find("details") is not None) == (number == 50)
    assert markup(neighbourhood(answer(claims), HERE, ["to"])).find("details") is None


def test_nothing_is_drawn_of_nothing() -> None:
    assert bipartite(answer([]), HERE) is None
    assert neighbourhood(answer([claim(1, "WARNED", "a", "b")]), HERE, ["c"]) is None
