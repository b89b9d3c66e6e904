"""A Chromium of the tests, and the site that it looks at: served over the real store, by a process of its own."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Browser, BrowserContext, Page, Request

from bench.browser import chromium
from graph.connection import FRESH
from tests.required import skip_or_fail

if TYPE_CHECKING:
    from tests.conftest import Store

ROOT = Path(__file__).parent.parent
AXE = ROOT / "tests" / "js" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "build" / "screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SCHEMES = ("light", "dark")
PATIENCE = 30_000  # milliseconds: what else the machine does must not fail a test
TWICE = 640  # as wide as a window of 1280 in which all is twice as large
WIDTHS = (320, 390, TWICE, 721, 768, 1024, 1280, 2560)
SHOWN = 4000  # pixels of a picture: of a tall page the rest looks the same
JUDGE = """async (rules) => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false})
    return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)} | ${n.failureSummary}`))
}"""
# What stands out on the right, where a page is wider than its window: the elements that nothing holds within bounds.
SPREAD = """() => {
    const root = document.documentElement, most = root.clientWidth
    if (root.scrollWidth <= most) return []
    const held = e => { for (; (e = e.parentElement); )
        if (!['visible', ''].includes(getComputedStyle(e).overflowX) && e !== document.body) return true }
    const out = [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > most + 1 && !held(e))
    return [`${root.scrollWidth} > ${most}`, ...out.slice(0, 5).map(e => e.outerHTML.slice(0, 120))]
}"""


def missing() -> str:
    """Why no page can be looked at; empty where all is there."""
    if not chromium():
        return "chromium is not installed; CHROMIUM names it"
    return "" if AXE.is_file() else "axe-core is not installed: run npm ci in tests/js"


def skip_without() -> None:
    """Skip, or fail where a browser is required, if no page can be looked at."""
    if reason := missing():
        skip_or_fail(reason, "REQUIRE_BROWSER")


class Served:
    """The real service over one store, at `base`, in a process of its own."""

    def __init__(self, uri: str, login: tuple[str, str], database: str, **more: str) -> None:
        names = dict(zip(("URI", "USERNAME", "PASSWORD", "DATABASE"), (uri, *login, database), strict=True))
        environment = os.environ | {f"BENCH_{name}": value for name, value in (names | more).items()}
        command = [sys.executable, "-m", "bench.web_server", "graph"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self._told = self.process.stdout
        self.base = self._told.readline().split()[-1]

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(15)
        self._told.close()

    async def up_to_date(self) -> None:
        """Wait until the service asks the store what was loaded last."""
        await asyncio.sleep(1.1 * FRESH)


class Looking:
    """One Chromium; pages of it by window, colour scheme and whether scripts run."""

    def __init__(self, running: Browser, served: Served) -> None:
        self.running, self.served = running, served
        self._contexts: dict[tuple[str, bool], BrowserContext] = {}

    async def over(self, store: "Store", what: str) -> None:
        """Have the store hold what a test wants, and the service know of it."""
        if store.holds != what:
            await store.hold(what)
            await self.served.up_to_date()

    @asynccontextmanager
    async def at(
        self, address: str, width: int = 1280, scheme: Any = "light", scripts: bool = True
    ) -> AsyncIterator[Page]:
        """The page of an address; afterwards nothing was asked of another host, and no script has failed."""
        if (scheme, scripts) not in self._contexts:
            self._contexts[scheme, scripts] = await self.running.new_context(
                color_scheme=scheme, java_script_enabled=scripts, reduced_motion="reduce", locale="en"
            )
        page = await self._contexts[scheme, scripts].new_page()
        page.set_default_timeout(PATIENCE)
        faults: list[str] = []
        host = urlsplit(self.served.base).netloc

        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc not in ("", host):
                faults.append(f"asks {request.url}")

        page.on("request", asked)
        page.on("pageerror", lambda error: faults.append(f"fails: {error}"))
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.on("dialog", lambda dialog: faults.append(f"opens: {dialog.message}"))
        try:
            await page.set_viewport_size({"width": width, "height": 900})
            answer = await page.goto(urljoin(self.served.base, address))
            assert answer and answer.status < 500
            yield page
        finally:
            await page.close()
        # an error page is an answer, and Chromium tells of its status
        assert [fault for fault in faults if "status of 4" not in fault] == []


async def violations(page: Page) -> list[str]:
    """What axe has against the page as it is."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(await page.evaluate(JUDGE, RULES))


async def spread(page: Page, width: int) -> list[str]:
    """What leaves a window of that width."""
    await page.set_viewport_size({"width": width, "height": 900})
    return list(await page.evaluate(SPREAD))


async def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page from its top, for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    tall = await page.evaluate("document.documentElement.scrollHeight")
    window = page.viewport_size or {"width": 0}
    clip: Any = {"x": 0, "y": 0, "width": window["width"], "height": min(tall, SHOWN)}
    await page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9]+', '-', name)}.png", full_page=True, clip=clip)
