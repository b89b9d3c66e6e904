"""An answer's graph as JSON, in the shapes that NetworkX, Cytoscape, d3, graphology and JGF expect."""

from collections.abc import Iterator

from api.formats.jsontext import Keyed, Listed, dumped
from api.formats.subgraph import Edge, Node, Subgraph, subgraph
from api.place import Place
from graph.result import Answer, Row


def write_node_link(answer: Answer, place: Place) -> Iterator[bytes]:
    """NetworkX node-link data; each edge carries its id as `key` too, which keeps parallel edges apart."""
    graph = subgraph(answer, place)
    return dumped(
        {
            "directed": True,
            "multigraph": True,
            "graph": graph.about,
            "nodes": Listed(map(_flat_node, graph.nodes)),
            "edges": Listed({"key": edge.id, **_flat_edge(edge)} for edge in graph.edges),
        }
    )


def write_cytoscape(answer: Answer, place: Place) -> Iterator[bytes]:
    """Cytoscape.js elements, with what NetworkX and Cytoscape desktop need beside them."""
    graph = subgraph(answer, place)
    elements = {
        "nodes": Listed({"data": _flat_node(n) | {"value": n.id, "name": n.label}} for n in graph.nodes),
        "edges": Listed({"data": _flat_edge(edge) | {"key": edge.id}} for edge in graph.edges),
    }
    return dumped({"data": graph.about, "directed": True, "multigraph": True, "elements": elements})


def write_d3(answer: Answer, place: Place) -> Iterator[bytes]:
    """Nodes and links for d3-force, to be read with `.id(d => d.id)`."""
    graph = subgraph(answer, place)
    return dumped(
        {
            "meta": graph.about,
            "nodes": Listed(map(_flat_node, graph.nodes)),
            "links": Listed(map(_flat_edge, graph.edges)),
        }
    )


def write_graphology(answer: Answer, place: Place) -> Iterator[bytes]:
    """Serialized graphology graph, for `Graph.from`."""
    graph = subgraph(answer, place)
    return dumped(
        {
            "attributes": graph.about,
            "options": {"type": "directed", "multi": True, "allowSelfLoops": True},
            "nodes": Listed({"key": n.id, "attributes": {"label": n.label, **n.attributes}} for n in graph.nodes),
            "edges": Listed(
                {
                    "key": e.id,
                    "source": e.source,
                    "target": e.target,
                    "attributes": {"label": e.label, **e.attributes},
                }
                for e in graph.edges
            ),
        }
    )


def write_jgf(answer: Answer, place: Place) -> Iterator[bytes]:
    """JSON Graph Format v2: its schema allows no member of our own, so all of them go into `metadata`."""
    return dumped({"graph": _jgf(subgraph(answer, place))})


def _jgf(graph: Subgraph) -> Row:
    return {
        "id": graph.about["query_url"],
        "label": graph.about["title"],
        "type": "civicgraph",
        "directed": True,
        "metadata": graph.about,
        "nodes": Keyed((node.id, {"label": node.label, "metadata": node.attributes}) for node in graph.nodes),
        "edges": Listed(map(_jgf_edge, graph.edges)),
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
