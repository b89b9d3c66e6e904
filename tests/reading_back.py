"""What other people's parsers find in each format of an answer of one claim, against what the answer says."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph

from api.formats import FORMATS
from graph.result import Result, Row
from tests.reading_rdf import SYNTAXES, oxigraph_lines, rdflib_graph, rdflib_lines
from tests.sample_result import PLACE

BETWEEN = " | "
OF_CLAIM = ("unit", "detail", "condition", "wording", "inferred")
OF_ENTITY = ("name", "aliases", "description", "same_as")


def texts(record: Any) -> Iterator[str]:
    """Every text in a record, at any depth."""
    if isinstance(record, dict):
        yield from (text for value in record.values() for text in texts(value))
    elif isinstance(record, list | tuple):
        yield from (text for value in record for text in texts(value))
    elif isinstance(record, str):
        yield record


def said(result: Result, *fields: str) -> set[str]:
    """What the claim and its evidence say in these fields."""
    [claim] = result.claims.values()
    records = [claim, *claim["evidence"]]
    return {text for record in records for field in fields for text in texts(record.get(field))}


def named(result: Result, *fields: str) -> set[str]:
    """What the entity says in these fields."""
    return {text for field in fields for text in texts(result.entities["ada"].get(field))}


def check_json(written: bytes, result: Result) -> None:
    whole = json.loads(written)
    assert whole["claims"] == result.claims and whole["entities"] == result.entities
    assert whole["data"] == [{k: v for k, v in row.items() if v is not None} for row in result.rows]


def check_ndjson(written: bytes, result: Result) -> None:
    [row] = [json.loads(line) for line in written.decode().split("\n") if line]
    assert {k: row[k] for k in result.rows[0]} == result.rows[0]
    [claim] = result.claims.values()
    assert [q.get("quote") for q in row["quotes"]] == [e.get("quote") for e in claim["evidence"]]
    assert [q.get("pointer") for q in row["quotes"]] == [e.get("pointer") for e in claim["evidence"]]
    assert row["quotes"][0].get("condition") == claim["condition"]


def _in_digits(value: object) -> str:
    """A cell as it is to be written: no number with an exponent."""
    return f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value)


def check_csv(written: bytes, result: Result) -> None:
    [row] = csv.DictReader(io.StringIO(written.decode(), newline=""), strict=True)
    [claim] = result.claims.values()
    expected = {c: _in_digits(result.rows[0][c]) for c in result.columns} | {"condition": claim["condition"]}
    expected |= {"quotes": claim["evidence"][0]["quote"]}
    expected |= {name: BETWEEN.join(claim.get(name, ())) for name in ("wording", "inferred")}
    # An apostrophe keeps a spreadsheet from running what it reads as a formula.
    assert {c: row[c].replace("'", "") for c in expected} == {c: v.replace("'", "") for c, v in expected.items()}


def check_network(suffix: str, written: bytes, result: Result) -> None:
    graph: nx.Graph
    if suffix.endswith("json"):
        read = {"graph.json": nx.node_link_graph, "cytoscape.json": nx.cytoscape_graph}[suffix]
        graph = read(json.loads(written))
    else:
        graph = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[suffix](io.BytesIO(written))
    [(source, target, edge)] = graph.edges(data=True)
    [claim] = result.claims.values()
    nodes = dict(graph.nodes(data=True))
    check_drawn(nodes[source], nodes[target], edge, result)
    assert nodes[source]["label"] == result.entities["ada"]["name"] and edge["relation_type"] == claim["relation"]


def check_drawn(node: Row, value: Row, edge: Row, result: Result) -> None:
    """Lists are text in XML."""
    [claim] = result.claims.values()
    entity = result.entities["ada"]

    def whole(told: Any) -> Any:
        return told if isinstance(told, str) or told is None else BETWEEN.join(told)

    assert {n: whole(node.get(n)) for n in OF_ENTITY[1:]} == {n: whole(entity.get(n)) for n in OF_ENTITY[1:]}
    told = ("detail", "condition", "wording", "inferred")
    assert {n: whole(edge.get(n)) for n in told} == {n: whole(claim.get(n)) for n in told}
    assert edge["quote"] == claim["evidence"][0]["quote"]
    assert edge["source_url"] == result.entities["paper"]["url"]
    assert edge["source_title"] == result.entities["paper"]["name"]
    assert (value["literal"], value["unit"]) == (str(claim["value"]), claim["unit"])


def check_drawing(suffix: str, written: bytes, result: Result) -> None:
    whole = json.loads(written)
    graph = whole.get("graph", whole)
    if suffix == "jgf.json":
        nodes = {key: node["metadata"] for key, node in graph["nodes"].items()}
        [edge] = graph["edges"]
        drawn = edge["metadata"]
    else:
        inner = "attributes" if suffix == "graphology.json" else None
        key = "key" if inner else "id"
        nodes = {node[key]: node[inner] if inner else node for node in graph["nodes"]}
        [edge] = graph["edges" if inner else "links"]
        drawn = edge[inner] if inner else edge
    check_drawn(nodes[edge["source"]], nodes[edge["target"]], drawn, result)


def check_xml(written: bytes, result: Result) -> None:
    root = ElementTree.fromstring(written)
    told = {text for e in root.iter() for text in (e.text, *e.attrib.values()) if text}
    assert said(result, "detail", "condition", "quote") | named(result, "name", "description") <= told


def check_rdf(suffix: str, written: bytes, result: Result) -> None:
    by_both = (oxigraph_lines(suffix, result), rdflib_lines(rdflib_graph(suffix, result)))
    assert by_both[0] == by_both[1] == oxigraph_lines("nt", result)
    terms = {quad.object.value for quad in pyoxigraph.parse(written, SYNTAXES[suffix][0])}
    assert said(result, *OF_CLAIM, "quote", "pointer") | named(result, *OF_ENTITY) <= terms
    [claim] = result.claims.values()
    value = claim["value"]
    assert value in terms or any(
        Decimal(term) == Decimal(repr(value)) for term in terms if re.fullmatch(r"-?[\d.]+", term)
    )


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.links = "", set[str]()
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.links |= {value for name, value in attributes if name == "href" and value}


def check_page(written: bytes, result: Result) -> None:
    # As the standard has it: bare carriage returns become line feeds before anything else is read.
    page = _Page(written.decode().replace("\r\n", "\n").replace("\r", "\n"))
    for text in said(result, "unit", "detail", "condition", "quote", "inferred") | named(result, "name"):
        assert text in page.text, text


def check_nanopub(written: bytes, result: Result) -> None:
    terms = {quad.object.value for quad in pyoxigraph.parse(written, pyoxigraph.RdfFormat.TRIG)}
    assert said(result, *OF_CLAIM, "quote", "pointer") | named(result, "name") <= terms


def check_ftm(written: bytes, result: Result) -> None:
    """Its users drop what cannot be seen and compose what can be composed; names are one line."""
    records = {record["id"]: record["properties"] for record in map(json.loads, written.decode().splitlines())}
    [claim] = result.claims
    note = "\n".join(text for values in records[f"{claim}-note"].values() for text in values)
    for text in said(result, *OF_CLAIM, "quote", "pointer"):
        assert seen(text) in note, text
    name = " ".join(seen(result.entities["ada"]["name"]).split())
    assert records["ada"]["name"] == [re.sub("^[\"'](.*)[\"']$", r"\1", name)]


def seen(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.strip())
    return re.sub("^\ufeff|[\u2028\u2029\u200b-\u200d\x7f-\x9f]", "", composed).strip()


def check(suffix: str, result: Result) -> None:
    """The format says what the answer says."""
    written = FORMATS[suffix].write(result, PLACE)
    if FORMATS[suffix].kind == "rdf":
        check_rdf(suffix, written, result)
    elif suffix in ("graph.json", "cytoscape.json", "graphml", "gexf"):
        check_network(suffix, written, result)
        if not suffix.endswith("json"):
            check_xml(written, result)
    elif FORMATS[suffix].kind == "graph":
        check_drawing(suffix, written, result)
    else:
        {
            "json": check_json,
            "ndjson": check_ndjson,
            "csv": check_csv,
            "html": check_page,
            "np.trig": check_nanopub,
            "ftm.json": check_ftm,
        }[suffix](written, result)
