"""The named queries that exist in SPARQL too: they give the claims that the query of the same name gives."""

from pathlib import Path

import httpx
import pytest

import api
from api.app import create_app
from api.sparql.keeper import Keeper
from graph.parameters import MOST_ROWS
from graph.query import read_queries
from graph.run import run
from tests.conftest import BASE, Store, up_to_date

FOLDER = Path(api.__path__[0]) / "sparql" / "queries"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
QUERIES = read_queries()


def test_there_are_the_flagship_and_ten_more_each_with_its_question() -> None:
    assert "groups-advising-mayors" in NAMES and len(NAMES) >= 11
    for name in NAMES:
        title = (FOLDER / f"{name}.rq").read_text(encoding="utf-8").splitlines()[0]
        assert title == f"# {QUERIES[name].question}"


# One snapshot after the other: to change takes a build.
@pytest.mark.parametrize(("what", "name"), [(what, name) for what in ("seed", "world") for name in NAMES])
async def test_it_gives_the_claims_of_the_query_of_its_name(
    what: str, name: str, embedded: Store, keeper: Keeper
) -> None:
    reader, query = await embedded.hold(what), QUERIES[name]
    await up_to_date(keeper, reader)
    answered = await run(reader, query, query.check({"limit": MOST_ROWS}))
    assert not answered.truncated
    expected = {f"{BASE}id/{claim}" for row in answered.rows for claim in row["claims"]}
    transport = httpx.ASGITransport(create_app(keeper.site, keeper))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        asked = {"query": (FOLDER / f"{name}.rq").read_text(encoding="utf-8"), "format": "json"}
        told = (await client.get("/sparql", params=asked)).json()["results"]["bindings"]
    assert {row["claim"]["value"] for row in told} == expected != set()
