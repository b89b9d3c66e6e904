"""`civicgraph serve` answers SPARQL by itself, keeps its snapshot beside the graph, and leaves no process behind."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import api
from tests.consumers import comunica_answers, require_javascript
from tests.test_serve import DONE, Serving, wait_until

pytestmark = pytest.mark.slow

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BUILDING = 240


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    assert wait_until(lambda: not evaluating(tmp_path), 15)


def evaluating(folder: Path) -> list[str]:
    """Processes that evaluate over a snapshot below the folder."""
    listing = subprocess.run(["ps", "-ewwo", "stat=,command="], capture_output=True, text=True).stdout
    return [line for line in listing.splitlines() if f"{folder}/data/sparql/" in line and line[0] != "Z"]


def ask(serving: Serving, query: str) -> httpx.Response:
    return httpx.get(f"{serving.base}sparql", params={"query": query}, timeout=30, trust_env=False)


def counts(serving: Serving) -> bool:
    told = ask(serving, COUNT)
    assert told.status_code in (200, 503), told.text
    return told.status_code == 200 and int(told.json()["results"]["bindings"][0]["n"]["value"]) > 1000


def test_comunica_gets_by_the_protocol_what_the_same_query_gives_here(data: Path) -> None:
    require_javascript()
    serving = Serving(data)
    try:
        serving.told()
        assert wait_until(lambda: counts(serving), BUILDING)
        query = (Path(api.__path__[0]) / "sparql" / "queries" / "groups-advising-mayors.rq").read_text(encoding="utf-8")
        rows = ask(serving, query).json()["results"]["bindings"]
        endpoint = f"{serving.base}sparql"
        found = comunica_answers(query, [endpoint])
        assert rows and found == {endpoint: [{name: each["value"] for name, each in row.items()} for row in rows]}
    finally:
        serving.process.kill()
        serving.process.communicate()


def test_it_answers_once_the_snapshot_is_there_and_ends_in_order(data: Path) -> None:
    serving = Serving(data, SPARQL_SECONDS="2.5")
    try:
        serving.told()
        assert wait_until(lambda: counts(serving), BUILDING)
        assert "2.5 s" in ask(serving, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }").json()["detail"]
        [kept] = (data / "sparql").iterdir()
        assert evaluating(data.parent)
        code, errors = serving.end(signal.SIGTERM)
        told = [line.rpartition(": ")[2] for line in errors.splitlines()]
        assert code == DONE and told.pop() == "the query took longer than 2.5 s, and was ended"
        assert set(told) <= {"the snapshot that queries are asked of is being made"}
    finally:
        serving.process.kill()
    made = kept.stat().st_mtime_ns
    again = Serving(data, BASE_IRI=serving.base)
    try:
        again.told()
        assert wait_until(lambda: counts(again), BUILDING)
        assert kept.stat().st_mtime_ns == made
    finally:
        again.process.kill()
        again.process.communicate()
