"""What tests of the explorer share: the data they are tried on, a browser and a client, and how to wait and to look."""

from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import yaml
from playwright.async_api import Page

from bench.country import country
from graph.write import clear, load
from tests.browser import Looking
from tests.conftest import NOW, Store

STORIES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("stories.yaml").read_text("utf-8"))
STANDING = """() => Object.fromEntries([...document.querySelectorAll('#picture .node')].map(
    e => [e.dataset.id, e.getAttribute('transform')]))"""


class Site:
    """A browser and a client over one set of data."""

    def __init__(self, looking: Looking, store: Store) -> None:
        self.looking, self._store = looking, store

    async def over(self, data: str) -> Looking:
        """The browser, once the store holds those data."""
        if data == "hub" and self._store.holds != "hub":
            await self._store.hold("nothing")
            await clear(self._store.writer, await load(self._store.writer, [next(country(0))], NOW))
            self._store.holds = "hub"
            await self.looking.served.up_to_date()
        elif data != "hub":
            await self.looking.over(self._store, data)
        return self.looking

    async def get(self, address: str, **given: Any) -> httpx.Response:
        """The answer of the API."""
        async with httpx.AsyncClient(timeout=30) as asking:
            answer = await asking.get(urljoin(self.looking.served.base, address), params=given or None)
        assert answer.status_code == 200, answer.text
        return answer


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


def opened(given: dict[str, Any], count: int = 25) -> str:
    """The address of a view in which a relation of a thing is opened."""
    step = f"expand={given['id']}~{given['relation']}~{given['side']}~{count}"
    return f"explorer#start={given['id']}&{step}&at={given['id']}"
