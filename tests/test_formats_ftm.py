"""FollowTheMoney: what is a link, what a note alone, and that the field's own library takes every entity as it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.formats import FORMATS
from api.formats.ftm import SCHEMATA
from graph.result import Result, Row
from schema import ENTITIES
from tests.conftest import Store
from tests.judging import judged
from tests.sample_result import CLAIM_RECORDS, PLACE, claim, entity, sample
from tests.whole_graph import PLACE as WHOLE
from tests.whole_graph import everything, exported

FACT = claim(1, "ADVISES", "river-alliance", "mira-vale", valid_from="2026", valid_to="2027-03", detail="on budgets")


def lines(result: Result) -> dict[str, Row]:
    return {line["id"]: line for line in map(json.loads, FORMATS["ftm.json"].write(result, PLACE).splitlines())}


def of(record: Row, **changes: Any) -> dict[str, Row]:
    """What is written for one claim of the sample, by id."""
    found = lines(sample(rows=[], claims={record["id"]: record | changes}))
    return {id: line for id, line in found.items() if id.startswith(record["id"])}


def test_a_fact_is_a_link_with_its_dates_and_words_and_a_note_with_its_proof() -> None:
    link, note = of(FACT).values()

    assert (link["id"], link["schema"]) == (FACT["id"], "UnknownLink")
    assert link["properties"] == {
        "subject": ["river-alliance"],
        "object": ["mira-vale"],
        "role": ["advises"],
        "startDate": ["2026"],
        "endDate": ["2027-03"],
        "summary": link["properties"]["summary"],
        "description": ["quote 1"],
        "recordId": [FACT["id"]],
        "modifiedAt": ["2026-02-18T09:00:00"],
        "sourceUrl": ["https://gazette.example/7"],
    }
    assert link["properties"]["summary"][0].endswith(" advises Mira Vale: on budgets")
    assert (note["id"], note["schema"]) == (f"{FACT['id']}-note", "Note")
    told = note["properties"]
    assert (told["entity"], told["proof"]) == (["river-alliance", "mira-vale"], ["vale-gazette-2026"])
    assert (told["summary"], told["description"]) == (link["properties"]["summary"], ["quote 1"])
    assert "evidence: document: vale-gazette-2026; end: 8; start: 1" in told["notes"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": "hedged", "wording": ["could"]}, "[hedged: “could”] advises"),
        ({"status": "alleged"}, "[alleged] advises"),
        ({"status": "planned"}, "[planned] advises"),
        ({"standing": "disputed", "disputed_by": ["ana-silva"]}, '[disputed by Ana "Ani" Silva] advises'),
        ({"standing": "superseded"}, "[superseded] advises"),
        ({"standing": "retracted"}, "[retracted] advises"),
        ({"condition": "in some cases"}, "[condition: “in some cases”] advises"),
        ({"inferred": ["so it must be"]}, "[inferred] advises"),
        ({"attributed_to": ["mira-vale"]}, "According to Mira Vale: "),
    ],
)
def test_what_is_no_plain_fact_has_a_note_alone_that_says_so(changes: Row, told: str) -> None:
    [note] = of(FACT, **changes).values()

    assert note["schema"] == "Note" and told in note["properties"]["summary"][0]


def test_a_figure_has_a_note_alone_and_stands_in_digits() -> None:
    [note] = of(CLAIM_RECORDS[6]).values()

    assert note["properties"]["summary"] == ["Vale has share 0.0000001 %"]


def test_a_note_tells_whatever_else_the_claim_says() -> None:
    record = claim(2, "VOTED_ON", "mira-vale", "order-7", vote="affirmative", not_before="2026-01-01", disputes=["c-1"])
    note = of(record)[f"{record['id']}-note"]["properties"]

    assert {"vote: affirmative", "not before: 2026-01-01", "disputes: c-1"} <= set(note["notes"])


@pytest.mark.parametrize(
    ("relation", "subject", "target", "expected"),
    [
        ("HOLDS_OFFICE", "mira-vale", "mayor-of-vale", ("Occupancy", "holder", "post")),
        ("MEMBER_OF", "mira-vale", "river-alliance", ("Membership", "member", "organization")),
        ("MEMBER_OF", "vale", "river-alliance", ("Membership", "member", "organization")),
        ("MEMBER_OF", "mira-vale", "vale-mayors", ("UnknownLink", "subject", "object")),
        ("EMPLOYED_BY", "ana-silva", "river-alliance", ("Employment", "employee", "employer")),
        ("EMPLOYED_BY", "ana-silva", "mira-vale", ("UnknownLink", "subject", "object")),
        ("WORKED_FOR", "ana-silva", "river-alliance", ("UnknownLink", "subject", "object")),
        ("ABOUT", "minutes", "order-7", ("Documentation", "document", "entity")),
        ("LEADS", "mira-vale", "river-alliance", ("UnknownLink", "subject", "object")),
        ("OPPOSES", "vale-gazette-2026", "order-7", ("UnknownLink", "subject", "object")),
    ],
)
def test_a_link_has_the_schema_that_its_relation_and_its_ends_fit(
    relation: str, subject: str, target: str, expected: tuple[str, str, str]
) -> None:
    link = of(claim(3, relation, subject, target))["c-0000000000000003"]
    schema, source, end = expected

    assert link["schema"] == schema
    assert (link["properties"][source], link["properties"][end]) == ([subject], [target])
    assert len({"subject", "object", "member", "holder", "employee", "document"} & link["properties"].keys()) < 3


def test_every_entity_type_has_a_schema() -> None:
    for name, cls in ENTITIES.items():
        written = lines(Result("search", "", (), [], {}, {"x": entity("x", name, "X")}))
        labels = [label for label in cls.labels() if label in SCHEMATA]
        assert written["x"]["schema"] == SCHEMATA[labels[-1]]
        assert name in written["x"]["properties"]["keywords"]


def test_a_document_tells_where_and_when_it_came_from_and_on_which_terms() -> None:
    about = {"publisher": "The Gazette", "retrieved": "2026-02-18T08:00:00Z"}
    paper = entity(
        "paper", "Document", "Paper", published="2026-02", url="https://x.example", licence="CC0 1.0", **about
    )
    told = lines(Result("search", "", (), [], {}, {"paper": paper}))["paper"]

    assert told["schema"] == "Article"
    assert told["properties"] == {
        "name": ["Paper"],
        "title": ["Paper"],
        "keywords": ["Document"],
        "publishedAt": ["2026-02"],
        "retrievedAt": ["2026-02-18T08:00:00"],
        "publisher": ["The Gazette"],
        "sourceUrl": ["https://x.example/", "https://graph.example/id/paper"],
        "notes": ["licence: CC0 1.0"],
    }


def accepted(result: bytes, file: Path) -> dict[str, Row]:
    file.write_bytes(result)
    found = judged("ftm", file)
    assert [each for each in found if "fault" in each] == []
    return {each["id"]: each for each in found}


AWKWARD = ("\ufeffa", "a\u200db", "e\u0301", '"a"', "'a'", "a\u2028b", "\u200b", "a  b\tc\n", "\u212b", "\x85a", "🏳️‍🌈")


def test_the_library_takes_what_is_hostile_as_it_is(tmp_path: Path) -> None:
    result = sample()
    urls = ("https://x.example?q", "https://x.example/?", "https://x.example#", "https://x.example/a;b?c=d#e")
    awkward = [entity(f"x{n}", "City", text, aliases=[text], description=text) for n, text in enumerate(AWKWARD)]
    awkward += [entity(f"u{n}", "Document", "U", url=url, licence=AWKWARD[n]) for n, url in enumerate(urls)]
    more = {each["id"]: each for each in awkward}
    claims = {f"c-{n:016x}": FACT | {"id": f"c-{n:016x}", "detail": text} for n, text in enumerate(AWKWARD, 100)}
    whole = sample(entities=result.entities | more, claims=result.claims | claims)

    found = accepted(FORMATS["ftm.json"].write(whole, PLACE), tmp_path / "sample")
    assert {f"{id}-note" for id in whole.claims} | whole.entities.keys() <= found.keys()


def test_the_librarys_judgement_can_be_no(tmp_path: Path) -> None:
    file, text = (
        tmp_path / "sample",
        FORMATS["ftm.json"].write(sample(rows=[], claims={FACT["id"]: FACT}), PLACE).decode(),
    )
    faults = {
        '"startDate":["2026"]': '"startDate":["soon"]',
        '"subject":["river-alliance"]': '"subject":["nobody"]',
        '"name":["Mira Vale"]': '"name":["Mira  Vale"]',
        '"schema":"Position"': '"schema":"Place"',
    }
    for sound, faulty in faults.items():
        assert sound in text
        file.write_text(text.replace(sound, faulty))
        assert any("fault" in each for each in judged("ftm", file)), faulty


@pytest.mark.slow
@pytest.mark.parametrize("what", ["world", "judged", "seed", "sourced"])
async def test_the_library_takes_every_entity_of_a_dump_as_it_is(what: str, store: Store, tmp_path: Path) -> None:
    reader = await store.hold(what)
    whole = await everything(reader)
    text = await exported(reader, "ftm.json")
    found = accepted(text, tmp_path / what)

    assert {id for id in found if id.endswith("-note")} == {f"{id}-note" for id in whole.claims}
    assert sorted(text.splitlines()) == sorted(FORMATS["ftm.json"].write(whole, WHOLE).splitlines())
