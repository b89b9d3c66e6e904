"""The explorer as a browser shows it: for everybody in every state, by the keyboard, taken along as what is shown."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.browser import SCHEMES, TWICE, WIDTHS, Looking, shoot, spread, violations
from tests.conftest import Store
from tests.exploring import STORIES, Site, opened, settled, shown

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
async def site(looking: Looking, embedded: Store) -> Site:
    """Over the seed with its judgements, in the store that tests share."""
    await looking.over(embedded, "sourced")
    return Site(looking, "sourced")


async def test_pictures_and_the_table_are_saved_as_they_are_shown(site: Site, tmp_path: Path) -> None:
    given = STORIES["expand"]["sourced"]
    async with site.looking.at(opened(given)) as page:
        await settled(page)
        seen = await shown(page)
        files = {}
        for name in ("svg", "png", "csv"):
            async with page.expect_download() as waited:
                await page.click(f"#save-{name}")
            await (await waited.value).save_as(tmp_path / name)
            files[name] = (tmp_path / name).read_bytes()
        version = await page.text_content("#version") or "no version"
    picture = ElementTree.fromstring(files["svg"])
    said = " ".join(text for e in picture.iter(f"{SVG}text") for text in e.itertext())
    assert picture.find(f"{SVG}title") is not None and "Apache-2.0" in said
    assert version[:16].lower() in said
    assert files["png"].startswith(b"\x89PNG")
    assert {row["claim"] for row in csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig")))} == seen


TOLD_TWICE = """() => [...document.querySelectorAll('#twin tr[data-claim]')].filter(row => {
    const [said, from] = ['.who a', '.at small a'].map(all => [...row.querySelectorAll(all)].map(a => a.href).join())
    return said && said === from }).length"""
STATES = {
    "empty": "explorer",
    "thing": "explorer#start=ice&at=ice",
    "opened": opened(STORIES["expand"]["sourced"]),
    "path": "explorer#start=mayors-for-america&path=mayors-for-america~kamala-harris-presidential-campaign",
}


@pytest.mark.parametrize("state", STATES)
async def test_every_state_of_the_explorer_is_for_everybody(site: Site, state: str) -> None:
    async with site.looking.at(STATES[state]) as page:
        await settled(page)
        if state == "path":
            await page.locator("#picture .edge").first.dispatch_event("click")
            await page.wait_for_selector("#panel figure")
        assert {width: out for width in WIDTHS if (out := await spread(page, width))} == {}
        assert await page.evaluate(TOLD_TWICE) == 0
        for width in (1280, 768, TWICE, 390):
            for scheme in SCHEMES:
                await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                await page.set_viewport_size({"width": width, "height": 900})
                await shoot(page, f"explorer-{state}-{width}-{scheme}")
                found = await violations(page)
                assert found == [], (width, scheme, found)


async def test_the_picture_is_walked_by_the_keyboard(site: Site) -> None:
    async with site.looking.at(opened(STORIES["expand"]["sourced"])) as page:
        await settled(page)
        await page.focus("#picture .node[tabindex='0']")
        here = await page.evaluate("document.activeElement.dataset.id")
        walked = set()
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            await page.keyboard.press(key)
            walked.add(await page.evaluate("document.activeElement.dataset.id"))
        assert walked - {here}
        await page.keyboard.press("Enter")
        await settled(page)
        assert await page.evaluate("document.activeElement.closest('#panel') !== null")
