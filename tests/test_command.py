"""The command `civicgraph`: what it prints, what it writes, and the exit codes that scripts can use."""

import asyncio
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph
import pytest

from api.__main__ import COMMANDS, main, read_arguments
from graph.connection import Writer
from graph.edition import ONE
from graph.engine import Engine
from graph.query import read_queries
from graph.settings import Settings
from graph.write import load
from schema.derive import ARTEFACTS
from schema.derive.constraints import arcadedb_statements
from schema.vocabulary import TERMS
from seed.read import read
from tests.conftest import BASE, NOW, SEED, SOURCED, WORLD

pytestmark = pytest.mark.slow

Get = Callable[..., Awaitable[httpx.Response]]
Done = subprocess.CompletedProcess[bytes]
Run = Callable[..., Done]

HERE = Path(__file__).parent
CLAIMS = len(read(SEED).files[0].claims)
OURS = read(SOURCED).files
DONE, FAULTY, MISUSED, UNAVAILABLE, ABSENT = 0, 1, 2, 3, 4
QUERY = "groups-advising-mayors"
VERSION = r"version [0-9a-f]{8} of \d{4}-\d\d-\d\d"


def popen(data: Path, *words: object, **variables: str) -> dict[str, Any]:
    """What subprocess is to be told."""
    inherited = {name: value for name, value in os.environ.items() if name != "NEO4J_URI"}
    environment = inherited | {"CIVICGRAPH_DATA": str(data), "BASE_IRI": BASE} | variables
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return {"args": [sys.executable, "-m", "api", *map(str, words)], "cwd": HERE.parent, "env": environment, **pipes}


def civicgraph(data: Path, *words: object, **variables: str) -> Done:
    return subprocess.run(**popen(data, *words, **variables), timeout=120)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command over a folder of its own, in which there is no graph yet."""
    return partial(civicgraph, tmp_path / "data")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Done]:
    """The command over a folder with the article in it, and what loading it gave."""
    over = partial(civicgraph, tmp_path_factory.mktemp("command") / "data")
    return over, over("load", *map(str, SEED))


# Without a store


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments([command, "--help"])
    shown = capsys.readouterr().out.partition("example: civicgraph ")[2].split()
    assert (ended.value.code, read_arguments(shown).command) == (DONE, command)


def test_the_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    done = run("--help")
    assert done.returncode == DONE and b"Exit codes" in done.stdout
    assert all(f"  {command} ".encode() in done.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        [QUERY, "as_of=2026", "limit=5", "--format", "csv"],
        [QUERY, "--format", "csv", "as_of=2026", "limit=5"],
        [QUERY, "as_of=2026", "--format", "csv", "limit=5"],
        ["--format", "csv", QUERY, "as_of=2026", "limit=5"],
        ["--format=csv", QUERY, "as_of=2026", "limit=5"],
    ],
)
def test_an_option_of_query_can_stand_anywhere(words: list[str]) -> None:
    given = read_arguments(["query", *words])
    assert (given.query, given.parameters, given.format) == (QUERY, ["as_of=2026", "limit=5"], "csv")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["frobnicate"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-1"],
        ["serve", "8000"],
        ["status", "--verbose"],
        ["query", QUERY, "--format", "docx"],
        ["query", QUERY, "--formt", "csv", "limit=1"],
        ["export"],
        ["verify"],
    ],
)
def test_a_wrong_use_ends_with_its_code(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments(words)
    assert ended.value.code == MISUSED


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["query", QUERY, "limt=3"], MISUSED, "limt: is not a parameter"),
        (["query", QUERY, "2026"], MISUSED, "2026: must be written name=value"),
        (["query", QUERY, "limit=1", "limit=2"], MISUSED, "limit: is given more than once"),
        (["query", QUERY, "as_of=soon"], MISUSED, "write 2026, 2026-02 or 2026-02-17"),
        (["query", "groups-advising-mayor"], ABSENT, "near: groups-advising-mayors"),
        (["load", "nowhere.yaml"], FAULTY, "nowhere.yaml"),
        (["export", "--output", "nowhere/graph.ttl"], MISUSED, "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_before_a_store_is_made(
    run: Run, tmp_path: Path, words: list[str], code: int, told: str
) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (code, b"")
    assert told in done.stderr.decode() and b"Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_the_version_is_that_of_the_package(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.decode()) == (DONE, f"civicgraph {version('civicgraph')}\n")


def test_every_verb_is_one_file(run: Run) -> None:
    files = {file.stem for file in (HERE.parent / "api" / "commands").glob("*.py")} - {"__init__"}
    assert COMMANDS.keys() == files


@pytest.mark.parametrize("name", read_queries())
def test_the_text_of_a_query_can_be_printed_without_a_store(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", name, "--cypher"]) == DONE
    assert capfd.readouterr().out == f"{read_queries()[name].shown()}\n"


def test_the_text_of_a_query_takes_the_parameters_that_are_given(capfd: pytest.CaptureFixture[str]) -> None:
    main(["query", "--cypher", "entity", "id=chicago", "as_of=2026"])
    printed = capfd.readouterr().out
    assert "'chicago'" in printed and "'2026-12-31'" in printed


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("QUERY_SECONDS", "soon", "a float"),
        ("QUERY_SECONDS", "nan", "a number of seconds such as 10 or 0.5"),
        ("QUERY_SECONDS", "inf", "a number of seconds such as 10 or 0.5"),
        ("QUERY_SECONDS", "0.0", "a number of seconds such as 10 or 0.5"),
        ("QUERY_SECONDS", "-1", "a number of seconds such as 10 or 0.5"),
        ("NEO4J_URI", "nonsense", "an address such as neo4j://127.0.0.1:7687"),
        ("NEO4J_URI", "http://127.0.0.1:7474", "an address such as neo4j://127.0.0.1:7687"),
        ("BASE_IRI", "graph.example.org", "an address such as https://graph.example.org/, without ? and #"),
    ],
)
def test_a_setting_that_is_none_is_named_with_what_would_be_right(run: Run, name: str, value: str, right: str) -> None:
    done = run("status", **{name: value})
    told = f"civicgraph: {name}={value!r} must be {right}\n"
    assert (done.returncode, done.stderr.decode()) == (MISUSED, told)


@pytest.mark.parametrize("command", [["serve"], ["load"], ["query", QUERY], ["export", "--output", "-"], ["status"]])
def test_every_command_with_a_store_says_what_a_wrong_setting_must_be(run: Run, command: list[str]) -> None:
    done = run(*command, NEO4J_URI="nonsense")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (MISUSED, b"", 1)


ADDRESSES = [
    ("neo4j_uri", "bolt://127.0.0.1:7687", True),
    ("neo4j_uri", "neo4j+s://x.databases.neo4j.io", True),
    ("neo4j_uri", "bolt+ssc://[::1]:7687/", True),
    ("neo4j_uri", "neo4j://graph?policy=eu", True),
    ("neo4j_uri", "neo4j:", False),
    ("neo4j_uri", "bolt://", False),
    ("neo4j_uri", "bolt://host:port", False),
    ("neo4j_uri", "bolt://me:secret@host", False),
    ("base_iri", "http://127.0.0.1:8000", True),
    ("base_iri", "https://example.org/graph", True),
    ("base_iri", "https://w3id.org/é/", True),
    ("base_iri", "ftp://example.org/", False),
    ("base_iri", "https://example.org/#", False),
    ("base_iri", "https://example.org/?x=", False),
    ("base_iri", "https://example.org/a b/", False),
    ("base_iri", "https://example.org/%C3%A9/", True),
    ("base_iri", "https://example.org/%zz/", False),
    ("base_iri", "https://example.org/[a]/", False),
    ("base_iri", "https://example.org/a|b/", False),
]


@pytest.mark.parametrize(("name", "value", "good"), ADDRESSES)
def test_an_address_among_the_settings_is_one(name: str, value: str, good: bool) -> None:
    try:
        assert getattr(Settings.from_environment({name.upper(): value}), name) == value and good
    except ValueError as error:
        assert not good and str(error).startswith(f"{name.upper()}={value!r} must be ")


def test_query_without_a_name_lists_the_questions(run: Run) -> None:
    listed = run("query").stdout.decode().splitlines()
    assert [line.split()[0] for line in listed] == list(read_queries())
    assert all(query.question in line for query, line in zip(read_queries().values(), listed, strict=True))


def test_what_a_terminal_would_obey_in_a_faulty_file_is_seen_and_not_obeyed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text('document: {id: a, name: A}\n"\\e[2J\\u202e\\r\\n": 1\n', encoding="utf-8")
    told, count = run("check", file).stderr.decode().splitlines()
    assert f"{file}:2: \\x1b[2J\\u202e\\r\\n: is not read here" in told and count.startswith("1 problem;")


@pytest.mark.parametrize("command", ["check", "load"])
def test_a_claims_file_with_faults_is_told_all_of_them_and_not_loaded(run: Run, tmp_path: Path, command: str) -> None:
    done = run(command, HERE / "faulty.yaml")
    told = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (FAULTY, b"")
    assert told[-1] == "12 problems; nothing was written" and len(told) == 13
    assert all(f"faulty.yaml:{line}" in each for each in told[:-1] for line in [each.split(":")[1]])
    assert not (tmp_path / "data").exists()


def test_sound_files_are_said_to_be_sound(run: Run) -> None:
    done = run("check")
    assert (done.returncode, done.stdout.decode()) == (
        DONE,
        f"{sum(len(f.claims) for f in OURS)} claims of {len(OURS)} files are sound\n",
    )


def test_quotes_are_found_again_and_one_changed_character_is_noticed(run: Run, tmp_path: Path) -> None:
    good = run("verify", *WORLD, "--documents", HERE)
    (tmp_path / "world.txt").write_text((HERE / "world.txt").read_text().replace("Araújo", "Araujo", 1))
    (tmp_path / "world2.txt").write_bytes((HERE / "world2.txt").read_bytes())
    bad = run("verify", *WORLD, "--documents", tmp_path)
    assert (good.returncode, bad.returncode) == (DONE, FAULTY)
    assert b"quotes stand in their documents" in good.stdout and b"document calder-report" in bad.stderr


def test_what_is_derived_without_a_folder_is_what_the_repository_holds(run: Run) -> None:
    kept = [HERE.parent / name for name in ("schema/README.md", "seed/claims.schema.json", "graph/queries/README.md")]
    before = [file.read_bytes() for file in kept]
    assert run("derive").stdout.decode().split() == [str(file) for file in kept]
    assert [file.read_bytes() for file in kept] == before


def test_what_is_derived_is_the_same_each_time(run: Run, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert run("derive", "--folder", tmp_path / folder).returncode == DONE
    one, two = ({f.name: f.read_bytes() for f in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert one == two and one.keys() == {artefact.FILE for artefact in ARTEFACTS.values()}


# With a store


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
