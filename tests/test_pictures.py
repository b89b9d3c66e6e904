"""Pictures drawn by the server: what stands where, in which order, under which sign; never two things in one place."""

import random
import re
from functools import partial
from itertools import combinations
from xml.etree import ElementTree

import pytest

from api.pages import rendering
from api.pages.drawing import Picture
from api.pages.kinds import KINDS, kind
from api.pages.lettering import Run, width, wrapped
from api.pages.picture import MOST, bipartite, neighbourhood
from api.pages.timeline import Timeline, timeline
from api.place import Place
from graph.query import read_queries
from graph.result import Result, Row
from graph.run import run
from schema import ENTITIES
from schema.closed_lists import Standing, Status
from tests.conftest import Store
from tests.sample_result import PLACE, claim, entity, sample

HERE = Place("https://graph.example/", "https://graph.example/v1/x", None, "../")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing": '"></svg><img src=x onerror=alert(1)>',
    "link": "javascript:alert(1)",
    "turned": "\u202eevil\u202d \u2066name",
    "long": "Supercalifragilistic " * 476,
    "unbroken": "x" * 10_000,
    "lines": "one\r\ntwo\rthree\tfour",
    "marks": "Z" + "\u0301" * 9_999,
    "wide": "漢" * 5_000,
    "template": "{{ 7 * 7 }}{% raw %}",
    "entity": "&lt;b&gt;&amp;&#x202e;",
    "blank": "\u00a0",
}


def answer(claims: list[Row], entities: list[Row] | None = None) -> Result:
    """An answer with a row a claim; ends that are not given are groups."""
    known = {each["id"]: each for each in entities or ()}
    ends = {id for each in claims for id in (each["subject"], each.get("object", "")) if id} - known.keys()
    known |= {id: entity(id, "Group", id.title(), of="Mayor") for id in sorted(ends)}
    known["vale-gazette-2026"] = entity("vale-gazette-2026", "Document", "Vale Gazette")
    rows: list[Row] = [{"claims": [each["id"]]} for each in claims]
    return Result("q", "Who does what?", ("subject",), rows, {each["id"]: each for each in claims}, known)


def column(picture: Picture | None, side: str) -> list[str]:
    """The names of one column from top to bottom, each in one line."""
    assert picture
    return [" ".join(text for _, text in name.lines) for name in picture.names if name.side == side]


def written(picture: Picture | None) -> list[str]:
    """What is written on the ways, in the order of the rows."""
    assert picture
    return [" ".join("".join(run.text for run in line) for _, line in each.lines) for each in picture.labels]


def rendered(template: str, macro: str, *values: Picture | None) -> str:
    """What one macro of a template makes of values, or without its name the whole template."""
    found = rendering._TEMPLATES.get_template(template)
    return str(getattr(found.module, macro)(*values)) if macro else found.render()


def markup(picture: Picture | None) -> ElementTree.Element:
    """What the template makes of it, read as XML."""
    page = rendered("picture.html", "draw", picture)
    return ElementTree.fromstring(f'<page>{page.replace("<svg ", f"""<svg xmlns="{SVG[1:-1]}" """)}</page>')


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


def hub(number: int, relations: tuple[str, ...] = ("WARNED", "ADVISES", "OPPOSES", "SUPPORTS")) -> Result:
    """A thing with so many claims, on either side, of every status and standing."""
    claims = []
    for at in range(number):
        ends = ("hub", f"thing-{at:03}") if at % 3 == 0 else (f"thing-{at:03}", "hub")
        stands = {"status": [*Status][at % 5], "standing": [*Standing][at % 4], "wording": ["might well do so"]}
        claims.append(claim(at, relations[at % len(relations)], *ends, **stands))
    return answer(claims)


@pytest.mark.parametrize("number", [5, 40, 500])
def test_a_hub_is_drawn_in_part_and_what_is_left_out_is_counted_with_a_way_to_all_of_it(number: int) -> None:
    picture = neighbourhood(hub(number), HERE, ["hub"])

    assert picture
    more = [name.thing for name in picture.names if name.thing.id.startswith("more ")]
    assert len(picture.names) <= MOST
    assert picture.left_out == sum(int(thing.name.removeprefix("+").removesuffix(" more")) for thing in more)
    assert len(picture.strokes) + picture.left_out == number
    assert all(
        re.fullmatch(r"\.\./v1/entities/hub/relations\.html\?relation=[A-Z]+&direction=(sub|ob)ject", thing.href)
        for thing in more
    )
    assert bool(more) == (number == 500)
    twigs = [twig for branch in picture.tree for twig in branch.twigs]
    assert all((twig.count is None) == any(leaf.line is None for leaf in twig.leaves) for twig in twigs)


def test_claims_that_the_answer_does_not_hold_are_counted_where_their_number_is_known() -> None:
    totals = {("WARNED", "object"): 48, ("WARNED", "subject"): 1000}
    claims = [claim(1, "WARNED", "a", "hub"), claim(2, "WARNED", "hub", "b")]
    picture = neighbourhood(answer(claims), HERE, ["hub"], totals=totals)

    assert (column(picture, "left"), column(picture, "right")) == (["A", "+47 more"], ["B", "+999 or more"])


def test_an_answer_of_500_claims_is_drawn_in_part() -> None:
    claims = [claim(at, "WARNED", f"from-{at % 40}", f"to-{at % 90}") for at in range(500)]
    picture = bipartite(answer(claims), HERE)

    assert picture
    assert len(picture.names) <= MOST
    assert len(picture.strokes) + picture.left_out == 500
    assert column(picture, "left")[-1] == f"+{picture.left_out} more"


def boxes(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Where names, signs and labels stand: left, top, right, bottom."""
    found = []
    for name in picture.names:
        for y, text in name.lines:
            wide = width(text, 14)
            left = name.text - wide if name.side == "left" else name.text
            found.append((left, y - 11, left + wide, y + 4))
        if name.thing.kind:
            found.append((name.x - 6, name.y - 6, name.x + 6, name.y + 6))
    for label in picture.labels:
        for y, line in label.lines:
            found.append((label.x, y - 10, label.x + sum(width(run.text, 13) for run in line), y + 4))
    return found


def crossing(n: int, seed: int) -> Result:
    """An answer in which everybody does something to somebody."""
    by_chance = random.Random(seed)
    names = [f"{'long ' * by_chance.randrange(12)}name {at}" for at in range(n)]
    things = [entity(f"t-{at}", by_chance.choice(["Person", "City", "Policy"]), name) for at, name in enumerate(names)]
    claims = [
        claim(
            at,
            by_chance.choice(["WARNED", "ADVISES", "COOPERATES_WITH"]),
            f"t-{by_chance.randrange(n)}",
            f"t-{by_chance.randrange(n)}",
            status=by_chance.choice([*Status]),
            standing=by_chance.choice([*Standing]),
            wording=["so it is said by many who know " * by_chance.randrange(1, 4)],
        )
        for at in range(n * 2)
    ]
    return answer(claims, things)


PICTURES = {
    "hub of 5": partial(neighbourhood, hub(5), HERE, ["hub"]),
    "hub of 500": partial(neighbourhood, hub(500), HERE, ["hub"]),
    "one relation": partial(neighbourhood, hub(500, ("WARNED",)), HERE, ["hub"]),
    "sample": partial(bipartite, sample(), PLACE),
    **{f"{n} and {seed}": partial(bipartite, crossing(n, seed), HERE) for n in (4, 20) for seed in (1, 2)},
    **{f"around {n}": partial(neighbourhood, crossing(n, 3), HERE, ["t-0", "t-1", "t-2"]) for n in (4, 20)},
}


@pytest.mark.parametrize("name", PICTURES)
def test_no_two_texts_or_signs_overlap_and_all_lies_within_the_picture(name: str) -> None:
    picture = PICTURES[name]()
    assert picture
    placed = boxes(picture)

    over = [(a, b) for a, b in combinations(placed, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert over == []
    assert all(
        left >= -1 and right <= picture.width + 1 and top >= 0 and bottom <= picture.height
        for left, top, right, bottom in placed
    )


@pytest.mark.parametrize("name", PICTURES)
def test_no_way_runs_through_a_label_or_along_another_way(name: str) -> None:
    picture = PICTURES[name]()
    assert picture
    ways = [list(segments(stroke.way)) for stroke in picture.strokes]
    texts = boxes(picture)

    for one, other in combinations(ways, 2):
        assert not [(a, b) for a in one for b in other if along(a, b)]
    for way in ways:
        assert not [(a, box) for a in way for box in texts if through(a, box)]


Segment = tuple[float, float, float, float]


def segments(way: str) -> list[Segment]:
    """The straight pieces of a way, without its bends."""
    x = y = 0.0
    found = []
    for letter, numbers in re.findall(r"([MHVQ])([-\d. ]+)", way):
        given = [float(each) for each in numbers.split()]
        to = {
            "M": (given[0], given[-1]),
            "H": (given[0], y),
            "V": (x, given[0]),
            "Q": (given[-2] if len(given) > 1 else x, given[-1]),
        }[letter]
        if letter in "HV":
            found.append((x, y, *to))
        x, y = to
    return found


def along(a: Segment, b: Segment) -> bool:
    """Whether two pieces run on top of each other for more than a touch."""
    for at in (0, 1):
        if a[at] == a[at + 2] and b[at] == b[at + 2] and abs(a[at] - b[at]) < 2:
            ends = sorted((a[1 - at], a[3 - at])), sorted((b[1 - at], b[3 - at]))
            return min(ends[0][1], ends[1][1]) - max(ends[0][0], ends[1][0]) > 3
    return False


def through(a: Segment, box: tuple[float, float, float, float]) -> bool:
    left, right, top, bottom = min(a[0], a[2]), max(a[0], a[2]), min(a[1], a[3]), max(a[1], a[3])
    return left < box[2] and box[0] < right and top < box[3] - 1 and box[1] + 1 < bottom + 0.01 and top + 0.01 < box[3]


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_text_whatever_it_holds_and_is_told_whole(name: str) -> None:
    told = claim(1, "WARNED", "a", "b", status="hedged", wording=[name], detail=name)
    things = [entity("a", "Person", name), entity("b", "City", name)]
    for picture in (bipartite(answer([told], things), HERE), neighbourhood(answer([told], things), HERE, ["b"])):
        assert picture
        root = markup(picture)
        tags = {each.tag.removeprefix(SVG) for each in root.iter()}
        assert tags <= {
            "page",
            "figure",
            "svg",
            "g",
            "a",
            "path",
            "use",
            "text",
            "tspan",
            "title",
            "ul",
            "li",
            "bdi",
            "span",
            "q",
            "figcaption",
            "p",
        }
        assert all(each.get("href", "#").startswith(("#", "../")) for each in root.iter())
        assert not [key for each in root.iter() for key in each.attrib if key.startswith("on") or key == "style"]
        drawn = [text.text or "" for text in root.iter(f"{SVG}text")]
        assert not any(re.search("[\u202a-\u202e\u2066-\u2069\r\n]", text) for text in drawn)
        assert all(width(text, 14) <= 300 for text in drawn)
        assert picture.height < 400
        whole = {bdi.text for bdi in root.iter("bdi")}
        assert name.replace("\r\n", "\n").replace("\r", "\n") in {(text or "").replace("\r", "\n") for text in whole}


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


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two three", 1000, ["one two three"]),
        ("one two three", 36, ["one", "two", "three"]),
        ("one two three four", 45, ["one", "two", "thre…"]),
        ("", 100, []),
    ],
)
def test_text_falls_into_lines_and_a_cut_is_told(text: str, room: float, lines: list[str]) -> None:
    assert ["".join(run.text for run in line) for line in wrapped([Run(text)], 14, room, 3)] == lines


def dated(*claims: Row) -> Timeline:
    found = timeline(answer(list(claims)), HERE)
    assert found
    return found


def test_a_year_is_a_span_and_a_day_a_stroke_under_the_years_that_occur() -> None:
    told = dated(
        claim(1, "SIGNED", "a", "m", valid_from="2026"),
        claim(2, "SIGNED", "b", "m", valid_from="2025-07-02"),
        claim(3, "SIGNED", "c", "m"),
    )

    assert told.years == ((0.0, 2025), (124.0, 2026))
    assert [(bar.when, bar.way, bar.ticks) for bar in told.bars] == [
        ("2025-07-02", "", "M61.8 2v10"),
        ("2026", "M124 7H248", "M124 2v10M248 2v10"),
    ]
    assert (told.undated, told.left_out) == (1, 0)


def test_a_beginning_without_an_end_is_left_open_unless_it_happened_for_good() -> None:
    told = dated(
        claim(1, "ADVISES", "a", "b", valid_from="2024"),
        claim(2, "ADVISES", "a", "c", valid_to="2025"),
        claim(3, "ADVISES", "a", "d", valid_from="2024-03", valid_to="2025"),
        claim(4, "FOUNDED", "a", "e", valid_from="2025"),
    )

    assert [(bar.when, bar.open) for bar in told.bars] == [
        ("from 2024", "M124.2 7H248"),
        ("2024-03 to 2025", ""),
        ("until 2025", "M0 7H124.2"),
        ("2025", ""),
    ]


def test_of_many_dated_claims_the_first_forty_are_drawn_and_the_others_counted() -> None:
    told = dated(*(claim(at, "SIGNED", f"a-{at}", "m", valid_from=f"{1900 + at}") for at in range(60)))

    assert (len(told.bars), told.left_out) == (40, 20)
    assert [year for _, year in told.years] == [1900, 1910, 1920, 1930]
    assert timeline(answer([claim(1, "SIGNED", "a", "m")]), HERE) is None


@pytest.mark.parametrize("day", ["0001", "9999-12-31", "2024-02-29"])
def test_the_first_and_the_last_of_all_days_have_a_place_too(day: str) -> None:
    assert dated(claim(1, "SIGNED", "a", "m", valid_from=day)).bars[0].when == day
