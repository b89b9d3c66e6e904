"""Every page as a browser shows it: readable by all, at every width, by day and night, and from this host alone."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from api.dumps.folder import Dumps
from api.pages.front import example, pages
from graph.engine import Engine
from graph.query import read_queries
from tests.browser import ROOT, SCHEMES, TWICE, WIDTHS, Looking, shoot, spread, violations
from tests.conftest import Store

QUESTIONS = {name: f"v1/queries/{name}/results.html{example(query)}" for name, query in read_queries().items()}
KINDS = {
    **{page.title: page.path for page in pages()},
    "questions": "v1/queries.html",
    "dataset": ".well-known/void?format=html",
    "artefacts": "v1/schema.html",
    "terms": "v1/vocabulary.html",
    "relation": "v1/vocabulary/holdsOffice.html",
    "type": "v1/vocabulary/Mayor.html",
    "word of a list": "v1/vocabulary/status-hedged.html",
    "dumps, none yet": "dumps?format=html",
    "form": "v1/queries/advisors.html",
    "person": "v1/entities/zohran-mamdani.html",
    "city": "v1/entities/new-york-city.html",
    "agency": "v1/entities/ice.html",
    "asserted claim": "v1/graph.html?status=asserted&limit=1",
    "hedged claim": "v1/graph.html?status=hedged&limit=1",
    "disputed claim": "v1/graph.html?standing=disputed&limit=1",
    "answer": QUESTIONS["groups-advising-mayors"],
    "fifty rows": "v1/graph.html?limit=50",
    "no row": "v1/queries/advisors/results.html?of=zohran-mamdani&as_of=1900",
    "search": "v1/search.html?q=mayor",
    "sources": "v1/sources.html",
    "source": "v1/sources/cities-push-back-on-ice.html",
    "source that is a table": "v1/sources/ice-list-of-july-2025.html",
    "not filled in": "v1/queries/advisors/results.html?of=zohran-mamdani&as_of=yesterday&limit=0",
    "nobody": "v1/entities/new-york-sity.html",
    "nowhere": "nowhere.html",
}
REFUSED = {"not filled in", "nobody", "nowhere"}
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"
WINDOWS = [*product((1280, 768, 390), SCHEMES)]
PAPER = 718  # pixels between the margins of a sheet of A4
PRINTED = ("civicgraph", "answer", "agency", "hedged claim", "source")
UNSEEN = """all => all.filter(e => ![...e.children].slice(1).some(
    part => part.checkVisibility({contentVisibilityAuto: true}) && part.offsetHeight)).length"""
FOR_A_SCREEN = "form, nav, button, input, select, .facets, summary"
# The kinds of page in every window; the questions, which are of one kind, each in one window by turns.
EVERY = [(name, KINDS[name], [*WINDOWS, (TWICE, "light")]) for name in KINDS]
EVERY += [(name, QUESTIONS[name], [window]) for name, window in zip(QUESTIONS, cycle(WINDOWS), strict=False)]


@pytest.fixture
async def site(looking: Looking, embedded: Store) -> AsyncIterator[Looking]:
    """A browser over what `civicgraph serve` begins with."""
    await looking.over(embedded, "sourced")
    yield looking


async def for_everybody(page: Page, name: str, windows: Sequence[tuple[int, Any]]) -> None:
    """Nothing leaves the window at any width, and axe has nothing against it in these."""
    assert {width: out for width in WIDTHS if (out := await spread(page, width))} == {}
    for width, scheme in windows:
        await page.emulate_media(color_scheme=scheme)
        await page.set_viewport_size({"width": width, "height": 900})
        await shoot(page, f"{name}-{width}-{scheme}")
        assert await violations(page) == [], (width, scheme)


@pytest.mark.parametrize(("name", "address", "windows"), EVERY, ids=[name for name, *_ in EVERY])
async def test_a_page_is_for_everybody_and_stays_within_its_window(
    site: Looking, name: str, address: str, windows: list[tuple[int, Any]]
) -> None:
    async with site.at(address) as page:
        assert (await page.evaluate(STATUS) >= 400) == (name in REFUSED)
        foot = await page.locator(".foot").inner_text()
        assert "Apache-2.0" in foot and (name in REFUSED or re.search(r"Version [0-9a-f]{8} of \d+ \w+ \d{4}", foot))
        await for_everybody(page, name, windows)


@pytest.mark.parametrize("name", PRINTED)
async def test_on_paper_stands_what_is_read_and_nothing_to_fill_in_or_to_click(site: Looking, name: str) -> None:
    async with site.at(KINDS[name], width=PAPER) as page:
        await page.emulate_media(media="print", color_scheme="dark")
        assert await spread(page, PAPER) == []
        await shoot(page, f"{name}-paper")
        shown = await page.locator(FOR_A_SCREEN).filter(visible=True).evaluate_all("all => all.map(e => e.outerHTML)")
        assert shown == []
        folded = page.locator("td details")
        assert await folded.evaluate_all(UNSEEN) == 0 and (await folded.count() > 0) == (name == "agency")
        assert await page.locator("h1, .say").first.is_visible() and await page.locator(".foot").is_visible()
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# Words of names that take more than one line.
BROKEN = """all => all.flatMap(name => [...name.textContent.matchAll(/[^\\s-]+/g)].filter(word => {
  const range = document.createRange()
  range.setStart(name.firstChild, word.index)
  range.setEnd(name.firstChild, word.index + word[0].length)
  return range.getClientRects().length > 1
}).map(word => word[0]))"""


async def test_a_column_of_names_is_as_wide_as_their_words(site: Looking) -> None:
    async with site.at(QUESTIONS["restrictions-on-agency"]) as page:
        await page.set_viewport_size({"width": 1280, "height": 900})
        names = page.locator(".answer td > a bdi")
        assert await names.count() > 10 and await names.evaluate_all(BROKEN) == []


async def export_all(engine: Engine, folder: Path) -> None:
    """Write a dump of what the store holds, as people do."""
    store = {"NEO4J_URI": engine.uri, "NEO4J_DATABASE": engine.database}
    store |= zip(("NEO4J_USERNAME", "NEO4J_PASSWORD"), engine.reader, strict=True)
    command = [sys.executable, "-m", "api", "export", "--all", "--output", str(folder)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | store)
    assert await process.wait() == 0


@pytest.mark.slow
async def test_the_pages_of_dumps_are_for_everybody(
    looking: Looking, embedded: Store, engine: Engine, dumps: Path
) -> None:
    for held in ("seed", "sourced"):
        await embedded.hold(held)
        await export_all(engine, dumps)
    newest, before = Dumps(dumps).versions()
    for name, address in {"dumps": "dumps?format=html", "dump": f"dumps/{newest}?format=html"}.items():
        async with looking.at(address) as page:
            await for_everybody(page, name, WINDOWS)
            assert await page.locator(f"main a[href$='dumps/{before}']").count() == 1
