"""GEXF 1.3: an answer's graph for Gephi and Gephi Lite, each edge with the days on which it may hold."""

from collections.abc import Iterator

from api.formats.subgraph import Edge, Node, Subgraph, subgraph
from api.formats.xmltext import DECLARATION, Columns, content, quoted, scalar
from api.place import Place
from graph.result import Answer, Row
from schema.values import day_bounds

OPENING = '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
GRAPH = (
    '<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date"'
    ' timerepresentation="interval">\n'
)


def write_gexf(answer: Answer, place: Place) -> Iterator[str]:
    """Start and end are whole days; the dates as the source gives them stand in `valid_from`, `valid_to`."""
    graph = subgraph(answer, place)
    node_columns, edge_columns = _numbered(graph.node_columns), _numbered(graph.edge_columns)
    yield DECLARATION + OPENING + _meta(graph) + GRAPH
    yield _attributes("node", node_columns) + _attributes("edge", edge_columns)
    yield "<nodes>\n"
    for node in graph.nodes:
        yield _node(node, node_columns)
    yield "</nodes>\n<edges>\n"
    for edge, kind in graph.kinds():
        yield _edge(edge, kind, edge_columns)
    yield "</edges>\n</graph>\n</gexf>\n"


Numbered = dict[str, tuple[int, str]]


def _numbered(found: Columns) -> Numbered:
    return {name: (number, kind) for number, (name, kind) in enumerate(found.items())}


def _meta(graph: Subgraph) -> str:
    # The schema has no slot for more than these three; the rest goes into the description, one fact a line.
    facts = "\n".join(f"{name}: {scalar(value)}" for name, value in graph.about.items())
    return (
        f"<meta>\n<creator>civicgraph</creator>\n<keywords>{content(graph.about['query'])}</keywords>\n"
        f"<description>{content(facts)}</description>\n</meta>\n"
    )


def _attributes(owner: str, found: Numbered) -> str:
    lines = [f'<attribute id="{n}" title={quoted(name)} type="{kind}"/>\n' for name, (n, kind) in found.items()]
    return f'<attributes class="{owner}">\n{"".join(lines)}</attributes>\n'


def _values(row: Row, found: Numbered) -> str:
    lines = [f'<attvalue for="{found[name][0]}" value={quoted(scalar(row[name]))}/>\n' for name in sorted(row)]
    return f"<attvalues>\n{''.join(lines)}</attvalues>\n"


def _node(node: Node, found: Numbered) -> str:
    return f"<node id={quoted(node.id)} label={quoted(node.label)}>\n{_values(node.attributes, found)}</node>\n"


def _edge(edge: Edge, kind: str, found: Numbered) -> str:
    ends = f"id={quoted(edge.id)} source={quoted(edge.source)} target={quoted(edge.target)}"
    return (
        f"<edge {ends} label={quoted(edge.label)} kind={quoted(kind)}{_interval(edge)}>\n"
        f"{_values(edge.attributes, found)}</edge>\n"
    )


def _interval(edge: Edge) -> str:
    start, end = edge.attributes.get("valid_from"), edge.attributes.get("valid_to")
    opened = f' start="{day_bounds(start)[0]}"' if start else ""
    return opened + (f' end="{day_bounds(end)[1]}"' if end else "")
