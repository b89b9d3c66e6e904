"""Answers are sent compressed to who takes them so; one tag stands for both, and what is small stays as it is."""

import gzip
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from api.compression import SMALLEST
from api.formats import FORMATS

Get = Callable[..., Awaitable[httpx.Response]]

RESULTS = "/v1/graph?limit=20"
LARGE = [
    *(f"/v1/graph.{suffix}?limit=20" for suffix in FORMATS),
    "/",
    "/docs",
    "/openapi.json",
    "/v1/schema/ontology.ttl",
]
TAKES = [("gzip", True), ("gzip, deflate, br", True), ("br, gzip;q=0.5", True), ("identity", False), ("", False),
         ("gzip;q=0", False), ("br;q=1.0, gzip;q=0.0, *;q=0", False)]  # fmt: skip


@pytest.fixture
async def raw(site: httpx.AsyncClient) -> AsyncIterator[Get]:
    """GET an address; the body as it goes over the wire."""

    async def asking(address: str, takes: str, **headers: str) -> httpx.Response:
        async with site.stream("GET", address, headers={"Accept-Encoding": takes} | headers) as told:
            told._content = b"".join([piece async for piece in told.aiter_raw()])
        return told

    yield asking


@pytest.mark.parametrize("address", [*LARGE, "/web/style.css"])
async def test_a_large_answer_is_compressed_for_who_takes_it_so(raw: Get, address: str) -> None:
    plain, packed = await raw(address, "identity"), await raw(address, "gzip")
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content and len(packed.content) < len(plain.content)
    assert int(packed.headers["content-length"]) == len(packed.content)
    for told in (plain, packed):
        assert "Accept-Encoding" in told.headers["vary"].split(", ") and told.headers["etag"].startswith('W/"')
    assert plain.headers["etag"] == packed.headers["etag"]


@pytest.mark.parametrize(("takes", "packed"), TAKES)
async def test_who_does_not_take_it_gets_it_plain(raw: Get, takes: str, packed: bool) -> None:
    assert ("content-encoding" in (await raw(RESULTS, takes)).headers) is packed


@pytest.mark.parametrize("address", ["/healthz", "/problems/gone", "/favicon.ico", "/v1/nowhere", "/id/chicago"])
async def test_what_is_small_is_not_worth_it(raw: Get, address: str) -> None:
    told = await raw(address, "gzip")
    assert "content-encoding" not in told.headers and len(told.content) < SMALLEST
    assert "Accept-Encoding" in told.headers["vary"]


@pytest.mark.parametrize("address", [*LARGE, "/web/style.css"])
@pytest.mark.parametrize("takes", ["gzip", "identity"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other", W/{}'])
async def test_either_is_enough_not_to_be_sent_again(raw: Get, address: str, takes: str, form: str) -> None:
    first = await raw(address, "gzip" if takes == "identity" else "identity")
    held = form.format(first.headers["etag"].removeprefix("W/"))
    told = await raw(address, takes, **{"If-None-Match": held})
    assert (told.status_code, told.content) == (304, b"") and "content-encoding" not in told.headers
    assert told.headers["etag"] == first.headers["etag"]
    assert set(first.headers["vary"].split(", ")) == set(told.headers["vary"].split(", "))


@pytest.mark.parametrize("address", [RESULTS, "/", "/web/style.css"])
async def test_head_tells_the_length_of_the_compressed_body(site: httpx.AsyncClient, raw: Get, address: str) -> None:
    head = await site.head(address, headers={"Accept-Encoding": "gzip"})
    got = await raw(address, "gzip")
    assert head.headers == got.headers and head.content == b"" and got.headers["content-encoding"] == "gzip"
