"""No query that asks another endpoint gets past the reading of it, however it is dressed; honest ones do."""

import time
from collections import Counter
from contextlib import suppress

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as some

from api.sparql.lexer import Unreadable, placed, read
from api.sparql.spool import COUNTING, Spool, TooMuch

GRAPH = "http://graph.test/v1/graph"
ELSEWHERE = "<http://127.0.0.1:9/>"

HONEST = [
    "SELECT * WHERE { ?s ?p ?o }",
    'select ?service $load { ?service <http://x.test/secret-service#x> \'SERVICE <http://x/>\' , "load \\" SERVICE" }',
    '# SERVICE\nPREFIX a: <http://x.test/#> ASK { ?s a:SERVICE """ SERVICE " \\""" """ , \'\'\'it\'s SERVICE\'\'\' }',
    "SELECT * { ?s ?p 'é'@en-US , 'x'^^<http://x.test/service> , 1.5e3 , .5 , -2 , true FILTER(?s < ?p && ?p >= 1) }",
    "SELECT * { ?s ?p ?o FILTER(?o<5 || ?o<=7 || ?o < 'b') }",
    "SELECT ?x { ?x <urn:a:b> _:node.1 ; ^<http://x.test/a>/<b>* [] . BIND('\\u00e9\\n' AS ?y) }",
    "SELECT (COUNT(*) AS ?insert) { ?delete ?with ?add }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } # DELETE",
    "BASE <http://x.test/> PREFIX : <terms/> DESCRIBE :load <clear>",
]
ASKING_OTHERS = [
    f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f"SELECT * {{ sErViCe SILENT {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f"SELECT * {{ SERVICESILENT{ELSEWHERE}{{ ?a ?b ?c }} }}",
    f"SELECT * {{ ?a ?b 1e5SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f"SELECT * {{ ?a ?b 1.SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f"SELECT * {{ ?a ?b trueSERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f"SELECT * {{ ?a ?b _:c.SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f"PREFIX e: {ELSEWHERE} SELECT * {{ SERVICEe: {{ ?a ?b ?c }} }}",
    f"SELECT * {{ ?a ?b ?c FILTER(?a<?b)SERVICE#>\n{ELSEWHERE}{{ ?a ?b ?c }} }}",
    f"SELECT * {{ FILTER('a'<'b>')SERVICE {ELSEWHERE} {{ ?a ?b ?c }} BIND('' AS ?z) }}",
    f'SELECT * {{ FILTER(?a<?b#>"""\n)SERVICE {ELSEWHERE} {{ ?a ?b ?c }}\n#"""\n}}',
    f'SELECT * {{ BIND("\\u0022" AS ?a) SERVICE {ELSEWHERE} {{ ?a ?b ?c }} BIND("" AS ?b) }}',
    f"SELECT * {{ \\u0053ERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f"SELECT * {{ ?a <http://x.test/\\u0041#> ?c . SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
    f'SELECT * {{ ?a ?b """x" SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}',
]
ESCAPED = [  # letters that end a text, were they read before it
    'SELECT * { BIND("a\\u0022b" AS ?x) }',
    "SELECT * { BIND('a\\u0027b' AS ?x) }",
    'SELECT * { BIND("""a\\\\\\U00000022""" AS ?x) }',
    "SELECT * { ?s <http://x.test/\\u0041> ?o }",
]
UPDATES = [
    f"LOAD {ELSEWHERE}",
    f"PREFIX a: {ELSEWHERE}\nload silent {ELSEWHERE}",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "# first\nDELETE WHERE { ?s ?p ?o }",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    *(f"{word} ALL" for word in ("CLEAR", "DROP")),
    "CREATE GRAPH <a:g>",
    *(f"{word} <a:g> TO <a:h>" for word in ("ADD", "MOVE", "COPY")),
]
OTHER_GRAPHS = [
    "SELECT * FROM <http://elsewhere.test/> { ?s ?p ?o }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    f"SELECT * FROM <{GRAPH}> FROM <http://elsewhere.test/> {{ ?s ?p ?o }}",
    f"SELECT * FROM NAMED <{GRAPH}> {{ ?s ?p ?o }}",
    f"SELECT * FROMNAMED<{GRAPH}> {{ ?s ?p ?o }}",
    "SELECT * FROM a:b { ?s ?p ?o }",
    "SELECT * {} FROM",
]


@pytest.mark.parametrize("query", HONEST)
def test_an_honest_query_is_left_as_it_is_and_the_engine_takes_it(query: str) -> None:
    assert read(query, GRAPH) == query
    pyoxigraph.Store().query(query, base_iri="http://x.test/")


@pytest.mark.parametrize("query", [*ASKING_OTHERS, *ESCAPED, *UPDATES, *OTHER_GRAPHS])
def test_what_asks_others_or_writes_is_refused_with_its_place(query: str) -> None:
    with pytest.raises(Unreadable, match=r"^line \d+, column \d+: "):
        read(query, GRAPH)


def test_the_name_of_the_one_graph_is_left_out_letter_for_letter() -> None:
    query = f"SELECT *\nFROM # here\n <{GRAPH}>\n{{ ?s ?p ?o }}"
    found = read(query, GRAPH)
    assert len(found) == len(query) and "FROM" not in found and GRAPH not in found
    assert [line.strip() for line in found.splitlines()] == ["SELECT *", "# here", "", "{ ?s ?p ?o }"]


@pytest.mark.parametrize(
    "query",
    [
        '"""a\\"' * 11_000,
        "'''" + "\\'" * 32_000,
        '"\\' * 32_000,
        "<" * 65_000,
        "<a" * 32_000,
        "?a<" * 21_000,
        "a.b-" * 16_000 + "%",
        "a:" * 32_000,
        "1" * 65_000,
        '"' + "\\\\" * 32_000 + 'u0041"',
        "#" * 65_000,
    ],
    ids=lambda query: query[:8],
)
def test_reading_takes_time_in_proportion(query: str) -> None:
    begun = time.process_time()
    with suppress(Unreadable):
        read(query, GRAPH)
    assert time.process_time() - begun < 3.0  # what goes over the rest for each letter takes minutes


def test_what_the_engine_says_is_told_in_the_same_words() -> None:
    assert placed("error at 3:7: expected x") == "line 3, column 7: cannot be read from here, expected x"
    assert placed("something else") == "something else"


TABLES = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}
TEXTS = some.lists(some.text('"\\},{<result>\r\n\tab', max_size=12), min_size=1, max_size=12, unique=True)


class Nowhere:
    def write(self, piece: bytes) -> int:
        return len(piece)


@pytest.mark.parametrize("syntax", TABLES)
@given(texts=TEXTS, cuts=some.integers(1, 40), unbound=some.booleans())
def test_rows_are_counted_whatever_is_in_them_and_wherever_they_are_cut(
    syntax: str, texts: list[str], cuts: int, unbound: bool
) -> None:
    store = pyoxigraph.Store()
    for number, text in enumerate(texts):
        name = pyoxigraph.NamedNode(f"http://x.test/{number}")
        store.add(pyoxigraph.Quad(name, name, pyoxigraph.Literal(text)))
    wanted = "?none" if unbound else "?o ?none ?s"
    told = store.query(f"SELECT {wanted} {{ ?s ?p ?o }}").serialize(format=TABLES[syntax])
    assert told is not None
    pieces = [told[at : at + cuts] for at in range(0, len(told), cuts)]
    counting = COUNTING[syntax]()
    assert sum(counting.rows(piece) for piece in pieces) == len(texts)
    outcome = Counter[str]()
    for most in (len(texts), len(texts) - 1):
        spool = Spool(Nowhere(), len(told), most, COUNTING[syntax]())
        try:
            for piece in pieces:
                spool.write(piece)
            outcome["whole"] += most
        except TooMuch as error:
            assert str(error) == f"{most} rows"
            outcome["cut"] += 1
    assert outcome == {"whole": len(texts), "cut": 1}
