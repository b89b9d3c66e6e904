"""The answer itself in RDF and graph formats: its rows in order, their columns and claims, and what it depends on."""

import io
import json
from typing import Any

import networkx as nx
import pytest
import rdflib

from api.formats import FORMATS
from graph.result import Result, Row
from schema.vocabulary import TERMS, column_term, iri
from tests.reading_rdf import SYNTAXES, rdflib_graph
from tests.sample_result import CLAIM_RECORDS, PLACE, claim, entity, sample

HERE = rdflib.URIRef(PLACE.here)
GRAPHS = [suffix for suffix, each in FORMATS.items() if each.kind == "graph"]
RANK, RESTS_ON, MATCH, POSSIBLE = (rdflib.URIRef(TERMS + n) for n in ("rank", "restsOn", "temporalMatch", "possible"))

MAYBE, SURELY = "c-0000000000000001", "c-0000000000000003"


def chain(**changes: Any) -> Result:
    """Two steps of a path, a count, and an entity beside its name, of a day on which one claim only may have held."""
    told = {MAYBE: "possible", SURELY: "certain"}
    claims = {r["id"]: r | {"temporal_match": told[r["id"]]} for r in CLAIM_RECORDS if r["id"] in told}
    rows = [
        {"step": 2, "group_id": "river-alliance", "group": "River", "known": 0, "sure": True, "claims": [SURELY]},
        {
            "step": 1,
            "group_id": "vale",
            "group": "Vale",
            "share": 1.5,
            "also": ["a; b", "c"],
            "claims": [MAYBE, SURELY],
        },
        {"step": 3, "claims": []},
    ]
    columns = ("step", "group_id", "group", "known", "share", "sure", "also")
    given: Row = {"columns": columns, "rows": rows, "claims": claims, "parameters": {"as_of": "2026"}}
    return sample(**given | changes)


def told_in_rdf(suffix: str, result: Result) -> list[Row]:
    """What the RDF says of each row, in the order of the ranks: values of columns, claims, certainty."""
    graph, columns = rdflib_graph(suffix, result), iri(column_term(""))
    rows = []
    for member in sorted(graph.objects(HERE, rdflib.URIRef(iri("hydra:member"))), key=lambda m: graph.value(m, RANK)):
        pairs = [(str(p), str(o).removeprefix(f"{PLACE.base}id/")) for p, o in graph.predicate_objects(member)]
        cells: dict[str, list[str]] = {}
        for name, value in pairs:
            if name.startswith(columns):
                cells.setdefault(name.removeprefix(columns), []).append(value)
        of = {str(p): {value for name, value in pairs if name == str(p)} for p in (RESTS_ON, POSSIBLE, MATCH)}
        rows.append({"cells": {name: sorted(values) for name, values in cells.items()}, **of})
    return rows


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_rdf_keeps_the_rows_in_order_with_their_columns_and_claims(suffix: str) -> None:
    second, first, third = told_in_rdf(suffix, chain())

    assert second["cells"] == {"step": ["2"], "group": ["river-alliance"], "known": ["0"], "sure": ["true"]}
    assert first["cells"] == {"step": ["1"], "group": ["vale"], "share": ["1.5"], "also": ["a; b", "c"]}
    assert third["cells"] == {"step": ["3"]}
    assert [row[str(RESTS_ON)] for row in (second, first, third)] == [{SURELY}, {MAYBE, SURELY}, set()]


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_what_depends_on_the_day_asked_about_stands_on_the_row_alone(suffix: str) -> None:
    graph = rdflib_graph(suffix, chain())

    assert [row[str(MATCH)] for row in told_in_rdf(suffix, chain())] == [{"certain"}, {"possible"}, set()]
    assert [row[str(POSSIBLE)] for row in told_in_rdf(suffix, chain())] == [set(), {MAYBE}, set()]
    assert {str(row) for row in graph.subjects(MATCH)} == {f"{PLACE.here}#1", f"{PLACE.here}#2"}


def test_an_answer_changes_nothing_but_itself_with_the_day_asked_about() -> None:
    now, then = (
        rdflib_graph("nt", chain(parameters=given, claims={i: c | match for i, c in sample().claims.items()}))
        for given, match in (({}, {}), ({"as_of": "2025"}, {"temporal_match": "possible"}))
    )

    assert {str(s).partition("#")[0] for s, _, _ in (now - then) + (then - now)} == {PLACE.here}


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_an_answer_says_of_what_day_it_is_and_of_what_was_known_when(suffix: str) -> None:
    graph = rdflib_graph(suffix, chain(parameters={"as_of": "2026-02", "known_at": "2026-03-01T23:59:59Z"}))

    told = {name: graph.value(HERE, rdflib.URIRef(TERMS + name)) for name in ("asOf", "knownAt")}
    assert str(told["asOf"]) == "2026-02" and told["asOf"].datatype == rdflib.XSD.gYearMonth
    assert str(told["knownAt"]).startswith("2026-03-01T23:59:59") and told["knownAt"].datatype == rdflib.XSD.dateTime


def graph_of(suffix: str, result: Result) -> Row:
    """What a graph format says of the answer, in the place that it has for that."""
    written = FORMATS[suffix].write(result, PLACE).decode()
    if suffix == "graphml":
        return dict(nx.read_graphml(io.StringIO(written)).graph)
    body = json.loads(written)
    if suffix == "jgf.json":
        return dict(body["graph"]["metadata"])
    places = {"graph.json": "graph", "cytoscape.json": "data", "d3.json": "meta", "graphology.json": "attributes"}
    return dict(body[places[suffix]])


@pytest.mark.parametrize("suffix", [suffix for suffix in GRAPHS if suffix.endswith("json")])
def test_a_json_graph_keeps_the_rows(suffix: str) -> None:
    second, first, third = graph_of(suffix, chain())["rows"]

    row = {"rank": 1, "step": 2, "group_id": "river-alliance", "group": "River", "known": 0, "sure": True}
    assert second == row | {"claims": [SURELY], "temporal_match": "certain"}
    assert first["also"] == ["a; b", "c"] and first["temporal_match"] == "possible"
    assert third == {"rank": 3, "step": 3} and graph_of(suffix, chain())["as_of"] == "2026"


def test_an_xml_graph_keeps_the_rows_as_lines_that_can_be_read() -> None:
    match, both, sure = "temporal_match: ", f"{MAYBE} | {SURELY}", "known: 0; sure: true"
    told = [
        f"rank: 1; step: 2; group_id: river-alliance; group: River; {sure}; claims: {SURELY}; {match}certain",
        f"rank: 2; step: 1; group_id: vale; group: Vale; share: 1.5; also: a; b | c; claims: {both}; {match}possible",
        "rank: 3; step: 3",
    ]

    assert graph_of("graphml", chain())["rows"].splitlines() == told
    assert "rows: " + "\n".join(told) + "</description>" in FORMATS["gexf"].write(chain(), PLACE).decode()


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_nodes_and_edges_tell_the_rows_that_they_stand_in(suffix: str) -> None:
    file = io.BytesIO(FORMATS[suffix].write(chain(), PLACE))
    graph = nx.read_graphml(file) if suffix == "graphml" else nx.read_gexf(file)
    edges = {data.get("id", key): data for _, _, key, data in graph.edges(keys=True, data=True)}

    assert {id: edge["ranks"] for id, edge in edges.items()} == {SURELY: "1 | 2", MAYBE: "2"}
    assert {id: edge["temporal_match"] for id, edge in edges.items()} == {SURELY: "certain", MAYBE: "possible"}
    assert {id: node["ranks"] for id, node in graph.nodes(data=True) if "ranks" in node} == {
        "river-alliance": "1",
        "vale": "2",
    }


def test_a_hit_without_a_claim_is_a_row_and_a_node() -> None:
    hit = {"id": "vale", "name": "Vale", "type": "City", "claims": []}
    result = Result("search", "Who?", ("id", "name", "type"), [hit], {}, {"vale": entity("vale", "City", "Vale")})

    assert told_in_rdf("ttl", result)[0]["cells"] == {"name": ["vale"], "type": ["City"]}
    assert graph_of("d3.json", result)["rows"] == [{"rank": 1, "id": "vale", "name": "Vale", "type": "City"}]


def test_who_disputes_is_named_in_rdf_though_no_row_does() -> None:
    disputed = claim(4, "ADVISES", "vale", "vale", standing="disputed", disputed_by=["ana-silva"])
    graph = rdflib_graph("ttl", sample(rows=[{"claims": [disputed["id"]]}], claims={disputed["id"]: disputed}))

    (who,) = graph.objects(None, rdflib.URIRef(iri("cg:disputedBy")))
    assert graph.value(who, rdflib.RDFS.label) == rdflib.Literal('Ana "Ani" Silva')
