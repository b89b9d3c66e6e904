"""What grows by one change is found everywhere: a question, a format, a command, a page, each added to a copy."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.formats import FORMATS
from graph.engine import Engine
from tests.conftest import BASE, Store

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

ASKING = f"""
import asyncio, json, sys
import httpx
from api.app import create_app
from api.site import Site
from graph.settings import Settings
from graph.store import open_reader

async def main():
    async with open_reader(Settings.from_environment()) as reader:
        transport = httpx.ASGITransport(create_app(Site(reader, "{BASE}")))
        async with httpx.AsyncClient(transport=transport, base_url="{BASE}") as client:
            for address, headers in json.load(sys.stdin):
                told = await client.get(address, headers=headers)
                print(json.dumps([told.status_code, dict(told.headers), told.text]))

asyncio.run(main())
"""


@dataclass(frozen=True)
class Copy:
    """A copy of the tree over the graph of the tests."""

    root: Path
    variables: dict[str, str]

    def add(self, path: str, text: str) -> None:
        """One new file."""
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")

    def civicgraph(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._python("-m", "api", *words)

    def get(self, *addresses: str, **headers: str) -> list[httpx.Response]:
        """What the application of the copy answers, all asked of one process."""
        done = self._python("-c", ASKING, given=json.dumps([[address, headers] for address in addresses]))
        assert done.returncode == 0, done.stderr
        told = [json.loads(line) for line in done.stdout.splitlines()]
        kept = ("content-type", "link", "content-security-policy")
        return [httpx.Response(s, headers={n: h[n] for n in kept if n in h}, text=text) for s, h, text in told]

    def _python(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        told = {"input": given, "capture_output": True, "text": True, "timeout": 60}
        return subprocess.run(command, cwd=self.root, env=os.environ | self.variables, **told)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
async def copy(embedded: Store, engine: Engine, tmp_path: Path) -> Copy:
    await embedded.hold("seed")
    for folder in ("schema", "graph", "seed", "api"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    user, password = engine.reader
    login = {"NEO4J_USERNAME": user, "NEO4J_PASSWORD": password, "NEO4J_DATABASE": engine.database}
    return Copy(tmp_path, {"NEO4J_URI": engine.uri, "BASE_IRI": BASE, **login})


QUESTION = """/*
topic: People and groups
question: Who leads & founded which group?
description: >
  Every claim that somebody leads a group.
columns:
  subject_id: Id of who leads.
  subject: Its name.
  relation: How.
  object_id: Id of the group.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)
WHERE seek(c.by_relation, 'LEADS') AND holds(c)
RETURN c.by_relation AS key, statement(c)
"""


async def test_a_question_is_one_file(copy: Copy) -> None:
    copy.add("graph/queries/leaders.cypher", QUESTION)
    results = "/v1/queries/leaders/results"

    interface, record, front, listed, form, docs = copy.get(
        "/openapi.json", "/v1/queries/leaders", "/", "/v1/queries", "/v1/queries/leaders.html", "/docs"
    )
    assert interface.json()["paths"][results]["get"]["operationId"] == "leaders"
    assert record.json()["question"] == "Who leads & founded which group?"
    assert [q["question"] for q in listed.json()["queries"]].count("Who leads & founded which group?") == 1
    assert f'href="./{results[1:]}.html"' in front.text and 'href="./v1/queries/leaders.html"' in front.text
    assert 'name="as_of"' in form.text and f'action="../..{results}.html"' in form.text
    assert f"<code>{results}</code>" in docs.text and f'href="./{results[1:]}"' in docs.text

    first, *answers = copy.get(results, *(f"{results}.{suffix}" for suffix in FORMATS))
    assert {row["relation"] for row in first.json()["data"]} == {"LEADS"}
    assert [told.headers["content-type"] for told in answers] == [form.content_type for form in FORMATS.values()]
    assert '<results.ttl>; rel="alternate"' in first.headers["link"]

    assert "leaders                          Who leads & founded which group?" in copy.civicgraph("query").stdout
    assert copy.civicgraph("query", "leaders").stdout == first.text
    assert copy.civicgraph("query", "leaders", "--cypher").stdout == record.json()["cypher"] + "\n"
    assert copy.civicgraph("derive").returncode == 0
    assert "### leaders\n" in (copy.root / "graph/queries/README.md").read_text()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("statement(c)", "c.detail AS detail", "leaders.cypher: its RETURN lacks the column subject_id, subject,"),
        ("holds(c)\n", "holds(c) AND c.x = y\n", "leaders.cypher, line 17: the store refused"),
    ],
)
async def test_a_fault_in_a_query_file_is_told_with_its_place(copy: Copy, right: str, wrong: str, told: str) -> None:
    copy.add("graph/queries/leaders.cypher", QUESTION.replace(right, wrong))
    done = copy.civicgraph("query", "leaders")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.startswith(f"civicgraph: {told}")


FORMAT = '''"""An answer as tab-separated values."""

from collections.abc import Iterator
from itertools import chain

from api.formats.columns import text
from api.place import Place
from graph.result import Answer


def write_tsv(answer: Answer, place: Place) -> Iterator[str]:
    """One row a line."""
    columns = answer.head.columns
    rows = ([text(row.get(c)) for c in columns] for part in answer.claims() for row in part.rows)
    return ("\\t".join(row) + "\\n" for row in chain([columns], rows))
'''
KIND = "text/tab-separated-values"


async def test_a_format_is_one_writer_and_one_row(copy: Copy) -> None:
    copy.add("api/formats/tsv.py", FORMAT)
    table = copy.root / "api/formats/__init__.py"
    imports, opening, rows = table.read_text().partition("_FORMATS = (\n")
    row = f'    Format("tsv", "{KIND}", tsv.write_tsv, "table"),\n'
    closing = rows.index("\n)\n") + 1
    table.write_text(f"{imports}from api.formats import tsv\n{opening}{rows[:closing]}{row}{rows[closing:]}")
    results = "/v1/queries/groups-advising-mayors/results"

    answer, interface, record, page = copy.get(
        results, "/openapi.json", "/v1/queries/groups-advising-mayors", f"{results}.html"
    )
    assert f'<results.tsv>; rel="alternate"; type="{KIND}"' in answer.headers["link"]
    described = interface.json()["paths"][results]["get"]
    assert KIND in described["responses"]["200"]["content"]
    assert ["tsv" in p["schema"]["enum"] for p in described["parameters"] if p["name"] == "format"] == [True]
    assert record.json()["formats"]["tsv"] == f"{BASE.rstrip('/')}{results}.tsv"
    assert f'type="{KIND}" href="../../..{results}.tsv">tsv</a>' in page.text

    written = [*copy.get(f"{results}.tsv", f"{results}?format=tsv"), *copy.get(results, accept=KIND)]
    assert {(told.status_code, told.headers["content-type"]) for told in written} == {(200, KIND)}
    printed = copy.civicgraph("query", "groups-advising-mayors", "--format", "tsv").stdout
    assert {told.text for told in written} == {printed}
    assert "Mayors for America\t" in written[0].text
    assert all("tsv" in copy.civicgraph(verb, "--help").stdout for verb in ("query", "export"))


COMMAND = '''"""`civicgraph size`: how many questions there are."""

import argparse

from api.commands import DONE, Command
from graph.query import read_queries


def _run(given: argparse.Namespace) -> int:
    print(len(read_queries()))
    return DONE


COMMAND = Command("Count the questions.", "", _run)
'''


async def test_a_command_is_one_file(copy: Copy) -> None:
    copy.add("api/commands/size.py", COMMAND)

    assert copy.civicgraph("size").stdout == f"{len(list((ROOT / 'graph/queries').glob('*.cypher')))}\n"
    assert "size" in copy.civicgraph("--help").stdout and "Count the questions." in copy.civicgraph("--help").stdout
    assert "example: civicgraph size" in copy.civicgraph("size", "--help").stdout
    assert (copy.civicgraph("size", "--more").returncode, "size" in copy.civicgraph("sise").stderr) == (2, True)


PAGE = '''"""Whose words these are, as a page."""

from fastapi import Request

from api.pages.rendering import Page, Values
from api.site import Site


def values(request: Request) -> Values:
    """How many questions there are."""
    return {"count": len(Site.of(request).queries), "said": "<b>so</b>"}


PAGE = Page("/about", "About & more", "about.html", values)
'''
TEMPLATE = """{% extends "layout.html" %}
{% block title %}About{% endblock %}
{% block main %}
<h1>{{ count }} questions, {{ said }}</h1>
{% endblock %}
"""


async def test_a_page_is_one_module_and_one_template(copy: Copy) -> None:
    copy.add("api/pages/about.py", PAGE)
    copy.add("api/pages/templates/about.html", TEMPLATE)

    page, front, wrong, interface = copy.get("/about", "/", "/about?more=1", "/openapi.json")
    count = len(list((ROOT / "graph/queries").glob("*.cypher")))
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f"<h1>{count} questions, &lt;b&gt;so&lt;/b&gt;</h1>" in page.text and "<header" in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert '<a href="./about">About &amp; more</a>' in front.text
    assert wrong.status_code == 400 and "/about" not in interface.json()["paths"]
