"""Every address answers or says why not: examples that work, pages whose links work, parameters all checked."""

import re
from collections.abc import Awaitable, Callable
from html import unescape
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from api.endpoints import ADDRESSES, PAGES, PLAIN
from api.formats import FORMATS
from api.pages.docs import example
from api.pages.front import example as query_string
from graph.query import read_queries
from schema.derive import ARTEFACTS
from tests.conftest import BASE
from tests.expected_rows import NOT_IN_THE_SEED
from tests.filled_form import fields

Get = Callable[..., Awaitable[httpx.Response]]

GIVEN = {
    "{id}": "new-york-city",
    "{document}": "cities-push-back-on-ice",
    "{name}": "advisors",
    "{file}": "shapes.ttl",
    "{slug}": "too-slow",
    "{code}": "RA",
    "{term}": "advises",
    "{version}": "0123456789abcdef",
}
QUERIES = {f"/v1/queries/{name}/results": name for name in read_queries()}
ROUTES = [*(p.path for p in (*PLAIN, *PAGES) if "results" not in p.path), *QUERIES, *ADDRESSES]


def filled(path: str) -> str:
    """The path with a value for each of its parameters."""
    path = path.replace("claims/{id}", f"claims/{read_queries()['claim'].parameters[0].example}")
    return re.sub(r"\{\w+\}", lambda found: GIVEN[found[0]], path)


def written_links(page: httpx.Response) -> list[str]:
    """The links of a page as they are written, but those within it."""
    return [unescape(link) for link in re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page.text)]


def links(page: httpx.Response) -> list[str]:
    """Where the links of a page lead, on this host."""
    return [urljoin(str(page.url), link).removeprefix(BASE[:-1]) for link in written_links(page)]


# What is there


@pytest.mark.parametrize("path", ADDRESSES)
async def test_an_address_gives_what_its_query_gives(client: Get, path: str) -> None:
    query = read_queries()[ADDRESSES[path]]
    own = [p.name for p in query.parameters if p.required and f"{{{p.name}}}" not in path]
    asked = {p.name: p.example for p in query.parameters if p.required}
    asked |= {"id": "new-york-city"} if path.startswith("/v1/entities/{id}") else {}
    direct = await client(filled(path), params={n: asked[n] for n in own})
    assert (
        direct.json()["data"] == (await client(f"/v1/queries/{query.name}/results", params=asked)).json()["data"] != []
    )


async def described(client: Get) -> dict[str, Any]:
    """The paths that OpenAPI describes, but for the one that answers from a snapshot: it has tests of its own."""
    paths: dict[str, Any] = (await client("/openapi.json")).json()["paths"]
    assert paths.pop("/sparql")
    return paths


async def test_every_operation_has_an_example_that_works(client: Get) -> None:
    for path, about in (await described(client)).items():
        told = await client(example(path, about["get"]["parameters"]))
        assert (path, told.status_code) == (path, 303 if path.startswith("/id/") else 200)
        if about["get"]["tags"][0] in {"queries", "graph"} and not NOT_IN_THE_SEED & {*path.split("/")}:
            assert told.json()["data"], path


async def test_every_example_of_every_parameter_is_taken(client: Get) -> None:
    for path, about in (await described(client)).items():
        given = {p["name"]: p["example"] for p in about["get"]["parameters"] if "example" in p}
        inside = {n: v for n, v in given.items() if f"{{{n}}}" in path}
        told = await client(path.format(**inside), params={n: v for n, v in given.items() if n not in inside})
        assert (path, told.status_code) == (path, 303 if path.startswith("/id/") else 200)


async def test_the_description_covers_every_route(client: Get) -> None:
    paths = await described(client)
    assert paths.keys() == {path for path in ROUTES if path not in {page.path for page in PAGES}}
    names = [about["get"]["operationId"] for about in paths.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("page", ["/", "/docs", "/v1/queries.html", "/v1/schema.html", "/v1/queries/coverage.html"])
async def test_every_link_of_a_page_works(client: Get, page: str) -> None:
    found = links(await client(page))
    assert found
    for link in found:
        filled_in = {"q": "mayor"} if link == "/v1/search.html" else {}
        told = await client(link, params=filled_in or None)
        assert (link, told.status_code) == (link, 303 if "/id/" in link else 200)


@pytest.mark.parametrize("page", ["/", "/docs", "/v1/queries.html", "/v1/schema.html", "/v1/graph.html"])
async def test_a_page_loads_nothing_from_elsewhere_and_runs_only_what_completes_names(client: Get, page: str) -> None:
    text = (await client(page)).text
    assert "@import" not in text and "style=" not in text
    loaded = re.findall(r'<(?:link rel="(?!alternate)|img|iframe|source|script)\b[^>]*?(?:href|src)="([^"]*)"', text)
    assert [link.lstrip("./") for link in loaded] == ["web/icon.svg", "web/style.css", "web/complete.js"]
    assert not re.findall(r"<script[^>]*>[^<]", text)


@pytest.mark.parametrize(
    "page",
    ["/", "/docs", "/v1/queries.html", "/v1/schema.html", "/v1/graph.html?limit=2", "/v1/entities/chicago.html",
     "/v1/queries/advisors/results.html?of=zohran-mamdani", "/v1/queries/coverage?format=html"],
)  # fmt: skip
async def test_every_link_of_a_page_begins_with_the_way_back_from_it(client: Get, page: str) -> None:
    told = await client(page)
    way = "../" * (page.partition("?")[0].count("/") - 1) or "./"
    assert written_links(told) and all(re.match(rf"{re.escape(way)}(?!\.?\.?/)", link) for link in written_links(told))


async def test_the_mark_of_the_house_is_linked_and_answered_where_browsers_ask_for_it(client: Get) -> None:
    page, asked, named = [await client(each) for each in ("/", "/favicon.ico", "/web/icon.svg")]
    assert "/web/icon.svg" in links(page) and asked.content == named.content != b""
    assert asked.headers["content-type"] == named.headers["content-type"] == "image/svg+xml"
    assert len(asked.content) < 1000 and "http" not in asked.text.replace("http://www.w3.org/2000/svg", "")


async def test_the_front_page_leads_to_every_question(client: Get) -> None:
    found = links(await client("/"))
    for query in read_queries().values():
        assert f"/v1/queries/{query.name}/results.html{query_string(query)}" in found
        assert f"/v1/queries/{query.name}.html" in found


@pytest.mark.parametrize("name", read_queries())
async def test_a_form_as_a_browser_sends_it_gets_an_answer(client: Get, name: str) -> None:
    page = await client(f"/v1/queries/{name}.html")
    sent = fields(page)
    assert sent.keys() - {"sort"} == read_queries()[name].model.model_fields.keys() - {"cursor"}
    assert (await client(f"/v1/queries/{name}/results.html", params=sent)).status_code == 200


async def test_the_schema_lists_files_that_are_there(client: Get) -> None:
    listed = (await client("/v1/schema")).json()["artefacts"]
    assert len(listed) == len(ARTEFACTS)
    for each in listed:
        told = await client(each["url"])
        assert (told.status_code, told.headers["content-type"]) == (200, each["media_type"])


# What is not there


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/v1/entities/new-york-sity", "new-york-city"),
        ("/id/new-york-sity", "new-york-city"),
        ("/v1/entities/mayors-for-amerika/relations", "mayors-for-america"),
        ("/v1/queries/groups-advising-mayor/results", "groups-advising-mayors"),
        ("/v1/queries/group-advising-mayors", "groups-advising-mayors"),
        ("/v1/paths?from=mayor-for-america&to=chicago", "mayors-for-america"),
        ("/v1/schema/ontologie.ttl", "ontology.ttl"),
        ("/problems/to-slow", "too-slow"),
    ],
)
async def test_an_unknown_name_is_not_found_with_what_is_like_it(client: Get, address: str, near: str) -> None:
    told = await client(address)
    assert told.status_code == 404 and near in told.json()["near"]
    assert re.fullmatch(rf"no \w+ has the (id|name) [\w.-]+; near: .*\b{re.escape(near)}\b.*", told.json()["detail"])


async def test_a_known_thing_without_an_answer_is_an_empty_answer(client: Get) -> None:
    told = await client("/v1/queries/leaders-of-group/results?group=chicago")
    assert (told.status_code, told.json()["data"]) == (200, [])


@pytest.mark.parametrize("path", ROUTES)
async def test_every_route_refuses_what_it_does_not_know(client: Get, path: str) -> None:
    told = await client(
        filled(path), params={"frobnicate": "1", "of": "x"} if "advisors" in path else {"frobnicate": ""}
    )
    assert told.status_code == 400
    assert "frobnicate" in {error["parameter"] for error in told.json()["errors"]}


@pytest.mark.parametrize("path", [*QUERIES, *ADDRESSES])
@pytest.mark.parametrize(("wrong", "right"), [("limt", "limit"), ("as-of", "as_of"), ("fromat", "format")])
async def test_a_misspelt_parameter_is_told_its_neighbour(client: Get, path: str, wrong: str, right: str) -> None:
    told = await client(filled(path), params={wrong: "1"})
    assert {"parameter": wrong, "suggestion": right}.items() <= told.json()["errors"][0].items()


@pytest.mark.parametrize("path", [p.path for p in PLAIN if p.suffixes])
async def test_a_misspelt_format_is_told_its_neighbour(client: Get, path: str) -> None:
    assert (await client(filled(path), params={"formt": "json"})).json()["errors"][0]["suggestion"] == "format"


async def test_every_wrong_parameter_is_named_at_once(client: Get) -> None:
    told = await client("/v1/graph?limit=0&as_of=never&relation=advices&status=assertd&cursor=x")
    errors = {error["parameter"]: error for error in told.json()["errors"]}
    assert errors.keys() == {"limit", "as_of", "relation", "status"}
    assert (errors["relation"]["suggestion"], errors["status"]["suggestion"]) == ("ADVISES", "asserted")


@pytest.mark.parametrize("given", ["limit=1&limit=2", "as_of=2026&as_of=2026", "relation=ADVISES&relation=SIGNED"])
async def test_a_parameter_given_twice_is_refused(client: Get, given: str) -> None:
    told = await client(f"/v1/graph?{given}")
    assert (told.status_code, told.json()["errors"][0]["detail"]) == (400, "is given more than once")


@pytest.mark.parametrize(
    ("address", "most", "sent"),
    [("/v1/search?q={}", 200, 201), ("/v1/entities/{}", 120, 121), ("/v1/graph?cursor={}", 1000, 2000)],
)
async def test_what_is_too_long_is_told_in_characters(client: Get, address: str, most: int, sent: int) -> None:
    (error,) = (await client(address.format("x" * sent))).json()["errors"]
    assert error["detail"] == f"has {sent} characters; {most} are the most"


async def test_a_parameter_of_the_path_cannot_be_given_again(client: Get) -> None:
    told = await client("/v1/entities/chicago?id=boston")
    assert (told.status_code, told.json()["errors"][0]["parameter"]) == (400, "id")


@pytest.mark.parametrize("limit", ["0", "-1", "501", "1000000000", "1.5", "1e2", "NaN", "9" * 400, "true", "[1]"])
async def test_a_limit_out_of_bounds_is_refused(client: Get, limit: str) -> None:
    assert (await client("/v1/graph", params={"limit": limit})).status_code == 400


# What is written otherwise

SLASHES = [
    ("/v1/graph/", "/v1/graph"),
    ("/v1/graph/?limit=2&as_of=2026", "/v1/graph?limit=2&as_of=2026"),
    ("/v1/entities/chicago.ttl/", "/v1/entities/chicago.ttl"),
    ("/docs/", "/docs"),
    ("/id/chicago/", "/id/chicago"),
    ("/v1/", "/v1"),
    ("/v1/entities/s%C3%A3o%20x/?q=a%20b", "/v1/entities/s%C3%A3o%20x?q=a%20b"),
    ("/http:elsewhere.example/", "/http:elsewhere.example"),
]


@pytest.mark.parametrize(("address", "without"), SLASHES)
async def test_a_slash_at_the_end_leads_to_the_address_without(
    site: httpx.AsyncClient, address: str, without: str
) -> None:
    for method in ("GET", "HEAD"):
        told = await site.request(method, address)
        assert (told.status_code, told.content) == (308, b"")
        assert not re.match(r"/|\w+:", told.headers["location"])
        assert urljoin(f"http://graph.test{address}", told.headers["location"]) == f"http://graph.test{without}"


@pytest.mark.parametrize("address", ["/", "/v1/entities/a%2f", "/v1/graph?cursor=/", "/v1/graph//", "/v1//graph/"])
async def test_no_other_slash_leads_anywhere(client: Get, address: str) -> None:
    assert (await client(address)).status_code in (200, 400, 404)


# What is meant badly

HOSTILE = [
    "a.b",
    "a%2fb",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "a%00b",
    "%ff",
    "%ED%A0%80",
    "%25",
    "%2525",
    "a%0d%0aSet-Cookie:x",
    "a" * 121,
    "a" * 20_000,
    "%C3%A9",
    "e%CC%81",
    "%D0%B0",
    "chicago%20",
    "Chicago",
    "-",
    "a--b",
    "`x`",
    "x'%20OR%201=1%20//",
    "%7B%22id%22:1%7D",
    "<script>",
    "$id",
]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: name[:24])
@pytest.mark.parametrize("path", sorted({p.split("{")[0] for p in ROUTES if "{" in p}))
async def test_no_bad_name_gets_further_than_a_problem(client: Get, path: str, name: str) -> None:
    told = await client(path + name)
    if told.status_code == 308:  # slashes at the end are taken off first
        assert told.headers["location"].startswith("../") and name.endswith("/")
        told = await client(path + name[:-1])
    assert told.status_code in (400, 404, 406)
    assert told.headers["content-type"] == "application/problem+json"
    assert "location" not in told.headers and len(told.json()["instance"]) <= 3 * len(path + name)


@pytest.mark.parametrize(
    "words", ["\0", "*", "~", '"', "((((", "a:b", "^", "\\", "💥", "' OR 1=1", "x" * 201, "\u200b"]
)
async def test_a_search_takes_words_and_no_syntax(client: Get, words: str) -> None:
    told = await client("/v1/search", params={"q": words})
    assert told.status_code in (200, 400)


@pytest.mark.parametrize(
    "words", ["AND", "OR NOT", "mayor AND", "mayor~ OR *:*", "a/b", "[a TO z]", "+-mayor", "a " * 99]
)
async def test_words_of_a_search_language_are_only_words(client: Get, words: str) -> None:
    assert (await client("/v1/search", params={"q": words})).status_code == 200


@pytest.mark.parametrize("suffix", FORMATS)
async def test_a_suffix_is_no_part_of_a_name(client: Get, suffix: str) -> None:
    told = await client(f"/v1/entities/chicago.{suffix}")
    assert told.status_code == 200 and b"chicago" in told.content
    assert (await client(f"/v1/entities/chicago.{suffix}.bak")).status_code == 406
