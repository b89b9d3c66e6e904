"""What people come for is three clicks from the front page, without a script; a quote is one click from its place."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Page

from tests.browser import Looking
from tests.conftest import Store
from tests.exploring import STANDING, settled


@dataclass(frozen=True)
class Path:
    """The links that are followed, by what they say, and what the row says in the end, source and all."""

    clicks: tuple[str, ...]
    row: tuple[str, ...]


ARTICLE = "News article on city measures about federal immigration enforcement"
LIST = "ICE's list of agencies in the 287(g) programme of 18 July 2025, Maryland"
SHERIFFS = "Sheriff's offices of Maryland with ICE agreements"
PATHS = {
    "who advises the mayor of New York, and who says so": Path(
        ("Who advises this mayor or city?",),
        ("Vita Mostofi advises Zohran Mamdani", "the mayor's senior advisor on immigration policy", ARTICLE),
    ),
    "which cities restrict where ICE may operate": Path(
        ("What restricts this agency?",),
        ("Executive orders of six mayors on ICE operations", "restricts", "ICE"),
    ),
    "what connects Mayors for America with the Harris campaign": Path(
        ("How are these two linked?",),
        (
            "Julie Chavez Rodriguez worked for Kamala Harris presidential campaign",
            "former national manager for the Kamala Harris presidential campaign",
            ARTICLE,
        ),
    ),
    "which sheriff's offices of Maryland have agreements, by which source": Path(
        ("Which agreements are there, between whom",),
        ("Frederick County Sheriff's Office is party to", "Jail Enforcement Model", LIST),
    ),
    "where do sources part": Path(
        ("All that was judged of it",),
        (
            "Frederick County Sheriff's Office [hedged] compared with",
            "part-of",
            "The article counts nine in February 2026",
        ),
    ),
    "which figures are given, and whom they count": Path(
        ("Which figures are given", SHERIFFS),
        ("compared with", "verdict part-of", "The article counts nine in February 2026"),
    ),
    "which groups advise which mayors": Path(
        ("Which groups advise which mayors?",),
        ("Mayors for America advises Democratic mayors", "working with Democratic mayors"),
    ),
    "what rests on one source": Path(
        ("Sources", "Executive Order No. 13 of 6 February 2026"),
        ("restricts",),
    ),
}


@pytest.fixture
async def site(looking: Looking, embedded: Store) -> AsyncIterator[Looking]:
    """A browser over what `civicgraph serve` begins with."""
    await looking.over(embedded, "sourced")
    yield looking


async def follow(page: Page, words: str) -> None:
    """Click the first link that says so."""
    link = page.get_by_role("link", name=words).first
    async with page.expect_navigation():
        await link.click()


async def rows(page: Page) -> list[str]:
    """What each row of a table says, quotes that are folded away too."""
    texts = await page.locator("main tr, main li, main caption").all_text_contents()
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
async def test_a_question_is_answered_in_three_clicks(site: Looking, path: Path) -> None:
    assert len(path.clicks) <= 3
    async with site.at("", scripts=False) as page:
        for words in path.clicks:
            await follow(page, words)
        whole = " ".join(((await page.text_content("main")) or "").split())
        said = [row for row in await rows(page) if path.row[0] in row]
        assert said, whole[:2000]
        assert [words for words in path.row if not any(words in row for row in said) and words not in whole] == []


@pytest.mark.parametrize(
    "address", ["v1/queries/whom-groups-advise/results.html", "v1/entities/ice.html", "v1/graph.html"]
)
async def test_one_click_leads_from_a_quote_to_its_place_in_the_document(site: Looking, address: str) -> None:
    async with site.at(address, scripts=False) as page:
        link = page.locator("main a[href*='/sources/'][href*='#at-']").first
        where = await link.get_attribute("href") or ""
        async with page.expect_navigation():
            await link.click()
        place = page.locator(f"[id='{where.partition('#')[2]}']")
        assert await place.count() == 1 and ((await place.text_content()) or "").strip()


@pytest.mark.parametrize(
    ("address", "words", "things"),
    [
        ("v1/entities/ice.html", "Explore it", {"ice"}),
        (
            "v1/queries/groups-advising-mayors/results.html",
            "Explore it step by step",
            {"mayors-for-america", "democratic-mayors"},
        ),
    ],
)
async def test_one_click_leads_from_a_picture_into_the_explorer_at_its_things(
    site: Looking, address: str, words: str, things: set[str]
) -> None:
    async with site.at(address) as page:
        await page.get_by_role("link", name=words).first.click()
        await settled(page)
        assert set(await page.evaluate(STANDING)) == things
        assert await page.locator("#twin tr[data-claim]").count() == len(things) - 1
