"""The command `civicgraph` over a store: what it loads, answers, exports and tells of what the folder holds."""

import asyncio
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import pyoxigraph
import pytest

from graph.connection import Writer
from graph.edition import ONE
from graph.engine import Engine
from graph.write import load
from schema.derive.constraints import arcadedb_statements
from schema.vocabulary import TERMS
from seed.read import read
from tests.commanding import ABSENT, DONE, QUERY, UNAVAILABLE, Done, Run, civicgraph, popen
from tests.conftest import HERE, NOW, SEED, WORLD

pytestmark = pytest.mark.slow

Get = Callable[..., Awaitable[httpx.Response]]

CLAIMS = len(read(SEED).files[0].claims)
VERSION = r"version [0-9a-f]{8} of \d{4}-\d\d-\d\d"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command over a folder of its own, in which there is no graph yet."""
    return partial(civicgraph, tmp_path / "data")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Done]:
    """The command over a folder with the article in it, and what loading it gave."""
    over = partial(civicgraph, tmp_path_factory.mktemp("command") / "data")
    return over, over("load", *map(str, SEED))


def test_a_first_load_says_what_it_made(loaded: tuple[Run, Done]) -> None:
    _, first = loaded
    assert first.returncode == DONE, first.stderr
    assert f": {CLAIMS} claims created, 0 changed, 0 retracted, 0 as they were; " in first.stdout.decode()


def test_a_load_takes_all_files_in_as_one_change_and_prints_one_line(run: Run) -> None:
    documents = [file.document.id for file in read(WORLD).files]
    (told,) = run("load", *WORLD).stdout.decode().splitlines()
    version = told.rpartition("; ")[2]
    assert told.startswith(f"{', '.join(documents)}: ") and re.fullmatch(VERSION, version)
    first = run("status").stdout.decode().splitlines()[0]
    assert first.startswith(f"{version}, published 20") and first.endswith("Z as edition 1")


def test_a_second_load_writes_nothing(loaded: tuple[Run, Done]) -> None:
    run, _ = loaded
    second = run("load", *map(str, SEED)).stdout.decode()
    assert f"0 claims created, 0 changed, 0 retracted, {CLAIMS} as they were; 0 entities created, 0 changed" in second


async def test_query_writes_the_bytes_that_http_sends(loaded: tuple[Run, Done], client: Get) -> None:
    run, _ = loaded
    done = run("query", "timeline", "limit=7", "--format", "json", "as_of=2026")
    sent = await client("/v1/queries/timeline/results.json?as_of=2026&limit=7")
    assert (done.returncode, done.stdout) == (DONE, sent.content)
    assert sent.json()["truncated"] and done.stderr.decode().startswith("7 rows; more exist: cursor=")


def test_query_takes_a_list_as_http_does(loaded: tuple[Run, Done]) -> None:
    run, _ = loaded
    done = run("query", "claims", "--format", "ndjson", "status=hedged", "status=reported", "limit=500")
    assert b'"status":"hedged"' in done.stdout and b'"status":"reported"' in done.stdout
    assert b'"status":"asserted"' not in done.stdout
    assert run("query", "claims", "--format", "ndjson", "status=hedged, reported", "limit=500").stdout == done.stdout


def test_query_says_what_is_not_there_and_what_is_like_it(loaded: tuple[Run, Done]) -> None:
    run, _ = loaded
    done = run("query", "entity", "id=new-york-sity")
    assert (done.returncode, done.stdout) == (ABSENT, b"")
    assert b"near: new-york-city" in done.stderr


def test_query_draws_a_table_when_asked_to(loaded: tuple[Run, Done]) -> None:
    run, _ = loaded
    head, rule, *rows, count = run("query", QUERY, "--format", "table", COLUMNS="120").stdout.decode().splitlines()
    assert head.split()[:2] == ["group", "mayor"] and head.endswith("on whose word") and set(rule) == {"-", " "}
    assert count == f"{len(rows)} row{'s' if len(rows) > 1 else ''}" and all(len(row) <= 120 for row in rows)
    assert rows[0].startswith("Mayors for America") and "“" in rows[0]


def test_query_draws_a_table_on_a_terminal_of_its_width(loaded: tuple[partial[Done], Done]) -> None:
    (data,) = loaded[0].args
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 72, 0, 0))
    settings = popen(data, "query", "timeline", "limit=3") | {"stdout": theirs}
    settings["env"].pop("COLUMNS", None)
    with subprocess.Popen(**settings) as asking, open(ours, "rb", buffering=0) as screen:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the terminal has closed
            while piece := screen.read(4096):
                shown += piece
    lines = shown.decode().splitlines()
    assert asking.returncode == DONE and lines[-1].startswith("3 rows; more exist: cursor=")
    assert len(lines) == 6 and all(len(line) <= 72 for line in lines[:-1])


@pytest.mark.parametrize("words", [["query", "timeline"], ["query", "entity", "id=chicago"]])
def test_query_says_that_the_store_is_empty(tmp_path: Path, words: list[str]) -> None:
    done = civicgraph(tmp_path / "data", *words)
    told = "civicgraph: the store holds no claims yet; run `civicgraph load`\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (ABSENT, b"", told)


def test_an_answer_without_rows_is_no_error(loaded: tuple[Run, Done]) -> None:
    run, _ = loaded
    done = run("query", QUERY, "known_at=2000", "--format", "table")
    assert (done.returncode, done.stdout) == (DONE, b"No claim in the graph answers this.\n")


def test_the_whole_graph_is_exported_and_can_be_read(loaded: tuple[Run, Done], tmp_path: Path) -> None:
    run, _ = loaded
    done = run("export", "--format", "ttl", "--output", tmp_path / "graph.ttl")
    assert (done.returncode, [f.name for f in tmp_path.iterdir()]) == (DONE, ["graph.ttl"])
    triples = pyoxigraph.parse(path=str(tmp_path / "graph.ttl"))
    claims = {quad.subject.value for quad in triples if quad.object == pyoxigraph.NamedNode(f"{TERMS}Claim")}
    assert len(claims) == CLAIMS and f"{CLAIMS} claims" in done.stdout.decode()


def test_an_export_to_a_hyphen_goes_to_standard_output_and_to_no_file(loaded: tuple[partial[Done], Done]) -> None:
    run, _ = loaded
    (data,) = run.args
    done = run("export", "--format", "nt", "--output", "-")
    written = run("export", "--format", "nt", "--output", data.parent / "graph.nt")
    assert (done.returncode, done.stdout, done.stderr) == (DONE, (data.parent / "graph.nt").read_bytes(), b"")
    assert written.returncode == DONE and not (HERE.parent / "-").exists()


def test_status_counts_what_the_store_holds(loaded: tuple[Run, Done]) -> None:
    run, _ = loaded
    version, first, *rest = run("status").stdout.decode().splitlines()
    assert re.match(f"{VERSION}, published ", version) and first.startswith(f"{CLAIMS} claims, ")
    assert sum(int(line.split()[0]) for line in rest) == CLAIMS


@pytest.fixture(scope="module")
async def joined(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Run, Writer]]:
    """The command over a folder in use, with a graph in it, and a writer of that graph."""
    data = tmp_path_factory.mktemp("joined") / "data"
    with Engine(data, fast_start=True) as engine:
        engine.command(arcadedb_statements())
        async with await Writer.open(engine.uri, engine.login, engine.database) as writer:
            await load(writer, read(WORLD).files, NOW)
            yield partial(civicgraph, data), writer


async def edition_told(joined: tuple[Run, Writer], values: str) -> list[str]:
    """What status says of the editions after the version, where the store's has these values."""
    run, writer = joined
    await writer.write([(f"{ONE} SET {values}", {})])
    version, *told = (await asyncio.to_thread(run, "status")).stdout.decode().splitlines()
    assert re.fullmatch(rf"{VERSION}, published \S+Z as edition 1", version)
    return [line for line in told if "edition" in line]


async def test_status_tells_of_a_load_that_was_cut_short(joined: tuple[Run, Writer]) -> None:
    told = await edition_told(joined, "g.draft = 2, g.beat = 5, g.rest = true")
    assert told == ["edition 2 was cut short, or waits: the next load undoes it; 5 writes so far"]


async def test_status_tells_of_a_load_that_is_under_way(joined: tuple[Run, Writer]) -> None:
    async def write_on() -> None:
        while True:
            await joined[1].write([(f"{ONE} SET g.beat = g.beat + 1", {})])
            await asyncio.sleep(0.1)

    writing = asyncio.create_task(write_on())
    try:
        (told,) = await edition_told(joined, "g.draft = 2, g.rest = true")
    finally:
        writing.cancel()
    assert re.fullmatch(r"edition 2 is being loaded; \d+ writes so far", told)


async def test_status_tells_what_is_not_cleared_away(joined: tuple[Run, Writer]) -> None:
    told = await edition_told(joined, "g.draft = null, g.rest = true")
    assert told == ["what edition 1 replaced is still there: it or the next load clears it away"]


async def test_status_tells_the_version_alone_where_no_load_has_left_anything(joined: tuple[Run, Writer]) -> None:
    assert await edition_told(joined, "g.draft = null, g.rest = false") == []


def test_a_reader_that_stops_early_is_no_error(loaded: tuple[partial[Done], Done]) -> None:
    (data,) = loaded[0].args
    with subprocess.Popen(**popen(data, "query", "claims-of-document", "document=cities-push-back-on-ice")) as asking:
        assert asking.stdout and asking.stderr
        asking.stdout.read(9)
        asking.stdout.close()
        told = asking.stderr.read()
    assert asking.returncode == DONE and told.startswith(b"50 rows; more exist: cursor=") and told.count(b"\n") == 1


def test_a_folder_in_use_is_joined_to_read_and_refused_to_write(tmp_path: Path) -> None:
    with Engine(tmp_path / "data", fast_start=True):
        joined = civicgraph(tmp_path / "data", "status")
        done = civicgraph(tmp_path / "data", "load")
    assert (joined.returncode, joined.stdout) == (DONE, b"nothing was ever loaded\n0 claims, 0 entities\n")
    assert (done.returncode, done.stdout) == (UNAVAILABLE, b"")
    assert f"is in use by process {os.getpid()}" in done.stderr.decode() and b"Traceback" not in done.stderr
