"""GEXF 1.3: an answer's graph for Gephi and Gephi Lite, each edge with the days on which it may hold."""

from api.formats.subgraph import Edge, Node, Subgraph, kinds, subgraph
from api.formats.xmltext import DECLARATION, columns, content, quoted, scalar
from api.place import Place
from graph.result import Result, Row
from schema.values import day_bounds

OPENING = '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
GRAPH = (
    '<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date"'
    ' timerepresentation="interval">\n'
)


def write_gexf(result: Result, place: Place) -> bytes:
    """Start and end are whole days; the dates as the source gives them stand in `valid_from`, `valid_to`."""
    graph = subgraph(result, place)
    node_columns = _numbered([node.attributes for node in graph.nodes])
    edge_columns = _numbered([edge.attributes for edge in graph.edges])
    return "".join(
        [
            DECLARATION,
            OPENING,
            _meta(graph),
            GRAPH,
            _attributes("node", node_columns),
            _attributes("edge", edge_columns),
            "<nodes>\n",
            *(_node(node, node_columns) for node in graph.nodes),
            "</nodes>\n<edges>\n",
            *(_edge(edge, kind, edge_columns) for edge, kind in kinds(graph.edges)),
            "</edges>\n</graph>\n</gexf>\n",
        ]
    ).encode()


Columns = dict[str, tuple[int, str]]


def _numbered(rows: list[Row]) -> Columns:
    return {name: (number, kind) for number, (name, kind) in enumerate(columns(rows).items())}


def _meta(graph: Subgraph) -> str:
    # The schema has no slot for more than these three; the rest goes into the description, one fact a line.
    facts = "\n".join(f"{name}: {scalar(value)}" for name, value in graph.about.items())
    return (
        f"<meta>\n<creator>civicgraph</creator>\n<keywords>{content(graph.about['query'])}</keywords>\n"
        f"<description>{content(facts)}</description>\n</meta>\n"
    )


def _attributes(owner: str, found: Columns) -> str:
    lines = [f'<attribute id="{n}" title={quoted(name)} type="{kind}"/>\n' for name, (n, kind) in found.items()]
    return f'<attributes class="{owner}">\n{"".join(lines)}</attributes>\n'


def _values(row: Row, found: Columns) -> str:
    lines = [f'<attvalue for="{found[name][0]}" value={quoted(scalar(row[name]))}/>\n' for name in sorted(row)]
    return f"<attvalues>\n{''.join(lines)}</attvalues>\n"


def _node(node: Node, found: Columns) -> str:
    return f"<node id={quoted(node.id)} label={quoted(node.label)}>\n{_values(node.attributes, found)}</node>\n"


def _edge(edge: Edge, kind: str, found: Columns) -> str:
    ends = f"id={quoted(edge.id)} source={quoted(edge.source)} target={quoted(edge.target)}"
    return (
        f"<edge {ends} label={quoted(edge.label)} kind={quoted(kind)}{_interval(edge)}>\n"
        f"{_values(edge.attributes, found)}</edge>\n"
    )


def _interval(edge: Edge) -> str:
    start, end = edge.attributes.get("valid_from"), edge.attributes.get("valid_to")
    opened = f' start="{day_bounds(start)[0]}"' if start else ""
    return opened + (f' end="{day_bounds(end)[1]}"' if end else "")
