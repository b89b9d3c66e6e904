"""The page for queries: a form without a script, an editor with one, its answer as a table, what is wrong beside it."""

import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from playwright.async_api import async_playwright

from api.middleware import POLICY
from api.sparql.examples import examples
from bench.browser import launched
from graph.engine import Engine
from graph.query import read_queries
from graph.run import run
from schema.vocabulary import PREFIXES, TERMS
from tests.browser import SCHEMES, WIDTHS, Looking, Served, shoot, spread, violations
from tests.conftest import BASE, Store
from tests.required import skip_or_fail
from tests.test_explorer import lacking

FOLDER = Path(__file__).parent.parent / "api" / "web" / "sparql"
MOST_BYTES = 110 * 1024
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FLAGSHIP = examples()[0]
WRONG = "SELECT * WHERE {\n  ?s ?p ?o .\n  SERVICE <http://127.0.0.1/> { ?a ?b ?c }\n}"


async def page(client: httpx.AsyncClient, query: str, status: int = 200) -> str:
    told = await client.get("/sparql", params={"query": query}, headers=BROWSER)
    assert (told.status_code, told.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert told.headers["content-security-policy"] == POLICY
    return told.text


def field(told: str) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", told, re.DOTALL)
    assert found
    return unescape(found[1])


async def test_a_browser_gets_a_form_with_the_flagship_question_and_ten_more(sparql: httpx.AsyncClient) -> None:
    told = await sparql.get("/sparql", headers=BROWSER)
    assert told.headers["content-type"] == "text/html; charset=utf-8" and field(told.text) == FLAGSHIP.text
    assert '<form class="sparql" action="./sparql">' in told.text
    listed = re.findall(r'<a href="\./(sparql\?query=[^"]+)">([^<]+)</a>', told.text)
    assert [unescape(title) for _, title in listed] == [each.title for each in examples()] and len(listed) >= 11
    assert [address for address, _ in listed] == [f"sparql?{urlencode({'query': e.text})}" for e in examples()]


async def test_its_answer_is_a_table_that_links_and_says_in_which_formats_it_is(
    sparql: httpx.AsyncClient, embedded: Store
) -> None:
    told = await page(sparql, FLAGSHIP.text)
    query = read_queries()["groups-advising-mayors"]
    answered = await run(embedded.reader, query, query.check({}))
    assert field(told) == FLAGSHIP.text and answered.rows
    for row in answered.rows:
        assert row["group"] in told and row["mayor"] in told
        assert f'<a href="./v1/claims/{row["claims"][0]}.html"><bdi>{row["claims"][0]}</bdi></a>' in told
    for suffix in ("csv", "json", "xml", "tsv"):
        [address] = re.findall(rf'href="\./(sparql\?[^"]*format={suffix})"', told)
        assert (await sparql.get(f"/{unescape(address)}")).status_code == 200


async def test_a_truth_a_graph_and_nothing_have_pages_too(sparql: httpx.AsyncClient) -> None:
    assert '<p class="say">Yes</p>' in await page(sparql, "ASK { ?s ?p ?o }")
    assert '<p class="say">No</p>' in await page(sparql, "ASK { <x:y> ?p ?o }")
    graph = await page(sparql, f"CONSTRUCT WHERE {{ <{BASE}id/ice> ?p ?o }}")
    assert re.findall(r'<th scope="col">(\w+)</th>', graph) == ["subject", "predicate", "object"]
    assert "format=ttl" in graph and "format=csv" not in graph
    assert "0 rows, all there are" in await page(sparql, "SELECT * { <x:y> ?p ?o }")
    long = await page(sparql, "SELECT * { ?s ?p ?o }")
    assert "The first 200 rows; the formats hold all" in long and long.count("<tr>") == 201


async def test_text_of_the_graph_or_of_the_query_is_never_markup(sparql: httpx.AsyncClient) -> None:
    query = "SELECT * { BIND('</textarea><script>alert(1)</script>' AS ?x) BIND(IRI('javascript:alert(1)') AS ?y) }"
    for status, text in ((200, query), (400, f"{query} }}")):
        told = await page(sparql, text, status)
        assert "<script>alert" not in told and 'href="javascript' not in told and field(told) == text
    assert "&lt;/textarea&gt;" in told


async def test_what_is_wrong_stands_beside_the_query_as_it_was_written(sparql: httpx.AsyncClient) -> None:
    told = await page(sparql, WRONG, 400)
    assert field(told) == WRONG and 'role="alert"' in told and 'data-line="3"' in told and "line 3, column 3" in told
    assert "took longer" in await page(sparql, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 504)
    told = await page(sparql, " ", 200)
    assert field(told) == FLAGSHIP.text


async def test_where_no_snapshot_is_there_the_page_says_so(site: httpx.AsyncClient) -> None:
    told = await site.get("/sparql", headers=BROWSER)
    assert told.status_code == 200 and "is being made" in told.text
    told = await site.get("/sparql", params={"query": "ASK {}"}, headers=BROWSER)
    assert told.status_code == 503 and field(told.text) == "ASK {}" and told.headers["retry-after"]


async def test_the_script_is_served_and_what_it_is_made_of_is_not(site: httpx.AsyncClient) -> None:
    sent = 0
    async with site.stream("GET", "/web/sparql/editor.js", headers={"Accept-Encoding": "gzip"}) as raw:
        assert raw.status_code == 200
        async for piece in raw.aiter_raw():
            sent += len(piece)
    assert 0 < sent <= MOST_BYTES
    for path in ("package.json", "src/main.ts"):
        assert (await site.get(f"/web/sparql/{path}")).status_code == 404


@pytest.mark.slow
def test_the_script_that_is_committed_is_that_of_its_sources(tmp_path: Path) -> None:
    if reason := lacking(FOLDER):
        skip_or_fail(reason)
    workshop = tmp_path / "sparql"
    shutil.copytree(FOLDER, workshop, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (workshop / "node_modules").symlink_to(FOLDER / "node_modules")
    done = subprocess.run(["npm", "run", "build"], cwd=workshop, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path.name for path in (workshop / "dist").iterdir()] == ["editor.js"]
    built = (workshop / "dist" / "editor.js").read_bytes()
    assert built == (FOLDER / "dist" / "editor.js").read_bytes(), "run make editor"


@pytest.fixture(scope="module")
async def asking(chromium: None, engine: Engine, embedded: Store) -> AsyncIterator[Looking]:
    """A browser over the service with queries in SPARQL."""
    await embedded.hold("seed")
    served = Served(engine.uri, engine.reader, engine.database, SPARQL="10")
    async with async_playwright() as playwright, await launched(playwright) as running:
        yield Looking(running, served)
    served.stop()


SHOWN = {
    "sparql": "sparql",
    "sparql answered": f"sparql?{urlencode({'query': FLAGSHIP.text})}",
    "sparql wrong": f"sparql?{urlencode({'query': WRONG})}",
    "sparql graph": f"sparql?{urlencode({'query': 'CONSTRUCT WHERE { ?s ?p ?o }'})}",
}


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("name", SHOWN)
async def test_the_page_is_for_everybody_and_stays_within_its_window(asking: Looking, name: str, scripts: bool) -> None:
    async with asking.at(SHOWN[name], scripts=scripts) as shown:
        assert await shown.locator(".cm-editor").count() == (1 if scripts else 0)
        assert await shown.locator("textarea").is_visible() is not scripts
        assert {width: out for width in WIDTHS if (out := await spread(shown, width))} == {}
        for width, scheme in product((1280, 768, 390), SCHEMES):
            await shown.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            await shown.set_viewport_size({"width": width, "height": 900})
            await shoot(shown, f"{name}-{width}-{scheme}{'' if scripts else '-plain'}")
            if scripts:  # where none runs, nothing can judge
                assert await violations(shown) == [], (width, scheme)


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_a_query_is_written_and_asked(asking: Looking, scripts: bool) -> None:
    query = f"PREFIX rdfs: <{PREFIXES['rdfs']}> SELECT ?name {{ ?s a <{TERMS}FederalAgency> ; rdfs:label ?name }}"
    async with asking.at("sparql", scripts=scripts) as shown:
        box = shown.get_by_label("Query in SPARQL" if scripts else "Query", exact=True)
        if scripts:  # as a person does it
            await box.click()
            await shown.keyboard.press("Control+a")
            await shown.keyboard.type(query)
            await shown.keyboard.press("Control+Enter")
        else:
            await box.fill(query)
            await shown.get_by_role("button", name="Ask").click()
        await shown.locator("table.bindings").wait_for()
        assert "Immigration and Customs Enforcement" in await shown.locator("table.bindings").inner_text()
        assert (await shown.locator("textarea").input_value()).strip() == query
