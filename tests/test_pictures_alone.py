"""A picture as a file of its own: it opens without the site, tells what it shows, and leads back by whole addresses."""

import re
from collections.abc import Awaitable, Callable
from xml.etree import ElementTree

import httpx
import pytest

from api.formats.links import address
from api.pages.alone import SVG, style
from graph.result import Result
from tests.picturing import HOSTILE, answer, hub
from tests.sample_result import PLACE, claim, entity, sample

Get = Callable[..., Awaitable[httpx.Response]]
ALLOWED = "default-src 'none'; style-src 'unsafe-inline'"
XML = "{http://www.w3.org/2000/svg}"


def drawn(result: Result) -> ElementTree.Element:
    return ElementTree.fromstring(SVG.write(result, PLACE))


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{XML}text")]


def test_the_file_holds_its_title_its_legend_its_licence_and_leads_back_to_the_answer() -> None:
    root = drawn(sample())
    told = words(root)

    assert root.findtext(f"{XML}title") == 'Who "advises" <whom>?'
    assert told[0] == 'Who "advises" <whom>?'
    assert {"asserted", "reported", "hedged", "alleged", "disputed", "retracted", "person", "place"} <= set(told)
    assert told[-1] == (
        "Version 3f9a2c41 of 2 March 2026. Claims under Apache-2.0; the words quoted are their authors’."
    )
    assert [a.get("href") for a in root.iter(f"{XML}a")][-1] == PLACE.here


def test_every_address_is_whole_and_nothing_is_fetched() -> None:
    root = drawn(sample())
    links = {a.get("href", "") for a in root.iter(f"{XML}a")}
    uses = {use.get("href", "") for use in root.iter(f"{XML}use")}
    kept = {f"#{symbol.get('id')}" for symbol in root.iter(f"{XML}symbol")}

    assert links and all(link.startswith(PLACE.base) for link in links)
    assert uses and uses <= kept
    assert not re.search(r"url\(|@import|var\(|http", style())


def test_colours_are_written_out_as_on_light_paper() -> None:
    assert ".drawn .m { fill: #6a2f94; }" in style() and ".s-hedged { stroke-dasharray: 6 4; }" in style()
    assert ".hedge, .alleged, .hedged, .planned { color: #6a2f94; }" in style()


def test_what_is_not_drawn_is_counted() -> None:
    root = drawn(hub(500))

    assert any(re.match(r"\d+ more claims are not drawn\. Claims under", text) for text in words(root))
    assert address(PLACE, "html") in {a.get("href") for a in root.iter(f"{XML}a")}


def test_an_answer_without_claims_is_a_file_too() -> None:
    root = drawn(answer([]))

    assert words(root)[1].startswith("Nothing is claimed that could be drawn.")


@pytest.mark.parametrize("name", [*HOSTILE.values(), "\x00\x1b\ufffe\uffff"], ids=[*HOSTILE, "no characters"])
def test_whatever_a_name_holds_the_file_is_sound_and_holds_it_as_text(name: str) -> None:
    told = claim(1, "WARNED", "a", "b", status="hedged", wording=[name], detail=name)
    root = drawn(answer([told], [entity("a", "Person", name), entity("b", "City", name)]))

    tags = {each.tag.removeprefix(XML) for each in root.iter()}
    assert tags == {"svg", "title", "style", "symbol", "circle", "path", "g", "text", "tspan", "a", "use"}
    assert not [key for each in root.iter() for key in each.attrib if key.startswith("on")]


async def test_the_address_of_an_answer_and_of_a_thing_end_in_svg(client: Get) -> None:
    for asked, title in {
        "/v1/entities/ice.svg": "What is claimed of U.S. Immigration and Customs Enforcement",
        "/v1/queries/groups-advising-mayors/results.svg": "Which groups advise which mayors?",
        "/v1/queries/groups-advising-mayors/results?format=svg": "Which groups advise which mayors?",
    }.items():
        told = await client(asked)
        assert (told.status_code, told.headers["content-type"]) == (200, "image/svg+xml")
        assert told.headers["content-security-policy"] == ALLOWED
        assert ElementTree.fromstring(told.content).findtext(f"{XML}title") == title
        again = await client(asked, headers={"If-None-Match": told.headers["etag"]})
        assert (again.status_code, again.headers["content-security-policy"]) == (304, ALLOWED)


async def test_pages_link_to_the_picture_alone(client: Get) -> None:
    page = (await client("/v1/entities/ice.html")).text

    assert 'type="image/svg+xml" href="../../v1/entities/ice.svg"' in page


async def test_a_page_has_the_place_to_which_what_is_not_drawn_leads(client: Get) -> None:
    page = (await client("/v1/queries/claims/results.html?limit=200")).text

    assert re.search(r'<a href="#rows">.*?\+\d+ more', page) and 'id="rows"' in page
