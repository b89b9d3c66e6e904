"""Every page as a browser shows it: readable by all, at every width, by day and night, and from this host alone."""

from collections.abc import AsyncIterator
from itertools import cycle, product
from typing import Any

import pytest

from api.pages.front import example, pages
from graph.query import read_queries
from tests.browser import SCHEMES, Looking, shoot, spread, violations
from tests.conftest import Store

QUESTIONS = {name: f"v1/queries/{name}/results.html{example(query)}" for name, query in read_queries().items()}
KINDS = {
    **{page.title: page.path for page in pages()},
    "questions": "v1/queries.html",
    "vocabulary": "v1/schema.html",
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
WINDOWS = [*product((1280, 768, 390), SCHEMES)]
WIDTHS = (320, 390, 721, 768, 1024, 1280, 2560)
# The kinds of page in every window; the questions, which are of one kind, each in one window by turns.
EVERY = [(name, KINDS[name], WINDOWS) for name in KINDS]
EVERY += [(name, QUESTIONS[name], [window]) for name, window in zip(QUESTIONS, cycle(WINDOWS), strict=False)]


@pytest.fixture
async def site(looking: Looking, embedded: Store) -> AsyncIterator[Looking]:
    """A browser over what `civicgraph serve` begins with."""
    await looking.over(embedded, "sourced")
    yield looking


@pytest.mark.parametrize(("name", "address", "windows"), EVERY, ids=[name for name, *_ in EVERY])
async def test_a_page_is_for_everybody_and_stays_within_its_window(
    site: Looking, name: str, address: str, windows: list[tuple[int, Any]]
) -> None:
    async with site.at(address) as page:
        assert {width: out for width in WIDTHS if (out := await spread(page, width))} == {}
        for width, scheme in windows:
            await page.emulate_media(color_scheme=scheme)
            await page.set_viewport_size({"width": width, "height": 900})
            await shoot(page, f"{name}-{width}-{scheme}")
            assert await violations(page) == [], (width, scheme)
