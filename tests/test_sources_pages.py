"""Pages of sources: what stands where, what would fall, and a text where it may be shown, never else."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from markupsafe import escape

from api.app import create_app
from api.pages.cite import citations
from api.pages.elsewhere import at_words
from api.pages.running_text import Mark, running_text
from api.pages.spot import around, element, spot, where
from api.place import Place
from api.site import Site
from api.texts import Texts
from graph.connection import Writer
from graph.query import read_queries
from graph.run import run
from graph.write import clear, load
from schema import ENTITIES, RELATIONS
from schema.claims_file import ClaimsFile
from schema.entities import Document
from seed.paragraphs import paragraphs
from tests.conftest import BASE, NOW, Store
from tests.sample_result import PLACE, claim, entity, sample

TEXT = "The Vale council met.\nIt advises <b>the mayor</b>, says the clerk.\x01\nNobody objected.\n"
QUOTE = "advises <b>the mayor</b>"
START = TEXT.index(QUOTE)
SUM = sha256(TEXT.encode()).hexdigest()
OTHERS = {"csv": "text/csv"}
TERMS = {"shown_under": "CC BY-SA 4.0", "credit": "The clerk of Vale"}


def paper(**fields: Any) -> dict[str, Any]:
    """The record of a document with that text."""
    return entity("paper", "Document", "Paper", sha256=SUM, paragraphs=[*paragraphs(TEXT)], **fields)


def piece(**fields: Any) -> dict[str, Any]:
    return {"document": "paper", "quote": QUOTE, "start": START, "end": START + len(QUOTE)} | fields


@pytest.fixture
def at_hand(tmp_path: Path) -> Place:
    """A place whose pages may look for documents in a folder that has the paper, in a folder of its own."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "minutes.txt").write_bytes(TEXT.encode())
    return replace(PLACE, texts=Texts(tmp_path))


def test_a_text_is_had_only_under_terms_that_allow_it_and_only_by_its_very_bytes(at_hand: Place) -> None:
    assert at_hand.texts.of(paper(**TERMS)) == TEXT
    assert at_hand.texts.of(paper()) is None
    assert at_hand.texts.of(paper(licence="CC BY-SA 4.0")) is None  # what allows it is said on purpose
    assert at_hand.texts.of(paper(**TERMS) | {"sha256": "0" * 64}) is None
    assert PLACE.texts.of(paper(**TERMS)) is None
    assert Texts(Path("no such folder")).of(paper(**TERMS)) is None


def test_a_text_that_has_changed_since_it_was_found_is_not_shown(at_hand: Place, tmp_path: Path) -> None:
    assert at_hand.texts.of(paper(**TERMS))
    (tmp_path / "below" / "minutes.txt").write_text(TEXT + "!")
    assert at_hand.texts.of(paper(**TERMS)) is None


def test_the_words_around_a_quote_are_those_of_its_paragraph_and_told_under_the_same_terms(at_hand: Place) -> None:
    result = sample(entities={"paper": paper(**TERMS)})
    assert around(piece(), result, at_hand) == ("It ", ", says the clerk.\N{REPLACEMENT CHARACTER}")
    assert around(piece(), sample(entities={"paper": paper()}), at_hand) is None
    assert around(piece(quote="advised the mayors"), result, at_hand) is None
    assert around({"document": "paper", "row": 3}, result, at_hand) is None


@pytest.mark.parametrize(
    ("spot_of", "told", "at"),
    [
        (piece(), f"¶ 2 of 3, {START}–{START + len(QUOTE)}", str(START)),
        ({"document": "minutes", "quote": "met", "start": 4, "end": 7}, "characters 4–7", "4"),
        ({"document": "paper", "row": 14, "column": "G", "sheet": "X"}, "row 14, column G of sheet X", "!X!14!G"),
        ({"document": "paper", "row": 14}, "row 14", "!!14!"),
        ({"document": "paper", "pointer": "/a/0", "path": "b/c.yml"}, "/a/0 of file b/c.yml", "b/c.yml!!!/a/0"),
        ({"document": "paper", "absent": "a stop"}, "the whole of it", "!!!"),
    ],
)
def test_a_spot_says_where_it_is_and_leads_there(spot_of: dict[str, Any], told: str, at: str) -> None:
    result = sample(entities={"paper": paper(), "minutes": entity("minutes", "Document", "Minutes")})
    found = spot(spot_of, result, PLACE)
    address, _, fragment = found.href.partition("#")
    assert where(spot_of, result) == found.where == told
    assert address.partition("?at=")[0] == f"{PLACE.base}v1/sources/{spot_of['document']}.html"
    assert httpx.URL(address).params["at"] == at and fragment == element(at)


def test_text_fragments_are_spelt_as_browsers_read_them() -> None:
    here = "https://paper.example/7"
    assert (
        at_words(here, "a well-known, free & easy\n city")
        == f"{here}#:~:text=a%20well%2Dknown%2C%20free%20%26%20easy%20city"
    )
    assert at_words(f"{here}#top", "São Bento") == f"{here}#top:~:text=S%C3%A3o%20Bento"
    long = " ".join(f"word{n}" * 3 for n in range(20))
    assert at_words(here, long).count(",") == 1 and "word9" not in at_words(here, long)


def test_marks_that_overlap_are_cut_and_lead_where_the_shortest_does() -> None:
    marks = [Mark(0, 12, "alpha beta g", "#one"), Mark(6, 10, "beta", "#two"), Mark(6, 10, "beth", "#untrue")]
    [only] = running_text({}, "alpha beta gamma", marks, cut=False)
    assert [(each.text, each.href) for each in only.stretches] == [
        ("alpha ", "#one"),
        ("beta", "#two"),
        (" g", "#one"),
        ("amma", ""),
    ]
    assert [each.id for each in only.stretches] == ["at-0", "at-6", "", ""]


def test_a_text_is_shown_from_the_paragraph_of_the_first_mark_and_to_that_of_the_last_if_it_is_cut() -> None:
    text = "one\ntwo\nthree\nfour\n"
    document = {"paragraphs": [*paragraphs(text)]}
    marks = [Mark(4, 7, "two", "#b"), Mark(8, 13, "three", "#c")]
    assert [each.number for each in running_text(document, text, marks, cut=True)] == [2, 3]
    assert [each.number for each in running_text(document, text, marks, cut=False)] == [2, 3, 4]
    assert [each.number for each in running_text(document, text, [], cut=False)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("One.\nTwo.\n\n  Three.\n", (0, 5, 13)),
        (f"{'long ' * 30}\nshort\n", (0, 151)),
        ("---\na: 1\nb: 2\n---\nHead\n", (0, 18)),
        (f"{'full line ' * 7}\n{'goes on at ' * 6}\n\nand ends.\nNew.\n", (0, 149)),
        ("<p>one</p>\n<p>two</p>", ()),
        ('{"a": 1}\n', ()),
        ("", ()),
    ],
)
def test_paragraphs_begin_where_the_layout_has_them_begin(text: str, starts: tuple[int, ...]) -> None:
    assert paragraphs(text) == starts


def test_a_claim_is_cited_with_its_documents_in_three_forms() -> None:
    made = claim(
        1, "ADVISES", "vale", "mira-vale", status="hedged", wording=["may"], detail="on 50 % of parks_and {rivers}"
    )
    told = citations(made, sample(), PLACE)
    apa = told.apa.split("\n")
    assert apa[0] == (
        "civicgraph. (2026, March 2). Vale [hedged: “may”] advises Mira Vale: on 50 % of parks_and {rivers}"
        " [hedged, current; version 3f9a2c41]. https://graph.example/id/c-0000000000000001"
    )
    assert apa[1] == "Vale Gazette. (2026, February). https://gazette.example/7"
    assert r"on 50 \% of parks\_and \{rivers\}" in told.bibtex and "@misc{vale-gazette-2026," in told.bibtex
    ours, paper = json.loads(told.csl)
    assert (ours["version"], ours["issued"]) == ("3f9a2c41", {"date-parts": [[2026, 3, 2]]})
    assert (paper["id"], paper["issued"], paper["URL"]) == (
        "vale-gazette-2026",
        {"date-parts": [[2026, 2]]},
        "https://gazette.example/7",
    )


def file(document: Document, quotes: list[str], text: str) -> ClaimsFile:
    """Claims of one document, one a quote."""
    places = [
        {"document": document.id, "quote": q, "start": text.index(q), "end": text.index(q) + len(q)} for q in quotes
    ]
    ends = {"subject": "council", "object": "vale"}
    claims = [
        RELATIONS["OPPOSES"].model_validate(ends | {"detail": f"{n}", "evidence": [place]})
        for n, place in enumerate(places)
    ]
    return ClaimsFile(
        document,
        (ENTITIES["Organization"](id="council", name="Council"), ENTITIES["City"](id="vale", name="Vale")),
        claims,
        "2031-01-01T00:00:00Z",
    )


async def pages(writer: Writer, store: Store, texts: Texts, files: list[ClaimsFile]) -> httpx.AsyncClient:
    await clear(writer, await load(writer, files, NOW))
    store.reader.forget()
    transport = httpx.ASGITransport(create_app(Site(store.reader, BASE, texts=texts)), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE)


async def test_what_may_be_shown_is_shown_with_its_quotes_marked_and_nothing_else_is(
    embedded: Store, tmp_path: Path
) -> None:
    """Two documents of one text: one says under which terms it may be shown."""
    await embedded.hold("nothing")
    (tmp_path / "minutes.txt").write_bytes(TEXT.encode())
    about = {"sha256": SUM, "paragraphs": paragraphs(TEXT), "url": "https://vale.example/minutes"}
    free = Document(id="free", name="Minutes, free", **about, **TERMS)
    closed = Document(id="closed", name="Minutes, closed", **about, licence="CC BY-SA 4.0")
    quotes = [QUOTE, "The Vale council"]
    files = [file(free, quotes, TEXT), file(closed, quotes[:1], TEXT)]
    async with await pages(embedded.writer, embedded, Texts(tmp_path), files) as site:
        shown, not_shown = [await site.get(f"/v1/sources/{id}.html") for id in ("free", "closed")]
        [listed] = re.findall("<main.*</main>", (await site.get("/v1/sources.html")).text, re.DOTALL)
        cut = (await site.get("/v1/sources/free.html?limit=1")).text
    assert (shown.status_code, not_shown.status_code) == (200, 200)
    assert (
        "Nobody objected." in shown.text
        and "\x01" not in shown.text
        and "The clerk of Vale, CC BY-SA 4.0" in shown.text
    )
    assert "Without it 1 would fall; the others stand in another document as well." in shown.text
    marked = re.findall(rf'<mark id="at-{START}"><a href="([^"]+)">([^<]*)</a></mark>', shown.text)
    assert [words for _, words in marked] == [str(escape(QUOTE))] and "v1/claims/c-" in marked[0][0]
    assert "Nobody objected" not in not_shown.text and "<mark" not in not_shown.text
    assert str(escape(QUOTE)) in not_shown.text and f'id="at-{START}"' in not_shown.text
    assert "None would fall without it" in not_shown.text and SUM in not_shown.text
    assert at_words("https://vale.example/minutes", QUOTE) in not_shown.text
    assert listed.count("v1/sources/free.html") == 1 and "Minutes, closed" in listed
    assert "Nobody objected" not in cut and 'rel="next"' in cut and '<mark id="at-0">' in cut


async def test_a_page_begins_at_the_place_that_is_asked_for_and_leads_back_to_the_beginning(
    site: httpx.AsyncClient,
) -> None:
    page = (await site.get("/v1/sources/cities-push-back-on-ice.html?at=3678")).text
    assert 'id="at-3678"' in page and 'id="at-0"' not in page
    assert "From the beginning" in page and "¶ 10 of 10" in page
    assert "not shown here" in page and "<mark" not in page
    whole = (await site.get("/v1/sources/cities-push-back-on-ice.html")).text
    assert "of the rows below alone" in page and "of the rows below alone" in whole
    assert "143 claims" in whole and "all of them would fall" in whole and 'rel="next"' in whole
    assert len(whole.encode()) < 60_000


async def test_from_a_quote_two_clicks_lead_to_its_place_in_its_document(site: httpx.AsyncClient) -> None:
    answer = (await site.get("/v1/queries/groups-advising-mayors/results.html")).text
    hrefs = re.findall(r'href="([^"]*v1/sources/[^"]+\?at=[^"]+)"', answer)
    assert hrefs
    for href in dict.fromkeys(hrefs):
        address, _, fragment = href.replace("&amp;", "&").partition("#")
        page = await site.get("/" + address.replace("../", ""))
        assert page.status_code == 200 and f'id="{fragment}"' in page.text


async def test_of_a_document_no_more_claims_are_counted_than_is_told(embedded: Store) -> None:
    await embedded.hold("nothing")
    text = " ".join(f"point {n:03d};" for n in range(230))
    many = file(Document(id="many", name="Many"), [f"point {n:03d};" for n in range(230)], text)
    async with await pages(embedded.writer, embedded, Texts(), [many]) as site:
        listed = (await site.get("/v1/sources.json")).json()["data"]
        page = (await site.get("/v1/sources/many.html")).text
        second = (await site.get("/v1/sources/many.json?at=2500&limit=3")).json()
        end = (await site.get("/v1/sources/many.html?at=2500")).text
    assert [(row["resting"], row.get("alone")) for row in listed] == [(100, None)]
    assert "200 claims or more" in page and "200 rest on no other document" in page
    assert [row["quote"] for row in second["data"]] == ["point 228;", "point 229;"]
    assert "the rows below alone, from character 0 to 549, on" in page
    assert "the rows below alone, from character 2,508 to 2,529, on" in end


async def test_a_place_is_told_again_once_a_document_says_it_elsewhere(embedded: Store) -> None:
    """The claim is the same, its place another: the statement goes with the version of its claim."""
    await embedded.hold("nothing")
    paper, query = Document(id="paper", name="Paper"), read_queries()["source"]
    for words in ("here: no", "and there: no"):
        made = file(paper, ["no"], words)
        await clear(embedded.writer, await load(embedded.writer, [made], NOW))
        embedded.reader.forget()
        found = await run(embedded.reader, query, query.check({"document": "paper"}))
        assert [row["at"] for row in found.rows] == [str(words.index("no"))]
