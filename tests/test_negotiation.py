"""Each client gets the format it asks for: by suffix, else `format=`, else the Accept header with its weights."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from api.formats import FORMATS
from api.negotiate import LINKED_DATA_ORDER, NotAcceptable, negotiate
from graph.query import read_queries

RESULTS = "/v1/queries/groups-advising-mayors/results"
OFFER = tuple(FORMATS.values())

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/trig, "
    "application/trix, application/n-quads, application/xhtml+xml"
)
RAPPER = "application/rdf+xml, text/rdf;q=0.6, */*;q=0.1"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/html;q=0.2"
)

Get = Callable[..., Awaitable[httpx.Response]]

# What a client sends, what an address under /v1 gives it, what an identity leads it to; "" is 406.
ACCEPTS = [
    (None, "json", "ttl"),
    ("", "json", "ttl"),
    (" , ", "json", "ttl"),
    ("*/*", "json", "ttl"),
    ("*", "json", "ttl"),
    ("*/*;q=0.1", "json", "ttl"),
    ("*/*;q=0", "", ""),
    ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "html", "html"),
    (BROWSER, "html", "html"),
    (RDFLIB, "ttl", "ttl"),
    (RAPPER, "rdf", "rdf"),
    (COMUNICA, "nq", "nq"),
    ("text/turtle, application/x-turtle, */*;q=0.1", "ttl", "ttl"),
    ("application/x-turtle", "ttl", "ttl"),
    ("text/n3", "ttl", "ttl"),
    ("text/turtle;q=0, text/n3", "", ""),
    ("application/ld+json", "jsonld", "jsonld"),
    (
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted,a/b";q=0.9, text/csv;q=0.1',
        "jsonld",
        "jsonld",
    ),
    ("application/json", "json", "json"),
    ("APPLICATION/JSON; charset=UTF-8", "json", "json"),
    ("application/json;q=0.5, text/turtle;q=0.6", "ttl", "ttl"),
    ("application/json;q=0.6, text/turtle;q=0.5", "json", "json"),
    ("application/json, text/turtle", "json", "ttl"),
    ("application/*", "json", "nt"),
    ("text/*", "csv", "ttl"),
    ("text/*;q=0.5, text/html;q=0.1", "csv", "ttl"),
    ("text/html;q=0, */*", "json", "ttl"),
    ("application/json;q=0, */*", "csv", "ttl"),
    ("application/json;q=0, text/turtle;q=0, */*;q=0.3", "csv", "nt"),
    ("text/turtle;version=1.1", "ttl", "ttl"),
    ("text/csv;header=present", "csv", "csv"),
    ("application/jsonl", "ndjson", "ndjson"),
    ("application/x-ndjson, application/json;q=0.9", "ndjson", "ndjson"),
    ("application/vnd.jgf+json", "jgf.json", "jgf.json"),
    ("application/vnd.civicgraph.cytoscape+json", "cytoscape.json", "cytoscape.json"),
    ("application/graphml+xml", "graphml", "graphml"),
    ("text/turtle;q=nan, text/csv;q=0.2", "csv", "csv"),
    ("text/turtle;q=high, text/csv;q=0.2", "csv", "csv"),
    ("text/turtle;q=7, text/csv", "csv", "ttl"),
    ("text/turtle;q=0.0001, text/plain", "ttl", "ttl"),
    ("text/plain", "", ""),
    ("application/xml", "", ""),
    ("image/png, video/*", "", ""),
    ("garbage", "", ""),
    ("text/turtle;q=0", "", ""),
    ("application/vnd.unheard-of+json", "", ""),
]


def chosen(accept: str | None, linked_data: bool) -> str:
    try:
        return negotiate(None, None, accept, LINKED_DATA_ORDER if linked_data else OFFER).suffix
    except NotAcceptable:
        return ""


@pytest.mark.parametrize(("accept", "of_answers", "of_identities"), ACCEPTS)
def test_an_accept_header_chooses_the_format(accept: str | None, of_answers: str, of_identities: str) -> None:
    assert (chosen(accept, False), chosen(accept, True)) == (of_answers, of_identities)


@pytest.mark.parametrize("accept", [RDFLIB, RAPPER, COMUNICA, BROWSER])
async def test_real_clients_get_over_http_what_they_prefer(client: Get, accept: str) -> None:
    told = (await client(RESULTS, headers={"Accept": accept})).headers["content-type"]
    assert told == FORMATS[chosen(accept, False)].content_type


async def test_two_accept_headers_count_as_one(client: Get) -> None:
    answer = await client(RESULTS, headers=[("Accept", "text/turtle;q=0.5"), ("Accept", "text/csv")])
    assert answer.headers["content-type"] == FORMATS["csv"].content_type


@pytest.mark.parametrize(
    ("address", "suffix"),
    [
        (f"{RESULTS}.ttl", "ttl"),
        (f"{RESULTS}.ttl?format=ttl", "ttl"),
        (f"{RESULTS}?format=csv", "csv"),
        (RESULTS, "nt"),
    ],
)
async def test_the_suffix_and_the_parameter_outdo_the_header(client: Get, address: str, suffix: str) -> None:
    answer = await client(address, headers={"Accept": "application/n-triples"})
    assert answer.headers["content-type"] == FORMATS[suffix].content_type


@pytest.mark.parametrize("address", [RESULTS, "/v1/queries/advisors", "/v1/queries", "/v1/schema", "/id/chicago"])
async def test_a_suffix_and_a_parameter_that_name_two_formats_are_refused(client: Get, address: str) -> None:
    told = await client(f"{address}.json?format=html")
    (error,) = told.json()["errors"]
    assert (told.status_code, error["parameter"]) == (400, "format")
    assert error["detail"] == "asks for html, and the address ends in .json; give one of the two"


@pytest.mark.parametrize("suffix", FORMATS)
async def test_every_way_to_ask_for_a_format_gives_the_same_bytes(client: Get, suffix: str) -> None:
    accept = {"Accept": FORMATS[suffix].media_type}
    answers = [await client(f"{RESULTS}.{suffix}"), await client(RESULTS, params={"format": suffix})]
    if suffix != "np.trig":  # which is TriG of a profile, and Accept asks for no profile
        answers.append(await client(RESULTS, headers=accept))
    assert {(a.status_code, a.content, a.headers["content-type"]) for a in answers} == {
        (200, answers[0].content, FORMATS[suffix].content_type)
    }


@pytest.mark.parametrize("address", [f"{RESULTS}.xlsx", f"{RESULTS}?format=xlsx", RESULTS, "/id/chicago.xlsx"])
async def test_what_is_not_on_offer_is_refused_with_all_that_is(client: Get, address: str) -> None:
    told = await client(address, headers={"Accept": "application/vnd.ms-excel"})
    assert told.status_code == 406 and "Accept" in told.headers["vary"]
    beside = () if "/id/" in address else ("svg", "apa.txt", "bib", "csl.json")
    assert {each["suffix"] for each in told.json()["available"]} == {*FORMATS, *beside}


async def test_a_misspelt_suffix_is_told_its_neighbour(client: Get) -> None:
    assert "did you mean 'graphml'" in (await client(f"{RESULTS}.grahpml")).json()["detail"]


@pytest.mark.parametrize("address", ["/v1/queries", "/v1/queries/advisors", "/v1/schema"])
async def test_the_catalogue_is_a_page_for_people_and_records_for_programs(client: Get, address: str) -> None:
    page, records = await client(address, headers={"Accept": BROWSER}), await client(address)
    assert (page.headers["content-type"], records.headers["content-type"]) == (
        "text/html; charset=utf-8",
        "application/json",
    )
    refused = await client(f"{address}.ttl")
    assert {each["suffix"] for each in refused.json()["available"]} == {"json", "html"}


@pytest.mark.parametrize(
    ("name", "kind"), [("chicago", "entities"), (read_queries()["claim"].parameters[0].example, "claims")]
)
@pytest.mark.parametrize(("accept", "suffix"), [("*/*", "ttl"), (BROWSER, "html"), ("application/json", "json")])
async def test_an_identity_leads_to_what_is_known(client: Get, name: str, kind: str, accept: str, suffix: str) -> None:
    told = await client(f"/id/{name}", headers={"Accept": accept})
    assert (told.status_code, told.headers["location"]) == (303, f"../v1/{kind}/{name}.{suffix}")
    assert told.headers["vary"] == "Accept, Accept-Encoding"
