"""Dumps: all of a version in files that are whole, the same for the same content, and as their manifest tells."""

import hashlib
import json
import os
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib import DCAT, DCTERMS, RDF, VOID, URIRef

from api.app import create_app
from api.dumps.changes import patch
from api.dumps.folder import Dumps
from api.dumps.neo4j import tables
from api.dumps.writing import AS_THEY_ARE
from api.formats import FORMATS
from api.site import Site
from graph import sorted_lines as sorting
from graph.engine import Engine
from graph.errors import GraphError
from graph.sorted_lines import in_order
from schema.packed_file import Spoilt
from schema.vocabulary import PREFIXES, iri
from tests.conftest import BASE, Store
from tests.consumers import javascript_lines
from tests.dumping import dump, unpacked
from tests.processes import killing_its_child
from tests.reading_rdf import digest

Get = Callable[..., Awaitable[httpx.Response]]
Write = Callable[[Path], Awaitable[str]]

SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
HAS_SOURCE = pyoxigraph.NamedNode(iri("oa:hasSource"))
HAS_VERSION = URIRef("http://www.w3.org/ns/dcat#hasVersion")  # newer than rdflib


@pytest.fixture
async def write(embedded: Store, engine: Engine) -> Write:
    """Writes what the store holds into a folder."""
    return partial(dump, engine.uri, engine.reader, engine.database)


@pytest.fixture
async def dumped(embedded: Store, write: Write, tmp_path: Path) -> tuple[Path, str]:
    """The folder and the version of a dump of all that is seeded."""
    await embedded.hold("sourced")
    return tmp_path / "dumps", await write(tmp_path / "dumps")


async def test_a_manifest_tells_of_each_file_what_it_is(dumped: tuple[Path, str]) -> None:
    folder, version = dumped
    record = Dumps(folder).manifest(version)
    names = {each["name"] for each in record["files"]}
    kinds = {f"civicgraph.{suffix}" for suffix in ("nt", "nq", "jsonl", *AS_THEY_ARE)}
    kinds |= {f"neo4j-{table.name}.csv" for table in tables().values()}
    assert names == {f"{kind}.{packing}" for kind in kinds for packing in ("gz", "zst")}
    for each in record["files"]:
        path = folder / version / each["name"]
        assert (each["bytes"], each["sha256"]) == (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        content = unpacked(path)
        assert (each["unpacked_bytes"], each["unpacked_sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    sums = (folder / version / "SHA256SUMS").read_text().splitlines()
    assert sums == sorted((f"{each['sha256']}  {each['name']}" for each in record["files"]), key=lambda s: s[66:])


async def test_the_manifest_as_dcat_says_the_same(dumped: tuple[Path, str]) -> None:
    folder, version = dumped
    record = Dumps(folder).manifest(version)
    found = rdflib.Graph().parse(folder / version / "manifest.ttl")
    here = URIRef(f"{BASE}dumps/{version}/")
    assert str(found.value(here, VOID.triples)) == str(record["triples"])
    assert str(found.value(here, URIRef("http://www.w3.org/ns/dcat#version"))) == record["hash"]
    assert found.value(here, DCTERMS.license) and found.value(here, DCTERMS.isVersionOf) == URIRef(f"{BASE}#dataset")
    sums = SPDX.checksum / SPDX.checksumValue
    told = {
        (str(file), str(found.value(file, DCAT.byteSize)), *map(str, found.objects(file, sums)))
        for file in found.subjects(RDF.type, DCAT.Distribution)
    }
    assert told == {(f"{here}{f['name']}", str(f["bytes"]), f["sha256"]) for f in record["files"]}


async def test_every_file_tells_the_same_graph_in_its_own_way(dumped: tuple[Path, str]) -> None:
    folder, version = dumped
    record = Dumps(folder).manifest(version)
    lines = unpacked(folder / version / "civicgraph.nt.gz").splitlines(keepends=True)
    assert lines == sorted(set(lines)) and len(lines) == record["triples"] > 5000
    assert record["lines_sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    turtle = pyoxigraph.parse(unpacked(folder / version / "civicgraph.ttl.zst"), RdfFormat.TURTLE)
    assert sorted({f"{quad.triple} .\n".encode() for quad in turtle}) == lines
    quads = unpacked(folder / version / "civicgraph.nq.zst")
    assert quads.splitlines() == sorted(set(quads.splitlines()))
    assert sorted({f"{quad.triple} .\n".encode() for quad in pyoxigraph.parse(quads, RdfFormat.N_QUADS)}) == lines
    rows = unpacked(folder / version / "civicgraph.ndjson.zst").splitlines()
    assert len(rows) == record["claims"]


async def test_of_the_n_quads_a_graph_is_what_one_document_says(dumped: tuple[Path, str]) -> None:
    folder, version = dumped
    quads = pyoxigraph.Store()
    quads.bulk_load(unpacked(folder / version / "civicgraph.nq.gz"), RdfFormat.N_QUADS)
    of_two = "SELECT * WHERE { GRAPH ?g { ?claim a cg:Claim ; prov:wasDerivedFrom ?d } FILTER(?g != ?d) }"
    prefixes = {name: PREFIXES[name] for name in ("cg", "prov", "oa", "rdf", "org")}
    assert list(quads.query(of_two, prefixes=prefixes)) == []
    strange = "SELECT * WHERE { GRAPH ?g { ?claim cg:evidence ?e . ?e oa:hasSource ?d } FILTER(?g != ?d) }"
    assert list(quads.query(strange, prefixes=prefixes)) == []
    told = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?d { ?e oa:hasSource ?d } }"
    [[pieces]] = quads.query(told, prefixes=prefixes)  # type: ignore[union-attr,misc]
    assert int(pieces.value) == sum(1 for _ in quads.quads_for_pattern(None, HAS_SOURCE, None, None)) > 300
    # Who advises whom, and in which document that stands as a fact of its own.
    facts = "SELECT ?d ?who ?whom WHERE { GRAPH ?d { ?who cg:advises ?whom } }"
    article = f"{BASE}id/cities-push-back-on-ice"
    found = {tuple(str(term.value) for term in row) for row in quads.query(facts, prefixes=prefixes)}  # type: ignore
    assert (article, f"{BASE}id/mayors-for-america", f"{BASE}id/democratic-mayors") in found
    # What is put together from several documents is said by none of them.
    names = quads.quads_for_pattern(None, pyoxigraph.NamedNode(iri("rdfs:label")), None, None)
    assert {str(quad.graph_name) for quad in names if "/id/c-" not in quad.subject.value} == {"DEFAULT"}


async def test_a_line_of_json_ld_is_a_document_that_the_context_beside_it_explains(dumped: tuple[Path, str]) -> None:
    folder, version = dumped
    context = json.loads((folder / version / "context.jsonld").read_text())["@context"]
    nodes = [json.loads(line) for line in unpacked(folder / version / "civicgraph.jsonl.gz").splitlines()]
    assert {node.pop("@context") for node in nodes} == {f"{BASE}v1/schema/context.jsonld"}
    found = pyoxigraph.parse(json.dumps({"@context": context, "@graph": nodes}).encode(), RdfFormat.JSON_LD)
    lines = unpacked(folder / version / "civicgraph.nt.gz").splitlines(keepends=True)
    assert sorted({f"{quad.triple} .\n".encode() for quad in found}) == lines


async def test_n3js_and_jsonldjs_read_every_file_of_rdf(dumped: tuple[Path, str]) -> None:
    folder, version = dumped
    names = [f"civicgraph.{suffix}" for suffix in ("nt", "nq", "ttl", "np.trig", "jsonl")]
    files = {name: unpacked(folder / version / f"{name}.zst") for name in names}
    context = {f"{BASE}v1/schema/context.jsonld": json.loads((folder / version / "context.jsonld").read_text())}
    read = javascript_lines(files, context)
    lines = {f"civicgraph.{suffix}": set(files[f"civicgraph.{suffix}"].decode().split("\n")) for suffix in ("nt", "nq")}
    told = {f"{quad} ." for quad in pyoxigraph.parse(files["civicgraph.np.trig"], RdfFormat.TRIG)}
    expected = {name: digest(lines["civicgraph.nt"] - {""}) for name in names}
    expected |= {"civicgraph.nq": digest(lines["civicgraph.nq"] - {""}), "civicgraph.np.trig": digest(told)}
    assert {name: digest(each) for name, each in read.items()} == expected
    assert expected["civicgraph.nt"] == Dumps(folder).manifest(version)["lines_sha256"]


async def test_equal_content_is_equal_bytes_and_a_version_that_is_there_is_not_written_again(
    dumped: tuple[Path, str], write: Write, tmp_path: Path
) -> None:
    folder, version = dumped
    again = await write(tmp_path / "elsewhere")
    assert again == version
    files = {path.name: path.read_bytes() for path in (folder / version).iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "elsewhere" / version).iterdir()}
    before = (folder / version / "manifest.json").stat().st_mtime_ns
    assert await write(folder) == version and (folder / version / "manifest.json").stat().st_mtime_ns == before


async def test_what_has_changed_turns_the_older_lines_into_the_newer(
    embedded: Store, write: Write, tmp_path: Path
) -> None:
    await embedded.hold("world")
    first = await write(tmp_path)
    await embedded.hold("seed")
    second = await write(tmp_path)
    steps = unpacked(tmp_path / second / f"changes-from-{first}.rdfp.gz").splitlines(keepends=True)
    lines = set(unpacked(tmp_path / first / "civicgraph.nt.gz").splitlines(keepends=True))
    assert steps[2] == b"TX .\n" and steps[-1] == b"TC .\n"
    for step in steps[3:-1]:
        verb, line = step[:2], step[2:]
        if verb == b"D ":
            lines.remove(line)
        else:
            assert verb == b"A " and line not in lines
            lines.add(line)
    assert lines == set(unpacked(tmp_path / second / "civicgraph.nt.gz").splitlines(keepends=True))
    assert Dumps(tmp_path).manifest(second)["previous"] == first
    assert Dumps(tmp_path).versions() == [second, first]


async def test_a_dump_that_fails_leaves_nothing_and_what_a_killed_one_left_is_removed(
    embedded: Store, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await embedded.hold("world")
    left = tmp_path / ".0123456789abcdef.999999999.part"
    left.mkdir()

    def fails(*_: Any) -> Iterator[bytes]:
        yield b"<a> <b> <c> .\n"
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("api.dumps.writing.write_jsonld_lines", fails)
        with pytest.raises(OSError, match="No space"):
            await write(tmp_path)
    assert os.listdir(tmp_path) == []
    written = await write(tmp_path)
    assert written in Dumps(tmp_path).versions()
    await embedded.hold("seed")
    (before := tmp_path / written / "civicgraph.nt.gz").write_bytes(b"")
    with pytest.raises(Spoilt, match="ends before") as found:  # what has changed since cannot be told
        await write(tmp_path)
    assert found.value.filename == str(before) and os.listdir(tmp_path) == [written]


async def test_what_is_not_checked_as_its_process_is_killed_is_not_written(
    embedded: Store, write: Write, tmp_path: Path
) -> None:
    await embedded.hold("world")
    told = r"^nothing was written: .*\.nt\.gz: is not checked: "
    with killing_its_child(lambda: any(tmp_path.glob("dumps/.*/.checking-*/*"))), pytest.raises(GraphError, match=told):
        await write(tmp_path / "dumps")
    assert list((tmp_path / "dumps").iterdir()) == []


async def test_what_breaks_the_shapes_is_not_written(embedded: Store, write: Write, tmp_path: Path) -> None:
    await embedded.hold("sourced")  # in which this claim is valid from 2026
    ends = "MATCH (c:Claim {id: 'c-01afefee23dfa94b'}) SET c.valid_to = $until"
    await embedded.writer.write([(ends, {"until": "1990"})])
    try:
        with pytest.raises(GraphError) as refused:
            await write(tmp_path / "dumps")
    finally:
        await embedded.writer.write([(ends, {"until": None})])
    said, *faults = str(refused.value).splitlines()
    assert said == "nothing was written, as it breaks the shapes:"
    assert faults[0].startswith("c-01afefee23dfa94b: ") and '"1990"' in faults[0] and "endDate" in faults[0]
    assert not list((tmp_path / "dumps").iterdir())


def test_lines_are_in_order_whatever_fits_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "RUN", 40)
    monkeypatch.setattr(sorting, "MOST_OPEN", 3)
    pieces = [b"".join(b"%03d\n" % (n * 37 % 200) for n in range(start, start + 7)) for start in range(0, 210, 7)]
    found = list(in_order(pieces, tmp_path))
    assert found == [b"%03d\n" % n for n in range(200)] and list(tmp_path.iterdir()) == []


def test_a_patch_tells_what_went_and_what_came() -> None:
    steps = list(patch([b"a\n", b"b\n", b"d\n"], [b"b\n", b"c\n", b"d\n", b"e\n"], ("http://x/1/", "http://x/2/")))
    assert steps[1:-1] == [b"D a\n", b"A c\n", b"A e\n"]
    assert list(patch([], [], ("http://x/1/", "http://x/2/")))[1:] == [b"TC .\n"]


# Over HTTP


@pytest.fixture
async def door(embedded: Store, dumped: tuple[Path, str]) -> Get:
    site = Site(embedded.reader, BASE, dumps=dumped[0])
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_app(site)), base_url=BASE).get


async def test_a_dump_is_found_from_the_list_and_its_files_are_had(door: Get, dumped: tuple[Path, str]) -> None:
    folder, version = dumped
    listed = await door("/dumps", headers={"Accept": "text/html"})
    assert f"dumps/{version}" in listed.text
    versions = rdflib.Graph().parse(data=(await door("/dumps?format=ttl")).content, format="turtle")
    assert set(versions.objects(None, HAS_VERSION)) == {URIRef(f"{BASE}dumps/{version}/")}
    manifest = await door(f"/dumps/{version}", headers={"Accept": "text/turtle"})
    assert b"dcat:Distribution" in manifest.content
    page = await door(f"/dumps/{version}", headers={"Accept": "text/html"})
    for name in ("civicgraph.nt.gz", "civicgraph.ttl.zst", "manifest.json", "SHA256SUMS"):
        assert name in page.text
        file = await door(f"/dumps/{version}/{name}")
        assert file.content == (folder / version / name).read_bytes() and "immutable" in file.headers["cache-control"]
    assert (await door(f"/dumps/{version}/civicgraph.nt.gz")).headers["content-type"] == "application/gzip"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/dumps/0000000000000000", "no dump"),
        ("/dumps/{version}/civicgraph.nt", "civicgraph.nt.gz"),
        ("/dumps/{version}/..%2F..%2Fetc", "no"),
        ("/dumps/..%2F..", ""),
    ],
)
async def test_what_is_not_there_is_not_found(door: Get, dumped: tuple[Path, str], path: str, words: str) -> None:
    answer = await door(path.format(version=dumped[1]))
    assert answer.status_code == 404 and words in answer.text


def test_dumps_hold_the_formats_that_programs_load() -> None:
    assert set(AS_THEY_ARE) <= FORMATS.keys()


async def test_the_description_of_the_dataset_leads_to_its_dumps(door: Get, dumped: tuple[Path, str]) -> None:
    found = rdflib.Graph().parse(data=(await door("/.well-known/void?format=ttl")).content, format="turtle")
    dataset = URIRef(f"{BASE}#dataset")
    assert set(found.objects(dataset, HAS_VERSION)) == {URIRef(f"{BASE}dumps/{dumped[1]}/")}
    files = {str(each) for each in found.objects(dataset, VOID.dataDump)}
    assert files == {f"{BASE}dumps/{dumped[1]}/civicgraph.{name}" for name in ("nt.gz", "nt.zst", "ttl.gz", "ttl.zst")}
    assert [(await door(each)).status_code for each in files] == [200] * 4
