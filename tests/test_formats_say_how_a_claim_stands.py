"""Each format read back: how a claim stands, who disputes it, whose word it is, which version it is from."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from functools import partial
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
import rdflib

from api.formats import FORMATS
from graph.result import Result, Row
from schema.closed_lists import Standing, Status
from schema.vocabulary import concept_term, iri
from tests.reading_rdf import READ_AS, SYNTAXES, rdflib_graph
from tests.sample_result import PLACE, claim, empty, sample

ALLEGED, TWICE = "c-000000000000000a", "c-000000000000000b"
VOICES = {"minutes": "Council <minutes>", "vale-gazette-2026": "Vale Gazette"}
RECORDS = [
    claim(
        10,
        "OPPOSES",
        "vale",
        "order-7",
        status="alleged",
        standing="disputed",
        wording=["would defy"],
        disputed_by=["ana-silva"],
        challenged_by=[TWICE],
    ),
    claim(
        11,
        "OPPOSES",
        "vale",
        "order-7",
        attributed_to=list(VOICES),
        evidence=[{"document": id, "quote": f"words of {id}", "start": 0, "end": 9 + len(id)} for id in VOICES],
    ),
]
WORDS = {ALLEGED: {"quote 10"}, TWICE: {f"words of {id}" for id in VOICES}}
STANDS = {ALLEGED: ("alleged", "disputed"), TWICE: ("asserted", "current")}
DISPUTERS = {ALLEGED: {'Ana "Ani" Silva'}, TWICE: set()}
SPEAKERS = {ALLEGED: {"Vale Gazette"}, TWICE: set(VOICES.values())}


def answer() -> Result:
    rows = [{"group": record["id"], "claims": [record["id"]]} for record in RECORDS]
    return sample(columns=("group",), rows=rows, claims={record["id"]: record for record in RECORDS})


def text(suffix: str, result: Result) -> str:
    return FORMATS[suffix].write(result, PLACE).decode()


def several(value: Any) -> list[str]:
    return value.split(" | ") if isinstance(value, str) else list(value)


def by_id(edges: Iterable[Row]) -> dict[str, Row]:
    return {edge["id"]: edge for edge in edges}


def graph_edges(suffix: str) -> dict[str, Row]:
    """The attributes of each edge by the id of its claim, whatever the format names them."""
    written = text(suffix, answer())
    if suffix == "graphml":
        return by_id(d | {"id": k} for *_, k, d in nx.read_graphml(io.StringIO(written)).edges(keys=True, data=True))
    if suffix == "gexf":
        return by_id(data for *_, data in nx.read_gexf(io.StringIO(written)).edges(data=True))
    body = json.loads(written)
    if suffix == "graphology.json":
        return {edge["key"]: edge["attributes"] for edge in body["edges"]}
    if suffix == "jgf.json":
        return {edge["id"]: edge["metadata"] | {"label": edge["label"]} for edge in body["graph"]["edges"]}
    if suffix == "cytoscape.json":
        return by_id(edge["data"] for edge in body["elements"]["edges"])
    return by_id(body["links" if suffix == "d3.json" else "edges"])


def of_record(record: Row, names: dict[str, str], quotes: Iterable[str]) -> Row:
    return {
        "stands": (record["status"], record["standing"]),
        "disputers": {names[id] for id in several(record.get("disputed_by", []))},
        "speakers": {names[id] for id in several(record["attributed_to"])},
        "quotes": set(quotes),
    }


def from_json(id: str) -> Row:
    body = json.loads(text("json", answer()))
    record, names = body["claims"][id], {id: entity["name"] for id, entity in body["entities"].items()}
    return of_record(record, names, [piece["quote"] for piece in record["evidence"]])


def from_ndjson(id: str) -> Row:
    rows = map(json.loads, text("ndjson", answer()).splitlines())
    (row,) = [row for row in rows if row["claims"] == [id]]
    assert len({str(of_record(quote, row["names"], [])) for quote in row["quotes"]}) == 1
    return of_record(row["quotes"][0], row["names"], [quote["quote"] for quote in row["quotes"]])


def from_csv(id: str) -> Row:
    rows = csv.DictReader(io.StringIO(text("csv", answer()), newline=""))
    (row,) = [row for row in rows if row["claims"] == id]
    found = {name: set(filter(None, row[name].split(" | "))) for name in ("disputed_by", "attributed_to", "quotes")}
    return {
        "stands": (row["status"], row["standing"]),
        "disputers": found["disputed_by"],
        "speakers": found["attributed_to"],
        "quotes": found["quotes"],
    }


def from_graph(suffix: str, id: str) -> Row:
    edge = graph_edges(suffix)[id]
    people = {id: entity["name"] for id, entity in answer().entities.items()}
    said = re.findall(r"disputed by (.+)\] opposes", edge["label"])
    assert said == [people[id] for id in several(edge.get("disputed_by", []))]
    return of_record(edge, people, several(edge["quotes"]))


def from_rdf(suffix: str, id: str) -> Row:
    graph = rdflib_graph(suffix, answer())
    node = rdflib.URIRef(f"{PLACE.base}id/{id}")

    def names(term: str) -> set[str]:
        found = graph.objects(node, rdflib.URIRef(iri(term)))
        # the publisher of a document is told of by its document
        told = (graph.value(predicate=rdflib.DCTERMS.publisher, object=each, default=each) for each in found)
        return {str(graph.value(each, rdflib.RDFS.label)) for each in told}

    words = {
        concepts: {rdflib.URIRef(iri(concept_term(concepts, word))): word.value for word in concepts}
        for concepts in (Status, Standing)
    }
    status, standing = (
        words[kind][graph.value(node, rdflib.URIRef(iri(f"cg:{kind.__name__.lower()}")))] for kind in words
    )
    pieces = graph.objects(node, rdflib.URIRef(iri("cg:evidence")))
    exact = rdflib.URIRef(iri("oa:hasSelector")) / rdflib.URIRef(iri("oa:exact"))
    quotes = {str(quote) for piece in pieces for quote in graph.objects(piece, exact)}
    told = {"disputers": names("cg:disputedBy"), "speakers": names("prov:wasAttributedTo"), "quotes": quotes}
    return {"stands": (status, standing), **told}


class Lines(HTMLParser):
    """By id of a claim: the text of the cells of its line on a page, by their class, and its quotes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.cells: dict[str, dict[str, str]] = {}
        self.quotes: dict[str, set[str]] = {}
        self.claim = self.cell = ""
        self.within: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.within.append(tag)
        told = dict(attributes)
        self.claim = told.get("data-claim") or self.claim
        if tag == "td" or told.get("class") == "src":  # who says so stands within the cell of the status
            self.cell = told.get("class") or ""

    def handle_endtag(self, tag: str) -> None:
        while self.within.pop() != tag:
            pass
        self.cell = "" if tag == "td" else "word" if (tag, self.cell) == ("span", "src") else self.cell

    def handle_data(self, data: str) -> None:
        cells = self.cells.setdefault(self.claim, {})
        cells[self.cell] = cells.get(self.cell, "") + data
        if "q" in self.within and self.cell == "qs":
            self.quotes.setdefault(self.claim, set()).add(data.removeprefix("“").removesuffix("”"))


def from_html(id: str) -> Row:
    read = Lines(text("html", answer()))
    who, stands = (" ".join(read.cells[id][cell].split()) for cell in ("src", "word"))
    found = re.fullmatch(r"(\w+)(?: (\w+))?(?: since \S+)?(?: disputed by (.+?) \(see c-.+?\))?", stands)
    assert found, stands
    status, standing, disputers = found.groups()
    told = {"disputers": {disputers} if disputers else set(), "speakers": set(who.partition(", in ")[0].split(" and "))}
    return {"stands": (status, standing or "current"), **told, "quotes": read.quotes[id]}


def from_ftm(id: str) -> Row:
    lines = map(json.loads, text("ftm.json", answer()).splitlines())
    (note,) = [line["properties"] for line in lines if line["id"] == f"{id}-note"]
    told = dict(each.split(": ", 1) for each in note["notes"])
    people = {name: set(filter(None, told.get(name, "").split(", "))) for name in ("disputed by", "attributed to")}
    return {
        "stands": (told["status"], told["standing"]),
        "disputers": people["disputed by"],
        "speakers": people["attributed to"],
        "quotes": set(note["description"]),
    }


TABLES = {"ftm.json": from_ftm, "json": from_json, "ndjson": from_ndjson, "csv": from_csv, "html": from_html}


@pytest.mark.parametrize("id", [ALLEGED, TWICE], ids=["a disputed allegation", "a claim of two documents"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_says_how_a_claim_stands_who_disputes_it_and_whose_words_they_are(suffix: str, id: str) -> None:
    told = {"stands": STANDS[id], "disputers": DISPUTERS[id], "speakers": SPEAKERS[id], "quotes": WORDS[id]}
    read = TABLES.get(suffix) or partial(from_rdf if suffix in READ_AS else from_graph, suffix)

    assert read(id) == told


@pytest.mark.parametrize("suffix", [s for s, each in FORMATS.items() if each.kind == "graph"])
def test_the_label_of_a_disputed_allegation_reads_as_one(suffix: str) -> None:
    label = graph_edges(suffix)[ALLEGED]["label"]

    assert label == '[alleged: “would defy”; disputed by Ana "Ani" Silva] opposes'


def about(suffix: str, result: Result) -> Row:
    """What a format tells of the answer as a whole."""
    written = text(suffix, result)
    if suffix in SYNTAXES:
        graph, here = rdflib_graph(suffix, result), rdflib.URIRef(PLACE.here)
        terms = {"version": "cg:version", "version_at": "dct:modified"}
        return {name: str(v) for name, t in terms.items() if (v := graph.value(here, rdflib.URIRef(iri(t))))}
    if suffix == "np.trig":
        found = re.match(r"# Version (\w{64}) of (\S+)\n", written)
        return dict(zip(("version", "version_at"), found.groups(), strict=True)) if found else {}
    if suffix == "html":
        found = re.search(r'title="(\w{64})">Version \w{8}</span> of <time datetime="(\S+)">', written)
        return dict(zip(("version", "version_at"), found.groups(), strict=True)) if found else {}
    if suffix == "graphml":
        return dict(nx.read_graphml(io.StringIO(written)).graph)
    if suffix == "gexf":
        lines = ET.fromstring(written).findtext(".//{*}description", "").splitlines()
        return dict(line.split(": ", 1) for line in lines)
    body = json.loads(written.splitlines()[-1])
    places = {"json": "meta", "graph.json": "graph", "cytoscape.json": "data", "d3.json": "meta"}
    if suffix == "jgf.json":
        return dict(body["graph"]["metadata"])
    return dict(body["attributes"] if suffix == "graphology.json" else body.get(places.get(suffix, ""), body))


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix not in ("csv", "ndjson", "ftm.json")])
def test_every_format_but_rows_alone_says_which_version_it_is_from(suffix: str) -> None:
    told, untold = about(suffix, answer()), about(suffix, empty())

    assert told["version"] == answer().version
    assert told["version_at"].removesuffix("+00:00").removesuffix("Z") == "2026-03-02T09:00:00"
    assert not untold.keys() & {"version", "version_at"}
