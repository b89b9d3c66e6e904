"""Our N-Triples and Turtle writers against rdflib and pyoxigraph on the same rows."""

from collections.abc import AsyncIterator, Callable
from functools import partial

import pyoxigraph
import rdflib

from api.formats import FORMATS
from api.formats.terms import prefixes
from api.place import Place
from bench.measure import Figure, Rounds, Work, p50, ratio, take_turns, timed
from graph.connection import Reader
from graph.parameters import MOST_ROWS
from graph.query import read_queries
from graph.result import Result
from graph.run import run

PLACE = Place("https://graph.example/", "https://graph.example/v1/graph")
WRITERS = {"N-Triples": (FORMATS["nt"].write, "nt"), "Turtle": (FORMATS["ttl"].write, "turtle")}
GOALS = {"N-Triples": 18.0, "Turtle": 8.0}
GOAL_OF_OXIGRAPH = 2.0

Rows = list[tuple[str, str, str, str | None]]


async def figures(graph: Reader, claims: int, rounds: int) -> AsyncIterator[Figure]:
    """One figure a syntax, on so many claims of the graph at the least."""
    result = await some_claims(graph, claims)
    rows = plain_rows(FORMATS["nt"].write(result, PLACE))
    compare(result, rows)
    for syntax, (write, name) in WRITERS.items():
        works = [_timed("ours", partial(write, result, PLACE)), _timed("rdflib", partial(by_rdflib, rows, name))]
        yield _figure(syntax, "rdflib", len(rows), await take_turns(works, rounds), GOALS[syntax])
    write, _ = WRITERS["N-Triples"]
    works = [_timed("ours", partial(write, result, PLACE)), _timed("pyoxigraph", partial(by_oxigraph, rows))]
    yield _figure("N-Triples", "pyoxigraph", len(rows), await take_turns(works, rounds), GOAL_OF_OXIGRAPH)


def _figure(syntax: str, other: str, triples: int, rounds: Rounds, goal: float) -> Figure:
    ours, theirs = (triples / 1000 / p50(rounds, side) for side in ("ours", other))
    told = f"{triples} triples: ours {ours:.0f}, {other} {theirs:.1f} thousand triples/s"
    return Figure(f"{syntax} writer", "", told, ratio(rounds, lambda side: side[other] / side["ours"]), goal)


def _timed(name: str, action: Callable[[], bytes]) -> Work:
    async def run() -> bytes:
        return action()

    return timed(name, run)


async def some_claims(graph: Reader, claims: int) -> Result:
    """The first pages of the whole graph as one answer."""
    query = read_queries()["claims"]
    whole = await run(graph, query, query.check({"limit": MOST_ROWS}))
    page = whole
    while page.next_cursor and len(whole.rows) < claims:
        page = await run(graph, query, query.check({"limit": MOST_ROWS, "cursor": page.next_cursor}))
        whole.rows.extend(page.rows)
        whole.claims.update(page.claims)
        whole.entities.update(page.entities)
    return whole


def plain_rows(ntriples: bytes) -> Rows:
    """Subject, predicate, object and, for a literal, its datatype or `@` and language: what a user of rdflib has."""
    return [_plain(quad.triple) for quad in pyoxigraph.parse(ntriples, format=pyoxigraph.RdfFormat.N_TRIPLES)]


def _plain(triple: pyoxigraph.Triple) -> tuple[str, str, str, str | None]:
    subject, predicate, term = triple
    assert isinstance(subject, pyoxigraph.NamedNode) and isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal)
    if isinstance(term, pyoxigraph.NamedNode):
        return subject.value, predicate.value, term.value, None
    kind = f"@{term.language}" if term.language else term.datatype.value
    return subject.value, predicate.value, term.value, kind


def by_rdflib(rows: Rows, syntax: str) -> bytes:
    """The rows as rdflib writes them: terms, graph, text."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, address in prefixes(PLACE).items():  # without that of our ids its Turtle takes four times as long
        graph.bind(prefix, address)
    for subject, predicate, value, datatype in rows:
        term = rdflib.URIRef(value) if datatype is None else _literal(value, datatype)
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), term))
    return graph.serialize(format=syntax, encoding="utf-8")


def by_oxigraph(rows: Rows) -> bytes:
    """The rows as pyoxigraph writes them: terms, text."""
    node = pyoxigraph.NamedNode
    triples = (
        pyoxigraph.Triple(node(subject), node(predicate), node(value) if kind is None else _of_oxigraph(value, kind))
        for subject, predicate, value, kind in rows
    )
    return pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)


def _of_oxigraph(value: str, kind: str) -> pyoxigraph.Literal:
    if kind.startswith("@"):
        return pyoxigraph.Literal(value, language=kind[1:])
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(kind))


def _literal(value: str, datatype: str) -> rdflib.Literal:
    if datatype.startswith("@"):
        return rdflib.Literal(value, lang=datatype[1:])
    # a string literal is plain in our syntaxes, and rdflib tells the two forms apart
    kind = None if datatype == str(rdflib.XSD.string) else rdflib.URIRef(datatype)
    return rdflib.Literal(value, datatype=kind, normalize=False)


def compare(result: Result, rows: Rows) -> None:
    """All texts must hold the same triples."""
    texts = [(write(result, PLACE), name) for write, name in WRITERS.values()]
    texts += [(by_rdflib(rows, name), name) for _, name in WRITERS.values()]
    texts += [(by_oxigraph(rows), "nt")]
    first, *others = ({_plain(t) for t in _triples(text, name)} for text, name in texts)
    assert first and all(first == other for other in others), "the writers give different triples"


def _triples(text: bytes, name: str) -> list[pyoxigraph.Triple]:
    form = {"nt": pyoxigraph.RdfFormat.N_TRIPLES, "turtle": pyoxigraph.RdfFormat.TURTLE}[name]
    return [quad.triple for quad in pyoxigraph.parse(text, format=form)]
