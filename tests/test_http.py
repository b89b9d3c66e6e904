"""The manners of an answer: what it says of itself, caching, HEAD, CORS, time, and one database query for it."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote, urljoin

import httpx
import pytest

from api.app import create_app
from api.formats import FORMATS
from api.pages.docs import example
from api.site import Site
from graph.connection import Reader
from graph.edition import READ
from graph.engine import Engine
from graph.query import Query, read_queries
from tests.conftest import BASE, Store

Get = Callable[..., Awaitable[httpx.Response]]

RESULTS = "/v1/queries/groups-advising-mayors/results"
# One address of each kind and status.
STATUSES = {
    RESULTS: 200,
    "/": 200,
    "/web/style.css": 200,
    "/healthz": 200,
    "/openapi.json": 200,
    "/id/chicago": 303,
    "/v1/graph?limit=no": 400,
    "/v1/entities/nobody": 404,
    "/nowhere": 404,
    "/web/nothing.css": 404,
    f"{RESULTS}.xlsx": 406,
}
each_status = pytest.mark.parametrize(("address", "status"), STATUSES.items())


class Counting(Reader):
    """The graph, with the texts of the queries it was asked; the edition, asked for once a second, apart."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.texts: list[str] = []

    async def read(self, text: str, parameters: dict[str, Any]) -> list[list[Any]]:
        if text != READ:
            self.texts.append(text)
        return await super().read(text, parameters)


@pytest.fixture
async def counting(embedded: Store, engine: Engine) -> AsyncIterator[Counting]:
    await embedded.hold("seed")
    async with await Counting.open(engine.uri, engine.reader, engine.database) as graph:
        yield graph


@pytest.fixture
async def world_client(embedded: Store) -> AsyncIterator[Get]:
    transport = httpx.ASGITransport(create_app(Site(await embedded.hold("world"), BASE)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        yield asking.get


# What an answer says of itself


@pytest.mark.parametrize("suffix", FORMATS)
async def test_an_answer_names_its_type_its_address_and_how_it_varies(client: Get, suffix: str) -> None:
    told = (await client(RESULTS, params={"format": suffix, "limit": 9, "as_of": "2026"})).headers
    assert told["content-type"] == FORMATS[suffix].content_type
    assert urljoin(RESULTS, told["content-location"]) == f"{RESULTS}.{suffix}?as_of=2026&limit=9"
    assert told["vary"] == "Accept, Accept-Profile, Accept-Datetime, Accept-Encoding"
    assert told["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("suffix", FORMATS)
async def test_an_answer_leads_to_every_other_format(client: Get, suffix: str) -> None:
    told = (await client(f"{RESULTS}.{suffix}?limit=9")).headers["link"]
    others = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"(?:, |$)', told)
    assert {media_type for _, media_type in others} == {f.media_type for f in FORMATS.values() if f.suffix != suffix}
    for address, media_type in others:
        assert (await client(urljoin(RESULTS, address))).headers["content-type"].startswith(media_type)


@pytest.mark.parametrize("suffix", FORMATS)
async def test_an_answer_names_its_canonical_address_and_its_shapes(client: Get, suffix: str) -> None:
    links = (await client(f"{RESULTS}.{suffix}?limit=9")).links
    assert links["canonical"]["url"] == f"{BASE[:-1]}{RESULTS}?limit=9"
    assert (await client(urljoin(RESULTS, links["describedby"]["url"]))).status_code == 200


@pytest.mark.parametrize("suffix", FORMATS)
async def test_the_next_page_is_named_in_the_same_format(client: Get, suffix: str) -> None:
    first = await client(f"/v1/graph.{suffix}?limit=60")
    second = await client(urljoin("/v1/graph", first.links["next"]["url"]))
    assert (second.status_code, second.headers["content-type"]) == (200, first.headers["content-type"])
    assert second.content != first.content


LONG = {"q": "mayor " + "🏙" * 60, "cursor": "", "limit": "1"}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("path", "given", "kinds"),
    [
        ("/v1/queries/measures-by-agency-restricted/results", {"as_of": "2026", "limit": "50"}, 3),
        ("/v1/graph", {"limit": "2"}, 3),
        ("/v1/search", LONG, 2),
        ("/v1/search", {"q": "mayor " + "🏙" * 194}, 1),
    ],
)
async def test_the_head_of_an_answer_fits_what_a_proxy_takes(
    client: Get, path: str, given: dict[str, str], kinds: int, suffix: str
) -> None:
    told = await client(f"{path}.{suffix}", params=given)
    assert told.status_code == 200
    assert sum(len(name) + len(value) + 4 for name, value in told.headers.raw) < 4000
    assert len(told.links) >= kinds
    where = told.headers.get("content-location", "")
    assert where == "" or urljoin(path, where).startswith(f"{path}.{suffix}?")


async def test_an_empty_value_counts_as_not_given(client: Get) -> None:
    form = {"relation": "", "as_of": "", "known_at": "", "status": "", "limit": "", "cursor": "", "format": ""}
    assert (await client("/v1/graph", params=form)).content == (await client("/v1/graph")).content


async def test_a_list_is_given_by_repeating_its_name(client: Get) -> None:
    told = (await client("/v1/graph?status=hedged&status=reported")).json()
    assert {claim["status"] for claim in told["claims"].values()} == {"hedged", "reported"}


@pytest.mark.parametrize(
    "given", ["hedged,reported", "hedged%2C+reported%2C", "hedged&status=reported", ",hedged,,reported"]
)
async def test_a_list_with_commas_is_the_same_list(client: Get, given: str) -> None:
    told, same = await client(f"/v1/graph?status={given}"), await client("/v1/graph?status=hedged&status=reported")
    assert (told.content, told.headers["etag"]) == (same.content, same.headers["etag"])


async def test_a_wrong_word_in_a_list_is_told_with_the_right_ones(client: Get) -> None:
    (error,) = (await client("/v1/graph?status=hedged,asertd")).json()["errors"]
    assert error["parameter"] == "status" and error["suggestion"] == "asserted"
    assert error["detail"] == "is none of asserted, reported, hedged, alleged, planned"


@pytest.mark.parametrize("query", read_queries().values(), ids=read_queries())
def test_no_word_of_a_list_holds_a_comma(query: Query) -> None:
    properties = query.model.model_json_schema()
    for name in query.lists:
        about = properties["properties"][name]
        (items,) = [c["items"] for c in about.get("anyOf", [about]) if "items" in c]
        words = items.get("enum") or properties["$defs"].get(items.get("$ref", "").rpartition("/")[2], {}).get("enum")
        if words:
            assert not [word for word in words if "," in word or word != word.strip()]
        else:  # ids
            assert not re.search(items["pattern"], "a,b")


# Caching and HEAD


@pytest.mark.parametrize("suffix", FORMATS)
async def test_an_unchanged_answer_is_not_sent_again(client: Get, suffix: str) -> None:
    first = await client(f"{RESULTS}.{suffix}")
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', first.headers["etag"])
    again = await client(f"{RESULTS}.{suffix}", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    kept = ("etag", "vary", "cache-control", "content-location")
    assert [again.headers[name] for name in kept] == [first.headers[name] for name in kept]


async def test_each_format_and_each_question_has_a_tag_of_its_own(client: Get) -> None:
    tags = [(await client(f"{RESULTS}.{suffix}")).headers["etag"] for suffix in FORMATS]
    tags.append((await client(f"{RESULTS}?as_of=2026")).headers["etag"])
    assert len(set(tags)) == len(FORMATS) + 1


async def test_a_stale_tag_gets_the_answer(client: Get) -> None:
    assert (await client(RESULTS, headers={"If-None-Match": '"stale"'})).status_code == 200


@each_status
async def test_head_is_get_without_the_body(site: httpx.AsyncClient, address: str, status: int) -> None:
    got, head = await site.get(address), await site.head(address)
    assert (head.status_code, head.content) == (status, b"")
    assert head.headers == got.headers


async def test_what_the_rows_alone_do_not_say_of_the_whole_stands_in_headers(client: Get) -> None:
    told = await client("/v1/graph.ndjson?limit=3")
    whole = (await client("/v1/graph.json?limit=3")).json()

    assert len(told.text.splitlines()) == 3 and all("claims" in json.loads(line) for line in told.text.splitlines())
    assert (told.headers["result-count"], told.headers["result-truncated"]) == ("3", "?1")
    assert told.headers["result-version"] == whole["meta"]["version"]
    assert told.headers["result-version-at"] == whole["meta"]["version_at"]
    assert f'cursor={quote(whole["page"]["next_cursor"])}&limit=3>; rel="next"' in told.headers["link"]


# Other origins


@each_status
async def test_every_status_is_open_to_every_origin(client: Get, address: str, status: int) -> None:
    told = await client(address, headers={"Origin": "https://elsewhere.example", "Cookie": "a=b"})
    assert (told.status_code, told.headers["access-control-allow-origin"]) == (status, "*")
    assert "access-control-allow-credentials" not in told.headers and "set-cookie" not in told.headers
    exposed = set(told.headers["access-control-expose-headers"].split(", "))
    assert exposed >= {
        "Link",
        "ETag",
        "Content-Location",
        "Retry-After",
        "Result-Count",
        "Result-Truncated",
        "Result-Version",
    }


@pytest.mark.parametrize("address", [RESULTS, "/nowhere", "/v1/entities/nobody"])
async def test_a_preflight_is_answered(site: httpx.AsyncClient, address: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    told = await site.options(address, headers=asked)
    assert (told.status_code, told.content) == (204, b"")
    assert told.headers["allow"] == told.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@each_status
async def test_no_page_may_load_anything_of_others_or_be_framed(client: Get, address: str, status: int) -> None:
    policy = (await client(address)).headers["content-security-policy"]
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "connect-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


# Time


async def advising(get: Get, **given: str) -> set[tuple[str, str]]:
    told = await get(RESULTS, params=given)
    return {(row["group_id"], row["mayor_id"]) for row in told.json()["data"]}


async def test_as_of_leaves_out_what_was_not_so_then(world_client: Get) -> None:
    now, then = await advising(world_client, as_of="2031"), await advising(world_client, as_of="2030-01")
    assert then - now == {("harbor-forum", "viktor-nagy")}


async def test_as_of_says_how_certain_the_time_is(world_client: Get) -> None:
    for day, match in (("2030-06", "certain"), ("2029-05-10", "possible")):
        told = (await world_client(RESULTS, params={"as_of": day})).json()
        said = {c["object"]: c["temporal_match"] for c in told["claims"].values() if c["subject"] == "harbor-forum"}
        assert said["viktor-nagy"] == match and told["meta"]["parameters"]["as_of"] == day


async def test_known_at_leaves_out_what_was_not_recorded_then(world_client: Get) -> None:
    before, after = [await advising(world_client, known_at=day) for day in ("2031-04", "2031-07")]
    assert after - before == {("harbor-forum", "bo-lindqvist")} and before < after
    assert await advising(world_client, known_at="2031-01-01T00:00:00Z") == set()


@pytest.mark.parametrize(
    "day", ["0000", "10000", "2026-13", "2026-02-30", "26", "2026-2", "today", "-2026", "２０２６"]
)
async def test_a_day_that_is_none_is_refused(client: Get, day: str) -> None:
    told = await client(RESULTS, params={"as_of": day})
    assert told.status_code == 400 and "write 2026, 2026-02 or 2026-02-17" in told.json()["detail"]


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "25:00", "2026-02-18T9"])
async def test_an_instant_that_is_none_is_refused(client: Get, instant: str) -> None:
    told = await client(RESULTS, params={"known_at": instant})
    assert told.status_code == 400 and "write 2026-02-18T09:00:00Z" in told.json()["detail"]


@pytest.mark.parametrize("instant", ["0001-01-01", "9999-12-31", "0999-06-01T00:00:00Z", "2100-01-01T00:00:00+05:00"])
async def test_any_instant_of_the_calendar_is_taken(client: Get, instant: str) -> None:
    told = (await client(RESULTS, params={"known_at": instant})).json()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["meta"]["parameters"]["known_at"])
    assert bool(told["data"]) is (instant > "2027")


# The database


async def test_an_answer_costs_one_database_query(counting: Counting) -> None:
    transport = httpx.ASGITransport(create_app(Site(counting, BASE)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        for path, about in (await asking.get("/openapi.json")).json()["paths"].items():
            counting.texts.clear()
            assert (await asking.get(example(path, about["get"]["parameters"]))).status_code in (200, 303)
            # counted once an edition; asked of a snapshot
            if path in ("/.well-known/void", "/v1/vocabulary/{term}", "/sparql"):
                continue
            asks = path == "/id/{id}" or about["get"]["tags"][0] in {"queries", "graph"}
            assert (path, len(counting.texts)) == (path, asks)


@pytest.mark.parametrize("suffix", FORMATS)
async def test_no_format_asks_the_database_again(counting: Counting, suffix: str) -> None:
    transport = httpx.ASGITransport(create_app(Site(counting, BASE)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        assert (await asking.get(f"/v1/graph.{suffix}?limit=20")).status_code == 200
    # A page alone asks besides how many rows there are, and from which documents.
    assert len(counting.texts) == (2 if suffix == "html" else 1)
