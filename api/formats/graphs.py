"""An answer's graph as JSON, in the shapes that NetworkX, Cytoscape, d3, graphology and JGF expect."""

import orjson

from api.formats.subgraph import Edge, Node, Subgraph, subgraph
from api.place import Place
from graph.result import Result, Row


def write_node_link(result: Result, place: Place) -> bytes:
    """NetworkX node-link data; each edge carries its id as `key` too, which keeps parallel edges apart."""
    graph = subgraph(result, place)
    return _dumps(
        {
            "directed": True,
            "multigraph": True,
            "graph": graph.about,
            "nodes": [_flat_node(node) for node in graph.nodes],
            "edges": [{"key": edge.id, **_flat_edge(edge)} for edge in graph.edges],
        }
    )


def write_cytoscape(result: Result, place: Place) -> bytes:
    """Cytoscape.js elements, with what NetworkX and Cytoscape desktop need beside them."""
    graph = subgraph(result, place)
    elements = {
        "nodes": [{"data": _flat_node(node) | {"value": node.id, "name": node.label}} for node in graph.nodes],
        "edges": [{"data": _flat_edge(edge) | {"key": edge.id}} for edge in graph.edges],
    }
    return _dumps({"data": graph.about, "directed": True, "multigraph": True, "elements": elements})


def write_d3(result: Result, place: Place) -> bytes:
    """Nodes and links for d3-force, to be read with `.id(d => d.id)`."""
    graph = subgraph(result, place)
    return _dumps(
        {
            "meta": graph.about,
            "nodes": [_flat_node(node) for node in graph.nodes],
            "links": [_flat_edge(edge) for edge in graph.edges],
        }
    )


def write_graphology(result: Result, place: Place) -> bytes:
    """Serialized graphology graph, for `Graph.from`."""
    graph = subgraph(result, place)
    return _dumps(
        {
            "attributes": graph.about,
            "options": {"type": "directed", "multi": True, "allowSelfLoops": True},
            "nodes": [{"key": n.id, "attributes": {"label": n.label, **n.attributes}} for n in graph.nodes],
            "edges": [
                {
                    "key": e.id,
                    "source": e.source,
                    "target": e.target,
                    "attributes": {"label": e.label, **e.attributes},
                }
                for e in graph.edges
            ],
        }
    )


def write_jgf(result: Result, place: Place) -> bytes:
    """JSON Graph Format v2: its schema allows no member of our own, so all of them go into `metadata`."""
    return _dumps({"graph": _jgf(subgraph(result, place))})


def _jgf(graph: Subgraph) -> Row:
    return {
        "id": graph.about["query_url"],
        "label": graph.about["title"],
        "type": "civicgraph",
        "directed": True,
        "metadata": graph.about,
        "nodes": {node.id: {"label": node.label, "metadata": node.attributes} for node in graph.nodes},
        "edges": [_jgf_edge(edge) for edge in graph.edges],
    }


def _jgf_edge(edge: Edge) -> Row:
    ends = {"id": edge.id, "source": edge.source, "target": edge.target}
    return ends | {
        "relation": edge.relation,
        "directed": True,
        "label": edge.label,
        "metadata": edge.attributes,
    }


def _flat_node(node: Node) -> Row:
    return {"id": node.id, "label": node.label, **node.attributes}


def _flat_edge(edge: Edge) -> Row:
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "label": edge.label,
        **edge.attributes,
    }


def _dumps(document: Row) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
