"""The artefacts: the same bytes each time, readable by others, true to what we write, fresh where stored."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from time import process_time
from typing import Any

import jsonschema
import pyoxigraph
import pyshacl
import pytest
import rdflib
import yaml

from api.formats import FORMATS
from schema import ENTITIES, RELATIONS
from schema.closed_lists import MEANINGS, Role, Standing, Status
from schema.derive import ARTEFACTS, PATHS
from schema.derive.constraints import CLAIM_EDGES, PAGED_BY, arcadedb_statements, neo4j_statements
from schema.derive.context import context
from schema.derive.fields import closed_lists, field_terms, models
from schema.vocabulary import TERMS, concept_term, iri, relation_term
from tests.sample_result import PLACE, sample

ROOT = Path(__file__).parent.parent
CLAIMS_FILES = sorted([*ROOT.glob("seed/claims/**/*.yaml"), *ROOT.glob("tests/world*.yaml")])
each_artefact = pytest.mark.parametrize("name", ARTEFACTS)

RENDER_ALL = "from schema.derive import ARTEFACTS; print('\\0'.join(a.render() for a in ARTEFACTS.values()))"


def rendered(name: str) -> str:
    return str(ARTEFACTS[name].render())


def graph(text: str, syntax: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format=syntax)


# --- all of them


def test_every_artefact_is_the_same_to_the_byte_whatever_the_order_of_hashes() -> None:
    def in_a_process(seed: str) -> bytes:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", RENDER_ALL]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout

    assert in_a_process("1") == in_a_process("2")


@each_artefact
def test_an_artefact_ends_with_one_newline_and_says_what_it_is(name: str) -> None:
    artefact = ARTEFACTS[name]
    assert artefact.render().endswith("\n") and not artefact.render().endswith("\n\n")
    assert Path(artefact.FILE).suffix and "/" in artefact.MEDIA_TYPE


@pytest.mark.parametrize("name", PATHS)
def test_a_stored_artefact_is_fresh(name: str) -> None:
    stored = ROOT.joinpath(PATHS[name]).read_text(encoding="utf-8")
    assert stored == rendered(name), f"{PATHS[name]} is out of date: run civicgraph derive"


def test_the_dictionary_names_every_type_and_relation() -> None:
    text = rendered("dictionary")
    assert [name for name in (*ENTITIES, *RELATIONS) if f"\n| `{name}` |" not in text] == []


# --- constraints


def test_arcadedb_learns_every_type_after_its_parent() -> None:
    statement = re.compile(r"CREATE VERTEX TYPE (\w+) IF NOT EXISTS(?: EXTENDS (\w+))?$")
    known = {"": ""}
    for name, parent in (found for s in arcadedb_statements() for found in statement.findall(s)):
        assert parent in known
        known[name] = parent
    assert known.keys() == {*ENTITIES, "Entity", "Claim", "Statement", "Edition", "Declared", "Tombstone", ""}


def test_arcadedb_learns_every_relation_and_the_edges_of_claims() -> None:
    edges = {s.split()[3] for s in arcadedb_statements() if s.startswith("CREATE EDGE TYPE")}
    assert edges == {*RELATIONS, *CLAIM_EDGES}


def test_every_statement_may_be_run_again() -> None:
    assert [s for s in neo4j_statements() + arcadedb_statements() if " IF NOT EXISTS" not in s] == []


def test_no_two_statements_for_neo4j_bear_one_name() -> None:
    # It would pass over the second without a word.
    names = re.findall(r"(?:INDEX|CONSTRAINT) (\w+) IF NOT EXISTS", rendered("constraints"))
    assert len(names) == len({name.lower() for name in names}) == len(neo4j_statements())


def test_neo4j_has_an_index_on_the_id_for_every_label_that_it_may_be_asked_by() -> None:
    # Neo4j knows nothing of types above a label.
    indexed = re.findall(r"CREATE INDEX \w+ IF NOT EXISTS FOR \(n:(\w+)\) ON \(n\.id\);", rendered("constraints"))
    assert sorted(indexed) == sorted([*ENTITIES, "Entity", "Claim"])


def test_arcadedb_has_an_index_on_the_id_for_every_root_of_its_types() -> None:
    indexed = re.findall(r"CREATE INDEX IF NOT EXISTS ON (\w+) \(id\) NOTUNIQUE", "\n".join(arcadedb_statements()))
    assert sorted(indexed) == ["Claim", "Entity"]


def test_the_edition_alone_is_one_of_its_id_as_the_rest_has_versions() -> None:
    unique = re.compile(r"\(n:(\w+)\) REQUIRE n\.(\w+) IS UNIQUE$|ON (\w+) \((\w+)\) UNIQUE$")
    for statements in (neo4j_statements(), arcadedb_statements()):
        found = [tuple(filter(None, each)) for s in statements for each in unique.findall(s)]
        assert found == [("Edition", "id")]


def test_what_claims_are_paged_by_is_indexed_on_both_stores() -> None:
    neo4j = set(re.findall(r"FOR \(n:Claim\) ON \(n\.(\w+)\)", "\n".join(neo4j_statements())))
    arcadedb = set(re.findall(r"ON Claim \((\w+)\) NOTUNIQUE", "\n".join(arcadedb_statements())))
    assert neo4j == arcadedb == {*PAGED_BY, "id"}


# --- ontology


def used_terms() -> set[str]:
    """Every term of ours in what we write: by the models, and by the RDF writers on the sample."""
    terms = {field.term for model in models() for field in field_terms(model)}
    terms |= {term for entity in ENTITIES.values() for term in entity.rdf_types()}
    terms |= {relation_term(name) for name in RELATIONS}
    terms |= {concept_term(concepts, word) for concepts in closed_lists() for word in concepts}
    written = graph(FORMATS["nt"].write(sample(), PLACE).decode(), "nt")
    terms |= {str(term) for triple in written for term in triple}
    return {full for term in terms if (full := iri(term) if term[:3] == "cg:" else term).startswith(TERMS)}


def test_the_ontology_defines_every_term_that_is_used() -> None:
    defined = {str(term) for term in graph(rendered("ontology")).subjects(rdflib.RDF.type)}
    assert used_terms() - defined == set()


def test_every_term_of_the_ontology_has_a_label_and_a_definition() -> None:
    ontology = graph(rendered("ontology"))
    roles = {rdflib.URIRef(iri(concept_term(Role, role))) for role in Role}
    terms = {term for term in ontology.subjects(rdflib.RDF.type) if str(term).startswith(TERMS)}
    assert [t for t in terms if not ontology.value(t, rdflib.RDFS.label)] == []
    assert [t for t in terms - roles if not ontology.value(t, rdflib.SKOS.definition)] == []


@pytest.mark.parametrize(("concepts", "scheme"), [(Status, "cg:statuses"), (Standing, "cg:standings")])
def test_how_a_claim_is_put_and_how_it_stands_are_two_schemes(concepts: type[StrEnum], scheme: str) -> None:
    ontology, name = graph(rendered("ontology")), rdflib.URIRef(iri(scheme))
    assert (name, rdflib.RDF.type, rdflib.SKOS.ConceptScheme) in ontology
    told = {
        (str(ontology.value(term, rdflib.SKOS.notation)), str(ontology.value(term, rdflib.SKOS.definition)))
        for term in ontology.subjects(rdflib.SKOS.inScheme, name)
    }
    assert told == {(str(word), MEANINGS[word]) for word in concepts}
    assert [word for word in concepts if f"| `{word}` | {MEANINGS[word]} |" not in rendered("dictionary")] == []


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_no_node_without_a_name_is_given_one_in_the_text(name: str) -> None:
    assert ARTEFACTS[name].graph().serialize(format="turtle").strip() == rendered(name).strip()
    assert "_:" not in rendered(name)


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_two_parsers_read_the_same_triples(name: str) -> None:
    text = rendered(name)
    other = list(pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(graph(text)) == len(other) > 500


# --- shapes

ID = "https://graph.example/id/"
ADVISED = f"<{ID}river-alliance> <{TERMS}advises> <{ID}mira-vale>"
SUBJECT = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#subject>"
FIRST = f"<{ID}c-0000000000000001>"

FAULTS = {
    "a claim without a status": (rf"(?m)^.*<{TERMS}status>.*\n", ""),
    "a status of another list": ("status-hedged", "status-certain"),
    "a claim that does not say how it stands": (rf"(?m)^.*<{TERMS}standing>.*\n", ""),
    "a standing of another list": ("standing-disputed", "status-alleged"),
    "a claim on nobody's word": (r"(?m)^.*#wasAttributedTo>.*\n", ""),
    "a claim without evidence": (rf"(?m)^.*<{TERMS}evidence>.*\n", ""),
    "evidence that points nowhere": (r"(?m)^.*#hasSelector>.*\n", ""),
    "a quote that ends before it begins": (r'(?m)(#end> )"\d+"', r'\1"0"'),
    "a month that is none": ('"2024-02"', '"2024-13"'),
    "a day that is none": ('"2026-02-17"', '"2026-02-32"'),
    "a day that is text": (r"\^\^<http://www.w3.org/2001/XMLSchema#date>", ""),
    "a relation that is none": (f"<{TERMS}opposes>", f"<{TERMS}dislikes>"),
    "an adviser that is an order": (f"({FIRST} {SUBJECT}) <[^>]+>", rf"\1 <{ID}order-7>"),
    "an order that is advised directly": (ADVISED, ADVISED.replace("mira-vale", "order-7")),
    "a property nobody declared": (f"<{TERMS}detail>", f"<{TERMS}details>"),
    "the older schema.org": ("<https://schema.org/", "<http://schema.org/"),
    "an entity without a name": (r"(?m)^.*vale> <http://www.w3.org/2000/01/rdf-schema#label>.*\n", ""),
    "an answer that hides whether it goes on": (rf"(?m)^.*<{TERMS}truncated>.*\n", ""),
}


def violations(ntriples: str) -> str:
    """The report where the shapes are broken, else nothing."""
    kept, _, report = pyshacl.validate(graph(ntriples, "nt"), shacl_graph=graph(rendered("shapes")))
    return "" if kept else str(report)


def test_what_we_write_keeps_the_shapes() -> None:
    assert violations(FORMATS["nt"].write(sample(), PLACE).decode()) == ""


@pytest.mark.slow
@pytest.mark.parametrize(("wrong", "right"), FAULTS.values(), ids=list(FAULTS))
def test_the_shapes_refuse(wrong: str, right: str) -> None:
    ours = FORMATS["nt"].write(sample(), PLACE).decode()
    faulty = re.sub(wrong, right, ours)
    assert faulty != ours
    assert violations(faulty)


def test_the_shapes_are_checked_in_seconds() -> None:
    claims = {f"c-{copy:08x}{i[10:]}": c for copy in range(12) for i, c in sample().claims.items()}
    many = sample(claims={i: c | {"id": i} for i, c in claims.items()})
    ntriples = FORMATS["nt"].write(many, PLACE).decode()
    began = process_time()
    assert ntriples.count("\n") > 1500 and violations(ntriples) == ""
    assert process_time() - began < 10


# --- context


def read_as_rdf(records: list[dict[str, Any]]) -> set[str]:
    document = json.dumps({"@context": context() | {"@base": ID}, "@graph": records})
    quads = pyoxigraph.parse(document.encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    return {str(quad.triple) for quad in quads}


def test_the_context_reads_the_words_of_closed_lists_as_terms() -> None:
    claim = {"id": "c-1", "relation": "HOLDS_OFFICE", "status": "asserted", "subject": "mira-vale"}
    claim |= {"standing": "disputed"}
    found = read_as_rdf([claim, {"id": "vale", "role": "mayor", "of": "Mayor"}])
    terms = (concept_term(Role, "mayor"), concept_term(Status, "asserted"), concept_term(Standing, "disputed"))
    terms += ("cg:holdsOffice", "cg:Mayor")
    assert {f"<{iri(term)}>" for term in terms} <= {triple.split(" ")[2] for triple in found}
    assert f"<{ID}c-1> {SUBJECT} <{ID}mira-vale>" in found


def test_the_context_types_numbers_and_instants() -> None:
    found = read_as_rdf([{"id": "c-1", "start": 3, "recorded_at": "2026-02-18T09:00:00Z", "value": 14}])
    datatypes = {triple.rpartition("^^")[2] for triple in found}
    assert datatypes == {f"<{iri(f'xsd:{name}')}>" for name in ("nonNegativeInteger", "dateTime", "integer")}


def test_the_context_document_leaves_the_base_open() -> None:
    assert json.loads(rendered("context")) == {"@context": context()}
    assert "@base" not in context()


# --- JSON Schema

SCHEMA = json.loads(rendered("claims-schema"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2, which editors follow, knows no dates."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def claims_file() -> dict[str, Any]:
    """A small one that is right."""
    place = {"quote": "advises the mayor", "start": 0, "end": 17}
    claim = {"relation": "ADVISES", "subject": "river-alliance", "object": "mira-vale", "evidence": [place]}
    share = {"relation": "HAS_SHARE", "subject": "vale", "value": 14, "unit": "%", "evidence": [{"row": 2}]}
    people = [{"id": "mira-vale", "name": "Mira Vale"}]
    document = {"id": "gazette", "name": "Gazette", "published": 2026}
    return {"document": document, "entities": {"Person": people}, "claims": [claim, share]}


MISTAKES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a misspelt field of an entity": lambda f: f["entities"]["Person"][0].update(alias="Mira"),
    "a misspelt field of a claim": lambda f: f["claims"][0].update(valid_form="2026"),
    "a misspelt part of the file": lambda f: f.update(claim=[]),
    "no document": lambda f: f.pop("document"),
    "an unknown type": lambda f: f["entities"].update(Persons=[]),
    "a derived type": lambda f: f["entities"].update(Mayor=[]),
    "an unknown relation": lambda f: f["claims"][0].update(relation="ADVICES"),
    "a value where an entity belongs": lambda f: f["claims"][0].update(value=3),
    "no object": lambda f: f["claims"][0].pop("object"),
    "an object where a value belongs": lambda f: f["claims"][1].update(object="mira-vale"),
    "a status that follows from other claims": lambda f: f["claims"][0].update(status="retracted"),
    "a standing": lambda f: f["claims"][0].update(standing="current"),
    "two voices": lambda f: f["claims"][0].update(attributed_to=["mira-vale", "river-alliance"]),
    "a date that is none": lambda f: f["claims"][0].update(valid_from="May 2026"),
    "no evidence": lambda f: f["claims"][0].update(evidence=[]),
    "evidence that points nowhere": lambda f: f["claims"][1].update(evidence=[{}]),
    "a quote without offsets": lambda f: f["claims"][0]["evidence"][0].pop("end"),
    "an id like that of a claim": lambda f: f["document"].update(id="c-0123456789abcdef"),
    "an address that is none": lambda f: f["document"].update(url="https://x/%zz"),
    "an address that is none among several": lambda f: f["document"].update(same_as=["https://x/#a#b"]),
    "a quote of 26 words": lambda f: f["claims"][0]["evidence"][0].update(quote="word " * 26),
}


def test_the_json_schema_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", CLAIMS_FILES, ids=lambda path: path.name)
def test_the_json_schema_accepts_our_claims_files(path: Path) -> None:
    written = yaml.load(path.read_text(encoding="utf-8"), AsEditorsRead)
    assert [f"{e.json_path}: {e.message}" for e in CHECK.iter_errors(written)] == []


@pytest.mark.parametrize("more", [{}, *({"status": str(s)} for s in Status), {"attributed_to": "mira-vale"}], ids=str)
def test_the_json_schema_lets_a_status_and_a_voice_be_given_or_left_out(more: dict[str, str]) -> None:
    written = claims_file()
    written["claims"][0].update(more)
    assert CHECK.is_valid(written)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_the_json_schema_refuses(mistake: Callable[[dict[str, Any]], object]) -> None:
    faulty = claims_file()
    assert CHECK.is_valid(faulty)
    mistake(faulty)
    assert not CHECK.is_valid(faulty)


def test_editors_are_told_what_each_relation_means() -> None:
    offered = SCHEMA["$defs"]["Claim"]["properties"]["relation"]["oneOf"]
    assert {choice["const"] for choice in offered} == set(RELATIONS)
    assert all(choice["description"] for choice in offered)
