"""The user stories as people live them, in a browser and by the API, on each set of data that stories.yaml names."""

import csv
import io
import shutil
from collections.abc import AsyncIterator, Callable
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from playwright.async_api import Page, Route

from tests import consumers
from tests.browser import SCHEMES, Looking, shoot, spread, violations
from tests.conftest import Store
from tests.exploring import SETS, STANDING, Site, opened, over, settled, shown, watched

pytestmark = pytest.mark.slow

# Functions, not expressions: the policy of our pages lets nothing be evaluated.
MORE = "count => document.querySelectorAll('#picture .node').length > count"
AS_MANY = "count => document.querySelectorAll('#picture .node').length === count"
HERE = "wanted => document.activeElement.matches(wanted)"
MOST_TABS = 250
LONGEST = 200  # milliseconds of the processor in which the page does nothing else
FACETS: dict[str, Callable[[dict[str, Any]], set[str]]] = {
    "status": lambda claim: {claim["status"]},
    "relation": lambda claim: {claim["relation"]},
    "source": lambda claim: {piece["document"] for piece in claim["evidence"]},
}


@pytest.fixture(scope="module", params=SETS)
async def site(
    request: pytest.FixtureRequest, looking: Looking, embedded: Store, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """One set of data after the other, each loaded once."""
    async with over(looking, embedded, request.param, tmp_path_factory.mktemp("stories")) as found:
        yield found


async def chosen(page: Page, field: str, typed: str, name: str) -> None:
    """Take that name of those that the field offers, by three keys at the most."""
    await page.keyboard.type(typed)
    await page.locator(f"#{field}-list [role=option]").filter(has_text=name).first.wait_for()
    for _ in range(2):
        await page.keyboard.press("ArrowDown")
        if (await page.text_content(f"#{field}-list [aria-selected=true]") or "").startswith(name):
            break
    await page.keyboard.press("Enter")


async def tabbed(page: Page, wanted: str) -> None:
    """Go on by the tabulator until the focus is on what is wanted."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if await page.evaluate(HERE, wanted):
            return
    pytest.fail(f"{MOST_TABS} tabs do not lead to {wanted}")


async def every_claim(site: Site) -> list[dict[str, Any]]:
    """All claims that the graph holds, page by page."""
    found, cursor = list[dict[str, Any]](), {}
    while True:
        page = (await site.get("v1/graph.json", limit=500, **cursor)).json()
        found += page["claims"].values()
        if not (onward := page["page"]["next_cursor"]):
            return found
        cursor = {"cursor": onward}


async def test_a_name_with_errors_is_found_by_the_keyboard_alone(site: Site) -> None:
    given = site.given("find")
    async with site.looking.at("explorer") as page:
        await page.focus("input#find")
        await chosen(page, "find", given["typed"], given["name"])
        await page.wait_for_selector("#chosen")
        assert given["name"] in (await page.text_content("#chosen") or "")
    rows = (await site.get("v1/search.json", q=given["typed"])).json()["data"]
    assert given["id"] in [row["id"] for row in rows]


async def test_a_question_has_a_row_a_claim_a_picture_and_the_same_count_everywhere(site: Site) -> None:
    given = site.given("answer")
    async with site.looking.at("", scripts=False) as page:
        async with page.expect_navigation():
            await page.get_by_role("link", name=given["question"]).first.click()
        rows = page.locator("main table:is(.claims, .answer) > tbody > tr")
        count = await rows.count()
        # each row says in what document, and where
        assert count and await rows.filter(has=page.locator("a[href*='/sources/']")).count() == count
        assert await page.locator("main svg").count()
        name = page.url.rpartition("/results")[0].rpartition("/")[2]
    table = (await site.get(f"v1/queries/{name}/results.csv")).text.lstrip("\ufeff")
    record = (await site.get(f"v1/queries/{name}/results.json")).json()
    assert count == len([*csv.DictReader(io.StringIO(table))]) == len(record["data"])


async def test_a_claim_is_opened_to_its_words_and_the_graph_holds_none_without(site: Site) -> None:
    given = site.given("evidence")
    async with site.looking.at(opened(given)) as page:
        await settled(page)
        row = page.locator("#twin tr[data-claim]").filter(has_text=given["words"]).first
        claim = await row.get_attribute("data-claim")
        await page.locator(f"#picture .edge[data-id='{claim}']").dispatch_event("click")
        await page.wait_for_selector("#panel figure")
        panel = await page.text_content("#panel") or ""
        assert given["words"] in panel and "Who says so" in panel and "Dates" in panel
        assert await page.locator("#panel figcaption a[href*='/sources/']").count()
        rows = page.locator("#twin tbody tr")
        assert await rows.filter(has=page.locator("a[href*='/sources/']")).count() == await rows.count()
    claims = await every_claim(site)
    assert len(claims) > 100 and all(each["evidence"] for each in claims)


async def test_what_comes_without_a_source_is_not_shown(site: Site) -> None:
    given = site.given("evidence")
    async with site.looking.at("explorer") as page:

        async def bare(route: Route) -> None:
            answer = await route.fetch()
            told = await answer.json()
            for claim in told["claims"].values():
                claim["evidence"] = []
            await route.fulfill(response=answer, json=told)

        await page.route("**/*relations.json*", bare)
        await page.route("**/*edges-among/results.json*", bare)
        await page.goto(urljoin(page.url, opened(given)))
        await page.reload()
        status = await settled(page)
        assert await shown(page) == set() and " 0 claims" in status and "Nothing hidden" in status
        assert not await page.locator("#picture .edge").count()


async def test_opening_a_relation_counts_first_and_moves_nothing(site: Site) -> None:
    given = site.given("expand")
    async with site.looking.at(f"explorer#start={given['id']}&at={given['id']}") as page:
        await settled(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        button = page.locator(f"#show-{given['relation']}-{given['side']}")
        counts = (await site.get(f"v1/entities/{given['id']}/counts.json", limit=500)).json()["data"]
        known = {(row["relation"], row["direction"]): row["known"] for row in counts}
        words = f"{min(known[given['relation'], given['side']], 1000):,}"
        assert words in (await button.get_attribute("aria-label") or "")
        times = 2 if known[given["relation"], given["side"]] > 25 else 1
        for _ in range(times):
            before = await page.evaluate(STANDING)
            await button.click()
            await page.wait_for_function(MORE, arg=len(before))
            await settled(page)
            after = await page.evaluate(STANDING)
            assert {id: after[id] for id in before} == before
        assert len(after) <= 1 + 25 * times and len(asked) <= 3 * times
        await page.click("#undo")
        await page.wait_for_function(AS_MANY, arg=len(before))
        assert await page.evaluate(STANDING) == before


async def test_a_view_of_400_things_says_that_it_is_full_and_moves_nothing(site: Site, tmp_path: Path) -> None:
    given = site.given("full")
    async with site.looking.at("explorer") as page:
        async with watched(page, tmp_path / "trace.json") as spent:
            await page.goto(urljoin(page.url, opened(given, 390)))
            await page.reload()
            status = await settled(page)
            before = await page.evaluate(STANDING)
            assert len(before) == 391 and "at most 400 entities" not in status
            await page.click(f"#show-{given['relation']}-{given['side']}")
            await page.wait_for_function(MORE, arg=len(before))
            status = await settled(page)
        assert max(spent) <= LONGEST
        after = await page.evaluate(STANDING)
        assert len(after) == 400 and {id: after[id] for id in before} == before
        assert "A view holds at most 400 entities: the 16 that came last are left out." in status
        assert "The view is full" in (await page.text_content("#relations") or "")
        assert not await page.locator("#relations button").count()
        assert len(await shown(page)) == given["claims"]
        assert ("at most 1,000 claims" in status) == (given["claims"] == 1000)
        for width, scheme in product((390, 768, 1280), SCHEMES):
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            await page.set_viewport_size({"width": width, "height": 900})
            await shoot(page, f"explorer-full-{site.data}-{width}-{scheme}")
            if site.data == "data" and width != 768:  # a thousand rows like those of the hub take axe a minute
                assert await violations(page) == [], (width, scheme)
        await page.set_viewport_size({"width": 1280, "height": 900})
        # the one that is hidden makes room for the next
        gone = next(id for id in after if id != given["id"])
        await page.locator(f"#picture .node[data-id='{gone}']").dispatch_event("click")
        await page.click("#hide")
        await page.wait_for_selector(f"#picture .node[data-id='{gone}']", state="detached")
        status = await settled(page)
        assert "the 15 that came last are left out" in status
        assert len(await page.evaluate(STANDING)) == 400


async def test_two_things_are_linked_by_claims_with_evidence_or_said_not_to_be(site: Site) -> None:
    given, apart = site.given("path"), site.given("apart")
    async with site.looking.at(f"explorer#start={given['from']}&at={given['from']}") as page:
        await settled(page)
        await page.focus("#path-to")
        await chosen(page, "path-to", given["name"], given["name"])
        await page.wait_for_selector(f"#picture [data-id='{given['to']}']", state="attached")
        await settled(page)
        found = await shown(page)
    told = (await site.get("v1/paths.json", **{name: given[name] for name in ("from", "to")})).json()
    assert len(found) == given["claims"] and found == {id for row in told["data"] for id in row["claims"]}
    assert all(told["claims"][id]["evidence"] for id in found)
    async with site.looking.at(f"explorer#start={apart['from']}&path={apart['from']}~{apart['to']}") as page:
        assert "No path of at most four claims" in await settled(page)
    assert (await site.get("v1/paths.json", **apart)).json()["data"] == []


async def test_what_was_not_so_on_a_day_is_gone_in_the_picture_and_by_the_api(site: Site) -> None:
    given = site.given("as of")
    async with site.looking.at(opened(given)) as page:
        await settled(page)
        whole = await shown(page)
        await page.fill("#as-of", given["day"])
        await page.press("#as-of", "Tab")
        await page.wait_for_function("day => location.hash.includes(`as_of=${day}`)", arg=given["day"])
        status = await settled(page)
        then = await shown(page)
        call = await page.get_attribute("#formats a[data-format=json]", "href") or ""
        rows = (await site.get(urljoin(page.url, call))).json()["data"]
    assert then <= whole and len(whole) - len(then) == given["fewer"] and f"{given['undated']} undated" in status
    assert "as_of" in call and {id for row in rows for id in row["claims"]} == then


async def test_a_link_to_a_view_shows_a_colleague_the_same_and_the_way_back_leads_through_it(site: Site) -> None:
    given = site.given("link")
    async with site.looking.at("explorer") as page:
        await page.focus("input#find")
        await chosen(page, "find", given["name"], given["name"])
        await page.wait_for_selector("#relations button")
        await page.click(f"#show-{given['relation']}-{given['side']}")
        await page.wait_for_selector("#twin tr[data-claim]")
        await settled(page)
        whole, things = await shown(page), len(await page.evaluate(STANDING))
        call = await page.get_attribute("#formats a[data-format=json]", "href") or ""
        claims = (await site.get(urljoin(page.url, call))).json()["claims"]
        left = {id for id in whole if FACETS[given["facet"]](claims[id]) - {given["without"]}}
        await page.click(f"#filter-{given['facet']} summary")
        await page.uncheck(f"#f-{given['facet']}-{given['without']}")
        await settled(page)
        claim = sorted(await shown(page))[0]
        await page.locator(f"#picture .edge[data-id='{claim}']").dispatch_event("click")
        await page.wait_for_selector("#panel figure")
        address, seen, standing = page.url, await shown(page), await page.evaluate(STANDING)
        assert seen == left < whole
        told = await page.text_content("#chosen")
        async with site.looking.at(address, scheme="dark") as other:  # of a browser that knows nothing of this one
            await settled(other)
            assert await shown(other) == seen and (await other.evaluate(STANDING)).keys() == standing.keys()
            assert await other.text_content("#chosen") == told
            assert not await other.is_checked(f"#f-{given['facet']}-{given['without']}")
            call = await other.get_attribute("#formats a[data-format=json]", "href") or ""
        await page.go_back()
        await page.wait_for_function(AS_MANY, arg=things)
        assert await settled(page) and await shown(page) == whole
        await page.go_back()
        await page.wait_for_selector("#twin tr[data-claim]", state="detached")
    rows = (await site.get(urljoin(address, call))).json()["data"]
    assert {id for row in rows for id in row["claims"]} == seen


async def test_what_is_downloaded_has_the_counts_of_the_screen_wherever_it_is_opened(
    site: Site, tmp_path: Path
) -> None:
    async with site.looking.at(opened(site.given("expand"))) as page:
        await settled(page)
        edges, nodes = await shown(page), set(await page.evaluate(STANDING))
        links = page.locator("#formats a[data-format]")
        asked = {
            await each.get_attribute("data-format"): await each.get_attribute("href") for each in await links.all()
        }
        base, door = page.url, await page.get_attribute("#gephi-lite", "href") or ""
        version = (await page.text_content("#version") or "").split()[1]
    files = {suffix: (await site.get(urljoin(base, link or ""))).content for suffix, link in asked.items() if suffix}
    found = [*consumers.by_networkx(files), *consumers.by_igraph(files, tmp_path), *consumers.by_rdflib(files)]
    found += consumers.by_javascript(files) if shutil.which("node") else []
    found += consumers.by_gephi(files, tmp_path) if not consumers.GEPHI.unavailable() else []
    assert {name: each for name, each in found if each != (nodes, edges)} == {}
    assert {name: ids for name, ids in consumers.cited(files) if ids != edges} == {}
    for suffix in ("graph.json", "gexf", "graphml", "jgf.json", "bib", "apa.txt"):
        assert version in files[suffix].decode() and "Apache-2.0" in files[suffix].decode(), suffix
    # Gephi Lite takes the words behind the last dot for the format, and fetches what stands before the fragment.
    address = parse_qs(urlsplit(door).query)["file"][0]
    assert urlsplit(door).netloc == "lite.gephi.org" and address.rpartition(".")[2] == "gexf"
    assert (await site.get(urldefrag(address).url)).content == files["gexf"]


async def test_the_keyboard_alone_finds_opens_reads_links_and_goes_back_in_time(site: Site) -> None:
    find, path, day = site.given("find"), site.given("path"), site.given("as of")["day"]
    async with site.looking.at("explorer") as page:
        await tabbed(page, "input#find")
        await chosen(page, "find", find["typed"], find["name"])
        await page.wait_for_selector("#relations button")
        before = len(await page.evaluate(STANDING))
        await tabbed(page, "#relations button")
        await page.keyboard.press("Enter")
        await page.wait_for_function(MORE, arg=before)
        await settled(page)
        if not await page.locator("#panel details[open]").count():
            await tabbed(page, "#panel summary")
            await page.keyboard.press("Enter")
        await tabbed(page, ".around button[data-claim]")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#panel figure")
        assert await page.evaluate(HERE, "#chosen")  # what was chosen is read next
        await page.keyboard.press("Escape")
        assert await page.evaluate(HERE, "#picture .node")
        await page.keyboard.press("Enter")
        await settled(page)
        await tabbed(page, "#path-to")
        await chosen(page, "path-to", path["name"], path["name"])
        await page.wait_for_function("() => location.hash.includes('path=')")
        await settled(page)
        await page.focus("#find")  # the way from the top of the page
        await tabbed(page, "#as-of")
        await page.keyboard.type(day)
        await page.keyboard.press("Enter")
        await page.wait_for_function("day => location.hash.includes(`as_of=${day}`)", arg=day)
        await settled(page)
        await page.keyboard.press("Escape")
        await tabbed(page, "#twin a, #formats a")
        await page.keyboard.press("Control+z")
        await page.wait_for_function("() => !location.hash.includes('as_of=')")


async def test_on_a_telephone_a_thing_is_found_opened_and_its_evidence_read(site: Site) -> None:
    given, find = site.given("evidence"), site.given("find")
    async with site.looking.at("explorer", 390) as page:
        await page.fill("input#find", find["typed"])
        await page.locator("#find-list [role=option]").filter(has_text=find["name"]).first.click()
        await page.wait_for_selector("#chosen")
        await page.goto(urljoin(page.url, opened(given)))
        await settled(page)
        assert await page.is_hidden("#picture") and await page.is_visible("#things")
        await page.locator("#panel summary").click() if not await page.locator("#panel details[open]").count() else None
        await page.locator(".around button[data-claim]").first.click()
        await page.wait_for_selector("#panel figure a[href*='/sources/']")
        assert await spread(page, 390) == []


async def test_on_a_telephone_without_scripts_a_thing_is_found_and_read(site: Site) -> None:
    given = site.given("find")
    async with site.looking.at("", 390, scripts=False) as page:
        await page.fill("header input[name=q], main input[name=q]", given["typed"])
        async with page.expect_navigation():
            await page.press("header input[name=q], main input[name=q]", "Enter")
        async with page.expect_navigation():
            await page.locator(f"main a[href*='entities/{given['id']}.']:visible").first.click()
        assert await page.locator("h1").text_content()
        rows = page.locator("main tr[data-claim]")
        count = await rows.count()
        assert count and await rows.filter(has=page.locator("a[href*='/sources/']")).count() == count
        assert await page.locator("main a[href*='.csv']").count() and await page.locator("main a[href*='.ttl']").count()
        assert await spread(page, 390) == []
