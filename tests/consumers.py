"""Which nodes and edges the programs that people use find in the graph files, RDF and citations of one answer."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import igraph
import networkx
import rdflib
from rdflib.namespace import RDF

from tests.jars import Jars
from tests.reading_rdf import SYNTAXES
from tests.required import skip_or_fail

JS = Path(__file__).parent / "js"
TRAVERSAL = Path(__file__).parent / "traversal"
GEPHI = Jars(Path(__file__).parent / "gephi")
JENA = Jars(Path(__file__).parent / "jena")
OF_JS = ("cytoscape.json", "graphology.json", "gexf", "graphml", "d3.json")
OF_GEPHI = ("gexf", "graphml")

Found = tuple[set[str], set[str]]


def require_javascript(folder: Path = JS) -> None:
    """Skips the test where node or its libraries are missing; fails there if they are required."""
    missing = "" if shutil.which("node") else "node is not installed"
    if not (folder / "node_modules").is_dir():
        missing = missing or f"the JavaScript libraries are not installed: run npm ci in tests/{folder.name}"
    if missing:
        skip_or_fail(missing)


def javascript(script: str, given: object, folder: Path = JS) -> Any:
    """What a script in that folder makes of it with the libraries there, both as JSON."""
    require_javascript(folder)
    command = ["node", str(folder / script)]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def by_networkx(files: dict[str, bytes]) -> Iterator[tuple[str, Found]]:
    """Ids of nodes and of edges, by consumer and suffix."""
    read = {
        "graph.json": lambda text: networkx.node_link_graph(json.loads(text), edges="edges"),
        "cytoscape.json": lambda text: networkx.cytoscape_graph(json.loads(text)),
        "graphml": lambda text: networkx.read_graphml(io.BytesIO(text)),
        "gexf": lambda text: networkx.read_gexf(io.BytesIO(text)),
    }
    for suffix, reads in read.items():
        graph = reads(files[suffix])
        edges = {data.get("rel_id") or data["id"] for _, _, data in graph.edges(data=True)}
        yield f"networkx {suffix}", (set(graph.nodes), edges)


def by_igraph(files: dict[str, bytes], folder: Path) -> Iterator[tuple[str, Found]]:
    """The same; igraph keeps our ids of edges under a name of ours."""
    (folder / "graphml").write_bytes(files["graphml"])
    graph = igraph.Graph.Read_GraphML(str(folder / "graphml"))
    yield "igraph graphml", (set(graph.vs["id"]), set(graph.es["rel_id"]))


def by_javascript(files: dict[str, bytes]) -> Iterator[tuple[str, Found]]:
    """The same of Cytoscape.js, graphology and d3-force."""
    for suffix, told in javascript("consume.mjs", {suffix: files[suffix].decode() for suffix in OF_JS}).items():
        yield f"javascript {suffix}", ({node["id"] for node in told["nodes"]}, {edge["id"] for edge in told["edges"]})


def comunica_answers(query: str, sources: list[str]) -> dict[str, list[dict[str, str]]]:
    """Its rows by source, a file or the address of an endpoint; every value as text."""
    answers: dict[str, list[dict[str, str]]] = javascript("ask.mjs", {"query": query, "files": sources})
    return answers


def javascript_lines(files: dict[str, bytes], contexts: dict[str, object] | None = None) -> dict[str, set[str]]:
    """Canonical lines of each file as N3.js reads it, or jsonld.js with those contexts and no other.

    The name of a file ends in its syntax.
    """
    given = {name: {"syntax": name.rpartition(".")[2], "text": text.decode()} for name, text in files.items()}
    read = javascript("parse.mjs", {"contexts": contexts or {}, "files": given})
    return {name: set(lines.split("\n")) - {""} for name, lines in read.items()}


def by_gephi(files: dict[str, bytes], folder: Path) -> Iterator[tuple[str, Found]]:
    """The same of Gephi's own toolkit."""
    written = {str(folder / f"view.{suffix}"): suffix for suffix in OF_GEPHI}
    for file, suffix in written.items():
        Path(file).write_bytes(files[suffix])
    read: dict[str, Found] = {suffix: (set(), set()) for suffix in OF_GEPHI}
    for line in GEPHI.run("Reader.java", *written).splitlines():
        file, kind, id, *_ = line.split("\t")
        read[written[file]][kind == "edge"].add(id)
    yield from ((f"gephi {suffix}", found) for suffix, found in read.items())


def by_rdflib(files: dict[str, bytes]) -> Iterator[tuple[str, Found]]:
    """The ends of statements, and the statements."""
    for suffix, (_, syntax) in SYNTAXES.items():
        found = rdflib.Dataset(default_union=True)
        found.parse(data=files[suffix], format=syntax)
        claims = set(found.subjects(RDF.type, RDF.Statement))
        ends = {end for claim in claims for way in (RDF.subject, RDF.object) for end in found.objects(claim, way)}
        yield f"rdflib {suffix}", tuple({str(each).rpartition("/")[2] for each in of} for of in (ends, claims))  # type: ignore[misc]


def cited(files: dict[str, bytes]) -> Iterator[tuple[str, set[str]]]:
    """Ids of the claims that are cited."""
    ours = "c-[0-9a-f]{16}"
    yield "CSL-JSON", {each["id"] for each in json.loads(files["csl.json"]) if re.fullmatch(ours, each["id"])}
    yield "BibTeX", set(re.findall(rf"^@misc\{{({ours}),$", files["bib"].decode(), re.MULTILINE))
    yield "APA", set(re.findall(rf"/id/({ours})$", files["apa.txt"].decode(), re.MULTILINE))
