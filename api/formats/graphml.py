"""GraphML: an answer's graph for yEd, igraph, Gephi, Cytoscape and NetworkX."""

from collections.abc import Iterator

from api.formats.subgraph import Edge, Node, subgraph
from api.formats.xmltext import DECLARATION, Columns, columns, content, quoted, scalar
from api.place import Place
from graph.result import Answer, Row


def write_graphml(answer: Answer, place: Place) -> Iterator[str]:
    """Ids stand a second time as data, as igraph loses those of edges; Gephi tells parallel edges apart by `label`."""
    graph = subgraph(answer, place)
    yield f'{DECLARATION}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield _keys("graph", columns([graph.about]))
    yield _keys("node", graph.node_columns, "label", "node_id")
    yield _keys("edge", graph.edge_columns, "label", "rel_id")
    yield '<graph id="answer" edgedefault="directed">\n' + _data("graph", graph.about)
    for node in graph.nodes:
        yield _node(node, {"label": node.label, "node_id": node.id, **node.attributes})
    for edge, kind in graph.kinds():
        yield _edge(edge, kind, {"label": edge.label, "rel_id": edge.id, **edge.attributes})
    yield "</graph>\n</graphml>\n"


def _keys(owner: str, found: Columns, *own: str) -> str:
    every = sorted((dict.fromkeys(own, "string") | found).items()) if found else ()
    return "".join(
        f'<key id={quoted(f"{owner}-{name}")} for="{owner}" attr.name={quoted(name)} attr.type="{kind}"/>\n'
        for name, kind in every
    )


def _data(owner: str, row: Row) -> str:
    lines = [f"<data key={quoted(f'{owner}-{name}')}>{content(scalar(row[name]))}</data>\n" for name in sorted(row)]
    return "".join(lines)


def _node(node: Node, row: Row) -> str:
    return f"<node id={quoted(node.id)}>\n{_data('node', row)}</node>\n"


def _edge(edge: Edge, kind: str, row: Row) -> str:
    ends = f"source={quoted(edge.source)} target={quoted(edge.target)} label={quoted(kind)}"
    return f"<edge id={quoted(edge.id)} {ends}>\n{_data('edge', row)}</edge>\n"
