"""What an entity was called is told no more once every claim that named it is retracted, on both stores."""

from collections.abc import AsyncIterator, Iterable

import httpx
import pytest

from api.app import create_app
from api.site import Site
from graph.connection import Writer
from graph.errors import Gone, NotFound
from graph.query import read_queries
from graph.result import Result
from graph.run import run
from graph.write import clear, load
from schema import Claim
from tests.changes import FIRST, NEXT, PEOPLE, claim, file
from tests.conftest import BASE

QUERIES = read_queries()
NAMES = {each.id: each.name for each in PEOPLE}
ALLEGED = claim("early", "OPPOSES", "bo", "border-office", status="alleged", attributed_to="ann")
KEPT = claim("early", "SERVES", "mayor-of-vale", "vale")


async def asked(writer: Writer, query: str = "entity", **given: object) -> Result:
    return await run(writer, QUERIES[query], QUERIES[query].check(given))


async def hold(writer: Writer, *states: Iterable[Claim]) -> None:
    """Loads one state of the document after the other."""
    for claims, now in zip(states, (FIRST, NEXT), strict=False):
        await clear(writer, await load(writer, [file("early", claims)], now))
    writer.forget()


@pytest.fixture
async def without(blank: Writer) -> Writer:
    """A graph from which the only claim that named Bo, Ann and the office was taken out."""
    await hold(blank, (ALLEGED, KEPT), (KEPT,))
    return blank


@pytest.mark.parametrize("id", ["bo", "border-office", "ann"])
@pytest.mark.parametrize("given", [{}, {"known_at": "2000"}, {"as_of": "1700"}, {"status": ["hedged"]}, {"limit": 1}])
async def test_an_entity_is_gone_once_all_that_named_it_is_retracted(
    without: Writer, id: str, given: dict[str, object]
) -> None:
    for query in ("entity", "neighbourhood"):
        with pytest.raises(Gone) as refused:
            await asked(without, query, id=id, **given)
        assert NAMES[id] not in str(refused.value) and refused.value.near == ()


@pytest.mark.parametrize("id", ["vale", "mayor-of-vale", "early", "river-alliance"])
async def test_an_entity_that_a_claim_still_names_or_never_named_stays(without: Writer, id: str) -> None:
    assert (await asked(without, id=id)).entities[id]["name"]


async def test_who_asks_for_what_was_known_then_or_is_retracted_is_told(without: Writer) -> None:
    for given in ({"known_at": "2031-06"}, {"standing": ["retracted"]}):
        (row,) = (await asked(without, id="bo", **given)).rows
        assert row["other_id"] == "border-office"


async def test_what_comes_back_is_told_again(blank: Writer) -> None:
    await hold(blank, (ALLEGED, KEPT), (KEPT,))
    await clear(blank, await load(blank, [file("early", (ALLEGED, KEPT))], "2034-01-01T00:00:00Z"))
    blank.forget()
    assert (await asked(blank, id="bo")).entities["bo"]["name"] == NAMES["bo"]


async def test_what_never_was_is_not_found_and_not_gone(without: Writer) -> None:
    with pytest.raises(NotFound) as refused:
        await asked(without, id="nobody")
    assert not isinstance(refused.value, Gone)


@pytest.fixture
async def client(without: Writer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(Site(without, BASE))), base_url=BASE
    ) as asking:
        yield asking


@pytest.mark.parametrize(
    "address",
    ["/v1/entities/bo", "/v1/entities/bo.html", "/v1/entities/bo.ttl", "/v1/entities/bo/relations", "/id/bo",
     "/v1/paths?from=bo&to=vale", "/v1/entities/bo?as_of=1700"],
)  # fmt: skip
async def test_over_http_it_is_a_410_without_the_name(client: httpx.AsyncClient, address: str) -> None:
    told = await client.get(address)
    assert (told.status_code, told.json()["type"]) == (410, f"{BASE}problems/gone")
    assert "Border Office" not in told.text and "Bo" not in told.text
    assert "near" not in told.json()
