"""The CSV of a dump: Neo4j's own import tool makes a store of it that answers, and goes on, like the first one."""

import os
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.connection import Reader, Writer
from graph.engine import Engine
from graph.engine_folder import NEO4J, password
from graph.neo4j_server import HOME, JARS, Neo4jServer
from graph.query import read_queries
from graph.result import Result
from graph.run import run
from graph.write import clear, load
from schema.derive.constraints import neo4j_statements
from seed.read import read
from tests.conftest import FILLINGS, LARGER, NOW, PLANNING, Store
from tests.dumping import dump
from tests.required import require_jars

FLAGSHIP = read_queries()["groups-advising-mayors"]
ASKED = FLAGSHIP.check({"resolve": True})


def imported(dumped: Path, folder: Path) -> None:
    """What the dump's own file of arguments makes `neo4j-admin` do in a folder without a database."""
    JARS.fetch()
    home = folder / HOME
    home.mkdir(parents=True)
    password(folder / NEO4J.password_file)  # by which a folder is known as one of ours
    command = ["java", "-Xmx1g", "-XX:+UseSerialGC", "-cp", f"{JARS.path}/*", "org.neo4j.cli.AdminTool"]
    asked = ["database", "import", "full", "neo4j", "@neo4j-import.args", "--verbose"]
    where = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home)}
    told = subprocess.run([*command, *asked], cwd=dumped, env=where, capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    report = dumped / "import.report"  # what it left out, and why
    assert report.read_text(encoding="utf-8") == ""
    report.unlink()


@dataclass(frozen=True)
class Restored:
    """What the dump tells of, by the store that it was written from, and Neo4j as the import tool has filled it."""

    wanted: Result
    dump: Path
    server: Neo4jServer
    reader: Reader
    writer: Writer


@pytest.fixture(scope="module")
async def restored(
    embedded: Store, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Restored]:
    require_jars(JARS)
    folder = tmp_path_factory.mktemp("restored")
    wanted = await run(await embedded.hold("judged"), FLAGSHIP, ASKED)
    dumped = folder / await dump(engine.uri, engine.reader, engine.database, folder)
    imported(dumped, folder / "store")
    with Neo4jServer(folder / "store", fast_start=True, heap=LARGER) as server:
        login = server.username, server.password
        async with (
            await Reader.open(server.uri, login, server.database, PLANNING) as reader,
            await Writer.open(server.uri, login, server.database, PLANNING) as writer,
        ):
            writer.grace = 0
            await writer.define(neo4j_statements())
            yield Restored(wanted, dumped, server, reader, writer)


async def test_the_flagship_question_has_the_same_answer(restored: Restored) -> None:
    found, wanted = await run(restored.reader, FLAGSHIP, ASKED), restored.wanted
    assert found.rows == wanted.rows and {*found.claims} == {*wanted.claims} != set()
    assert (found.claims, found.entities, found.version) == (wanted.claims, wanted.entities, wanted.version)


async def test_dumped_again_it_is_the_same_bytes(restored: Restored, tmp_path: Path) -> None:
    server = restored.server
    version = await dump(server.uri, (server.username, server.password), server.database, tmp_path)
    found, wanted = files(tmp_path / version), files(restored.dump)
    assert found.keys() == wanted.keys()
    assert [name for name in sorted(found) if found[name] != wanted[name]] == []


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_a_load_goes_on_from_there_and_would_have_written_just_that(restored: Restored) -> None:
    reader, writer = restored.reader, restored.writer
    sheets = read(FILLINGS["judged"]).files
    report = await load(writer, sheets, NOW)
    assert report.writes == 0 and report.edition.hash == restored.wanted.version
    found = [await reader.read(text, {}) for text in ALL]
    await writer.write([("MATCH (n) DETACH DELETE n", {})])
    writer.forget()
    await clear(writer, await load(writer, sheets, NOW))
    for text, rows in zip(ALL, found, strict=True):
        wanted = await reader.read(text, {})
        assert [pair for pair in zip(rows, wanted, strict=True) if pair[0] != pair[1]] == [], text
        assert rows, text


PIECES = "c.id, type(r), n.id, coalesce(r.start, r.row, 0), r.pointer, r.column, r.absent"
ALL = (
    "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) ORDER BY label",
    "MATCH ()-[r]->() RETURN type(r), count(*) ORDER BY type(r)",
    "MATCH (e:Edition) RETURN e {.*, published_at: '', beat: 0}",
    "MATCH (c:Claim) RETURN c {.*, since: 0, until: 0} ORDER BY c.id",
    "MATCH (n:Entity) RETURN labels(n), n {.*, since: 0, until: 0} ORDER BY n.id",
    "MATCH (s:Statement)-[:STATES]->(c) RETURN s {.*, since: 0, until: 0}, c.id ORDER BY s.by_place",
    f"MATCH (c:Claim)-[r]->(n) RETURN c.id, type(r), r {{.*, since: 0, until: 0}}, n.id ORDER BY {PIECES}",
    "MATCH (a:Entity)-[r]->(b) RETURN a.id, type(r), r {.*, since: 0, until: 0}, b.id ORDER BY r.claim",
    "MATCH (d:Declared) RETURN d.document, size(d.entities), size(d.marks) ORDER BY d.document",
)
