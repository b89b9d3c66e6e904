"""The command `civicgraph`: what it prints, what it writes, and the exit codes that scripts can use."""

import re
import subprocess
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pytest

from api.__main__ import COMMANDS, main, read_arguments
from graph.query import read_queries
from schema.derive import ARTEFACTS
from seed.read import read
from tests.commanding import ABSENT, DONE, FAULTY, MISUSED, QUERY, Run, civicgraph, popen
from tests.conftest import SOURCED, WORLD

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
SEED = HERE.parent / "seed" / "claims"
OURS = read(SOURCED).files


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command over a folder of its own, in which there is no graph yet."""
    return partial(civicgraph, tmp_path / "data")


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_without_room_is_told(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(**popen(tmp_path / "data", "query") | {"stdout": full}, timeout=60)
    assert (done.returncode, done.stderr) == (MISUSED, b"civicgraph: No space left on device\n")


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


def test_a_dump_that_breaks_the_shapes_is_told_with_the_lines_of_its_claims(run: Run, tmp_path: Path) -> None:
    claims, dump = SEED / "house-bill-3987.yaml", tmp_path / "dump.nt"
    lines = claims.read_text(encoding="utf-8").splitlines()
    assert run("load", claims).returncode == DONE
    assert run("export", "--format", "nt", "--output", dump).returncode == DONE
    assert run("check", claims, "--dump", dump).stdout.decode() == f"{dump} is as the shapes want it\n"

    right = dump.read_text(encoding="utf-8")
    dump.write_text(right.replace('"To prohibit sanctuary', '"To prohibit ' + "and prohibit " * 9 + "sanctuary"))
    told, count = run("check", claims, "--dump", dump).stderr.decode().splitlines()
    assert told.endswith("breaks Pattern of the shape Quote") and count.startswith("1 problem;")
    assert told.startswith(f"{claims}:{lines.index('  - relation: RESTRICTS') + 1}: ")

    dump.write_text(re.sub(r"(?m)^.*ralph-norman> <http://www.w3.org/2000/01/rdf-schema#label>.*\n", "", right))
    told = run("check", claims, "--dump", dump).stderr.decode().splitlines()[0]
    assert told.startswith(f"{dump}: ") and "rdf-schema#label" in told


def test_a_dump_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    dump = tmp_path / "dump.nt"
    dump.write_text("no triples\n", encoding="utf-8")
    done = run("check", "--dump", dump)
    assert done.returncode == FAULTY and f"{dump}:1: cannot be read: ".encode() in done.stderr
    assert run("check", "--dump", tmp_path / "nothing.nt").returncode == MISUSED


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
