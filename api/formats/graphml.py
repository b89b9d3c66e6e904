"""GraphML: an answer's graph for yEd, igraph, Gephi, Cytoscape and NetworkX."""

from collections.abc import Iterable

from api.formats.subgraph import Edge, Node, kinds, subgraph
from api.formats.xmltext import DECLARATION, columns, content, quoted, scalar
from api.place import Place
from graph.result import Result, Row


def write_graphml(result: Result, place: Place) -> bytes:
    """Ids stand a second time as data, as igraph loses those of edges; Gephi tells parallel edges apart by `label`."""
    graph = subgraph(result, place)
    nodes = [(node, {"label": node.label, "node_id": node.id, **node.attributes}) for node in graph.nodes]
    edges = [
        (edge, kind, {"label": edge.label, "rel_id": edge.id, **edge.attributes}) for edge, kind in kinds(graph.edges)
    ]
    return "".join(
        [
            DECLARATION,
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n',
            *_keys("graph", [graph.about]),
            *_keys("node", [row for _, row in nodes]),
            *_keys("edge", [row for _, _, row in edges]),
            '<graph id="answer" edgedefault="directed">\n',
            *_data("graph", graph.about),
            *(_node(node, row) for node, row in nodes),
            *(_edge(edge, kind, row) for edge, kind, row in edges),
            "</graph>\n</graphml>\n",
        ]
    ).encode()


def _keys(owner: str, rows: Iterable[Row]) -> list[str]:
    return [
        f'<key id={quoted(f"{owner}-{name}")} for="{owner}" attr.name={quoted(name)} attr.type="{kind}"/>\n'
        for name, kind in columns(rows).items()
    ]


def _data(owner: str, row: Row) -> list[str]:
    return [f"<data key={quoted(f'{owner}-{name}')}>{content(scalar(row[name]))}</data>\n" for name in sorted(row)]


def _node(node: Node, row: Row) -> str:
    return f"<node id={quoted(node.id)}>\n{''.join(_data('node', row))}</node>\n"


def _edge(edge: Edge, kind: str, row: Row) -> str:
    ends = f"source={quoted(edge.source)} target={quoted(edge.target)} label={quoted(kind)}"
    return f"<edge id={quoted(edge.id)} {ends}>\n{''.join(_data('edge', row))}</edge>\n"
