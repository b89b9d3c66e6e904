"""A person who asks wrongly gets a page: what is wrong, what may be meant, and the form as it was filled."""

import re
from collections.abc import Awaitable, Callable
from html import unescape
from urllib.parse import urljoin

import httpx
import pytest

from api.app import create_app
from api.errors import PROBLEMS
from api.site import Site
from graph.connection import Reader
from graph.query import read_queries
from tests.conftest import BASE
from tests.filled_form import faulty, fields
from tests.test_negotiation import BROWSER, COMUNICA, RAPPER, RDFLIB

Get = Callable[..., Awaitable[httpx.Response]]

PEOPLE = {"Accept": BROWSER}
ADVISORS = "/v1/queries/advisors/results.html"
WRONG = [
    ("GET", "/v1/graph.html?limit=0", "bad-request"),
    ("GET", "/v1/graph?frobnicate=1", "bad-request"),
    ("GET", "/healthz?x=1", "bad-request"),
    ("GET", "/v1/entities/nobody.html", "no-such-thing"),
    ("GET", "/id/nobody", "no-such-thing"),
    ("GET", "/v1/queries/nothing", "no-such-thing"),
    ("GET", "/nowhere", "not-found"),
    ("GET", "/web/nothing.css", "not-found"),
    ("POST", "/v1/graph", "method-not-allowed"),
    ("GET", "/v1/graph.docx", "not-acceptable"),
]


@pytest.mark.parametrize(("method", "address", "slug"), WRONG)
async def test_an_error_is_a_page_for_a_browser(site: httpx.AsyncClient, method: str, address: str, slug: str) -> None:
    told = await site.request(method, address, headers=PEOPLE)
    status, title, _ = PROBLEMS[slug]
    assert (told.status_code, told.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{title}</h1>" in told.text and told.text.count("<script") == told.text.count("complete.js")
    assert told.headers["cache-control"] == "no-store" and "etag" not in told.headers
    assert told.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/turtle", RDFLIB, RAPPER, COMUNICA, "image/png"])
async def test_an_error_is_a_problem_for_a_program_even_where_it_could_read_a_page(client: Get, accept: str) -> None:
    told = await client("/v1/entities/nobody.html", headers={"Accept": accept})
    assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")


async def test_the_form_keeps_what_was_written_and_says_what_is_wrong_beside_it(client: Get) -> None:
    sent = {
        "of": "zohran-mamdani",
        "as_of": "yesterday",
        "status": "hedged",
        "limit": "0",
        "standing": "",
        "known_at": "",
    }
    told = await client(ADVISORS, params=sent, headers=PEOPLE)
    known = read_queries()["advisors"].model.model_fields.keys() - {"cursor"}
    assert fields(told) == {name: sent.get(name, "") for name in known}
    assert faulty(told) == {"as_of", "limit"}
    assert told.text.count("write 2026, 2026-02 or 2026-02-17") == 2  # above, and beside the field
    (action,) = re.findall(r'<form action="([^"]+)" class="ask"', told.text)
    mended = fields(told) | {"as_of": "2026", "limit": "5"}
    again = await client(urljoin(ADVISORS, action), params=mended, headers=PEOPLE)
    assert (again.status_code, urljoin(ADVISORS, action)) == (200, ADVISORS)


async def test_a_list_goes_back_into_its_field_and_can_be_sent_again(client: Get) -> None:
    told = await client("/v1/graph.html?status=hedged&status=reported&limit=x", headers=PEOPLE)
    held = fields(told) | {"limit": "5"}
    assert held["status"] == "reported, hedged"  # in the order of the list
    page = await client("/v1/queries/claims/results.html", params=held)
    assert page.status_code == 200 and '<a href="' in page.text


async def test_a_parameter_of_the_path_stands_in_the_form_too(client: Get) -> None:
    told = await client("/v1/entities/chicago.html?limit=x", headers=PEOPLE)
    assert (fields(told)["id"], fields(told)["limit"], faulty(told)) == ("chicago", "x", {"limit"})
    assert 'action="../../v1/queries/entity/results.html"' in told.text


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "' onfocus=alert(1) x='", "{{ 7 * 7 }}", "<b>"])
async def test_what_was_written_stays_text(client: Get, hostile: str) -> None:
    told = await client(ADVISORS, params={"of": hostile, hostile: "1"}, headers=PEOPLE)
    assert told.status_code == 400 and fields(told)["of"] == hostile
    assert "<script>" not in told.text and "<b>" not in told.text and "onfocus=alert(1) x='\"" not in told.text
    assert "49" not in re.sub(r"\d{3,}", "", told.text)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/v1/entities/new-york-sity.html?as_of=2026", "/v1/entities/new-york-city.html?as_of=2026"),
        ("/v1/entities/new-york-sity/relations.html", "/v1/entities/new-york-city/relations.html"),
        ("/id/new-york-sity", "/id/new-york-city"),
        (f"{ADVISORS}?of=zohran-mamdami", f"{ADVISORS}?of=zohran-mamdani"),
        ("/v1/paths?from=mayor-for-america&to=chicago", "/v1/paths?from=mayors-for-america&to=chicago"),
        ("/v1/queries/group-advising-mayors", "/v1/queries/groups-advising-mayors"),
        ("/v1/schema/ontologie.ttl", "/v1/schema/ontology.ttl"),
        ("/problems/to-slow", "/problems/too-slow"),
    ],
)
async def test_what_is_like_an_unknown_name_is_a_link_to_the_same_of_it(client: Get, address: str, meant: str) -> None:
    told = await client(address, headers=PEOPLE)
    found = {urljoin(address, unescape(each)) for each in re.findall(r'<li><a href="([^"]+)"', told.text)}
    assert told.status_code == 404 and meant in found
    for each in found:
        assert (await client(each, headers=PEOPLE)).status_code in (200, 303)


async def test_a_page_says_what_is_on_offer(client: Get) -> None:
    told = await client("/v1/graph.grahpml", headers=PEOPLE)
    assert (
        told.status_code == 406
        and "did you mean &#39;graphml&#39;" in told.text
        and "<li>ttl (text/turtle)" in told.text
    )


async def test_a_store_that_is_gone_is_a_page_to_try_again_with_the_form(dead_port: int) -> None:
    async with await Reader.open(f"bolt://127.0.0.1:{dead_port}", ("x", "y"), "kg") as graph:
        transport = httpx.ASGITransport(create_app(Site(graph, BASE)))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
            told = await asking.get(f"{ADVISORS}?of=zohran-mamdani", headers=PEOPLE)
    assert told.status_code == 503 and int(told.headers["retry-after"]) >= 1
    assert fields(told)["of"] == "zohran-mamdani" and "bolt" not in told.text and str(dead_port) not in told.text
