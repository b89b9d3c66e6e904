"""The settings of the command `civicgraph`: what is none of them is named with what would be right."""

from functools import partial
from pathlib import Path

import pytest

from graph.settings import Settings
from tests.commanding import MISUSED, QUERY, Run, civicgraph

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command over a folder of its own, in which there is no graph yet."""
    return partial(civicgraph, tmp_path / "data")


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
