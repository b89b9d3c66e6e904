"""The pages of an entity and of a claim, and the front page: what leads, what is counted, what is said against what."""

import json
import re
from collections.abc import Awaitable, Callable
from html import unescape
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from api.app import create_app
from api.pages import claim as claim_page
from api.pages import entity as entity_page
from api.pages.entity import Counted
from api.place import Place
from api.site import Site
from graph.errors import Unavailable
from graph.result import Result
from tests.conftest import BASE, Store
from tests.sample_result import ENTITY_RECORDS, HOSTILE, PLACE, claim, sample

Get = Callable[..., Awaitable[httpx.Response]]

ADVISED = "c-17212859340cbff8"
# What each relation of an entity is called from its side, how many claims the article makes, and words of one of them.
SAID_OF = {
    "zohran-mamdani": {
        "is advised by": (1, "Vita Mostofi"),
        "holds the office of": (1, "Mayor of New York"),
        "invited": (1, "Mamdani also invited Minneapolis Mayor Jacob Frey"),
        "issued": (1, "New York ban on use of city-owned property"),
        "opposes": (1, "Donald Trump"),
        "signed": (1, "Executive orders of six mayors"),
    },
    "ice": {
        "[planned] is restricted by": (1, "“They are preparing laws and executive orders that restrict U.S."),
        "is restricted by": (1, "limiting where and how ICE agents can operate"),
        "has as member": (1, "ICE agents"),
        "is a member of": (2, "“signed a bill on the 17th prohibiting local police"),
        "is part of": (1, "Federal government of the United States"),
        "is party to": (1, "Agreements of Maryland sheriff's offices with ICE"),
    },
}


def plain(markup: str) -> str:
    """The text of some markup, its white space as one reads it."""
    apart = re.sub(r"</?(dt|dd|p|li|td|th|div|h\d|small)\b[^>]*>", " ", markup)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", apart)).split())


def groups(page: str) -> dict[str, tuple[int, str]]:
    """By the words of its heading: how many claims a group counts, and its text."""
    found = re.findall(r'<tbody id="[\w-]+">(.*?)</tbody>', page, re.DOTALL)
    told = {}
    for body in found:
        heading = plain(re.search(r'<th scope="rowgroup"[^>]*>(.*?)</th>', body, re.DOTALL)[1])  # type: ignore[index]
        words, _, count = heading.rpartition(" ")
        told[words] = (int(count), plain(body))
    return told


def linked_data(page: str) -> Any:
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(told)


def texts_of(value: Any) -> list[str]:
    """All texts in some JSON."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [text for each in inner for text in texts_of(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("id", SAID_OF)
async def test_the_page_of_an_entity_counts_what_is_said_of_it_and_reads_it_from_its_side(client: Get, id: str) -> None:
    told = groups((await client(f"/v1/entities/{id}.html")).text)

    assert {words: count for words, (count, _) in told.items()} == {n: count for n, (count, _) in SAID_OF[id].items()}
    for words, (_, quoted) in SAID_OF[id].items():
        assert quoted in told[words][1], words


async def test_the_page_of_an_entity_leads_with_its_name_its_kind_and_its_office(client: Get) -> None:
    page = (await client("/v1/entities/zohran-mamdani.html")).text
    facts = plain(re.search(r'<dl class="facts">(.*?)</dl>', page, re.DOTALL)[1])  # type: ignore[index]

    assert "<h1><bdi>Zohran Mamdani</bdi></h1>" in page and "<title>Zohran Mamdani – civicgraph</title>" in page
    assert plain(re.search(r'<p class="crumb">(.*?)</p>', page, re.DOTALL)[1]) == "mayor"  # type: ignore[index]
    assert "Office Mayor of New York" in facts and "6 about it: " in facts and "is advised by 1" in facts


async def test_what_a_page_is_about_is_in_it_as_linked_data_and_beside_it_in_every_format(client: Get) -> None:
    for address, name in (("/v1/entities/ice", "ice"), (f"/v1/claims/{ADVISED}", ADVISED)):
        page = (await client(f"{address}.html")).text
        alternates = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', page)

        assert f"{BASE}id/{name}" in json.dumps(linked_data(page))
        assert {"text/csv", "text/turtle", "application/ld+json"} <= {type for type, _ in alternates}
        for _, href in alternates[:3]:
            assert (await client(f"/v1/{href.removeprefix('../../v1/')}")).status_code == 200


async def test_the_page_of_a_claim_leads_with_its_sentence_and_gives_words_place_history_and_citation(
    client: Get,
) -> None:
    page = (await client(f"/v1/claims/{ADVISED}.html")).text
    text = plain(page)

    heading = plain(re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1])  # type: ignore[index]
    assert heading.startswith("Mayors for America advises Democratic mayors: on crafting model legislation")
    assert "“is likewise working with Democratic mayors to craft model legislation" in text
    assert "2802–2946" in text and "No claim in the graph speaks against it." in text
    assert (
        "23 November 2026 recorded" in text
        and "civicgraph. (2026, November 23). Mayors for America advises Democratic mayors" in text
        and f"{BASE}id/{ADVISED}" in text
    )


async def test_a_hedge_is_read_in_the_heading_of_a_claim_and_in_its_title(client: Get) -> None:
    found = (await client("/v1/entities/ice-agents/relations.json?relation=PROSECUTES&status=hedged")).json()
    id = min(found["claims"])
    page = (await client(f"/v1/claims/{id}.html")).text

    assert re.search(r"<title>.+ \[hedged[^\]]*\] prosecutes ICE agents", page)
    assert re.search(
        r"\[hedged: “[^”]+”.*\] prosecutes ICE agents", plain(re.search(r"<h1.*?</h1>", page, re.DOTALL)[0])
    )  # type: ignore[index]


async def test_what_speaks_against_a_claim_stands_beside_what_speaks_for_it(
    embedded: Store, application: ASGIApp
) -> None:
    await embedded.hold("world")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url=BASE) as asking:
        found = (await asking.get("/v1/queries/disputed-claims/results.json")).json()["claims"]
        disputed = next(c for c in found.values() if c["standing"] == "disputed" and "challenged_by" in c)
        page = (await asking.get(f"/v1/claims/{disputed['id']}.html")).text
        against = (await asking.get(f"/v1/claims/{disputed['challenged_by'][0]}.json")).json()["claims"]
    sides = [plain(side) for side in re.findall(r'<div class="side">(.*?)</div>', page, re.DOTALL)]

    assert len(sides) == 2 and "disputed" in plain(page)
    for side, record in zip(sides, (disputed, against[disputed["challenged_by"][0]]), strict=True):
        quotes = [piece["quote"] for piece in record["evidence"] if "quote" in piece]
        assert quotes and all(" ".join(quote.split()) in side for quote in quotes)


def page_of(id: str, counts: tuple[Counted, ...] = (), place: Place = PLACE, **changes: Any) -> str:
    result: Result = sample(parameters={"id": id}, rows=[], columns=(), **changes)
    return entity_page.page(result, counts, place, {"csv": "text/csv"}).decode()


def test_of_a_hub_the_first_claims_of_each_relation_are_shown_with_the_count_and_the_way_to_all() -> None:
    records = [claim(n, "ADVISES", "river-alliance", "mira-vale") for n in range(3)]
    counts = (Counted("ADVISES", "object", 1000, tuple(record["id"] for record in records)),)
    page = page_of("mira-vale", counts, claims={record["id"]: record for record in records}, next_cursor="more")

    assert "is advised by 1,000 or more" in plain(page) and page.count("<tr data-claim=") == 3
    assert f'href="{PLACE.base}v1/entities/mira-vale/relations.html?relation=ADVISES&amp;direction=object">all<' in page


def test_a_hostile_name_ends_neither_the_linked_data_of_a_page_nor_its_heading() -> None:
    page = page_of("river-alliance")

    assert page.count("</script>") == 2 and "<b>" not in page  # that of the linked data, and of what completes names
    assert HOSTILE in texts_of(linked_data(page))


def test_a_thing_is_called_by_its_shortest_name_on_its_own_page_and_leads_nowhere_there() -> None:
    records = [entity | ({"aliases": ["MV"]} if entity["id"] == "mira-vale" else {}) for entity in ENTITY_RECORDS]
    record = claim(1, "ADVISES", "river-alliance", "mira-vale")
    page = page_of(
        "mira-vale",
        (Counted("ADVISES", "object", 1, (record["id"],)),),
        claims={record["id"]: record},
        entities={each["id"]: each for each in records},
    )

    assert "<bdi>MV</bdi>." in page and "entities/mira-vale.html" not in page.partition("<table")[2]


def test_every_turn_of_a_claim_is_told_with_its_day_and_by_whom() -> None:
    record = claim(4, "COOPERATES_WITH", "vale", "vale", standing="disputed", disputed_by=["ana-silva"])
    record |= {"disputed_at": "2026-02-28T00:00:00Z", "challenged_by": ["c-00000000000000ff"]}
    page = claim_page.page(sample(claims={record["id"]: record}), record["id"], [], PLACE, {}).decode()

    assert '18 February 2026 recorded 28 February 2026 disputed by Ana "Ani" Silva' in plain(page)
    assert "c-00000000000000ff" in page  # a claim that is not at hand is led to all the same


async def test_the_front_page_answers_a_question_with_its_words_and_names_what_it_holds(client: Get) -> None:
    page = (await client("/")).text
    for _ in range(20):  # what takes longer than a visitor is patient is there for one of the next
        page = page if "Newest documents" in page and "drawn" in page else (await client("/")).text
    text = plain(page)

    assert "Which groups advise which mayors? " in text and "“is likewise working with Democratic mayors" in text
    assert '<svg class="drawn"' in page and "Mayors for America" in text
    assert re.search(r"claims \d+", text) and re.search(r"place \d+", text) and "Newest documents" in text
    assert "Who advises this mayor or city? Zohran Mamdani" in text


class Silent:
    """A store that does not answer."""

    async def edition(self) -> None:
        raise Unavailable("the store does not answer")


async def test_the_front_page_is_whole_where_the_store_does_not_answer() -> None:
    broken = create_app(Site(Silent(), BASE))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(broken), base_url=BASE) as asking:
        told = await asking.get("/")

    assert told.status_code == 200 and "Who advises this mayor or city?" in told.text
