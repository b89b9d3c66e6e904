"""One question in SPARQL: the same rows from every RDF export of the whole graph, by four engines."""

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from api.formats import FORMATS
from graph.query import read_queries
from graph.run import run
from tests.conftest import Store
from tests.consumers import JENA, comunica_answers
from tests.reading_rdf import SYNTAXES
from tests.required import require_jars
from tests.sample_result import PLACE
from tests.whole_graph import everything

pytestmark = pytest.mark.slow

# Which groups advise which mayors, with quote and document? As a reader of the vocabulary would ask it.
QUERY = """
PREFIX cg: <https://w3id.org/civicgraph/terms#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?group ?mayor ?quote ?document WHERE {
  ?claim rdf:predicate cg:advises ; rdf:subject ?adviser ; rdf:object ?advised ; cg:evidence ?evidence .
  ?adviser rdfs:label ?group .
  ?advised rdfs:label ?mayor .
  ?evidence oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote .
  ?source rdfs:label ?document .
  FILTER (EXISTS { ?adviser a cg:Organization } || EXISTS { ?adviser a cg:Group })
  FILTER (EXISTS { ?advised a cg:Mayor } || EXISTS { ?advised cg:role cg:role-mayor }
          || EXISTS { ?advised cg:of cg:Mayor })
}
"""
COLUMNS = ("group", "mayor", "quote", "document")

Rows = list[tuple[str, ...]]


def by_rdflib(files: list[Path]) -> list[Rows]:
    answers = []
    for file in files:
        graph = rdflib.Dataset().parse(file, format=SYNTAXES[file.suffix[1:]][1])
        answers.append([tuple(map(str, row)) for row in graph.query(QUERY)])
    return answers


def by_oxigraph(files: list[Path]) -> list[Rows]:
    answers = []
    for file in files:
        store = pyoxigraph.Store()
        store.load(path=str(file), format=SYNTAXES[file.suffix[1:]][0])
        found = store.query(QUERY)
        answers.append([tuple(row[name].value for name in COLUMNS) for row in found])
    return answers


def by_comunica(files: list[Path]) -> list[Rows]:
    answers = comunica_answers(QUERY, list(map(str, files)))
    return [[tuple(row[name] for name in COLUMNS) for row in answers[str(file)]] for file in files]


def by_tdb2(files: list[Path]) -> list[Rows]:
    require_jars(JENA)
    asked = files[0].with_suffix(".rq")
    asked.write_text(QUERY, encoding="utf-8")
    answers = [json.loads(line) for line in JENA.run("Asker.java", str(asked), *map(str, files)).splitlines()]
    found = [answer["results"]["bindings"] for answer in answers]
    return [[tuple(row[name]["value"] for name in COLUMNS) for row in rows] for rows in found]


@pytest.mark.parametrize("ask", [by_rdflib, by_oxigraph, by_comunica, by_tdb2], ids=lambda ask: ask.__name__[3:])
@pytest.mark.parametrize("what", ["world", "seed"])
async def test_every_engine_gets_the_rows_of_the_named_query_from_every_syntax(
    what: str, ask: Callable[[list[Path]], list[Rows]], embedded: Store, tmp_path: Path
) -> None:
    reader = await embedded.hold(what)
    whole, query = await everything(reader), read_queries()["groups-advising-mayors"]
    files = [tmp_path / f"graph.{suffix}" for suffix in SYNTAXES]
    for file in files:
        file.write_bytes(FORMATS[file.suffix[1:]].write(whole, PLACE))
    answered = await run(reader, query, query.check({}))
    expected = sorted(
        (row["group"], row["mayor"], piece["quote"], answered.entities[piece["document"]]["name"])
        for row in answered.rows
        for piece in answered.claims[row["claims"][0]]["evidence"]
        if "quote" in piece
    )

    assert expected
    assert [sorted(rows) for rows in ask(files)] == [expected] * len(files)
