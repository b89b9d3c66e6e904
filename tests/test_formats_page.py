"""The page that shows an answer to people: whole, safe, every row with its source, readable by all."""

import re
from copy import deepcopy
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from api.formats import FORMATS
from api.formats.links import address
from api.formats.wording import reading
from api.pages.rendering import render
from api.place import Place
from graph.result import Result
from tests.sample_result import CLAIM_RECORDS, HOSTILE, NEXT, PLACE, claim, empty, sample

PAGES_FOLDER = Path(__file__).parent.parent / "api" / "pages"
STYLE = PAGES_FOLDER.parent / "web" / "style.css"
ANSWERS = {"sample": sample(), "empty": empty()}


def write(result: Result, place: Place = PLACE) -> str:
    return FORMATS["html"].write(result, place).decode()


class Reader(HTMLParser):
    """Checks that tags close in order, and collects addresses, tags and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.addresses: dict[str, str] = {}
        self.loaded: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in {"meta", "link", "input"}:
            self.open.append(tag)
        told = dict(attributes)
        if address := told.get("href") or told.get("src"):
            self.addresses[address] = tag
            self.loaded += [address] if tag == "link" and told["rel"] in {"icon", "stylesheet"} else []
        assert not [name for name in told if name.startswith("on") or name == "style"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("result", ANSWERS.values(), ids=ANSWERS.keys())
def test_the_page_is_well_formed_and_loads_one_script_and_nothing_from_other_hosts(result: Result) -> None:
    read = Reader(write(result))

    assert not read.tags & {"img", "iframe", "object", "style", "b"}
    assert [a for a, tag in read.addresses.items() if tag == "script"] == [f"{PLACE.base}web/complete.js"]
    assert read.loaded == [f"{PLACE.base}web/icon.svg", f"{PLACE.base}web/style.css"]
    assert all(a.startswith((PLACE.base, "#")) for a in read.addresses)


@pytest.mark.parametrize("result", ANSWERS.values(), ids=ANSWERS.keys())
def test_a_page_that_stands_somewhere_links_relatively_and_otherwise_as_one_that_does_not(result: Result) -> None:
    page = write(result, replace(PLACE, next=NEXT, root="../../../"))

    assert all(a.startswith(("../../../", "#")) and "://" not in a for a in Reader(page).addresses)
    assert page.replace('="../../../', f'="{PLACE.base}') == write(result, replace(PLACE, next=NEXT))


def test_the_page_shows_each_quote_whose_word_it_is_and_how_far_to_take_it() -> None:
    text = Reader(write(sample())).text

    assert HOSTILE in text and "characters 0–64" in text and "row 3, /a/0" in text
    assert {"hedged", "disputed", "reported", "alleged"} <= set(re.findall(r"\w+", text))
    assert "on the word of Mira Vale" in text and "Vale has share 14 %" in text


def test_the_page_links_to_every_other_format() -> None:
    read = Reader(write(sample()))

    assert {address(PLACE, suffix) for suffix in FORMATS if suffix != "html"} <= set(read.addresses)


def test_the_page_leads_to_the_next_and_says_when_nothing_answers() -> None:
    page = write(sample(next_cursor="abc"), Place(PLACE.base, PLACE.here, NEXT))

    assert NEXT in Reader(page).addresses and "2 rows; more exist." in page
    assert "No claim in the graph answers this." in write(empty())


def test_a_name_links_to_its_id_in_place_of_a_column_of_ids() -> None:
    told = [CLAIM_RECORDS[0]["id"]]
    row = {"group_id": "river-alliance", "group": "The Alliance", "challenger_id": told[0], "claims": told}

    page = write(sample(columns=("group_id", "group", "challenger_id"), rows=[row]))

    assert f'dir="auto"><a href="{PLACE.base}v1/entities/river-alliance.html"><bdi>The Alliance<' in page
    assert "group id" not in page and f'"{PLACE.base}v1/claims/{told[0]}.html"' in page


def test_a_value_in_a_row_is_never_taken_for_markup() -> None:
    rows = [{"group": "<img src=x onerror=alert(1)>", "claims": [CLAIM_RECORDS[0]["id"]]}]

    assert "img" not in Reader(write(sample(rows=rows))).tags


def test_a_detail_in_curly_braces_leaves_the_page_whole() -> None:
    record = claim(1, "ADVISES", "river-alliance", "mira-vale", detail="{title} {0} %s")

    page = write(sample(rows=[{"claims": [record["id"]]}], claims={record["id"]: record}))

    assert "{title} {0} %s" in Reader(page).text


def test_a_question_is_text_in_the_title_and_in_the_heading() -> None:
    page = write(sample(question="<Vale> & 'co'"))

    assert "<title>&lt;Vale&gt; &amp; &#39;co&#39;</title>" in page
    assert "<h1>&lt;Vale&gt; &amp; &#39;co&#39;</h1>" in page


def test_a_value_that_a_template_asks_for_and_does_not_get_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("vocabulary.html", "./", {})


PAGES = sorted(PAGES_FOLDER.glob("*.py"))


@pytest.mark.parametrize("module", [*PAGES, PAGES_FOLDER.parent / "formats" / "page.py"], ids=lambda path: path.stem)
def test_no_markup_is_written_in_code(module: Path) -> None:
    assert re.findall(r"</?[a-z]\w*[ >/]|&\w+;|\bescape\(|Markup\(", module.read_text()) == []


@pytest.mark.parametrize("template", sorted(PAGES_FOLDER.glob("templates/*")), ids=lambda path: path.name)
def test_no_template_lets_a_value_pass_as_markup(template: Path) -> None:
    assert re.findall(r"\|\s*safe|autoescape|xmlattr", template.read_text()) == []


@pytest.mark.parametrize(("kind", "least"), [("answer", 1024), ("claims", 960)])
def test_a_row_becomes_lines_of_text_before_its_table_leaves_the_screen(kind: str, least: int) -> None:
    narrow = re.findall(r"@media \(max-width: (\d+)rem\) \{(.*?)\n\}", STYLE.read_text(), re.DOTALL)
    (width,) = [int(rem) * 16 for rem, rules in narrow if re.search(rf"\.{kind} td \{{ display: block", rules)]

    assert width >= least  # seen in a browser: a timeline of nine columns needs 918 pixels


def luminance(colour: str) -> float:
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def palettes() -> list[dict[str, str]]:
    light, dark, _ = re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.DOTALL)  # the last is for print
    return [dict(re.findall(r"--(\w+): (#\w{6})", found)) for found in (light, dark)]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link", "modal", "contest", "past"])
@pytest.mark.parametrize("paper", ["paper", "tint", "mark"])
def test_text_stands_out_from_its_ground_as_wcag_aa_asks(palette: dict[str, str], ink: str, paper: str) -> None:
    dim, bright = sorted((luminance(palette[ink]), luminance(palette[paper])))

    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_a_hedge_never_reads_as_a_fact() -> None:
    hedged = {"relation": "PROSECUTES", "status": "hedged", "standing": "current", "wording": ["could prosecute"]}
    assert reading(hedged, {}) == "[hedged: “could prosecute”] prosecutes"
    assert reading(hedged | {"status": "alleged", "wording": []}, {}) == "[alleged] prosecutes"
    assert reading(hedged | {"status": "reported"}, {}) == "prosecutes"


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"standing": "disputed", "disputed_by": ["ana"]}, "[disputed by Ana Silva] warned"),
        ({"standing": "disputed", "disputed_by": ["ana", "bo"]}, "[disputed by Ana Silva, Bo] warned"),
        ({"standing": "disputed"}, "[disputed] warned"),
        ({"standing": "retracted", "status": "planned"}, "[planned; retracted] warned"),
        ({"standing": "superseded", "disputed_by": ["bo"]}, "[superseded; disputed by Bo] warned"),
        (
            {"standing": "disputed", "disputed_by": ["ana"], "status": "alleged", "wording": ["would", "may"]},
            "[alleged: “would”, “may”; disputed by Ana Silva] warned",
        ),
        ({"standing": "disputed", "wording": ["warned"]}, "[disputed] warned"),
        ({"standing": "current", "condition": "if it rains"}, "[condition: “if it rains”] warned"),
        ({"standing": "current", "inferred": ["its mayor is a member"]}, "[inferred] warned"),
        (
            {"standing": "current", "status": "hedged", "wording": ["may"], "condition": "in some cases"},
            "[hedged: “may”; condition: “in some cases”] warned",
        ),
    ],
)
def test_what_has_become_of_a_claim_is_read_before_its_verb(fields: dict[str, Any], read: str) -> None:
    people = {"ana": {"name": "Ana Silva"}, "bo": {"name": "Bo"}}
    assert reading({"relation": "WARNED", "status": "asserted"} | fields, people) == read


def test_the_page_says_why_a_claim_is_inferred_and_whom_its_words_mean() -> None:
    result = deepcopy(sample())
    claim = next(claim for claim in result.claims.values() if "quote" in claim["evidence"][0])
    claim["inferred"] = ["the paper says so of all"]
    claim["evidence"][0]["refers"] = ["the mayor = mayor-of-vale"]
    text = " ".join(Reader(write(result)).text.split())
    assert "Inferred: the paper says so of all." in text
    assert "“the mayor”: Mayor of Vale" in text


def test_the_page_names_all_who_assert_a_claim_and_all_who_dispute_it() -> None:
    text = " ".join(Reader(write(sample())).text.split())

    assert "on the word of Council <minutes> and Vale Gazette asserted" in text
    assert 'asserted disputed since 2026-02-28 disputed by Ana "Ani" Silva and Mira Vale (see c-0' in text
    assert "c-0000000000000006 and c-0000000000000009)" in text
    assert "reported retracted since 2026-03-01" in text


def test_the_foot_of_the_page_tells_the_version_and_its_day() -> None:
    page = write(sample())

    assert "Version 3f9a2c41 of 2 March 2026." in Reader(page).text and f'title="{sample().version}"' in page
    assert "Version" not in write(empty())


def test_a_judgement_shows_its_verdict_and_an_agreement_its_model() -> None:
    judged = claim(
        1, "COMPARED_WITH", "ana-silva", "mira-vale", verdict="same", judged_on="2026-03-01", detail="one name"
    )
    party = claim(2, "PARTY_TO", "river-alliance", "order-7", model="Ferry Watch")
    told = Reader(write(sample(rows=_rows(judged, party), claims={c["id"]: c for c in (judged, party)}))).text
    assert "verdict same; judged on 2026-03-01; one name" in " ".join(told.split())
    assert "model Ferry Watch" in told


def _rows(*claims: dict[str, Any]) -> list[dict[str, Any]]:
    return [sample().rows[0] | {"claims": [claim["id"]]} for claim in claims]
