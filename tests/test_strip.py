"""The strip of a source: each quote has a mark at its place, which leads to what rests on it."""

import re
from typing import Any

from api.pages import source
from api.pages.pictures.strip import LANE, Quoted, strip
from tests.sample_result import PLACE, claim, entity, sample

WHOLE = (True, True)


def quoted(start: int, end: int, sure: bool = True) -> Quoted:
    return Quoted(start, end, f"{start}–{end}", f"#at-{start}", sure)


def test_a_mark_lies_where_its_quote_does_and_those_that_overlap_lie_apart() -> None:
    found = strip([quoted(50, 100), quoted(0, 40), quoted(0, 100), quoted(160, 161)], [0, 120], 200, WHOLE)
    assert found
    places = [(bit.quoted.words, bit.x, bit.width, bit.y) for bit in found.bits]
    assert places == [
        ("0–100", 0.0, 500.0, 0),
        ("0–40", 0.0, 200.0, LANE),
        ("50–100", 250.0, 250.0, LANE),
        ("160–161", 800.0, 5.0, 0),
    ]
    assert (found.rules, found.height, found.begins, found.ends) == ((0.0, 600.0), 2 * LANE, 0.0, 1000.0)


def test_one_word_of_a_long_document_is_seen_and_a_length_that_is_not_known_is_what_is_known() -> None:
    found = strip([quoted(10, 12)], [0, 5000], 0, WHOLE)
    assert found and found.bits[0].width == 3.0 and found.rules == (0.0, 1000.0)


def test_what_was_not_looked_at_is_not_shown_as_empty() -> None:
    found = strip([quoted(50, 60), quoted(90, 100)], [], 200, (False, False))
    assert found and (found.begins, found.ends) == (250.0, 500.0)
    assert strip([], [0], 200, WHOLE) is None


def test_the_marks_of_a_page_lead_to_its_rows_whether_its_text_may_be_shown_or_not() -> None:
    def row(id: str, start: int, end: int, **more: Any) -> dict[str, Any]:
        piece = {"document": "paper", "quote": "x" * (end - start), "start": start, "end": end}
        return claim(int(id), "COOPERATES_WITH", "vale", "vale", evidence=[piece], **more)

    claims = [row("1", 0, 40), row("2", 0, 90), row("3", 120, 130, status="hedged", wording=["may"])]
    rows = [
        {"claims": [each["id"]], "at": str(each["evidence"][0]["start"]), "quote": each["evidence"][0]["quote"]}
        for each in claims
    ]
    paper = entity("paper", "Document", "Paper", paragraphs=[0, 100])
    result = sample(claims={each["id"]: each for each in claims}, rows=rows, entities={"paper": paper})
    result.parameters["document"] = "paper"
    page = source.page(result, sample(rows=[]), PLACE, {}).decode()

    marks = re.findall(r'<a href="(#[\w-]+)" tabindex="-1"><title>([^<]*)</title><rect class="(\w+)', page)
    assert [(href, told.partition(":")[0], kind) for href, told, kind in marks] == [
        ("#at-0", "0–90", "kf"),
        ("#at-0", "0–40", "kf"),
        ("#at-120", "120–130", "ko"),
    ]
    assert all(f'id="{href[1:]}"' in page for href, *_ in marks)
    assert "hollow where nothing is said to be so" in page
