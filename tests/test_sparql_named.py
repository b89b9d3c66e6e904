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
# The snapshot holds no claim that was superseded or retracted, and so is asked which of those that stand are disputed.
GIVEN = {"disputed-claims": {"standing": ["disputed"]}}
UNANSWERED = ("seed", "disputed-claims")  # one article does not contradict itself


async def asked(keeper: Keeper, name: str) -> list[dict[str, dict[str, str]]]:
    transport = httpx.ASGITransport(create_app(keeper.site, keeper))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        given = {"query": (FOLDER / f"{name}.rq").read_text(encoding="utf-8"), "format": "json"}
        found: list[dict[str, dict[str, str]]] = (await client.get("/sparql", params=given)).json()["results"][
            "bindings"
        ]
    return found


def test_there_are_the_flagship_and_more_each_with_its_question() -> None:
    assert "groups-advising-mayors" in NAMES and len(NAMES) >= 12
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
    answered = await run(reader, query, query.check({"limit": MOST_ROWS} | GIVEN.get(name, {})))
    assert not answered.truncated
    expected = {f"{BASE}id/{claim}" for row in answered.rows for claim in row["claims"]}
    told = await asked(keeper, name)
    found = {row[column]["value"] for row in told for column in ("claim", "challenger") if column in row}
    assert found == expected and bool(expected) == ((what, name) != UNANSWERED)


async def test_each_contested_claim_is_told_with_who_contests_it(embedded: Store, keeper: Keeper) -> None:
    reader, query = await embedded.hold("world"), QUERIES["disputed-claims"]
    await up_to_date(keeper, reader)
    answered = await run(reader, query, query.check(GIVEN["disputed-claims"]))
    expected = {
        (f"{BASE}id/{contested}", row["subject"], row["object"], row["detail"], f"{BASE}id/{by}", *row["asserted_by"])
        for row in answered.rows
        for contested, by in [row["claims"]]
    }
    columns = ("claim", "subject", "object", "detail", "challenger", "by")
    told = await asked(keeper, "disputed-claims")
    assert {tuple(row.get(each, {}).get("value") for each in columns) for row in told} == expected
    assert len(told) == len(expected) == 4
