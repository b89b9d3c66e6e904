"""SPARQL over HTTP: three ways to ask, an answer in each syntax, a problem for each fault, what the endpoint is."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx
import pyoxigraph
import pytest
import rdflib

from api.errors import PROBLEMS
from tests.conftest import BASE

QUERY = "SELECT ?s ?p WHERE { ?s ?p <https://w3id.org/civicgraph/terms#City> } ORDER BY ?s ?p"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
WIDE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 19000"
GRAPH = f"{BASE}v1/graph"
TABLES = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/n-quads": "nquads",
    "application/trig": "trig",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


async def ask(client: httpx.AsyncClient, query: str, **headers: str) -> httpx.Response:
    return await client.get("/sparql", params={"query": query}, headers=headers)


def rows(told: httpx.Response) -> list[dict[str, str]]:
    assert told.status_code == 200, told.text
    return [{name: cell["value"] for name, cell in row.items()} for row in told.json()["results"]["bindings"]]


def problem(told: httpx.Response, slug: str) -> dict[str, Any]:
    status, title, _ = PROBLEMS[slug]
    assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
    found: dict[str, Any] = told.json()
    assert (found["type"], found["title"], found["status"]) == (f"{BASE}problems/{slug}", title, status)
    assert told.headers["cache-control"] == "no-store"
    return found


async def test_three_ways_to_ask_get_the_same_answer(sparql: httpx.AsyncClient) -> None:
    got = await ask(sparql, QUERY)
    form = await sparql.post("/sparql", data={"query": QUERY})
    body = await sparql.post(
        "/sparql", content=QUERY, headers={"Content-Type": "application/sparql-query; charset=utf-8"}
    )
    assert len(rows(got)) > 3
    assert got.json() == form.json() == body.json()


async def test_what_is_answered_is_the_newest_edition_and_says_so(sparql: httpx.AsyncClient) -> None:
    told = await ask(sparql, COUNT)
    exported = await sparql.get("/v1/queries/groups-advising-mayors/results.json")
    assert told.headers["result-version"] == exported.headers["result-version"]
    assert told.headers["result-version-at"] == exported.headers["result-version-at"]


@pytest.mark.parametrize("media_type", TABLES)
async def test_a_table_in_each_syntax_has_the_same_rows(sparql: httpx.AsyncClient, media_type: str) -> None:
    told = await ask(sparql, QUERY, Accept=media_type)
    assert told.headers["content-type"].split(";")[0] == media_type
    read: Any = pyoxigraph.parse_query_results(told.content, TABLES[media_type])
    assert [{"s": row["s"].value, "p": row["p"].value} for row in read] == rows(await ask(sparql, QUERY))


async def test_csv_has_the_same_rows_and_asking_gives_a_truth(sparql: httpx.AsyncClient) -> None:
    expected = [f"{row['s']},{row['p']}" for row in rows(await ask(sparql, QUERY))]
    told = await ask(sparql, QUERY, Accept="text/csv")
    assert told.text.splitlines() == ["s,p", *expected]
    assert (await sparql.get("/sparql", params={"query": QUERY, "format": "csv"})).text == told.text
    assert (await ask(sparql, f"ASK {{ <{BASE}id/ice> a ?type }}")).json()["boolean"] is True
    assert (await ask(sparql, f"ASK {{ <{BASE}id/nobody> a ?type }}")).json()["boolean"] is False


@pytest.mark.parametrize("media_type", GRAPHS)
async def test_a_graph_in_each_syntax_has_the_same_triples(sparql: httpx.AsyncClient, media_type: str) -> None:
    query = f"CONSTRUCT WHERE {{ <{BASE}id/mayors-for-america> ?p ?o }}"
    told = await ask(sparql, query, Accept=media_type)
    assert told.headers["content-type"].split(";")[0] == media_type
    read = {
        (str(s), str(p), str(o))
        for s, p, o, *_ in rdflib.Dataset().parse(data=told.content, format=GRAPHS[media_type]).quads()
    }
    plain = await ask(sparql, query, Accept="application/n-triples")
    assert len(read) == len(plain.text.splitlines()) > 3
    assert {s for s, _, _ in read} == {f"{BASE}id/mayors-for-america"}


@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [(COUNT, "text/turtle", "csv"), ("DESCRIBE <x:y>", "text/csv", "ttl"), (COUNT, "image/png", "csv")],
)
async def test_what_an_answer_cannot_be_written_in_is_refused(
    sparql: httpx.AsyncClient, query: str, accept: str, offered: str
) -> None:
    told = problem(await ask(sparql, query, Accept=accept), "not-acceptable")
    assert offered in {each["suffix"] for each in told["available"]}


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("SELECT * WHERE {\n  ?s ?p ;\n}", "line 3, column "),
        ("SELECT ?x WHERE { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }", "line 1, column 19: SERVICE"),
        ("PREFIX a: <http://a.test/>\nDELETE WHERE { ?s ?p ?o }", "line 2, column 1: DELETE"),
        ("LOAD <http://127.0.0.1/>", "line 1, column 1: LOAD"),
        ("SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }", "line 1, column 15: no graph"),
        (f"SELECT * FROM NAMED <{GRAPH}> {{ ?s ?p ?o }}", "line 1, column 15: no graph"),
        ("SELECT * WHERE", "line 1, column 15: "),
    ],
)
async def test_what_is_wrong_with_a_query_is_told_with_its_place(
    sparql: httpx.AsyncClient, query: str, where: str
) -> None:
    [fault] = problem(await ask(sparql, query), "bad-request")["errors"]
    assert fault["parameter"] == "query" and fault["detail"].startswith(where)


async def test_the_one_graph_may_be_named_and_no_other(sparql: httpx.AsyncClient) -> None:
    expected = rows(await ask(sparql, COUNT))
    assert int(expected[0]["n"]) > 1000
    assert rows(await ask(sparql, COUNT.replace("WHERE", f"FROM <{GRAPH}> WHERE"))) == expected
    for name, value, status in [
        ("default-graph-uri", GRAPH, 200),
        ("default-graph-uri", "http://elsewhere.test/", 400),
        ("default-graph-uri", "", 200),  # as forms send what nobody has filled in
        ("named-graph-uri", "", 200),
        ("named-graph-uri", GRAPH, 400),
        ("named-graph-uri", "file:///etc/passwd", 400),
    ]:
        for told in (
            await sparql.get("/sparql", params={"query": COUNT, name: value}),
            await sparql.post("/sparql", data={"query": COUNT, name: value}),
        ):
            assert told.status_code == status
            assert (
                rows(told) == expected
                if status == 200
                else problem(told, "bad-request")["errors"][0]["parameter"] == name
            )


@pytest.mark.parametrize(
    ("body", "kind", "slug"),
    [
        (urlencode({"update": "CLEAR ALL"}), "application/x-www-form-urlencoded", "bad-request"),
        ("CLEAR ALL", "application/sparql-update", "bad-request"),
        (urlencode({"format": "json"}), "application/x-www-form-urlencoded", "bad-request"),
        (urlencode({"query": COUNT, "timeout": "99"}), "application/x-www-form-urlencoded", "bad-request"),
        (urlencode([("query", COUNT), ("query", COUNT)]), "application/x-www-form-urlencoded", "bad-request"),
        (b"query=%ff", "application/x-www-form-urlencoded", "bad-request"),
        (b"\xff", "application/sparql-query", "bad-request"),
        ("", "application/sparql-query", "bad-request"),
        (COUNT, "application/json", "unsupported-media-type"),
        (COUNT + " " * 65_536, "application/sparql-query", "content-too-large"),
    ],
)
async def test_what_is_posted_otherwise_is_refused(
    sparql: httpx.AsyncClient, body: str | bytes, kind: str, slug: str
) -> None:
    problem(await sparql.post("/sparql", content=body, headers={"Content-Type": kind}), slug)


async def test_other_methods_are_told_the_right_ones_and_scripts_of_others_may_ask(sparql: httpx.AsyncClient) -> None:
    told = await sparql.put("/sparql")
    problem(told, "method-not-allowed")
    assert told.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    preflight = await sparql.options("/sparql", headers={"Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204 and "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    for answer in (await ask(sparql, COUNT), await ask(sparql, "x")):
        assert answer.headers["access-control-allow-origin"] == "*"
    head = await sparql.head("/sparql", params={"query": COUNT})
    assert (head.status_code, head.content) == (200, b"") and head.headers["result-version"]


@pytest.mark.parametrize(
    ("query", "slug", "words"),
    [
        ("SELECT ?a { ?a ?b ?c . ?d ?e ?f }", "too-large", "20,000 rows"),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "too-large", "20,000 rows"),
        (
            WIDE,
            "too-large",
            "4,000,000 bytes",
        ),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "too-slow", "3 s"),
    ],
)
async def test_a_limit_that_is_met_is_a_problem_and_never_a_part_of_an_answer(
    sparql: httpx.AsyncClient, query: str, slug: str, words: str
) -> None:
    assert words in problem(await ask(sparql, query), slug)["detail"]
    assert int(rows(await ask(sparql, COUNT))[0]["n"]) > 1000


async def test_a_large_answer_comes_whole(sparql: httpx.AsyncClient) -> None:
    expected = int(rows(await ask(sparql, COUNT))[0]["n"])
    told = await ask(sparql, "SELECT ?s ?p ?o { ?s ?p ?o }", **{"Accept-Encoding": "identity"})
    assert len(rows(told)) == expected
    assert int(told.headers["content-length"]) == len(told.content) > 1 << 18


async def test_without_a_query_the_endpoint_says_what_it_is(sparql: httpx.AsyncClient) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    here, graph = rdflib.URIRef(f"{BASE}sparql"), rdflib.URIRef(GRAPH)
    version, triples = (await ask(sparql, COUNT)).headers["result-version"], rows(await ask(sparql, COUNT))[0]["n"]
    found = []
    for media_type, syntax in GRAPHS.items():
        told = await sparql.get("/sparql", headers={"Accept": media_type})
        assert told.headers["content-type"] == media_type and told.headers["result-version"] == version
        found.append(
            rdflib.Graph().parse(data=told.content, format="turtle" if syntax in ("trig", "nquads") else syntax)
        )
    assert (await sparql.get("/sparql")).headers["content-type"] == "text/turtle"
    for each in found:
        assert set(each) == set(found[0]) and len(each) > 15
        assert (here, rdflib.RDF.type, sd.Service) in each and (here, sd.endpoint, here) in each
        dataset = each.value(here, sd.defaultDataset)
        assert each.value(dataset, sd.defaultGraph) == graph
        assert str(each.value(graph, rdflib.OWL.versionInfo)) == version
        assert str(each.value(graph, rdflib.VOID.triples)) == triples


async def test_where_no_snapshot_is_kept_it_is_told_to_come_again(site: httpx.AsyncClient) -> None:
    told = await ask(site, COUNT)
    problem(told, "unavailable")
    assert int(told.headers["retry-after"]) > 0
    assert (await site.get("/sparql")).status_code == 200


async def test_answers_are_what_the_export_holds(sparql: httpx.AsyncClient) -> None:
    told = json.loads((await ask(sparql, f"SELECT ?p ?o {{ <{BASE}id/ice> ?p ?o }}")).text)["results"]["bindings"]
    entity = rdflib.Graph().parse(data=(await sparql.get("/v1/entities/ice.nt")).content, format="nt")
    names = {str(o) for o in entity.objects(rdflib.URIRef(f"{BASE}id/ice"), rdflib.RDFS.label)}
    assert names and names == {row["o"]["value"] for row in told if row["p"]["value"] == str(rdflib.RDFS.label)}


async def test_of_what_was_asked_the_beginning_is_logged(
    site: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    problem(await ask(site, "x" * 20_000), "unavailable")
    [line] = [record.getMessage() for record in caplog.records if "/sparql" in record.getMessage()]
    assert len(line) < 1000 and "query=xxx" in line
