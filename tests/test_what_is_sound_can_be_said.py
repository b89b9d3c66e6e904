"""Whatever `check` calls sound, each format says to the last character, as other people's parsers read it."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph
import pytest
import rdflib
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from api.formats import FORMATS
from graph.result import Result, Row
from graph.said import filled
from schema.claims import Quote
from schema.values import Text, Url
from seed.parse import parse_claims
from seed.resolve import resolve
from tests.reading_rdf import SYNTAXES, oxigraph_lines, rdflib_graph, rdflib_lines
from tests.sample_result import PLACE

EXAMPLES = 25
BETWEEN = " | "

# What some syntax or other takes for its own, what readers turn into something else, and what stands at the edges.
AWKWARD = (
    *"\t\n\r\"'\\<>&;,=+-@|#{}[]%^`~$_:/?*!",
    *"\u00a0\u00ad\u0301\u0600\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u3000\ufeff\ufffc\ufffd\ue000\ud7ff\uff1d",
    *"\U00010000\U0001f3d9\U000e0001\U0010fffd",
    *("\r\n", "]]>", "-->", "</script>", "${x}", "{{ x }}", "\\u0041", "&amp;", "'''", '"""', "\\", "%00", "a b"),
)


@pytest.fixture(autouse=True)
def _rdflib_keeps_literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def _is_sound(kind: TypeAdapter[str]) -> Callable[[str], bool]:
    def sound(text: str) -> bool:
        try:
            return kind.validate_python(text) is not None
        except ValidationError:
            return False

    return sound


def words(kind: Any = Text) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(AWKWARD)
    return st.lists(letters, min_size=1, max_size=12).map("".join).filter(_is_sound(TypeAdapter(kind)))


ADDRESSES = st.one_of(
    st.lists(st.sampled_from("a é[]#%41;=&?/.:@!$'()*,~_-"), max_size=8).map(
        lambda rest: f"https://x.example/{''.join(rest)}"
    ),
    st.sampled_from(
        ["https://é.example/#f?/", "http://[::1]:80", "https://me:x@x.example:/a/../b//", "https://x.example?#"]
    ),
).filter(_is_sound(TypeAdapter(Url)))
VALUES = st.one_of(
    words(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: Decimal(repr(number))),
)


@st.composite
def claims_files(draw: st.DrawFn) -> Row:
    """A claims file with every kind of free text, address and number in it."""
    quote = draw(words(Quote)).strip()
    several = st.lists(words(), max_size=2, unique=True)
    person: Row = {"id": "ada", "name": draw(words()), "aliases": draw(several), "description": draw(words())}
    return {
        "document": {"id": "paper", "name": draw(words()), "licence": draw(words()), "url": draw(ADDRESSES)},
        "entities": {"Group": [person | {"of": "Person", "same_as": draw(st.lists(ADDRESSES, max_size=2))}]},
        "claims": [
            {
                "relation": "HAS_SIZE",
                "subject": "ada",
                "value": draw(VALUES),
                **{name: draw(words()) for name in ("unit", "detail", "condition")},
                **{name: draw(several) for name in ("wording", "inferred")},
                "evidence": [
                    {"quote": quote, "start": 3, "end": 3 + len(quote)},
                    {"pointer": draw(words())},
                ],
            }
        ],
    }


class _Written(yaml.SafeDumper):
    """Writes numbers as people do, digit by digit."""

    def number(self, number: Decimal) -> yaml.ScalarNode:
        digits = format(number, "f")
        return self.represent_scalar("tag:yaml.org,2002:float", digits if "." in digits else f"{digits}.0")


_Written.add_representer(Decimal, _Written.number)


def checked(written: Row) -> Result | None:
    """The answer that shows the claims of the file; None where `check` finds a fault."""
    made = parse_claims("paper.yaml", yaml.dump(written, Dumper=_Written, allow_unicode=True))
    resolve([made])
    if made.problems:
        return None
    assert made.document
    [entity], [claim] = [each.entity for each in made.entities], [each.claim for each in made.claims]
    assert entity and claim
    entities = {
        e.id: filled(e) | {"type": type(e).__name__, "types": [*e.labels()[1:]]} for e in (made.document, entity)
    }
    told = {"id": claim.id, "relation": claim.relation(), "standing": "current", "attributed_to": ["paper"]}
    told |= {"recorded_at": "2026-02-18T09:00:00Z"}
    row = {"id": "ada", "name": entity.name, "size": claim.value, "detail": claim.detail, "claims": [claim.id]}
    columns = tuple(row)[:-1]
    return Result("figures", "How many?", columns, [row], {claim.id: filled(claim) | told}, entities)


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


OF_CLAIM = ("unit", "detail", "condition", "wording", "inferred")
OF_ENTITY = ("name", "aliases", "description", "same_as")


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


def check_csv(written: bytes, result: Result) -> None:
    [row] = csv.DictReader(io.StringIO(written.decode(), newline=""), strict=True)
    [claim] = result.claims.values()
    expected = {c: str(result.rows[0][c]) for c in result.columns} | {"condition": claim["condition"]}
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
        {"json": check_json, "ndjson": check_ndjson, "csv": check_csv, "html": check_page}[suffix](written, result)


@pytest.mark.parametrize("kind", sorted({each.kind for each in FORMATS.values()}))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(claims_files())
def test_whatever_is_sound_is_read_back_from_every_format(kind: str, written: Row) -> None:
    if result := checked(written):
        for suffix in (suffix for suffix, each in FORMATS.items() if each.kind == kind):
            check(suffix, result)
