"""The graph formats, each read by programs that people use: NetworkX and igraph."""

import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import igraph
import jsonschema
import networkx as nx
import pytest

from api.formats import FORMATS
from api.formats.subgraph import COPIED, TOLD, subgraph
from graph.result import Result, in_one_part
from tests.sample_result import CLAIM_RECORDS, HOSTILE, PLACE, claim, empty, entity, sample

GEXF = "{http://gexf.net/1.3}"
GRAPH_FORMATS = [suffix for suffix, each in FORMATS.items() if each.kind == "graph"]
READ_BY_NETWORKX = ["graph.json", "cytoscape.json", "graphml", "gexf"]
EDGES = {record["id"]: record for record in CLAIM_RECORDS}

# Readers keep these names for themselves: place on the screen, drawing program, compound parent.
RESERVED = frozenset({
    "id", "key", "source", "target", "parent", "type", "label", "name", "value", "index", "weight", "kind",
    "x", "y", "z", "vx", "vy", "fx", "fy", "size", "color", "shape", "thickness",
})  # fmt: skip

# The rules of JSON Graph Format v2 that our file could break: no other member, and edges always there.
OPEN, TEXT, YES = {"type": "object"}, {"type": "string"}, {"const": True}
JGF_NODE = {"properties": {"label": TEXT, "metadata": OPEN}, "additionalProperties": False}
JGF_EDGE = {
    "properties": dict.fromkeys(("id", "source", "target", "relation", "label"), TEXT)
    | {"directed": YES, "metadata": OPEN},
    "additionalProperties": False,
    "required": ["source", "target"],
}
JGF_GRAPH = {
    "properties": dict.fromkeys(("id", "label", "type"), TEXT)
    | {"directed": YES, "metadata": OPEN}
    | {"nodes": {"type": "object", "additionalProperties": JGF_NODE}}
    | {"edges": {"type": "array", "items": JGF_EDGE}},
    "additionalProperties": False,
    "required": ["nodes", "edges"],
}
JGF = {"properties": {"graph": JGF_GRAPH}, "required": ["graph"], "additionalProperties": False}


def write(suffix: str, result: Result) -> bytes:
    return FORMATS[suffix].write(result, PLACE)


def by_networkx(suffix: str, result: Result) -> nx.Graph:
    """The file as NetworkX reads it without any option."""
    file = write(suffix, result)
    if suffix == "graph.json":
        return nx.node_link_graph(json.loads(file))
    if suffix == "cytoscape.json":
        return nx.cytoscape_graph(json.loads(file))
    return {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[suffix](io.BytesIO(file))


def edges(graph: nx.Graph) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Source, target and attributes by edge id; GEXF keeps the id among the attributes only."""
    found = graph.edges(keys=True, data=True)
    return {data.get("id", key): (source, target, data) for source, target, key, data in found}


def several(value: Any) -> list[str]:
    """XML formats hold lists as text."""
    return value.split(" | ") if isinstance(value, str) else list(value)


@pytest.fixture
def igraph_file(tmp_path: Path) -> str:
    file = tmp_path / "answer.graphml"
    file.write_bytes(write("graphml", sample()))
    return str(file)


@pytest.mark.parametrize("suffix", READ_BY_NETWORKX)
def test_networkx_reads_every_node_and_parallel_edge(suffix: str) -> None:
    graph = by_networkx(suffix, sample())

    assert graph.is_directed() and graph.is_multigraph()
    assert {n: data["label"] for n, data in graph.nodes(data=True)} == {
        node.id: node.label for node in subgraph(in_one_part(sample()), PLACE).nodes
    }
    assert set(edges(graph)) == set(EDGES)
    assert graph.number_of_edges("river-alliance", "mira-vale") == 3 and graph.has_edge("vale", "vale")


@pytest.mark.parametrize("suffix", READ_BY_NETWORKX)
def test_networkx_keeps_claims_quotes_dates_and_statuses_of_edges(suffix: str) -> None:
    for name, (source, target, data) in edges(by_networkx(suffix, sample())).items():
        record = EDGES[name]
        assert several(data["claims"]) == [name]
        assert (source, target) == (record["subject"], record.get("object", f"{name}-value"))
        assert data["quote"] == record["evidence"][0]["quote"] and data["status"] == record["status"]
        assert data.get("valid_from") == record.get("valid_from")
        assert data["relation_type"] == record["relation"]


@pytest.mark.parametrize("suffix", READ_BY_NETWORKX)
def test_networkx_keeps_awkward_text_to_the_last_character(suffix: str) -> None:
    graph = by_networkx(suffix, sample())

    assert graph.nodes["river-alliance"]["label"] == HOSTILE
    assert edges(graph)["c-0000000000000005"][2]["quote"] == HOSTILE
    assert several(graph.nodes["river-alliance"]["aliases"]) == ["=HYPERLINK(1)", "River, Alliance"]


@pytest.mark.parametrize("suffix", READ_BY_NETWORKX)
def test_networkx_reads_an_empty_answer(suffix: str) -> None:
    graph = by_networkx(suffix, empty())

    assert (len(graph), graph.number_of_edges()) == (0, 0) and graph.is_directed()


@pytest.mark.parametrize("suffix", ["graph.json", "cytoscape.json", "graphml"])
def test_the_graph_itself_says_where_it_is_from_and_whether_it_is_whole(suffix: str) -> None:
    about = by_networkx(suffix, sample(next_cursor="abc")).graph

    assert about["query_url"] == PLACE.here and about["title"] == sample().question
    assert about["truncated"] is True and (about["total_nodes"], about["total_edges"]) == (10, 10)


def test_igraph_reads_ids_labels_and_quotes(igraph_file: str) -> None:
    graph = igraph.Graph.Read_GraphML(igraph_file)

    assert graph.is_directed() and (graph.vcount(), graph.ecount()) == (10, 10)
    assert sorted(graph.es["rel_id"]) == sorted(EDGES)
    assert graph.vs.find(node_id="river-alliance")["label"] == HOSTILE
    assert {e["rel_id"]: e["quote"] for e in graph.es}["c-0000000000000005"] == HOSTILE


@pytest.mark.parametrize("suffix", GRAPH_FORMATS)
def test_a_single_entity_without_claims_is_a_graph_of_one_node(suffix: str) -> None:
    lone = entity("vale", "City", "Vale")
    result = Result("entity", "What is Vale?", ("id",), [{"id": "vale", "claims": []}], {}, {"vale": lone})

    assert [node.id for node in subgraph(in_one_part(result), PLACE).nodes] == ["vale"]
    assert b"Vale" in write(suffix, result)


def test_entities_that_only_speak_or_document_are_no_nodes() -> None:
    nodes = {node.id for node in subgraph(in_one_part(sample()), PLACE).nodes}

    assert "minutes" not in nodes and "vale-gazette-2026" in nodes


def test_node_and_edge_ids_share_one_namespace() -> None:
    graph = subgraph(in_one_part(sample()), PLACE)
    ids = [node.id for node in graph.nodes] + [edge.id for edge in graph.edges]

    assert len(set(ids)) == len(ids)
    assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= {n.id for n in graph.nodes}


def test_no_attribute_takes_a_name_that_readers_keep_for_themselves() -> None:
    graph = subgraph(in_one_part(sample()), PLACE)
    rows = [node.attributes for node in graph.nodes] + [edge.attributes for edge in graph.edges]
    used = {name for row in rows for name in row}

    assert not RESERVED & (used | set(TOLD) | set(COPIED))


def test_a_literal_claim_ends_in_a_node_of_its_value() -> None:
    values = {
        node.id: node.label for node in subgraph(in_one_part(sample()), PLACE).nodes if node.id.endswith("-value")
    }

    assert sorted(values.values()) == ["14 %", "1e-07 %", "dozens people"]


@pytest.mark.parametrize("suffix", [s for s in GRAPH_FORMATS if s.endswith("json")])
def test_no_json_graph_holds_null(suffix: str) -> None:
    assert not re.search(rb"[\[:,]null\b", write(suffix, sample()))


@pytest.mark.parametrize("result", [sample(), empty()], ids=["sample", "empty"])
def test_jgf_keeps_to_its_schema_and_its_edges_to_its_nodes(result: Result) -> None:
    body = json.loads(write("jgf.json", result))

    jsonschema.validate(body, JGF)
    graph = body["graph"]
    assert {end for edge in graph["edges"] for end in (edge["source"], edge["target"])} <= set(graph["nodes"])
    assert {edge["id"] for edge in graph["edges"]} == set(result.claims)


def test_gexf_holds_one_block_of_attributes_a_class_and_always_nodes_and_edges() -> None:
    for result in (sample(), empty()):
        graph = ET.fromstring(write("gexf", result)).find(f"{GEXF}graph")
        assert graph is not None
        assert [part.tag for part in graph] == [GEXF + t for t in ("attributes", "attributes", "nodes", "edges")]
        assert [part.get("class") for part in graph[:2]] == ["node", "edge"]
        assert graph.get("defaultedgetype") == "directed" and graph.get("timeformat") == "date"


def test_gexf_pads_partial_dates_and_keeps_the_original() -> None:
    found = ET.fromstring(write("gexf", sample())).iter(f"{GEXF}edge")
    spans = {e.get("id"): (e.get("start"), e.get("end")) for e in found}

    assert spans["c-0000000000000001"] == ("2026-01-01", None)
    assert spans["c-0000000000000002"] == ("2024-02-01", "2025-06-30")
    assert edges(by_networkx("gexf", sample()))["c-0000000000000002"][2]["valid_from"] == "2024-02"


def test_gexf_gives_parallel_edges_kinds_of_their_own() -> None:
    found = [
        (e.get("source"), e.get("target"), e.get("kind"))
        for e in ET.fromstring(write("gexf", sample())).iter(f"{GEXF}edge")
    ]

    assert len(set(found)) == len(found) and ("river-alliance", "mira-vale", "ADVISES#3") in found


def test_gexf_titles_are_unique_whatever_their_case() -> None:
    nodes, edges = ET.fromstring(write("gexf", sample())).iter(f"{GEXF}attributes")
    for block in (nodes, edges):
        titles = [str(attribute.get("title")).lower() for attribute in block]
        assert len(set(titles)) == len(titles)


def test_graphml_declares_every_key_for_one_class_with_a_type_that_all_readers_know() -> None:
    keys = re.findall(r'<key id="(\w+)-\w+" for="(\w+)" [^>]*attr.type="(\w+)"', write("graphml", sample()).decode())

    assert {owner for _, owner, _ in keys} == {"graph", "node", "edge"}
    assert all(name == owner for name, owner, _ in keys)
    assert {kind for _, _, kind in keys} <= {"boolean", "long", "double", "string"}


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_lists_read_as_text_in_xml(suffix: str) -> None:
    written = write(suffix, sample()).decode()

    assert "=HYPERLINK(1) | River, Alliance" in written and "minutes | vale-gazette-2026" in written
    assert "[&quot;" not in written and '["' not in written


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_characters_that_xml_cannot_carry_are_left_out(suffix: str) -> None:
    claims = sample().claims | {
        "c-0000000000000004": claim(4, "ADVISES", "vale", "vale", detail="a\x00b\x0b\ufffe\x1fc")
    }
    city = entity("vale", "City", "V\x08ale")

    graph = by_networkx(suffix, sample(claims=claims, entities=sample().entities | {"vale": city}))

    assert graph.nodes["vale"]["label"] == "Vale" and edges(graph)["c-0000000000000004"][2]["detail"] == "abc"
