"""One claim that two documents state in their own voice: one id, two pieces of evidence, two voices, in any order."""

from itertools import permutations
from typing import Any

import pytest

from graph.connection import Reader, Writer
from graph.query import read_queries
from graph.run import run
from graph.write import clear, load
from schema.claims_file import ClaimsFile
from schema.entities import City, Document
from tests.changes import EARLY, FIRST, LAST, LATE, NEXT, OWN, SAME, advises, file, without

ADVICE = OWN["advises"].id
ORDERS = list(permutations((EARLY, LATE)))


async def bring(graph: Writer, *loads: list[ClaimsFile], at: str = NEXT) -> None:
    for files in loads:
        await clear(graph, await load(graph, files, at))


async def told(graph: Reader, **given: str) -> dict[str, Any]:
    query = read_queries()["claim"]
    return (await run(graph, query, query.check({"id": ADVICE, **given}))).claims[ADVICE]


@pytest.mark.parametrize("order", ORDERS, ids=["early first", "late first"])
async def test_both_documents_are_its_evidence_and_its_voices(blank: Writer, order: tuple[ClaimsFile, ...]) -> None:
    assert SAME.id == ADVICE
    await bring(blank, *([each] for each in order))
    claim = await told(blank)
    assert claim["attributed_to"] == ["early", "late"]
    assert [piece["document"] for piece in claim["evidence"]] == ["early", "late"]
    assert (claim["standing"], claim["recorded_at"]) == ("current", FIRST)


@pytest.mark.parametrize("order", ORDERS, ids=["early first", "late first"])
async def test_its_bounds_come_from_both(blank: Writer, order: tuple[ClaimsFile, ...]) -> None:
    """Late was published in March 2030 and Early in May: from the first to the last of these days it was certain."""
    await bring(blank, *([each] for each in order))
    days = {day: (await told(blank, as_of=day))["temporal_match"] for day in ("2030-02-28", "2030-04", "2030-06-01")}
    assert days == {"2030-02-28": "possible", "2030-04": "certain", "2030-06-01": "possible"}


@pytest.mark.parametrize("gone", ["early", "late"])
async def test_one_of_them_withdrawn_leaves_the_other_s(blank: Writer, gone: str) -> None:
    await bring(blank, [EARLY, LATE])
    await bring(blank, [file(gone, (), published="2030-05" if gone == "early" else "2030-03")], at=LAST)
    claim, stays = await told(blank), {"early": "late", "late": "early"}[gone]
    assert claim["attributed_to"] == [piece["document"] for piece in claim["evidence"]] == [stays]
    assert claim["standing"] == "current"


async def test_both_withdrawn_it_is_retracted_and_says_who_had_said_it(blank: Writer) -> None:
    await bring(blank, [EARLY, LATE])
    await bring(blank, [file("early", (), published="2030-05"), file("late", (), published="2030-03")], at=LAST)
    claim = await told(blank)
    assert (claim["standing"], claim["retracted_at"]) == ("retracted", LAST)
    assert claim["attributed_to"] == ["early", "late"]
    assert (await told(blank, known_at=NEXT))["standing"] == "current"


async def test_a_document_that_came_later_is_not_shown_before_it_was_known(blank: Writer) -> None:
    await bring(blank, [file("early", without(), published="2030-05")])
    await bring(blank, [file("late", (), published="2030-03")])
    await bring(blank, [LATE], at=LAST)
    before, after = await told(blank, known_at=NEXT), await told(blank)
    assert (before["attributed_to"], after["attributed_to"]) == (["early"], ["early", "late"])
    assert [piece["document"] for piece in before["evidence"]] == ["early"]


async def test_what_nobody_declares_or_says_any_more_leaves_nothing_behind(blank: Writer) -> None:
    """A group without a claim goes; an entity of a claim that was taken back stays, for the claim is kept."""
    await bring(blank, [EARLY])
    left = tuple(entity for entity in EARLY.entities if entity.id not in ("vale-mayors", "river-alliance"))
    await bring(blank, [file("early", without("advises"), left, published="2030-05")], at=LAST)
    found = await blank.read("MATCH (n:Entity) RETURN n.id", {})
    ids = [id for (id,) in found]
    assert "vale-mayors" not in ids and "river-alliance" in ids
    assert len(ids) == len(set(ids))


GUESSED = dict.fromkeys(("early", "late"), ("the day follows from the vote",)) | {"other": ("so it was in 2029",)}


@pytest.mark.parametrize(
    ("early", "late", "told_so"),
    [
        ("early", "late", ["the day follows from the vote"]),
        ("early", "other", ["the day follows from the vote", "so it was in 2029"]),
        ("early", None, None),
        (None, "late", None),
    ],
)
async def test_what_one_of_them_says_in_so_many_words_is_not_inferred(
    early: str | None, late: str | None, told_so: list[str] | None, blank: Writer
) -> None:
    why = [
        advises(document, inferred=GUESSED[each] if each else ())
        for document, each in (("early", early), ("late", late))
    ]
    await bring(blank, [file(each.evidence[0].document, [each]) for each in why])
    assert (await told(blank)).get("inferred") == told_so


async def test_a_condition_makes_another_claim_and_stands_on_its_edge(blank: Writer) -> None:
    sometimes = advises("early", condition="in some cases")
    assert sometimes.id != ADVICE
    await bring(blank, [file("early", [OWN["advises"], sometimes])])
    found = await blank.read("MATCH ()-[a:ADVISES]->() WHERE a.claim IS NOT NULL RETURN a.claim, a.condition", {})
    assert {tuple(row) for row in found} == {(ADVICE, None), (sometimes.id, "in some cases")}


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_a_name_is_shown_as_the_first_in_the_order_of_sources_has_it(
    blank: Writer, order: tuple[int, ...]
) -> None:
    """By precedence, then the last fetched; whoever has none comes last, whatever its id; all names are found."""
    sources: list[dict[str, Any]] = [
        {"id": "a-leaflet", "said": "The Vale"},
        {"id": "old-register", "precedence": 1, "retrieved": "2029-01-01T00:00:00Z", "said": "Vale Town"},
        {"id": "new-register", "precedence": 1, "retrieved": "2030-01-01T00:00:00Z", "said": "City of Vale"},
    ]
    files = []
    for source in sources:
        about = {name: value for name, value in source.items() if name != "said"}
        files.append(ClaimsFile(Document(name=source["id"], **about), (City(id="vale", name=source["said"]),), ()))
    await bring(blank, *([files[place]] for place in order))
    ((name, search),) = await blank.read("MATCH (n:City) RETURN n.name, n.search", {})
    assert (name, search) == ("City of Vale", "city of vale vale town the vale")
