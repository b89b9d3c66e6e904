"""The graph formats as JavaScript libraries read them; one node process for all."""

from typing import Any

import pytest

from api.formats import FORMATS
from api.formats.subgraph import subgraph
from graph.result import Result, in_one_part
from tests.consumers import OF_JS, javascript
from tests.sample_result import HOSTILE, PLACE, empty, sample


def understood(result: Result) -> dict[str, Any]:
    """What each library makes of its file."""
    given = {suffix: FORMATS[suffix].write(result, PLACE).decode() for suffix in OF_JS}
    return dict(javascript("consume.mjs", given))


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    return understood(sample())


@pytest.mark.parametrize("suffix", OF_JS)
def test_a_javascript_library_finds_every_node_and_edge(read: dict[str, Any], suffix: str) -> None:
    graph = subgraph(in_one_part(sample()), PLACE)

    assert {node["id"] for node in read[suffix]["nodes"]} == {node.id for node in graph.nodes}
    assert {(e["id"], e["source"], e["target"]) for e in read[suffix]["edges"]} == {
        (edge.id, edge.source, edge.target) for edge in graph.edges
    }


@pytest.mark.parametrize("suffix", OF_JS)
def test_a_javascript_library_keeps_labels_quotes_and_claims(read: dict[str, Any], suffix: str) -> None:
    labels = {node["id"]: node["label"] for node in read[suffix]["nodes"]}
    found = {edge["id"]: edge for edge in read[suffix]["edges"]}

    assert labels["river-alliance"] == HOSTILE and found["c-0000000000000005"]["quote"] == HOSTILE
    assert found["c-0000000000000002"]["valid_from"] == "2024-02"
    for name, edge in found.items():
        claims = edge["claims"]
        assert (claims.split(" | ") if isinstance(claims, str) else claims) == [name]


def test_graphology_knows_the_graph_as_directed_and_multi(read: dict[str, Any]) -> None:
    assert (read["graphology.json"]["type"], read["graphology.json"]["multi"]) == ("directed", True)
    assert read["gexf"]["multi"] and read["graphml"]["multi"]


def test_cytoscape_makes_no_compound_nodes(read: dict[str, Any]) -> None:
    assert not [node for node in read["cytoscape.json"]["nodes"] if node["compound"]]


@pytest.mark.usefixtures("read")
def test_the_libraries_read_an_empty_answer() -> None:
    assert all(not graph["nodes"] and not graph["edges"] for graph in understood(empty()).values())
