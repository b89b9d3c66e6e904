"""Pages are cut by key: walking them gives every row once, and every format says where they go on."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from api.formats import FORMATS
from api.pages.front import example
from graph.cursor import make_cursor
from graph.query import read_queries

pytestmark = pytest.mark.slow

Get = Callable[..., Awaitable[httpx.Response]]

WHOLE, SEVERAL = 500, 30
SAID = {
    "json": b'"truncated":%s',
    "csv": b",%s\r\n",
    "graphml": b'key="graph-truncated">%s<',
    "gexf": b"truncated: %s",
    "ttl": b'cg:truncated "%s"',
    "nt": b'terms#truncated> "%s"',
    "nq": b'terms#truncated> "%s"',
    "trig": b'cg:truncated "%s"',
    "rdf": b'XMLSchema#boolean">%s</cg:truncated>',
}


async def pages(get: Get, address: str | None) -> AsyncIterator[httpx.Response]:
    """The answer at the address and all that its `next` links lead to."""
    while address:
        page = await get(address)
        assert page.status_code == 200
        yield page
        onward = page.links.get("next", {}).get("url")
        address = onward and str(page.url.join(onward))


def asked(name: str, **more: Any) -> str:
    address = httpx.URL(f"/v1/queries/{name}/results.json{example(read_queries()[name])}")
    return str(address.copy_merge_params(more))


def says(page: httpx.Response, suffix: str, truncated: bool) -> bool:
    if suffix == "html":
        return (b'<a rel="next"' in page.content) is truncated
    if suffix == "np.trig":
        return (b"# truncated: more at" in page.content) is truncated
    if suffix in ("ndjson", "ftm.json"):  # rows alone: the header says it
        return b"truncated" not in page.content and page.headers["result-truncated"] == f"?{truncated:d}"
    return SAID.get(suffix, b'"truncated":%s') % str(truncated).lower().encode() in page.content


@pytest.mark.parametrize("name", read_queries())
async def test_small_pages_hold_the_rows_of_one_large_page(client: Get, name: str) -> None:
    whole = (await client(asked(name, limit=WHOLE))).json()["data"]
    for limit in range(1, 8) if len(whole) < SEVERAL else (2, 7, len(whole) - 1, len(whole)):
        found = [page.json()["data"] async for page in pages(client, asked(name, limit=limit))]
        assert sorted(map(repr, (row for rows in found for row in rows))) == sorted(map(repr, whole))
        assert all(len(rows) == limit for rows in found[:-1])


@pytest.mark.parametrize("name", read_queries())
async def test_the_claims_of_a_page_are_those_of_its_rows(client: Get, name: str) -> None:
    page = (await client(asked(name, limit=3))).json()
    assert page["claims"].keys() == {claim for row in page["data"] for claim in row["claims"]}
    assert all(claim["evidence"] for claim in page["claims"].values())


@pytest.mark.parametrize("suffix", FORMATS)
async def test_every_format_declares_truncation_and_leads_on(client: Get, suffix: str) -> None:
    first, second, *_, last = [p async for p in pages(client, f"/v1/search.{suffix}?q=mayor&limit=5")]
    assert [p.headers["result-truncated"] for p in (first, second)] == ["?1", "?1"]
    assert says(first, suffix, True) and says(second, suffix, True)
    assert first.content != second.content != last.content
    assert {p.headers["content-type"] for p in (first, second, last)} == {FORMATS[suffix].content_type}


@pytest.mark.parametrize("suffix", FORMATS)
async def test_the_last_page_says_that_it_is_the_last(client: Get, suffix: str) -> None:
    *_, last = [p async for p in pages(client, f"/v1/search.{suffix}?q=mayor&limit=5")]
    assert last.headers["result-truncated"] == "?0" and says(last, suffix, False)
    assert "next" not in last.links


@pytest.mark.parametrize("suffix", ["json", "csv", "ndjson"])
async def test_the_count_of_the_header_is_that_of_the_rows(client: Get, suffix: str) -> None:
    page = await client(f"/v1/graph.{suffix}?limit=4")
    rows = {"json": 1, "csv": 5, "ndjson": 4}[suffix]
    assert page.headers["result-count"] == "4" and page.content.count(b"\n") == rows


async def test_the_body_names_the_next_page_that_the_header_names(client: Get) -> None:
    page = await client("/v1/graph.json?limit=4&as_of=2026")
    told = httpx.URL(page.json()["page"]["next"])
    assert told.params == httpx.URL(page.links["next"]["url"]).params
    assert told.params["as_of"] == "2026"


async def test_the_total_is_exact_only_where_it_is_known(client: Get) -> None:
    part, whole = (await client("/v1/graph?limit=3")).json(), (await client("/v1/graph?limit=500")).json()
    assert part["total"] == {"value": 3, "relation": "gte"}
    assert whole["total"] == {"value": len(whole["data"]), "relation": "eq"} and not whole["truncated"]


FORGED = [
    "x",
    "%00",
    "%C3%A9",
    "=" * 8,
    make_cursor("timeline", "c-0"),
    make_cursor("claims", "c-0")[:-2] + "!!",
    json.dumps(["claims", "c-0"]),
    "WyJjbGFpbXMiLDFd",  # ["claims",1]
    "WyJjbGFpbXMiXQ",  # ["claims"]
    "e30",  # {}
    "W1tb" * 240,  # [[[…
    "A" * 1001,
]


@pytest.mark.parametrize("cursor", FORGED)
async def test_a_forged_or_foreign_cursor_is_refused(client: Get, cursor: str) -> None:
    told = await client(f"/v1/graph?cursor={cursor}")
    assert (told.status_code, told.json()["errors"][0]["parameter"]) == (400, "cursor")


async def test_a_key_is_only_compared_whatever_it_holds(client: Get) -> None:
    for key in ("", "' OR 1=1 //", "}) DETACH DELETE c //", "\\u0027", "￿" * 50):
        page = await client("/v1/graph", params={"cursor": make_cursor("claims", key)})
        assert page.status_code == 200
    assert re.fullmatch(r"\d+", (await client("/v1/graph?limit=1")).headers["result-count"])
