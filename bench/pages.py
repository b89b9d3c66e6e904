"""What pages and the explorer weigh, how tall they are and how long a browser takes for them, each by its budget."""

import gzip
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Page, async_playwright

from bench.browser import launched
from bench.country import country, crowded
from bench.measure import Figure, Ratio
from bench.stores import Store, embedded
from graph.write import load
from seed.read import read

ROOT = Path(__file__).parent.parent
SEED = (ROOT / "seed" / "claims", ROOT / "seed" / "judgements")
NOW = "2032-01-01T00:00:00Z"
HUB = "hub-of-5000"
FULL = "explorer#start=crowd&expand=crowd~LOCATED_IN~object~390&at=crowd"
FIFTY = "v1/graph.html?limit=50"
SHOW = "#show-LOCATED_IN-object"
FILLED = "() => document.querySelectorAll('#picture .node').length === 400"
STILL = """() => !document.querySelector('#explorer[aria-busy], #relations[aria-busy]')
    && document.querySelector('#status').textContent"""
WATCHING = """() => { window.longest = 0
    const longer = list => list.getEntries().forEach(e => { window.longest = Math.max(window.longest, e.duration) })
    new PerformanceObserver(longer).observe({type: 'longtask'}) }"""
PLACES = """() => Object.fromEntries([...document.querySelectorAll('#picture .node')].map(
    e => [e.dataset.id, (e.getAttribute('transform').match(/-?[0-9.]+/g) || []).map(Number)]))"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@dataclass(frozen=True)
class Budget:
    """What may be spent at most, in its unit."""

    name: str
    most: float
    unit: str

    def figure(self, spent: list[float]) -> Figure:
        """The line of the table: the median by the budget, with the least and the most that was spent."""
        told = f"{median(spent):,.0f} of {self.most:,.0f} {self.unit}" + (
            f" (of {len(spent)})" if len(spent) > 1 else ""
        )
        by = Ratio(*(value / (self.most or 1) for value in (median(spent), min(spent), max(spent))))
        return Figure(self.name, "embedded", told, by, 1.0 if self.most else 0.0, at_most=True)


TALL = Budget("50 rows at 1280 pixels: height", 3500, "px")
WIRE = Budget("50 rows: over the wire, gzip", 60 * 1024, "bytes")
SHEET = Budget("the sheet, gzip", 8 * 1024, "bytes")
SCRIPT = Budget("explorer: JavaScript, gzip", 30 * 1024, "bytes")
PAINT = Budget("explorer: first contentful paint", 1000, "ms")
READY = Budget("explorer: a hub is drawn", 1500, "ms")
TASK = Budget("explorer: longest task of 25 more", 200, "ms")
CROWD = Budget("explorer: longest task of a full view", 200, "ms")
EXPAND = Budget("explorer: 25 more of 5,000 drawn", 400, "ms")
MOVED = Budget("explorer: what stood there has moved", 0, "px")


async def figures(folder: Path, rounds: int) -> AsyncIterator[Figure]:
    """A line a budget, over the seed, a hub of 5,000 edges and a crowd of 450."""
    async with embedded(folder / "pages") as store:
        await load(store.writer, [*read(SEED).files, next(country(0)), crowded()], NOW)
        with _served(store) as base:
            async with async_playwright() as playwright, await launched(playwright) as browser:
                page = await browser.new_page(viewport={"width": 1280, "height": 900})
                async for figure in _of(page, base, rounds):
                    yield figure


async def _of(page: Page, base: str, rounds: int) -> AsyncIterator[Figure]:
    answer = await page.goto(base + FIFTY)
    assert answer and await page.locator("tr[data-claim]").count() == 50
    yield TALL.figure([await page.evaluate("document.documentElement.scrollHeight")])
    for budget, address in ((WIRE, FIFTY), (SHEET, "web/style.css"), (SCRIPT, "web/explorer/explorer.js")):
        body = await (await page.request.get(base + address)).body()
        yield budget.figure([float(len(gzip.compress(body, 6)))])
    spent = [await _explored(page, base) | await _filled(page, base) for _ in range(rounds)]
    for budget in (PAINT, READY, TASK, CROWD, EXPAND, MOVED):
        yield budget.figure([each[budget.name] for each in spent])


async def _explored(page: Page, base: str) -> dict[str, float]:
    """Milliseconds and pixels of one visit that begins with a hub and opens 25 of its claims."""
    await page.goto("about:blank")
    await page.goto(f"{base}explorer#start={HUB}&at={HUB}")
    await page.wait_for_function(STILL)
    ready = await page.evaluate("performance.now()")
    painted = await page.evaluate(PAINTED)
    await page.evaluate(WATCHING)
    before: dict[str, Any] = await page.evaluate(PLACES)
    # Timed in the page itself, so that what passes between us and the browser is not charged to it.
    expand = await page.evaluate(
        """([button, count]) => new Promise(done => {
            const begun = performance.now()
            new MutationObserver((_, self) => {
                if (document.querySelectorAll('#picture .node').length <= count) return
                self.disconnect()
                requestAnimationFrame(() => done(performance.now() - begun))
            }).observe(document.querySelector('#picture'), {childList: true, subtree: true})
            document.querySelector(button).click()
        })""",
        [SHOW, len(before)],
    )
    await page.wait_for_function(STILL)
    after = await page.evaluate(PLACES)
    moved = max(max(abs(a - b) for a, b in zip(after[id], at, strict=True)) for id, at in before.items())
    longest = await page.evaluate("window.longest")
    told = {READY: ready, PAINT: painted, TASK: longest, EXPAND: expand, MOVED: moved}
    return {budget.name: float(value) for budget, value in told.items()}


async def _filled(page: Page, base: str) -> dict[str, float]:
    """The longest task, in milliseconds, from 391 things that are drawn to the 400 that a view holds."""
    await page.goto("about:blank")
    await page.goto(base + FULL)
    await page.wait_for_function(STILL)
    await page.evaluate(WATCHING)
    await page.click(SHOW)
    await page.wait_for_function(FILLED)
    await page.wait_for_function(STILL)
    return {CROWD.name: float(await page.evaluate("window.longest"))}


@contextmanager
def _served(store: Store) -> Iterator[str]:
    """The address of the service over the store, in a process of its own."""
    names = {"URI": store.uri, "USERNAME": store.login[0], "PASSWORD": store.login[1], "DATABASE": store.database}
    environment = os.environ | {f"BENCH_{name}": value for name, value in names.items()}
    command = [sys.executable, "-m", "bench.web_server", "graph"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
