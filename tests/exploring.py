"""What tests of the explorer share: the data they are tried on, a browser and a client, and how to wait and to look."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
import yaml
from playwright.async_api import Page

from bench.country import country, crowded
from graph.connection import Writer
from graph.engine import Engine
from graph.write import clear, load
from schema.claims_file import ClaimsFile
from schema.derive.constraints import arcadedb_statements
from seed.importers import importer
from seed.importers.source import known, read_source
from seed.read import read
from tests.browser import Looking, Served
from tests.conftest import FILLINGS, NOW, SMALL, Store
from tests.test_import_table import DATA

STORIES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("stories.yaml").read_text("utf-8"))
SETS = ("sourced", "hub", "data")
LISTS = DATA / "ice-287g" / "sheets" / "sheets_20250519_151802"  # all that ICE listed on one day
TASKS = ("RunTask", "ThreadControllerImpl::RunTask")
STANDING = """() => Object.fromEntries([...document.querySelectorAll('#picture .node')].map(
    e => [e.dataset.id, e.getAttribute('transform')]))"""


class Site:
    """A browser and a client over one set of data."""

    def __init__(self, looking: Looking, data: str) -> None:
        self.looking, self.data = looking, data

    def given(self, story: str) -> dict[str, Any]:
        """Which things the story is tried with on these data; skipped where these have none for it."""
        if self.data not in STORIES[story]:
            pytest.skip(f"stories.yaml has nothing in {self.data} for {story!r}")
        return dict(STORIES[story][self.data])

    async def get(self, address: str, **given: Any) -> httpx.Response:
        """The answer of the API."""
        async with httpx.AsyncClient(timeout=60) as asking:
            answer = await asking.get(urljoin(self.looking.served.base, address), params=given or None)
        assert answer.status_code == 200, answer.text
        return answer


@asynccontextmanager
async def over(looking: Looking, store: Store, data: str, folder: Path) -> AsyncIterator[Site]:
    """A site over those data: the small ones in the store that tests share, the others in one of their own.

    To empty a shared store of a hub takes the embedded engine longer than a write may last.
    """
    if data in FILLINGS:
        await looking.over(store, data)
        yield Site(looking, data)
        return
    with Engine(folder / data, fast_start=True, heap=SMALL) as engine:
        engine.command(arcadedb_statements())
        async with await Writer.open(engine.uri, engine.login, engine.database) as writer:
            await clear(writer, await load(writer, list(_files(data)), NOW))
        served = Served(engine.uri, engine.reader, engine.database)
        try:
            yield Site(Looking(looking.running, served), data)
        finally:
            served.stop()


def _files(data: str) -> Iterator[ClaimsFile]:
    """`hub`: a state in which 5,000 bodies are, and a crowd; `data`: the seed, and what ICE listed on one day."""
    if data == "hub":
        yield from (next(country(0)), crowded())
        return
    if not LISTS.is_dir():
        pytest.skip(f"the lists of ICE do not lie beside the project, in {LISTS.relative_to(DATA.parent)}")
    yield from read(FILLINGS["sourced"]).files
    source = read_source(known()["ice-287g"])
    yield from importer(source.kind)(source, LISTS, lambda doubt: None)


async def settled(page: Page) -> str:
    """What the explorer tells of the view, once it is drawn."""
    await page.wait_for_function(
        "() => !document.querySelector('#explorer[aria-busy]') && !document.querySelector('#relations[aria-busy]')"
        " && document.querySelector('#status').textContent"
    )
    return await page.text_content("#status") or ""


async def shown(page: Page) -> set[str]:
    """Ids of the claims in the table."""
    return set(await page.eval_on_selector_all("#twin tr[data-claim]", "all => all.map(e => e.dataset.claim)"))


@asynccontextmanager
async def watched(page: Page, file: Path) -> AsyncIterator[list[float]]:
    """Milliseconds of the processor for each task of the page meanwhile, whatever else the machine does."""
    spent: list[float] = []
    browser = page.context.browser
    assert browser
    await browser.start_tracing(page=page, path=file, categories=["toplevel", "devtools.timeline"])
    try:
        yield spent
    finally:
        await browser.stop_tracing()
    spent += _tasks(json.loads(await asyncio.to_thread(file.read_bytes))["traceEvents"])


def _tasks(events: list[dict[str, Any]]) -> list[float]:
    drawing = Counter((each["pid"], each["tid"]) for each in events if each["name"] == "UpdateLayoutTree")
    [(ours, _)] = drawing.most_common(1)
    mine = (each for each in events if each["name"] in TASKS and (each["pid"], each["tid"]) == ours)
    return [each["tdur"] / 1000 for each in mine if "tdur" in each]


def opened(given: dict[str, Any], count: int = 25) -> str:
    """The address of a view in which a relation of a thing is opened."""
    step = f"expand={given['id']}~{given['relation']}~{given['side']}~{count}"
    return f"explorer#start={given['id']}&{step}&at={given['id']}"
