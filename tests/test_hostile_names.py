"""What a name holds is text: on every page and in every picture no script runs, no element comes of it."""

from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from playwright.async_api import Page
from pydantic import ValidationError

from graph.write import clear, load
from schema import ENTITIES
from tests.browser import Looking
from tests.conftest import NOW, Store
from tests.hostile import DOCUMENT, NAMES, REFUSED, hostile, id_of

# What of a name's has become more than text.
INJECTED = """() => {
    const found = []
    if (window.hit) found.push('a script ran')
    for (const e of document.querySelectorAll('*')) {
        if (/^(img|iframe|object|embed|base|textarea|b|i)$/i.test(e.localName) || e.closest('svg script'))
            found.push(e.outerHTML.slice(0, 200))
        if (e.localName === 'script' && e.type !== 'application/ld+json' && !/\\/web\\//.test(e.src))
            found.push(e.outerHTML.slice(0, 200))
        if (e.localName === 'meta' && e.httpEquiv) found.push(e.outerHTML)
        for (const a of e.attributes) {
            if (/^on|^srcdoc$|^style$|^autofocus$/i.test(a.name)) found.push(`${a.name} on ${e.localName}`)
            if (/^(href|src|action|formaction|xlink:href)$/i.test(a.name)) {
                const to = new URL(a.value, document.baseURI)
                if (to.host === 'lite.gephi.org' && to.pathname === '/') continue
                if (to.host !== location.host || !/^http/.test(to.protocol)) found.push(`${a.name}=${a.value}`)
            }
        }
    }
    // Whatever turns the direction of writing must be alone within what keeps it from its neighbours.
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node; (node = walk.nextNode()); ) {
        if (!/[\\u200f\\u202a-\\u202e\\u2066-\\u2069\\u0590-\\u06ff]/.test(node.data)) continue
        let e = node.parentElement
        if (e.closest('title, option, script, datalist')) continue
        while (e.localName !== 'text' && !/isolate|plaintext/.test(getComputedStyle(e).unicodeBidi)) e = e.parentElement
        if (e.firstElementChild) found.push(`spills: ${e.outerHTML.slice(0, 400)}`)
    }
    return [...new Set(found)]
}"""
PAGES = {
    "front": "",
    "claims": "v1/graph.html?limit=50",
    "rows": "v1/queries/opposition-and-support/results.html?limit=50",
    "search": "v1/search.html?q=script",
    "source": f"v1/sources/{DOCUMENT}/claims.html",
    "document": f"v1/entities/{DOCUMENT}.html",
    "by type": "v1/entities.html?type=AdvocacyGroup&limit=50",
    "path": f"v1/paths.html?from={id_of(0)}&to={id_of(2)}",
    "neighbours": f"v1/entities/{id_of(24)}/relations.html",
    "near a name": "v1/entities/hostile-9999.html",
    **{f"group {number}": f"v1/entities/{id_of(number)}.html" for number in range(len(NAMES))},
}


# Pictures that can be taken away, on their own, and the explorer, which draws in the browser.
PICTURES = ("v1/graph.html?limit=50", f"v1/queries/neighbourhood/results.html?id={id_of(24)}")
DRAWN = f"explorer#start={id_of(0)}&" + "&".join(
    f"expand={id_of(number)}~OPPOSES~{side}~25" for number in range(len(NAMES)) for side in ("subject", "object")
)


async def injected(page: Page) -> list[str]:
    """What of a name's has become more than text."""
    return list(await page.evaluate(INJECTED))


@pytest.fixture
async def hostiles(looking: Looking, embedded: Store) -> Looking:
    """A browser over a graph in which everything has a hostile name."""
    if embedded.holds != "hostile":
        await embedded.hold("nothing")
        await clear(embedded.writer, await load(embedded.writer, [hostile()], NOW))
        embedded.holds = "hostile"
        await looking.served.up_to_date()
    return looking


@pytest.mark.parametrize("name", REFUSED, ids=ascii)
def test_what_no_page_could_carry_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        ENTITIES["Person"](id="ada", name=name)


def test_there_are_thirty_hostile_names() -> None:
    assert len(set(NAMES)) >= 30


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
async def test_a_hostile_name_is_text_on_every_page(hostiles: Looking, address: str) -> None:
    async with hostiles.at(address) as page:
        assert await injected(page) == []


async def test_every_hostile_name_stands_on_the_page_as_it_was_written(hostiles: Looking) -> None:
    async with hostiles.at(PAGES["claims"]) as page:
        shown = " ".join((await page.text_content("main") or "").split())
        assert [name for name in NAMES if " ".join(name.split()) not in shown] == []


def active(picture: bytes) -> list[str]:
    """What in a picture is more than strokes, text and links."""
    found = []
    for element in ElementTree.fromstring(picture).iter():
        name = str(element.tag).rpartition("}")[2]
        if name in {"script", "foreignObject", "image", "iframe", "animate", "set", "img"}:
            found.append(name)
        found += [key for key in element.attrib if key.startswith("on")]
        found += [at for key, at in element.attrib.items() if key.endswith("href") and not at.startswith(("http", "#"))]
    return found


@pytest.mark.parametrize("address", PICTURES)
async def test_a_picture_that_is_taken_away_holds_hostile_names_as_text(hostiles: Looking, address: str) -> None:
    async with hostiles.at(address) as page:
        link = await page.locator("main a[href*='.svg']").first.get_attribute("href")
        picture = await (await page.request.get(urljoin(page.url, link))).body()
        assert active(picture) == []
        await page.goto(urljoin(page.url, link))
        assert await page.evaluate("window.hit") is None


async def test_the_explorer_draws_hostile_names_as_text(hostiles: Looking, tmp_path: Path) -> None:
    async with hostiles.at(DRAWN) as page:
        await page.wait_for_function("() => document.querySelectorAll('#twin tr[data-claim]').length > 20")
        assert await injected(page) == []
        async with page.expect_download() as waited:
            await page.click("#save-svg")
        await (await waited.value).save_as(tmp_path / "picture.svg")
        assert active((tmp_path / "picture.svg").read_bytes()) == []
