"""The RDF formats: one graph in all of them, by two engines, without a bad literal or a blank node."""

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from api.place import Place
from graph.result import Result
from schema.derive import ARTEFACTS
from schema.vocabulary import TERMS, iri
from tests.consumers import JENA, javascript_lines
from tests.reading_rdf import SYNTAXES, canonical, digest, own_digest, oxigraph_lines, rdflib_graph, rdflib_lines, write
from tests.required import require_jars, skip_or_fail
from tests.sample_result import CLAIM_RECORDS, HOSTILE, NEXT, PLACE, claim, empty, entity, sample

DETAIL = rdflib.URIRef(f"{TERMS}detail")
ID = f"{PLACE.base}id/"
HOSTILE_TEXTS = [
    HOSTILE,
    '"',
    "\\",
    '"""',
    "\\u0041",
    "\r\n",
    "a\\",
    "'''",
    "\u2028\u0085\ufeff",
    "{}[]<>@#;,.",
    "🏳️‍🌈",
    "\x7f",
]

OF_JAVASCRIPT = SYNTAXES.keys() - {"rdf"}

every_syntax = pytest.mark.parametrize("suffix", SYNTAXES)


@pytest.fixture(autouse=True)
def _rdflib_keeps_literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    # It would rewrite the decimal 0.0000001 as 1E-7, which is no decimal.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answer"


@pytest.fixture
def parsers() -> None:
    """rapper and serdi; without them the test is skipped, or fails where they are required."""
    for command in ("rapper", "serdi"):
        if not shutil.which(command):
            skip_or_fail(f"{command} is not installed; Debian has it in raptor2-utils or serdi")


@every_syntax
@pytest.mark.parametrize("result", [sample(), empty(), sample(next_cursor="abc")], ids=["sample", "empty", "page"])
def test_two_engines_read_every_syntax_to_the_hash_of_our_own_lines(suffix: str, result: Result) -> None:
    place = Place(PLACE.base, PLACE.here, NEXT if result.truncated else None)
    own = own_digest(result, place)

    assert digest(oxigraph_lines(suffix, result, place)) == own
    assert digest(rdflib_lines(rdflib_graph(suffix, result, place))) == own


def answers() -> dict[str, tuple[Result, Place]]:
    """Results by name, one for each text that is hard to write, each with its place."""
    page = Place(PLACE.base, PLACE.here, NEXT)
    found = {"sample": (sample(), PLACE), "empty": (empty(), PLACE), "page": (sample(next_cursor="abc"), page)}
    for number, text in enumerate(HOSTILE_TEXTS):
        record = claim(1, "ADVISES", "vale", "vale", detail=text)
        found[f"hostile-{number}"] = (sample(rows=[], claims={record["id"]: record}), PLACE)
    return found


def test_jena_reads_every_syntax_to_the_same_hash(tmp_path: Path) -> None:
    require_jars(JENA)
    expected = {}
    for name, (result, place) in answers().items():
        for suffix in SYNTAXES:
            path = tmp_path / f"{name}.{suffix}"
            path.write_bytes(write(suffix, result, place))
            expected[path] = own_digest(result, place)
    JENA.run("Reader.java", *map(str, expected))
    found = {path: digest(canonical(Path(f"{path}.read").read_bytes())) for path in expected}

    assert found == expected


def test_n3js_and_jsonldjs_read_what_they_can_to_the_same_hash() -> None:
    context = {f"{PLACE.base}v1/schema/context.jsonld": json.loads(ARTEFACTS["context"].render())}
    told, files, expected = answers(), {}, {}
    for name, (result, place) in told.items():
        for suffix in OF_JAVASCRIPT:
            files[f"{name}.{suffix}"] = write(suffix, result, place)
        compact = json.loads(files[f"{name}.jsonld"])
        [compact["@context"]] = context
        files[f"{name}-with-the-published-context.jsonld"] = json.dumps(compact).encode()
        expected |= {file: own_digest(result, place) for file in files if file not in expected}

    found = {file: digest(lines) for file, lines in javascript_lines(files, context).items()}

    assert found == expected and len(set(expected.values())) == len(told)


def test_ntriples_lines_are_sorted_and_unique() -> None:
    lines = write("nt", sample()).decode().splitlines()

    assert lines == sorted(set(lines))


def test_jsonld_and_turtle_are_the_same_graph() -> None:
    assert isomorphic(rdflib_graph("jsonld", sample()), rdflib_graph("ttl", sample()))


def test_jsonld_is_one_graph_with_its_own_context_the_published_one_or_its_address(file: Path) -> None:
    body, published = json.loads(write("jsonld", sample())), json.loads(ARTEFACTS["context"].render())
    file.write_text(ARTEFACTS["context"].render(), encoding="utf-8")

    for context in (body["@context"], published["@context"], file.as_uri()):
        read = rdflib.Graph().parse(
            data=json.dumps(body | {"@context": context}), format="json-ld", base="https://elsewhere.example/a/b"
        )
        assert digest(rdflib_lines(read)) == own_digest(sample())


@every_syntax
def test_no_syntax_holds_a_blank_node_or_an_ill_typed_literal(suffix: str) -> None:
    terms = [term for triple in rdflib_graph(suffix, sample()) for term in triple]

    assert not [term for term in terms if isinstance(term, rdflib.BNode)]
    assert not [term for term in terms if isinstance(term, rdflib.Literal) and term.ill_typed]


@every_syntax
def test_every_syntax_names_the_same_claims(suffix: str) -> None:
    found = rdflib_graph(suffix, sample()).subjects(rdflib.RDF.type, rdflib.URIRef(f"{TERMS}Claim"))

    assert sorted(map(str, found)) == sorted(ID + record["id"] for record in CLAIM_RECORDS)


@every_syntax
@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_no_text_breaks_out_of_its_literal(suffix: str, text: str) -> None:
    record = claim(1, "ADVISES", "vale", "vale", detail=text)
    result = sample(rows=[], claims={record["id"]: record})

    assert list(rdflib_graph(suffix, result).objects(None, DETAIL)) == [rdflib.Literal(text, lang="en")]
    assert oxigraph_lines(suffix, result) == oxigraph_lines("nt", result)


@every_syntax
def test_no_address_breaks_out_of_its_iri(suffix: str) -> None:
    odd = 'https://x.example/a b>c"d{e}\\f^g`h|i<j\x01é'
    group = entity("river-alliance", "AdvocacyGroup", "River", website=odd, same_as=[odd])
    result = sample(entities=sample().entities | {"river-alliance": group})

    safe = "https://x.example/a%20b%3Ec%22d%7Be%7D%5Cf%5Eg%60h%7Ci%3Cj%01é"
    assert rdflib.URIRef(safe) in set(rdflib_graph(suffix, result).objects(None, rdflib.OWL.sameAs))


def test_another_base_moves_every_thing_of_ours() -> None:
    place = Place("http://127.0.0.1:8000/", "http://127.0.0.1:8000/v1/queries/q/results")

    for suffix in SYNTAXES:
        assert PLACE.base.encode() not in write(suffix, sample(), place)
        assert oxigraph_lines(suffix, sample(), place) == oxigraph_lines("nt", sample(), place)


def test_the_answer_declares_itself_and_its_next_page() -> None:
    here, place = rdflib.URIRef(PLACE.here), Place(PLACE.base, PLACE.here, NEXT)

    graph = rdflib_graph("ttl", sample(next_cursor="abc"), place)

    assert graph.value(here, rdflib.URIRef(f"{TERMS}truncated")) == rdflib.Literal(True)
    assert graph.value(here, rdflib.URIRef(iri("hydra:next"))) == rdflib.URIRef(NEXT)
    assert graph.value(here, rdflib.RDFS.label) == rdflib.Literal(sample().question, lang="en")


@pytest.mark.parametrize("suffix", ["trig", "nq"])
def test_every_triple_stands_in_the_default_graph_where_queries_look(suffix: str) -> None:
    quads = pyoxigraph.parse(write(suffix, sample()), SYNTAXES[suffix][0])

    assert {quad.graph_name for quad in quads} == {pyoxigraph.DefaultGraph()}


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        (["rapper", "-q", "-i", "turtle"], "ttl"),
        (["rapper", "-q", "-i", "ntriples"], "nt"),
        (["rapper", "-q", "-i", "rdfxml"], "rdf"),
        (["serdi", "-i", "turtle", "-o", "ntriples"], "ttl"),
        (["serdi", "-i", "ntriples", "-o", "ntriples"], "nt"),
        (["serdi", "-i", "trig", "-o", "ntriples"], "trig"),
        (["serdi", "-i", "nquads", "-o", "ntriples"], "nq"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
@pytest.mark.usefixtures("parsers")
def test_the_command_line_parsers_read_the_same_lines(command: list[str], suffix: str, file: Path) -> None:
    file.write_bytes(write(suffix, sample()))

    done = subprocess.run([*command, str(file)], capture_output=True, timeout=60)

    assert done.returncode == 0, done.stderr
    found = canonical(done.stdout)
    assert digest(found) == own_digest(sample())
