"""A question and its answer are one page: what was asked, how much there is and of what, near misses, lines to copy."""

import gzip
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from html import unescape
from urllib.parse import urljoin

import httpx
import pytest

from api import around
from api.described.terms import names
from api.site import WEB
from graph import kept
from graph.order import sorted_by
from graph.query import TOPICS, read_queries
from tests.conftest import BASE
from tests.filled_form import fields

Get = Callable[..., Awaitable[httpx.Response]]

QUERIES = read_queries()
MAYORS = "/v1/queries/groups-advising-mayors/results"
ICE = "/v1/queries/restrictions-on-agency/results"
CLAIMS = "/v1/queries/claims/results"
NEEDING = [name for name, query in QUERIES.items() if any(p.required for p in query.parameters)]


@pytest.fixture(autouse=True)
def time_to_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store plans a text at its first question, which lasts on a busy machine."""
    monkeypatch.setattr(kept, "PATIENCE", 60.0)


def total(page: httpx.Response) -> str:
    (found,) = re.findall(r'<div class="bar"><h2>(.*?)</h2>', page.text)
    return unescape(found)


def facets(page: httpx.Response) -> dict[str, dict[str, tuple[int, str]]]:
    """By heading and value the count, and where the value leads."""
    found: dict[str, dict[str, tuple[int, str]]] = {}
    (whole,) = re.findall(r'<dl class="facets">(.*?)</dl>', page.text, re.DOTALL) or [""]
    for heading, inside in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", whole, re.DOTALL):
        found[heading] = {}
        for item in re.findall(r"<span>(.*?class=\"count\">[\d,]+)</span>", inside, re.DOTALL):
            href = re.findall(r'href="([^"]*)"', item)
            words = re.sub(r"<[^>]+>", "", item).split()
            found[heading][" ".join(words[:-1])] = (int(words[-1].replace(",", "")), unescape("".join(href)))
    return found


def rows(page: httpx.Response) -> list[str]:
    return re.findall(r'<tr data-claim="(c-[0-9a-f]{16})"', page.text)


def link(page: httpx.Response, rel: str) -> str | None:
    found = re.findall(rf'<a rel="{rel}" href="([^"]*)"', page.text)
    return urljoin(str(page.url), unescape(found[0])) if found else None


async def test_a_question_that_needs_to_be_told_nothing_is_answered_where_it_is_asked(client: Get) -> None:
    asked, answered = await client("/v1/queries/groups-advising-mayors.html"), await client(f"{MAYORS}.html")
    assert rows(asked) == rows(answered) != []
    assert fields(asked) == fields(answered)
    assert asked.headers["etag"] and "Mayors for America" in asked.text


@pytest.mark.parametrize("name", NEEDING)
async def test_a_question_that_needs_to_be_told_something_shows_an_example_of_it(client: Get, name: str) -> None:
    page = await client(f"/v1/queries/{name}.html")
    wanted = {p.name: str(p.example) for p in QUERIES[name].parameters if p.required}
    held = fields(page)
    assert {n: held[n] for n in wanted} == wanted and not rows(page)


@pytest.mark.parametrize("name", QUERIES)
async def test_what_a_description_marks_as_a_name_is_set_as_one(client: Get, name: str) -> None:
    page = (await client(f"/v1/queries/{name}.html")).text
    said, _, _ = page.partition("<h2>Cypher")
    assert "`" not in said
    for marked in re.findall("`(.+?)`", QUERIES[name].description):
        assert f"<code>{marked}</code>" in said


async def test_the_form_stays_above_its_answer_as_it_was_filled(client: Get) -> None:
    when = {"as_of": "2026-02", "temporal": "certain", "limit": "20"}
    asked = {"agency": "ICE", "status": ["asserted", "hedged"]} | when
    page = await client(f"{ICE}.html", params=asked)
    held = {name: value for name, value in fields(page).items() if value}
    assert held == asked | {"status": "asserted, hedged"}
    # What is folded away is told beside the fold, so that it need not be open.
    (held,) = re.findall(r'<details><summary>Status.*?<span class="held">(.*?)</span></summary>', page.text, re.DOTALL)
    assert unescape(re.sub(r"<[^>]+>", "", held)) == (
        "At that time: must have held; Rows a page, at most 500: 20; Status: asserted, hedged"
    )
    plain = (await client(f"{ICE}.html?agency=ICE")).text
    assert "<details><summary>Status" in plain and 'class="held"' not in plain
    wrong = (await client(f"{ICE}.html?agency=ICE&limit=0", headers={"Accept": "text/html"})).text
    assert "<details open><summary>Status" in wrong
    assert "<bdi>U.S. Immigration and Customs Enforcement</bdi></a></small>" in plain  # what the name means


async def test_a_closed_list_is_chosen_from_and_a_date_is_written_as_exactly_as_is_known(client: Get) -> None:
    page = (await client("/v1/queries/agreements-by-stage.html")).text
    assert re.findall(r'<select id="(\w+)"', page) == ["stage", "temporal"]
    assert re.findall(r'<option value="(\w*)"', page)[:4] == ["", "introduced", "enacted", "filed"]
    assert len(re.findall(r'type="checkbox" name="status"', page)) == 5
    pattern = next(re.findall(rf'<input id="{name}"[^>]*pattern="([^"]*)"', page)[0] for name in ("from", "as_of"))
    for day in ("2026", "2026-02", "2026-02-17"):
        assert re.fullmatch(pattern, day)
    assert not re.fullmatch(pattern, "17 Feb 2026")


async def test_a_thing_is_asked_for_by_name_with_names_to_choose_from(client: Get) -> None:
    page = (await client(f"{ICE}.html?agency=ice")).text
    (offered,) = re.findall(r'<datalist id="agency-list">(.*?)</datalist>', page)
    assert 'value="ICE agents"' in offered and 'value="Boston"' not in offered
    assert 'list="agency-list" data-complete="../../../v1/search.json?limit=8"' in page
    office = (await client("/v1/queries/succession.html")).text
    assert 'v1/search.json?limit=8&amp;type=Office"' in office
    script = await client("/web/complete.js")
    assert "javascript" in script.headers["content-type"]
    assert len(gzip.compress((WEB / "complete.js").read_bytes())) <= 2048


async def test_the_counts_beside_an_answer_are_those_of_its_rows(client: Get) -> None:
    page = await client(f"{ICE}.html?agency=ice")
    data = (await client(f"{ICE}.json?agency=ice")).json()["data"]
    assert total(page) == f"{len(data)} rows, all there are"
    found = facets(page)
    told = {name: {value: count for value, (count, _) in by_value.items()} for name, by_value in found.items()}
    assert told["Status"] == Counter(row["status"] for row in data)
    assert sum(told["Relation"].values()) == len(data)
    # The hedged claims are about agents of the agency, and that these belong to it is asserted: no link leads nowhere.
    assert {word for word, (_, href) in found["Status"].items() if not href} >= {"hedged"}


@pytest.mark.parametrize("asked", [f"{ICE}.html?agency=ice", f"{CLAIMS}.html?limit=20", "/v1/queries/timeline.html"])
async def test_what_narrows_an_answer_leads_to_as_many_rows_as_it_counts(client: Get, asked: str) -> None:
    page, followed = await client(asked), 0
    for values in facets(page).values():
        for word, (count, href) in values.items():
            if href:
                narrowed = await client(urljoin(str(page.url), href))
                (told, *_) = re.findall(r"of ([\d,]+), counted exactly|^([\d,]+) rows?, all", total(narrowed))
                assert (word, "".join(told)) == (word, f"{count:,}")
                followed += 1
    assert followed


async def test_the_counts_stand_in_the_choices_too_unless_something_was_chosen(client: Get) -> None:
    page = (await client(f"{ICE}.html?agency=ice")).text
    count = facets(await client(f"{ICE}.html?agency=ice"))["Status"]["hedged"][0]
    assert count
    assert f'value="hedged"> hedged ({count})</label>' in page
    chosen = (await client(f"{ICE}.html?agency=ice&status=hedged")).text
    assert 'value="hedged" checked> hedged</label>' in chosen and ">any status</a>" in chosen


async def test_pages_lead_on_and_back_and_say_where_they_are(client: Get) -> None:
    whole = firsts(await client(f"{CLAIMS}.html?limit=500"))
    page, ahead = await client(f"{CLAIMS}.html?limit=40"), list[httpx.Response]()
    while onward := link(page, "next"):
        ahead.append(page)
        page = await client(onward)
    ahead.append(page)
    assert {each for page in ahead for each in firsts(page)} == set(whole) != set()
    of = -(-len(whole) // 40)
    assert [total(page) for page in ahead] == [
        f"Rows {at * 40 + 1} to {min(at * 40 + 40, len(whole))} of {len(whole)}, counted exactly" for at in range(of)
    ]
    assert all(f"Page {at} of {of}<" in page.text for at, page in enumerate(ahead, 1))
    back = [page]
    while before := link(back[-1], "prev"):
        back.append(await client(before))
    assert [firsts(page) for page in reversed(back)] == [firsts(page) for page in ahead]
    assert "Pages follow the ids" in page.text and "sort" not in fields(page)


async def test_a_page_between_two_pages_leads_to_the_first(client: Get) -> None:
    onward = link(await client(f"{CLAIMS}.html?limit=7"), "next")
    assert onward
    other = await client(onward.replace("limit=7", "limit=40"))
    assert link(other, "prev") is None and ">First page</a>" in other.text and "counted exactly" in total(other)


async def test_what_is_too_much_to_be_counted_is_said_to_be_more(client: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(around, "MOST", 60)
    monkeypatch.setattr("api.pages.frame.MOST", 60)
    page = await client(f"{CLAIMS}.html?limit=30")
    assert total(page) == "Rows 1 to 30 of more than 60"
    assert "Counted among the first 60 rows." in page.text and "Page 1<" in page.text
    assert sum(count for count, _ in facets(page)["Status"].values()) == 60


async def test_what_cannot_be_counted_in_time_is_not_counted(client: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PATIENCE", 0.0)
    page = await client(f"{CLAIMS}.html?limit=31")
    assert page.status_code == 200 and len(rows(page)) == 31
    assert total(page) == "31 rows here; there are more, which could not be counted in time"
    assert not facets(page) and link(page, "next")
    assert "etag" not in page.headers and page.headers["cache-control"] == "no-store"
    monkeypatch.setattr(kept, "PATIENCE", 60.0)
    assert "counted exactly" in total(await client(f"{CLAIMS}.html?limit=31"))


async def test_no_other_format_waits_for_a_count(client: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("api.answer.around", never)
    assert (await client(f"{CLAIMS}.json?limit=12")).status_code == 200
    assert (await client(f"{CLAIMS}.html?limit=12")).status_code == 500


async def test_a_whole_answer_is_sorted_by_any_column(client: Get) -> None:
    data = (await client(f"{ICE}.json?agency=ice")).json()["data"]
    usual = [row["claims"][0] for row in data]
    asked = f"{ICE}.html?agency=ice&sort="
    forward, backward = await client(f"{asked}relation"), await client(f"{asked}-relation")
    order = sorted(data, key=lambda row: row["relation"])
    assert firsts(forward) == [row["claims"][0] for row in order] != usual
    assert [r["relation"] for r in sorted(data, key=lambda r: r["relation"], reverse=True)] == [
        next(row["relation"] for row in data if row["claims"][0] == id) for id in firsts(backward)
    ]
    assert fields(forward)["sort"] == "relation" and fields(await client(asked))["sort"] == ""
    assert sorted_by(QUERIES["restrictions-on-agency"])[0] == "measure"
    wrong = await client(f"{asked}relaton", headers={"Accept": "text/html"})
    assert wrong.status_code == 400 and "did you mean relation?" in wrong.text
    assert (await client(f"{ICE}.json?agency=ice&sort=relation")).status_code == 400


def firsts(page: httpx.Response) -> list[str]:
    """The first claim of each row, whether rows are claims or columns."""
    if found := rows(page):
        return found
    return re.findall(r'on whose word">\s*<ul class="grounds">\s*<li data-claim="(c-[0-9a-f]{16})"', page.text)


async def test_near_misses_are_told_in_words(client: Get) -> None:
    page = (await client(f"{MAYORS}.html")).text
    near = re.sub(r"<[^>]+>", "", page.partition('<h2 id="near">')[2].partition("</section>")[0])
    assert "Left out, as whom they advise is no mayor" in unescape(near)
    assert "Public Rights Project advises" in near and "Vita Mostofi advises Zohran Mamdani" in near
    narrowed = await client(f"{MAYORS}.html?status=reported")
    assert total(narrowed) == "No claim in the graph answers this"
    (href,) = re.findall(r'<li>1 more row with what its source puts otherwise: <a href="([^"]*)">', narrowed.text)
    assert rows(await client(urljoin(str(narrowed.url), unescape(href)))) == rows(await client(f"{MAYORS}.html"))


async def test_it_can_be_asked_elsewhere_with_the_lines_of_the_page(client: Get) -> None:
    page = await client(f"{ICE}.html?agency=ICE&as_of=2026")
    copied = page.text.partition('<dl class="copy">')[2]
    told = dict(re.findall(r"<dt>(\w+)</dt><dd>.*?<code>(.*?)</code>", copied, re.DOTALL))
    lines = {name: unescape(text) for name, text in told.items()}
    assert list(lines) == ["Address", "curl", "Python", "R", "Cypher"]
    data = (await client(lines["Address"])).json()["data"]
    for name in ("curl", "Python", "R"):
        (address,) = re.findall(r"http://[^\s\"']+", lines[name])
        table = await client(address)
        assert table.headers["content-type"].startswith("text/csv") and len(table.text.splitlines()) > len(data)
    query = QUERIES["restrictions-on-agency"]
    assert lines["Cypher"] == query.shown(query.check({"agency": "ice", "as_of": "2026"}))
    permalink = re.findall(r'<a href="([^"]*)">Permalink</a>', page.text)
    assert urljoin(str(page.url), unescape(permalink[0])) == f"{BASE[:-1]}{ICE}.html?agency=ICE&as_of=2026"


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "';DROP", "a\r\nb", "{{ 7 * 7 }}", "\u202egpj"])
async def test_what_was_asked_stays_text_wherever_the_page_repeats_it(client: Get, hostile: str) -> None:
    page = await client("/v1/queries/agreements-by-stage/results.html", params={"model": hostile})
    assert page.status_code == 200 and fields(page)["model"] == hostile.replace("\r", "&#13;").replace("&#13;", "\r")
    assert "<script>" not in page.text and "49" not in re.sub(r"\d{3,}", "", page.text)
    (curl,) = re.findall(r"<dt>curl</dt><dd><code>(.*?)</code>", page.text)
    assert re.fullmatch(r"curl '?http://[\w./?=&%+-]*'?", unescape(curl))


async def test_the_questions_stand_by_topic(client: Get) -> None:
    page = (await client("/v1/queries.html")).text
    assert re.findall(r'<h2 id="[\w-]+">(.*?)</h2>', page) == list(TOPICS)
    for query in QUERIES.values():
        before = page.partition(f'queries/{query.name}.html"')[0]
        assert re.findall(r'<h2 id="[\w-]+">(.*?)</h2>', before)[-1] == query.topic


async def test_the_page_of_the_interface_has_contents_limits_and_the_words_that_parameters_take(client: Get) -> None:
    page = (await client("/docs")).text
    inside = set(re.findall(r'href="#([\w-]+)"', page))
    assert inside and inside - {"main"} <= set(re.findall(r'id="([\w-]+)"', page))
    for told in ("500 at the most", "10,000", "HOLDS_OFFICE", "application/vnd.jgf+json", "504", "<code>errors</code>"):
        assert told in page
    assert "`" not in page
    assert len(re.findall(r'href="[^"]*" aria-label="Try it in a form', page)) == len(QUERIES)
    words = re.findall(r'<a href="\./(v1/vocabulary/[\w-]+\.html)">(\w+)</a>', page)
    assert {"hedged", "HOLDS_OFFICE", "Mayor", "superseded"} <= {word for _, word in words} and "pending" in page
    for address in ("v1/vocabulary/status-hedged.html", "v1/vocabulary/holdsOffice.html", "v1/vocabulary/Mayor.html"):
        assert address in dict(words)
    assert {address for address, _ in words} <= {f"v1/vocabulary/{name}.html" for name in names()}


async def test_what_the_page_of_the_interface_begins_with_can_be_asked(client: Get) -> None:
    page = (await client("/docs")).text
    lines = [unescape(line) for line in re.findall(r"<dd><code>curl '(.*?)'</code>", unescape(page))]
    assert len(lines) == len(dict.fromkeys(lines)) >= 5
    told = {line.removeprefix(BASE): await client(line) for line in lines}
    assert all(line.startswith(BASE) for line in lines)
    assert [line for line, answer in told.items() if answer.status_code == 400] == ["v1/graph.json?as_of=yesterday"]
    good = {line: answer for line, answer in told.items() if "yesterday" not in line}
    assert all(answer.status_code == 200 for answer in good.values())
    assert "Mayors for America" in good["v1/queries/groups-advising-mayors/results.csv"].text
    assert good["v1/queries/advisors/results.json?of=Zohran%20Mamdani"].json()["data"][0]["advisor"] == "Vita Mostofi"
    [two] = [answer.json() for line, answer in good.items() if line.endswith("limit=2")]
    assert len(two["data"]) == 2 and (await client(two["page"]["next"])).status_code == 200
