"""Every format an answer can take: one row in one table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from api.formats import ftm, gexf, graphml, graphs, jsonld, nanopub, page, rdf, tables
from api.place import Place
from graph.result import Answer, Result, in_one_part

Writer = Callable[[Answer, Place], Iterator[str] | Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """`suffix` has no leading dot; `media_type` no parameters, which stand in `parameters`.

    `writer` goes through an answer part by part; a page alone may take all of it from the head.
    """

    suffix: str
    media_type: str
    writer: Writer
    kind: Literal["table", "graph", "rdf", "exchange", "page", "picture", "citations"]
    aliases: tuple[str, ...] = ()
    parameters: str = ""

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header."""
        return "; ".join(filter(None, (self.media_type, self.parameters)))

    def stream(self, answer: Answer, place: Place) -> Iterator[bytes]:
        """The answer piece by piece; what it takes in memory is one part of the answer."""
        return (piece.encode() if isinstance(piece, str) else piece for piece in self.writer(answer, place))

    def write(self, result: Result, place: Place) -> bytes:
        """An answer that is in memory, whole."""
        return b"".join(self.stream(in_one_part(result), place))


def _write_page(answer: Answer, place: Place) -> Iterator[bytes]:
    yield page.write_page(answer.head, place, OTHERS)


_FORMATS = (
    Format("json", "application/json", tables.write_json, "table"),
    Format("csv", "text/csv", tables.write_csv, "table", (), "charset=utf-8; header=present"),
    Format(
        "ndjson",
        "application/x-ndjson",
        tables.write_ndjson,
        "table",
        ("application/ndjson", "application/jsonl"),
    ),
    Format("graph.json", "application/vnd.civicgraph.node-link+json", graphs.write_node_link, "graph"),
    Format("cytoscape.json", "application/vnd.civicgraph.cytoscape+json", graphs.write_cytoscape, "graph"),
    Format("d3.json", "application/vnd.civicgraph.d3+json", graphs.write_d3, "graph"),
    Format("graphology.json", "application/vnd.civicgraph.graphology+json", graphs.write_graphology, "graph"),
    Format("jgf.json", "application/vnd.jgf+json", graphs.write_jgf, "graph"),
    Format("graphml", "application/graphml+xml", graphml.write_graphml, "graph"),
    Format("gexf", "application/gexf+xml", gexf.write_gexf, "graph"),
    Format("ttl", "text/turtle", rdf.write_turtle, "rdf", ("application/x-turtle", "text/n3")),
    Format("nt", "application/n-triples", rdf.write_ntriples, "rdf"),
    Format("nq", "application/n-quads", rdf.write_ntriples, "rdf", ("text/x-nquads",)),
    Format("trig", "application/trig", rdf.write_turtle, "rdf", ("application/x-trig",)),
    Format("jsonld", "application/ld+json", jsonld.write_jsonld, "rdf"),
    Format("rdf", "application/rdf+xml", rdf.write_rdfxml, "rdf", ("text/rdf",)),
    Format("np.trig", "application/trig", nanopub.write_nanopubs, "exchange", (), f'profile="{nanopub.PROFILE}"'),
    Format("ftm.json", "application/json+ftm", ftm.write_ftm, "exchange"),
    Format("html", "text/html", _write_page, "page", (), "charset=utf-8"),
)

FORMATS: dict[str, Format] = {each.suffix: each for each in _FORMATS}
"""By suffix, in the order in which the server prefers them where a client leaves it the choice."""

OTHERS = {suffix: each.media_type for suffix, each in FORMATS.items() if suffix != "html"}
"""The media types of all formats but the page, by suffix."""

__all__ = ["FORMATS", "OTHERS", "Format"]
