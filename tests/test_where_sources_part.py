"""The front page shows a case in which sources part: what one counts beside what others name, as it was judged."""

import re
from html import unescape
from urllib.parse import urljoin

import httpx
import pytest

from api.app import create_app
from api.site import Site
from graph import kept
from tests.conftest import BASE, Store

OFFICES = ("Allegany", "Carroll", "Cecil", "Frederick", "Garrett", "Harford", "St. Mary's", "Washington")


@pytest.fixture(autouse=True)
def time_to_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store plans a text at its first question, which lasts on a busy machine."""
    monkeypatch.setattr(kept, "PATIENCE", 60.0)


async def part(store: Store, what: str) -> tuple[str, str, httpx.AsyncClient]:
    """The section of the front page, as it is written and as it reads."""
    await store.hold(what)
    transport = httpx.ASGITransport(create_app(Site(store.reader, BASE)), raise_app_exceptions=False)
    asking = httpx.AsyncClient(transport=transport, base_url=BASE)
    page = (await asking.get("/")).text
    assert "What there is" in page
    markup = page.partition('<section class="part"')[2].partition("</section>")[0]
    return markup, " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split()), asking


def tidy(text: str) -> str:
    return re.sub(r" ([,.:;])", r"\1", text)


async def test_the_article_counts_nine_and_the_list_names_eight(embedded: Store) -> None:
    markup, text, asking = await part(embedded, "sourced")
    text = tidy(text)
    assert "has size 9 offices. “nine sheriff's offices in Maryland” ¶ 5 of 10, 1685–1719" in text
    assert "News article on city measures about federal immigration enforcement Named 8 [hedged] of them" in text
    assert "8 [hedged] of them: " + " why, ".join(f"{name} County Sheriff's Office" for name in OFFICES) in text
    assert "whether this agreement was still in force then no source here says. Hence hedged. hedged Editors" in text
    assert "1 left open: Wicomico County Corrections Center why." in text

    (href,) = re.findall(r'<a href="([^"]*)">All that was judged of it', markup)
    rows = (await asking.get(urljoin(BASE, unescape(href)))).text
    assert len(re.findall(r'<tr data-claim="', rows)) == 9 == len(re.findall(r"the judgement on", markup))


async def test_a_case_is_found_in_any_graph_that_has_one(embedded: Store) -> None:
    _, text, _ = await part(embedded, "judged")
    text = tidy(text)
    counted, named = text.split(" Named ")
    assert "has size 7 offices" in counted and "9 offices: with those that" in counted
    assert "6 offices" not in counted  # which the report takes back
    assert "1 of them: Quill County Sheriff's Office why. the report counts seven and names none; the register" in named
    assert "1 left open: Quill County Jail why. it has an agreement, and is no sheriff's office. asserted" in named


async def test_where_nothing_was_judged_nothing_is_said(embedded: Store) -> None:
    assert (await part(embedded, "world"))[0] == ""
