"""An export holds what the question that lists all claims gives, whatever the format and however it is cut in parts."""

import asyncio
import csv
import io
import json
import tracemalloc
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph
import pytest

from api.ahead import Loop
from api.commands.export import OFFER
from api.formats import FORMATS
from api.formats.subgraph import EDGE_COLUMNS, NODE_COLUMNS, subgraph
from api.formats.triples import AT_ONCE
from graph import whole as walk
from graph.connection import Writer
from graph.counts import Counts
from graph.errors import Busy, GraphError, TooSlow, Unavailable
from graph.result import Answer, Result, in_one_part
from graph.whole import Whole
from graph.write import clear, load
from schema.claims_file import ClaimsFile
from schema.vocabulary import iri
from tests.changes import FIRST, NEXT, PEOPLE, claim, entity, file
from tests.conftest import Store
from tests.processes import wait_until
from tests.reading_rdf import SYNTAXES
from tests.sample_result import CLAIM_RECORDS, ENTITY_RECORDS, sample
from tests.whole_graph import PLACE, everything, exported

Row = dict[str, Any]
SMALL = 7  # claims and entities to a part: fewer than a subject or a relation has
GRAPHS = [suffix for suffix in OFFER if FORMATS[suffix].kind == "graph"]
# What of a graph tells of places on a page, which an export has none of, or counts what it has not yet seen.
OF_A_PAGE = ("rows", "total_nodes")


@pytest.fixture(params=[walk.PART, SMALL], ids=["one part", "many parts"])
def parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    size: int = request.param
    monkeypatch.setattr(walk, "PART", size)
    return size


def written(suffix: str, result: Result) -> bytes:
    """As it was written when it had to fit into memory, but for the places of its rows."""
    return FORMATS[suffix].write(replace(result, rows=[]), PLACE)


def triples(suffix: str, text: bytes) -> Counter[str]:
    return Counter(str(quad.triple) for quad in pyoxigraph.parse(text, SYNTAXES[suffix][0]))


@pytest.mark.parametrize("what", ["world", "seed", "sourced"])
@pytest.mark.parametrize("suffix", SYNTAXES)
async def test_an_rdf_export_holds_every_triple_once(suffix: str, what: str, store: Store, parts: int) -> None:
    reader = await store.hold(what)
    expected = triples(suffix, written(suffix, await everything(reader)))

    assert triples(suffix, await exported(reader, suffix)) == expected and len(expected) > 1000


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_each_subject_is_one_block_of_a_turtle_export_as_it_is_on_a_page(
    what: str, store: Store, parts: int
) -> None:
    reader = await store.hold(what)
    blocks = (await exported(reader, "ttl")).decode().split("\n\n")
    expected = written("ttl", await everything(reader)).decode().split("\n\n")

    assert sorted(map(str.strip, blocks)) == sorted(map(str.strip, expected))
    subjects = [block.split(" ", 1)[0] for block in blocks[1:]]
    assert len(set(subjects)) == len(subjects)


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_an_export_of_rows_has_one_for_every_claim(what: str, store: Store, parts: int) -> None:
    reader = await store.hold(what)
    whole = await everything(reader)
    for suffix, lines in (("csv", rows_of_csv), ("ndjson", bytes.splitlines)):
        expected = sorted(lines(FORMATS[suffix].write(whole, PLACE)))
        assert sorted(lines(await exported(reader, suffix))) == expected
        assert len(expected) == len(whole.claims) + (suffix == "csv")


def rows_of_csv(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode(), newline="")))


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_a_json_export_has_every_row_claim_entity_and_source(what: str, store: Store, parts: int) -> None:
    reader = await store.hold(what)
    given, expected = (json.loads(text) for text in (await exported(reader, "json"), await page_of_all(reader)))

    for listed in (given, expected):
        listed["data"].sort(key=lambda row: row["claims"])
    assert given == expected and given["total"] == {"value": len(given["claims"]), "relation": "eq"}


async def page_of_all(reader: Any) -> bytes:
    return FORMATS["json"].write(await everything(reader), PLACE)


@pytest.mark.parametrize("what", ["world", "seed"])
@pytest.mark.parametrize("suffix", GRAPHS)
async def test_a_graph_export_has_every_node_and_edge_with_all_it_says(
    suffix: str, what: str, store: Store, parts: int
) -> None:
    reader = await store.hold(what)
    whole = await everything(reader)
    given, expected = (drawn(suffix, text) for text in (await exported(reader, suffix), written(suffix, whole)))

    assert given["nodes"] == expected["nodes"] and len(given["edges"][0]) == len(whole.claims)
    assert given["edges"] == expected["edges"]
    assert {name: value for name, value in expected["about"].items() if name not in OF_A_PAGE} == given["about"]


def drawn(suffix: str, text: bytes) -> Row:
    """Nodes, edges and what is told of the whole, as NetworkX or a JSON parser has them."""
    if suffix in XML:
        graph = XML[suffix](io.BytesIO(text))
        edges = {data.get("rel_id", data.get("id")): (a, b, data) for a, b, data in graph.edges(data=True)}
        kinds = {edge.attrib["id"]: edge.attrib.get("kind", edge.attrib["label"]) for edge in elements(text, "edge")}
        return {"nodes": dict(graph.nodes(data=True)), "edges": (edges, kinds), "about": graph.graph}
    body = json.loads(text)
    graph = body["elements"] if suffix == "cytoscape.json" else body["graph"] if suffix == "jgf.json" else body
    nodes = graph["nodes"].items() if suffix == "jgf.json" else [(named(node), node) for node in graph["nodes"]]
    edges = {named(edge): edge for edge in graph.get("edges") or graph["links"]}
    about = graph["metadata"] if suffix == "jgf.json" else body[ABOUT[suffix]]
    return {"nodes": dict(nodes), "edges": (edges, {}), "about": about}


XML = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
ABOUT = {"graph.json": "graph", "cytoscape.json": "data", "d3.json": "meta", "graphology.json": "attributes"}


def elements(text: bytes, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in ElementTree.fromstring(text).iter() if each.tag.endswith(f"}}{name}"))


def named(record: Row) -> str:
    within = record.get("data", record)
    return str(within.get("id") or within["key"])


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_the_columns_that_an_export_declares_are_all_that_a_page_can_have(what: str, store: Store) -> None:
    whole = await everything(await store.hold(what))
    for result in (whole, sample()):
        graph = subgraph(in_one_part(replace(result, rows=[])), PLACE)
        assert graph.node_columns.items() <= NODE_COLUMNS.items()
        assert graph.edge_columns.items() <= EDGE_COLUMNS.items()


async def test_parallel_edges_are_told_apart_in_every_part(blank: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "PART", SMALL)
    claims = [
        claim("many", "ADVISES", "river-alliance", who, detail=f"{n}") for n in range(20) for who in ("ann", "bo")
    ]
    await load(blank, [file("many", claims, PEOPLE)], FIRST)

    found = Counter(edge.attrib["label"] for edge in elements(await exported(blank, "graphml"), "edge"))
    assert found == Counter([f"ADVISES{f'#{n}' if n > 1 else ''}" for n in range(1, 21)] * 2)


@pytest.mark.parametrize("suffix", OFFER)
async def test_an_export_of_nothing_is_whole_all_the_same(suffix: str, blank: Writer) -> None:
    assert await exported(blank, suffix) == FORMATS[suffix].write(await everything(blank), PLACE)


async def test_both_stores_export_the_same_bytes(embedded: Store, neo4j: Store) -> None:
    for suffix in OFFER:
        one, other = [await exported(await each.hold("seed"), suffix) for each in (embedded, neo4j)]
        assert one == other, suffix


async def test_an_export_is_of_one_edition_though_the_next_is_published_meanwhile(
    blank: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "PART", SMALL)
    whole = await published(blank)
    expected = await collected(whole)
    parts = whole.claims()
    first = await anext(parts)
    await load(blank, [many("other")], NEXT)

    rest = [make async for make in parts]
    assert len(rest) > 1 and {id for make in (first, *rest) for id in make().claims} == expected


@pytest.mark.parametrize("after", [1, 3], ids=["with parts to come", "after the last part"])
async def test_an_export_whose_edition_is_cleared_away_says_so(
    after: int, blank: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the edition was asked for a moment before."""
    monkeypatch.setattr(walk, "PART", SMALL)
    whole = await published(blank)
    parts = whole.claims()
    for _ in range(after):
        await anext(parts)
    await clear(blank, await load(blank, [many("other")], NEXT))
    blank._edition, blank._asked_at = whole.edition, monotonic()

    with pytest.raises(Unavailable, match="a load has replaced edition 1 by 2 meanwhile; export again"):
        [make async for make in parts]


async def test_an_edition_that_is_cleared_away_while_it_is_counted_says_so(
    blank: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = walk.count

    async def cleared(*given: Any) -> Counts:
        await clear(blank, await load(blank, [many("other")], NEXT))
        return await counted(*given)

    whole = await published(blank)
    monkeypatch.setattr(walk, "count", cleared)
    with pytest.raises(Unavailable, match="a load has replaced edition 1 by 2 meanwhile; export again"):
        await collected(whole)


async def test_what_is_written_first_waits_for_no_count(blank: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = blank.read

    async def noted(text: str, given: Row) -> list[list[Any]]:
        asked.append(text)
        return await read(text, given)

    monkeypatch.setattr(walk, "PART", SMALL)
    whole = await published(blank)
    monkeypatch.setattr(blank, "read", noted)
    parts = whole.claims()
    await anext(parts)
    assert asked == [walk.CLAIMS]
    [make async for make in parts]
    assert asked.count(walk.CLAIMS) == 3 and any("count(c)" in text for text in asked)


async def test_an_export_that_has_not_what_the_store_counts_says_so(blank: Writer) -> None:
    whole = await published(blank)
    whole._total = 21

    with pytest.raises(GraphError, match="the store counts 21 claims and gave 20"):
        await collected(whole)


async def test_who_disputes_a_claim_is_named_where_nothing_else_on_its_page_names_them(
    blank: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "PART", 1)
    monkeypatch.setattr(walk, "BEGINNING", 1)
    advice = claim("early", "ADVISES", "river-alliance", "ann")
    doubt = claim("late", "OPPOSES", "vale-mayors", "border-office", disputes=(advice.id,), attributed_to="bo")
    await load(blank, [file("early", [advice]), file("late", [doubt])], FIRST)

    label = f'<{PLACE.base}id/{advice.id}> <{iri("rdfs:label")}> "River Alliance [disputed by Bo] advises Ann"@en .'
    assert label in (await exported(blank, "nt")).decode().splitlines()


async def test_a_document_that_a_claim_is_about_keeps_what_its_evidence_tells_of_it(blank: Writer) -> None:
    about = claim("early", "ABOUT", "early", "ann")
    await load(blank, [file("early", [about], language="en")], FIRST)

    assert f'<{iri("oa:exact")}> "early ann"@en .' in (await exported(blank, "nt")).decode()


class Crowded:
    """A reader that is refused so many times before each page."""

    def __init__(self, reader: Writer, error: GraphError, times: int) -> None:
        self._reader, self._error, self._times, self._left = reader, error, times, times
        self.newest, self.edition = reader.newest, reader.edition

    async def read(self, text: str, given: Row) -> list[list[Any]]:
        self._left -= 1
        if self._left >= 0:
            raise self._error
        self._left = self._times
        return await self._reader.read(text, given)


@pytest.mark.parametrize("error", [Busy("too many"), TooSlow("the limit")], ids=["busy", "too slow"])
async def test_an_export_waits_for_a_page_that_the_store_is_too_busy_for_and_not_for_ever(
    error: GraphError, blank: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "PART", SMALL)
    monkeypatch.setattr(Unavailable, "again_after", 0)
    whole = await published(blank)
    expected = await collected(whole)
    for times in (1, walk.AGAIN):
        crowded: Any = Crowded(blank, error, times)
        assert await collected(Whole(crowded, whole.edition)) == expected
    crowded = Crowded(blank, error, walk.AGAIN + 1)
    with pytest.raises(type(error)):
        await collected(Whole(crowded, whole.edition))


def many(word: str) -> ClaimsFile:
    return file("many", [claim("many", "ADVISES", "river-alliance", "ann", detail=f"{word} {n}") for n in range(20)])


async def published(graph: Writer) -> Whole:
    """An edition of twenty claims."""
    await load(graph, [many("first")], FIRST)
    return await Whole.of(graph)


async def collected(whole: Whole) -> set[str]:
    return {id async for make in whole.claims() for id in make().claims}


async def test_who_disputes_by_a_claim_that_is_superseded_is_named_all_the_same(blank: Writer) -> None:
    doubt = claim("late", "SUPPORTS", "bo", "border-office", attributed_to="critic", disputes=(many("x").claims[0].id,))
    later = claim("last", "SUPPORTS", "bo", "border-office", supersedes=(doubt.id,))
    people = (*PEOPLE, entity("Person", "critic"))
    for each in (many("x"), file("late", [doubt], people), file("last", [later], people)):
        await load(blank, [each], FIRST)
    whole = await everything(blank)

    assert "critic" in whole.entities and doubt.id not in whole.claims
    assert json.loads(await exported(blank, "json"))["entities"] == json.loads(await page_of_all(blank))["entities"]


async def test_one_part_is_fetched_ahead_while_another_is_written_and_no_more() -> None:
    fetched = []

    async def source() -> AsyncIterator[Callable[[], int]]:
        for number in range(4):
            fetched.append(number)
            yield partial(int, number)

    def write() -> list[list[int]]:
        seen = []
        for part in loop.ahead(source)():
            wait_until(lambda next=part + 1: len(fetched) > next, seconds=1)
            seen.append([part, *fetched[part:]])
        return seen

    loop = Loop(asyncio.get_running_loop())
    assert await asyncio.to_thread(write) == [[0, 0, 1], [1, 1, 2], [2, 2, 3], [3, 3]]


def test_the_lines_of_few_claims_are_held_at_once() -> None:
    """Of a page of them some have a hundred places."""
    total = 2 * AT_ONCE + 1
    claims = {id: CLAIM_RECORDS[0] | {"id": id} for n in range(total) if (id := f"c-{n:016x}")}
    answer = replace(in_one_part(sample(rows=[], claims=claims)), at_once=False)
    pieces = list(FORMATS["nt"].stream(answer, PLACE))

    held = [piece.count(b"22-rdf-syntax-ns#Statement>") for piece in pieces]
    assert [each for each in held if each] == [AT_ONCE, AT_ONCE, 1]
    page = FORMATS["nt"].write(answer.head, PLACE)
    assert sorted(b"".join(pieces).splitlines()) == page.splitlines()


@pytest.mark.parametrize("suffix", OFFER)
def test_writing_many_parts_takes_no_more_memory_than_writing_few(suffix: str) -> None:
    few, lots = (most_memory(suffix, parts) for parts in (5, 60))
    assert lots < few + 1_000_000


def most_memory(suffix: str, parts: int) -> int:
    """The most bytes in use at once while the sample is written so many times, as other claims each time."""

    def source() -> Iterator[Result]:
        for part in range(parts):
            claims = {
                id: record | {"id": id} for n, record in enumerate(CLAIM_RECORDS * 10) if (id := f"c-{part:08x}{n:08x}")
            }
            rows = [{"subject_id": record["subject"], "claims": [id]} for id, record in claims.items()]
            entities = {f"{e['id']}-{part}": e | {"id": f"{e['id']}-{part}"} for e in ENTITY_RECORDS}
            yield sample(
                rows=rows,
                claims=claims,
                entities=entities | {e["id"]: e for e in ENTITY_RECORDS},
                columns=("subject_id",),
            )

    answer = Answer(sample(rows=[], claims={}, entities={}), lambda: parts * 100, source, source, source, source)
    tracemalloc.start()
    try:
        for _ in FORMATS[suffix].stream(answer, PLACE):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
