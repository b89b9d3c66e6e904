"""One annotated line, or one class, in a copy of the tree is found everywhere: store, formats, RDF, shapes, docs."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import networkx as nx
import pyoxigraph
import pyshacl
import pytest
import rdflib
import yaml
from rdflib import OWL, RDF, RDFS, SH, XSD, Literal, URIRef

from schema.vocabulary import TERMS, iri
from tests.reading_rdf import SYNTAXES

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
PACKAGES = ("schema", "graph", "seed", "api")
JSON_GRAPHS = ("graph.json", "cytoscape.json", "d3.json", "graphology.json", "jgf.json")
DAYS = {XSD.gYear, XSD.gYearMonth, XSD.date}


class Grown(NamedTuple):
    """One line put into one class, and what is said with it."""

    file: str
    owner: str
    name: str
    line: str
    value: Any
    datatype: URIRef
    holds: str

    @property
    def term(self) -> URIRef:
        return URIRef(f"{TERMS}{self.name}")


FIELDS = (
    Grown(
        "schema/entities.py",
        "City",
        "chartered",
        'chartered: Annotated[Day | None, described("Day of its charter.", "cg:chartered")] = None',
        "1901-05-03",
        XSD.date,
        "partial date",
    ),
    Grown(
        "schema/entities.py",
        "City",
        "population",
        'population: Annotated[int | None, described("Inhabitants.", "cg:population")] = None',
        900,
        XSD.integer,
        "xsd:integer",
    ),
    Grown(
        "schema/claims.py",
        "Claim",
        "announced",
        'announced: Annotated[Day | None, described("Day of its announcement.", "cg:announced")] = None',
        "2026-02-17",
        XSD.date,
        "partial date",
    ),
    Grown(
        "schema/claims.py",
        "Claim",
        "amount",
        'amount: Annotated[FiniteFloat | None, described("Sum in dollars.", "cg:amount")] = None',
        12.5,
        XSD.decimal,
        "xsd:decimal",
    ),
    Grown(
        "schema/claims.py",
        "Evidence",
        "page",
        'page: Annotated[int | None, described("Page of a printed document.", "cg:page", ge=1)] = None',
        3,
        XSD.nonNegativeInteger,
        "xsd:nonNegativeInteger",
    ),
)
TYPES = {
    "schema/entities.py": '''
class Library(Organization, rdf=("schema:Library",)):
    """A collection of books for a public."""
''',
    "schema/relations.py": '''
class Lends(Claim, domain=(Organization,), range=ACTOR, reads=("lends", "borrows from"), cues=("lend",)):
    """Gives for a time."""
''',
}
CLAIMS = """
document: {id: gazette, name: Gazette, published: 2026-02-18}
entities:
  City: [{id: vale, name: Vale, chartered: 1901-05-03, population: 900}]
  Library: [{id: old-library, name: Old Library}]
claims:
  - {relation: LENDS, subject: old-library, object: vale, announced: 2026-02-17, amount: 12.5,
     evidence: [{quote: lends, start: 0, end: 5, page: 3}]}
"""
LIBRARY, VALE = "https://graph.example/id/old-library", "https://graph.example/id/vale"

each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.owner}.{field.name}")
# A piece of evidence is no node or edge of its own.
each_field_of_a_graph = pytest.mark.parametrize("field", FIELDS[:-1], ids=lambda field: f"{field.owner}.{field.name}")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the grown copy wrote."""
    copy = tmp_path_factory.mktemp("grown")
    for package in PACKAGES:
        shutil.copytree(HERE.parent / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for field in FIELDS:
        _insert(copy / field.file, rf'(?m)^class {field.owner}\(.*\):\n    """.*"""\n', f"    {field.line}\n")
    for file, text in TYPES.items():
        with copy.joinpath(file).open("a", encoding="utf-8") as end:
            end.write(f"\n{text}")
    copy.joinpath("grown.yaml").write_text(CLAIMS, encoding="utf-8")
    copy.joinpath("out").mkdir()
    command = [sys.executable, str(HERE / "write_everything.py"), "grown.yaml", "out"]
    environment = os.environ | {"PYTHONPATH": str(copy), "CIVICGRAPH_DATA": str(copy / "data")}
    environment.pop("NEO4J_URI", None)
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return copy / "out"


def _insert(path: Path, after: str, line: str) -> None:
    text, count = re.subn(after, lambda found: found[0] + line, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def values(record: Any, name: str) -> Iterator[Any]:
    """What stands under that name, however deep."""
    if isinstance(record, dict):
        yield from ([record[name]] if name in record else [])
        record = list(record.values())
    if isinstance(record, list):
        yield from (value for each in record for value in values(each, name))


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def rdf(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle")


# --- a field


@each_field
def test_a_new_field_comes_back_from_the_store(field: Grown, grown: Path) -> None:
    body = read_json(grown / "claim.json")
    (claim,) = body["claims"].values()
    holder = {"City": body["entities"]["vale"], "Claim": claim, "Evidence": claim["evidence"][0]}[field.owner]
    assert holder[field.name] == field.value


def test_a_new_field_of_evidence_stands_beside_its_row(grown: Path) -> None:
    row = json.loads((grown / "claim.ndjson").read_text(encoding="utf-8").splitlines()[0])
    assert row["quotes"][0]["page"] == 3


@each_field_of_a_graph
@pytest.mark.parametrize("suffix", JSON_GRAPHS)
def test_a_new_field_is_in_every_json_graph(suffix: str, field: Grown, grown: Path) -> None:
    assert list(values(read_json(grown / f"claim.{suffix}"), field.name)) == [field.value]


@each_field_of_a_graph
@pytest.mark.parametrize(("suffix", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_a_new_field_has_its_type_in_xml(suffix: str, read: Any, field: Grown, grown: Path) -> None:
    graph = read(grown / f"claim.{suffix}")
    rows = [data for _, data in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]
    found = [row[field.name] for row in rows if field.name in row]
    assert found == [field.value] and type(found[0]) is type(field.value)


@each_field
@pytest.mark.parametrize("suffix", SYNTAXES)
def test_a_new_field_has_its_datatype_in_every_rdf_syntax(suffix: str, field: Grown, grown: Path) -> None:
    quads = pyoxigraph.parse(grown.joinpath(f"claim.{suffix}").read_bytes(), format=SYNTAXES[suffix][0])
    found = {quad.object for quad in quads if quad.predicate.value == str(field.term)}
    assert found == {pyoxigraph.Literal(str(field.value), datatype=pyoxigraph.NamedNode(str(field.datatype)))}


@each_field
def test_the_context_knows_a_new_field(field: Grown, grown: Path) -> None:
    term = read_json(grown / "context.jsonld")["@context"][field.name]
    typed = {"@id": f"cg:{field.name}", "@type": field.holds}
    assert term == (f"cg:{field.name}" if field.datatype == XSD.date else typed)


@each_field
def test_the_ontology_gives_a_new_field_domain_and_range(field: Grown, grown: Path) -> None:
    ontology = rdf(grown / "ontology.ttl")
    ranges = set(ontology.objects(field.term, URIRef(iri("schema:rangeIncludes"))))
    owner = {"Evidence": iri("oa:SpecificResource")}.get(field.owner, f"{TERMS}{field.owner}")
    assert ranges == (DAYS if field.datatype == XSD.date else {field.datatype})
    assert (field.term, URIRef(iri("schema:domainIncludes")), URIRef(owner)) in ontology


@each_field
def test_the_shapes_refuse_another_datatype_of_a_new_field(field: Grown, grown: Path) -> None:
    answer, shapes = rdf(grown / "claim.ttl"), rdf(grown / "shapes.ttl")
    conforms, _, report = pyshacl.validate(answer, shacl_graph=shapes)
    assert conforms, report
    ((subject, value),) = answer.subject_objects(field.term)
    answer.set((subject, field.term, Literal(str(value))))
    _, results, _ = pyshacl.validate(answer, shacl_graph=shapes)
    assert set(results.objects(None, SH.resultPath)) == {field.term}


@each_field
def test_the_json_schema_checks_a_new_field(field: Grown, grown: Path) -> None:
    check = jsonschema.Draft202012Validator(read_json(grown / "claims.schema.json"))
    written = yaml.load(CLAIMS, yaml.BaseLoader)  # every scalar as text
    for number in ("population", "amount", "page", "start", "end"):
        _replace(written, number, float)
    assert [error.message for error in check.iter_errors(written)] == []
    _replace(written, field.name, lambda text: [text])
    assert [error.absolute_path[-1] for error in check.iter_errors(written)] == [field.name]


def _replace(record: Any, name: str, change: Any) -> None:
    for each in record.values() if isinstance(record, dict) else record if isinstance(record, list) else ():
        _replace(each, name, change)
    if isinstance(record, dict) and name in record:
        record[name] = change(record[name])


@each_field
def test_the_dictionary_explains_a_new_field(field: Grown, grown: Path) -> None:
    row = re.search(
        rf"^\| `{field.owner}` \| `{field.name}` .*$", grown.joinpath("README.md").read_text(), re.MULTILINE
    )
    assert row and row[0].endswith(f"| `cg:{field.name}` | {field.holds} |")


# --- a type


def test_a_new_entity_type_is_found_everywhere(grown: Path) -> None:
    library = URIRef(f"{TERMS}Library")
    assert read_json(grown / "claim.json")["entities"]["old-library"]["types"] == ["Organization", "Library"]
    assert set(rdf(grown / "claim.ttl").objects(URIRef(LIBRARY), RDF.type)) == {
        library,
        URIRef(iri("schema:Library")),
        URIRef(f"{TERMS}Organization"),
        URIRef(iri("org:Organization")),
        URIRef(iri("prov:Agent")),
    }
    assert set(rdf(grown / "ontology.ttl").objects(library, RDFS.subClassOf)) == {
        URIRef(f"{TERMS}Organization"),
        URIRef(iri("schema:Library")),
    }
    assert (None, SH.targetClass, library) in rdf(grown / "shapes.ttl")
    assert "Library" in read_json(grown / "claims.schema.json")["properties"]["entities"]["properties"]
    assert "\n| `Library` | A collection of books for a public. |" in grown.joinpath("README.md").read_text()


def test_a_new_relation_is_found_everywhere(grown: Path) -> None:
    lends = URIRef(f"{TERMS}lends")
    (claim,) = read_json(grown / "claim.json")["claims"].values()
    answer, ontology = rdf(grown / "claim.ttl"), rdf(grown / "ontology.ttl")
    assert claim["relation"] == "LENDS"
    assert (URIRef(LIBRARY), lends, URIRef(VALE)) in answer and (None, RDF.predicate, lends) in answer
    assert (lends, RDF.type, OWL.ObjectProperty) in ontology
    assert (None, SH.targetSubjectsOf, lends) in rdf(grown / "shapes.ttl")
    assert list(values(read_json(grown / "claim.graph.json"), "relation_type")) == ["LENDS"]
    assert read_json(grown / "context.jsonld")["@context"]["LENDS"] == {"@id": "cg:lends", "@type": "@id"}
    offered = read_json(grown / "claims.schema.json")["$defs"]["Claim"]["properties"]["relation"]["oneOf"]
    assert {"const": "LENDS", "description": "Gives for a time."} in offered
    assert "\n| `LENDS` | Gives for a time. |" in grown.joinpath("README.md").read_text()
