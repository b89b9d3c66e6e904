"""What an answer can be written in: tables for SELECT and ASK, graphs for CONSTRUCT and DESCRIBE, a page for people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Syntax:
    """`suffix` is what `format` takes; `name` is what W3C calls it, where it has a name for it."""

    suffix: str
    media_type: str
    aliases: tuple[str, ...] = ()
    parameters: str = ""
    name: str = ""

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header."""
        return "; ".join(filter(None, (self.media_type, self.parameters)))


_W3C = "http://www.w3.org/ns/formats/"
PAGE = Syntax("html", "text/html", (), "charset=utf-8")
TABLES = (
    Syntax("json", "application/sparql-results+json", ("application/json",), "", f"{_W3C}SPARQL_Results_JSON"),
    Syntax("xml", "application/sparql-results+xml", ("application/xml", "text/xml"), "", f"{_W3C}SPARQL_Results_XML"),
    Syntax("csv", "text/csv", (), "charset=utf-8; header=present", f"{_W3C}SPARQL_Results_CSV"),
    Syntax("tsv", "text/tab-separated-values", (), "charset=utf-8", f"{_W3C}SPARQL_Results_TSV"),
)
GRAPHS = (
    Syntax("ttl", "text/turtle", ("application/x-turtle", "text/n3"), "", f"{_W3C}Turtle"),
    Syntax("nt", "application/n-triples", (), "", f"{_W3C}N-Triples"),
    Syntax("nq", "application/n-quads", ("text/x-nquads",), "", f"{_W3C}N-Quads"),
    Syntax("trig", "application/trig", ("application/x-trig",), "", f"{_W3C}TriG"),
    Syntax("jsonld", "application/ld+json", ("application/json",), "", f"{_W3C}JSON-LD"),
    Syntax("rdf", "application/rdf+xml", ("application/xml", "text/xml", "text/rdf"), "", f"{_W3C}RDF_XML"),
)
