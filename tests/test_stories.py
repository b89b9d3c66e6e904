"""The user stories as people live them, in a browser and by the API, on each set of data that stories.yaml names."""

import csv
import io
import os
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.browser import Looking
from tests.conftest import Store
from tests.exploring import STANDING, STORIES, Site, opened, settled, shown

pytestmark = pytest.mark.skipif(not os.environ.get("STORIES"), reason="takes a machine of its own: make stories")

# Functions, not expressions: the policy of our pages lets nothing be evaluated.
MORE = "count => document.querySelectorAll('#picture .node').length > count"
AS_MANY = "count => document.querySelectorAll('#picture .node').length === count"


def told(story: str) -> Any:
    """A case for each set of data that the story is tried on."""
    cases = STORIES[story].items()
    return pytest.mark.parametrize(("data", "given"), cases, ids=[data for data, _ in cases])


@pytest.fixture
def site(looking: Looking, embedded: Store) -> Site:
    return Site(looking, embedded)


@told("find")
async def test_a_name_with_errors_is_found_by_the_keyboard_alone(site: Site, data: str, given: dict[str, Any]) -> None:
    looking = await site.over(data)
    async with looking.at("explorer") as page:
        await page.focus("input#find")
        await page.keyboard.type(given["typed"])
        await page.wait_for_selector("#find-list [role=option]")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#chosen")
        assert given["name"] in (await page.text_content("#chosen") or "")
    rows = (await site.get("v1/search.json", q=given["typed"])).json()["data"]
    assert given["id"] in [row["id"] for row in rows]


@told("answer")
async def test_a_question_has_a_row_a_claim_a_picture_and_the_same_count_everywhere(
    site: Site, data: str, given: dict[str, Any]
) -> None:
    looking = await site.over(data)
    async with looking.at("", scripts=False) as page:
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


@told("evidence")
async def test_a_claim_is_opened_to_its_words_and_none_is_without(site: Site, data: str, given: dict[str, Any]) -> None:
    looking = await site.over(data)
    async with looking.at(opened(given)) as page:
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
    claims = (await site.get("v1/graph.json", limit=500)).json()["claims"]
    assert claims and all(each["evidence"] for each in claims.values())


@told("expand")
async def test_opening_a_relation_counts_first_and_moves_nothing(site: Site, data: str, given: dict[str, Any]) -> None:
    looking = await site.over(data)
    async with looking.at(f"explorer#start={given['id']}&at={given['id']}") as page:
        await settled(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        button = page.locator(f"#show-{given['relation']}-{given['side']}")
        counts = (await site.get(f"v1/entities/{given['id']}/counts.json", limit=500)).json()["data"]
        known = {(row["relation"], row["direction"]): row["known"] for row in counts}
        words = f"{min(known[given['relation'], given['side']], 1000):,}"
        assert words in (await button.get_attribute("aria-label") or "")
        for _ in range(2 if data == "hub" else 1):
            before = await page.evaluate(STANDING)
            await button.click()
            await page.wait_for_function(MORE, arg=len(before))
            await settled(page)
            after = await page.evaluate(STANDING)
            assert {id: after[id] for id in before} == before
        assert len(after) <= 1 + 25 * 2 and [url for url in asked if "limit=50000" in url] == []
        await page.click("#undo")
        await page.wait_for_function(AS_MANY, arg=len(before))
        assert await page.evaluate(STANDING) == before


@told("path")
async def test_two_things_are_linked_by_claims_with_evidence(site: Site, data: str, given: dict[str, Any]) -> None:
    looking = await site.over(data)
    async with looking.at(f"explorer#start={given['from']}&at={given['from']}") as page:
        await settled(page)
        await page.fill("#path-to", given["name"])
        await page.wait_for_selector("#path-to-list [role=option]")
        await page.keyboard.press("Enter")
        await page.wait_for_selector(f"#picture [data-id='{given['to']}']", state="attached")
        await settled(page)
        found = await shown(page)
    told = (await site.get("v1/paths.json", **{name: given[name] for name in ("from", "to")})).json()
    assert len(found) == given["claims"] and found == {id for row in told["data"] for id in row["claims"]}


@told("as of")
async def test_what_was_not_so_on_a_day_is_gone_in_the_picture_and_by_the_api(
    site: Site, data: str, given: dict[str, Any]
) -> None:
    looking = await site.over(data)
    async with looking.at(opened(given)) as page:
        await settled(page)
        whole = await shown(page)
        await page.fill("#as-of", given["day"])
        await page.press("#as-of", "Tab")
        await page.wait_for_function("day => location.hash.includes(`as_of=${day}`)", arg=given["day"])
        status = await settled(page)
        then = await shown(page)
        call = await page.get_attribute("#formats a[data-format=json]", "href") or ""
        rows = (await site.get(urljoin(page.url, call))).json()["data"] if then else []
    assert then <= whole and "undated" in status and (data == "hub" or "as_of" in call or not then)
    assert {id for row in rows for id in row["claims"]} == then


async def test_on_a_telephone_without_scripts_a_person_is_found_and_read(site: Site) -> None:
    looking = await site.over("sourced")
    async with looking.at("", 390, scripts=False) as page:
        await page.fill("header input[name=q], main input[name=q]", "mamdani")
        async with page.expect_navigation():
            await page.press("header input[name=q], main input[name=q]", "Enter")
        async with page.expect_navigation():
            await page.locator("main a[href*='entities/zohran-mamdani']:visible").first.click()
        assert await page.locator("h1").text_content() and await page.locator("main tr[data-claim] q").count()
        assert await page.locator("main a[href*='.csv']").count() and await page.locator("main a[href*='.ttl']").count()
