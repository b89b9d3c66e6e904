"""Lists of one source at several times: one agreement, pending, signed, corrected, gone and back; not a copy a list."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bench.contents import contents
from graph.connection import Writer
from graph.query import read_queries
from graph.run import run
from graph.write import clear, load
from schema import Claim
from schema.claims_file import ClaimsFile
from schema.entities import County
from schema.records import HasStage
from seed.importers.archive import members
from seed.importers.divisions import division
from seed.importers.source import known
from seed.importers.writing import Doubt
from tests.conftest import Store
from tests.test_import_table import DATA, archive, imported, only, workbook

LISTS = known()["ice-287g"]
ROW = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE")
SIGNED = [*ROW, "SIGNED", "MOA"]
A = ("MARYLAND", "Lindby County Sheriff's Office", "County", "Lindby County ", "Jail Enforcement Model")
B = ("MARYLAND", "Torby Police Department", "Municipality", "#N/A", "Task Force Model")
OF_A, OF_B = (
    "287g-md-lindby-county-sheriffs-office-jail-enforcement-model",
    "287g-md-torby-police-department-task-force-model",
)
STATES = ("", "/state:md", "/state:md/county:lindby", "/state:md/county:torby")
PLACES = "\n".join(["id,name", *(f"ocd-division/country:us{path},x" for path in STATES)])
Given = dict[str, list[tuple[str, ...]]]


def lists(folder: Path, **given: list[tuple[str, ...]]) -> tuple[list[ClaimsFile], list[Doubt]]:
    """Lists by kind and day – `signed_0519` –, each captured on that day of 2025, or of the year that follows."""
    for name, rows in given.items():
        kind, day, year = f"{name}_2025".split("_")[:3]
        pending = kind == "pending"
        file = f"{'pendingAgencies' if pending else 'participatingAgencies'}{day}{year}am.xlsx"
        path = folder / "sheets" / f"sheets_{year}{day}_151802" / file
        workbook(path, list(ROW) if pending else SIGNED, *map(list, rows))
    return imported(LISTS, folder / "sheets")


def stages(files: list[ClaimsFile], agreement: str) -> list[tuple[str, object, str | None]]:
    """Every stage that some list gives: day of the list, stage, since when."""
    return [
        (str(file.document.published)[5:], claim.value, claim.valid_from)
        for file in files
        for claim in file.claims
        if claim.relation() == "HAS_STAGE" and claim.subject == agreement
    ]


def stage(files: list[ClaimsFile], day: str, agreement: str) -> Claim:
    """The stage that the list of that day gives."""
    (found,) = (
        claim
        for file in files
        if file.document.published == f"2025-{day}"
        for claim in file.claims
        if claim.relation() == "HAS_STAGE" and claim.subject == agreement
    )
    return found


def test_pending_becomes_signed_and_both_are_one_agreement(tmp_path: Path) -> None:
    files, doubts = lists(tmp_path, pending_0519=[A], pending_0520=[B], signed_0521=[(*A, "2025-05-20", "")])
    assert {entity.id for file in files for entity in file.entities if "287g-md" in entity.id} == {OF_A, OF_B}
    left = stage(files, "05-20", OF_A)
    assert (left.value, left.status, left.evidence[0].absent) == (
        "ended",
        "hedged",
        "MARYLAND | Lindby County Sheriff's Office | County | Lindby County | Jail Enforcement Model",
    )
    signed = stage(files, "05-21", OF_A)
    assert (signed.value, signed.valid_from, signed.status) == ("signed", "2025-05-20", "asserted")
    assert signed.corrects == (left.id,)
    assert signed.supersedes == (stage(files, "05-19", OF_A).id,)
    first, second = (claim for claim in only(files, "PARTY_TO") if (claim.subject, claim.object) == ("ice", OF_A))
    assert (first.status, first.valid_from, second.status, second.valid_from) == (
        "planned", None, "asserted", "2025-05-20",
    )  # fmt: skip
    assert second.supersedes == (first.id,)
    assert not doubts


def test_who_is_pending_and_participates_at_once_has_not_ended_when_the_first_stops(tmp_path: Path) -> None:
    signed = [(*A, "2025-05-18", "")]
    files, _ = lists(tmp_path, signed_0519=signed, pending_0519=[A, B], pending_0520=[B])
    assert [claim.value for claim in only(files, "HAS_STAGE") if claim.subject == OF_A] == ["signed", "pending"]


def test_who_is_gone_from_a_later_list_has_ended_by_inference_between_two_days(tmp_path: Path) -> None:
    both = [(*A, "2025-05-18", ""), (*B, "2025-05-18", "")]
    files, _ = lists(tmp_path, signed_0519=both, signed_0523=both[:1], signed_0603=both[:1])
    assert stages(files, OF_B) == [("05-19", "signed", "2025-05-18"), ("05-23", "ended", "2025-05")]
    ended = stage(files, "05-23", OF_B)
    assert ended.status == "hedged"
    assert ended.detail == "on the list of 2025-05-19 and no longer on that of 2025-05-23"
    assert ended.inferred == ("not on the list of 2025-05-23, which is to be complete; why, it does not say",)
    assert ended.evidence[0].absent == (
        "MARYLAND | Torby Police Department | Municipality | #N/A | Task Force Model | 2025-05-18"
    )


def test_who_is_gone_at_the_turn_of_the_year_has_ended_between_two_days(tmp_path: Path) -> None:
    both = [(*A, "2025-05-18", ""), (*B, "2025-05-18", "")]
    files, doubts = lists(tmp_path, signed_1229=both, signed_0105_2026=both[:1])
    (ended,) = (claim for claim in only(files, "HAS_STAGE") if claim.value == "ended")
    assert isinstance(ended, HasStage) and not doubts
    assert (ended.valid_from, ended.not_before, ended.not_after) == (None, "2025-12-29", "2026-01-05")
    extent = ended.extent(files[1].document.published)
    assert (extent["from_min"], extent["from_max"], extent["to_min"]) == ("2025-12-29", "2026-01-05", "2026-01-05")
    assert str(ended.keys()["by_date"]).startswith("2025-12-29 ")


@pytest.mark.parametrize(
    "days",
    [
        {"not_before": "2025"},
        {"not_after": "2025"},
        {"not_before": "2025-12-29", "not_after": "2026-01-05", "valid_from": "2025"},
        {"not_before": "2026-01-05", "not_after": "2025-12"},
    ],
)
def test_two_days_between_which_a_stage_began_are_both_given_in_order_and_alone(days: dict[str, str]) -> None:
    evidence = [{"document": "list", "absent": "Lindby"}]
    with pytest.raises(ValidationError, match="not_before"):
        HasStage.model_validate({"subject": "accord", "value": "ended", "evidence": evidence, **days})


def test_who_comes_back_has_not_ended(tmp_path: Path) -> None:
    both = [(*A, "2025-05-18", ""), (*B, "2025-05-18", "")]
    files, _ = lists(tmp_path, signed_0519=both, signed_0523=both[:1], signed_0603=both, signed_0604=both)
    ended, back, later = (stage(files, day, OF_B) for day in ("05-23", "06-03", "06-04"))
    assert back.corrects == (ended.id,)
    assert back.id == stage(files, "05-19", OF_B).id
    assert later.corrects == ()


def test_a_capture_that_is_missing_or_empty_ends_nothing(tmp_path: Path) -> None:
    signed = [(*A, "2025-05-18", "")]
    files, doubts = lists(tmp_path, signed_0519=signed, pending_0521=[B], signed_0523=[], signed_0603=signed)
    assert {stage for _, stage, _ in stages(files, OF_A)} == {"signed"}
    assert [(doubt.why, doubt.done) for doubt in doubts] == [("holds no row", "nobody is taken to have left the list")]


def test_a_date_that_is_corrected_later_supersedes_and_may_be_set_back(tmp_path: Path) -> None:
    first, second = (*A, "2025-05-13", ""), (*A, "2025-05-14", "")
    files, _ = lists(tmp_path, signed_0519=[first], signed_0523=[second], signed_0603=[first], signed_0604=[first])
    one, two, three, four = (stage(files, day, OF_A) for day in ("05-19", "05-23", "06-03", "06-04"))
    assert (two.valid_from, two.supersedes) == ("2025-05-14", (one.id,))
    assert (three.valid_from, three.supersedes, three.detail) == (
        "2025-05-13",
        (two.id,),
        "listed so again on 2025-06-03",
    )
    assert one.id != three.id == four.id
    assert four.supersedes == ()


def test_two_rows_of_one_list_that_differ_stand_side_by_side_until_one_is_dropped(tmp_path: Path) -> None:
    first, second = (*A, "2025-05-13", ""), (*A, "2025-05-14", "")
    files, _ = lists(tmp_path, signed_0519=[first], signed_0523=[first, second], signed_0603=[first])
    assert [(day, since) for day, _, since in stages(files, OF_A)] == [
        ("05-19", "2025-05-13"), ("05-23", "2025-05-13"), ("05-23", "2025-05-14"), ("06-03", "2025-05-13"),
    ]  # fmt: skip
    dropped = next(claim for claim in only(files[1:2], "HAS_STAGE") if claim.valid_from == "2025-05-14")
    assert dropped.supersedes == ()
    assert stage(files, "06-03", OF_A).supersedes == (dropped.id,)


def test_a_list_repeats_who_is_on_it_and_not_what_was_said_of_them(tmp_path: Path) -> None:
    signed = [(*A, "2025-05-18", "")]
    files, _ = lists(tmp_path, signed_0519=signed, signed_0523=signed)
    relations = [sorted(claim.relation() for claim in file.claims) for file in files]
    again = ["HAS_STAGE", "PARTY_TO", "PARTY_TO", "SEARCHED"]
    assert relations == [sorted([*again, "DESCRIBED_AS", "HAS_NAME", "LOCATED_IN", "LOCATED_IN"]), again]


def test_a_list_says_what_it_is_to_hold_all_of_so_that_whoever_is_not_on_it_was_looked_for(tmp_path: Path) -> None:
    files, _ = lists(tmp_path, signed_0519=[(*A, "2025-05-18", "")], pending_0520=[B], signed_0521=[])
    searched = [(c.subject, c.object, c.valid_to, c.detail, c.evidence[0].row) for c in only(files, "SEARCHED")]
    ids = [file.document.id for file in files]
    assert searched == [
        (ids[0], "us", "2025-05-19", "287(g) agreements that are signed, by state and county", 1),
        (ids[1], "us", "2025-05-20", "287(g) agreements that are pending, by state and county", 1),
    ], "an empty list is taken for a broken one"


async def test_of_an_agency_on_a_list_something_is_known_where_it_is_and_elsewhere_somebody_looked(
    embedded: Store, tmp_path: Path
) -> None:
    await embedded.hold("nothing")
    divisions = imported(known()["ocd-divisions"], archive(tmp_path / "2025-05-01.tar.xz", places=PLACES))[0]
    files = [*divisions, *lists(tmp_path, signed_0519=[(*A, "2025-05-18", "")])[0]]
    await clear(embedded.writer, await load(embedded.writer, files, "2031-01-01T00:00:00Z"))
    embedded.reader.forget()
    query = read_queries()["not-known"]
    for place, state in (("us-md-county-lindby", "known"), ("us-md-county-torby", "searched"), ("us-md", "known")):
        rows = (await run(embedded.reader, query, query.check({"place": place}))).rows
        assert [row["state"] for row in rows if row["relation"] == "PARTY_TO"] == [state], place


def test_equal_names_in_two_states_are_two_agencies_and_equal_file_names_two_documents(tmp_path: Path) -> None:
    other = ("VIRGINIA", *A[1:])
    first, second = (tmp_path / "sheets" / f"sheets_202505{day}_151802" for day in (19, 20))
    workbook(first / "participatingAgencies05192025am.xlsx", SIGNED, [*A, "2025-05-18", ""])
    workbook(
        second / "participatingAgencies05192025am.xlsx", SIGNED, [*A, "2025-05-18", ""], [*other, "2025-05-18", ""]
    )
    files, _ = imported(LISTS, tmp_path / "sheets")
    assert len({file.document.id for file in files}) == 2
    assert [file.document.name.rpartition("/")[2] for file in files] == ["participatingAgencies05192025am.xlsx"] * 2
    assert {claim.subject for claim in only(files, "PARTY_TO")} - {"ice"} == {
        "md-lindby-county-sheriffs-office", "va-lindby-county-sheriffs-office",
    }  # fmt: skip


def test_impossible_dates_are_told_and_what_they_are_about_is_still_listed(tmp_path: Path) -> None:
    files, doubts = lists(tmp_path, signed_0719=[(*A, "7/72025", ""), (*B, "5025-07-07", "")])
    assert stages(files, OF_A) == [("07-19", "signed", None)]
    assert stages(files, OF_B) == [("07-19", "signed", None)]
    assert [(doubt.place, doubt.value) for doubt in doubts] == [
        ("sheet Sheet1, row 2, column SIGNED", "7/72025"),
        ("sheet Sheet1, row 3, column SIGNED", "5025-07-07"),
    ]


async def test_a_series_imported_twice_and_with_one_more_list_is_as_at_once(blank: Writer, tmp_path: Path) -> None:
    both = [(*A, "2025-05-18", ""), (*B, "2025-05-18", "")]
    files, _ = lists(tmp_path / "first", pending_0518=[A], signed_0519=both, signed_0523=both[:1])
    await load(blank, files, "2031-01-01T00:00:00Z")
    first = await blank.newest()
    await load(blank, files, "2032-01-01T00:00:00Z")
    assert await blank.newest() == first
    more, _ = lists(tmp_path / "first", signed_0603=both)
    assert [file.document for file in more[: len(files)]] == [file.document for file in files]
    await clear(blank, await load(blank, more, "2032-01-01T00:00:00Z"))
    after, held = await blank.newest(), await contents(blank)
    assert after and first and after.hash != first.hash
    await blank.write([("MATCH (n) DETACH DELETE n", {})])
    blank.forget()
    await clear(blank, await load(blank, more, "2033-01-01T00:00:00Z"))
    at_once = await blank.newest()
    assert at_once and (at_once.hash, at_once.instant) == (after.hash, after.instant)
    assert await contents(blank) == held


def test_a_list_that_comes_again_byte_by_byte_says_that_all_stood_there_still(tmp_path: Path) -> None:
    lists(tmp_path, signed_0519=[(*A, "2025-05-18", "")])
    first = tmp_path / "sheets" / "sheets_20250519_151802" / "participatingAgencies05192025am.xlsx"
    again = tmp_path / "sheets" / "sheets_20250603_151802" / "participatingAgencies06032025am.xlsx"
    again.parent.mkdir()
    shutil.copy(first, again)
    files, doubts = imported(LISTS, tmp_path / "sheets")
    assert [file.document.published for file in files] == ["2025-05-19", "2025-06-03"]
    assert len({file.document.id for file in files}) == 2 and len({file.document.sha256 for file in files}) == 1
    assert doubts == []


def divisions_of_the_united_states() -> Iterator[str]:
    """Their ids, as the list of Open Civic Data gives them."""
    for path in (DATA / "ocd-divisions").glob("*.tar.xz"):
        for _, data in members(path, "us_census_places.csv"):
            yield from re.findall("^ocd-division/[^,]+", data.decode(), re.MULTILINE)


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "ice-287g").is_dir(), reason="the lists of ICE do not lie beside the project")
def test_all_lists_of_ice_give_one_agreement_a_model(tmp_path: Path) -> None:
    files, doubts = imported(LISTS, DATA / "ice-287g" / "sheets")
    assert len(files) == 57
    participating = {
        claim.subject
        for file in files
        if "participating" in file.document.name
        for claim in file.claims
        if claim.relation() == "PARTY_TO" and claim.subject != "ice" and claim.status == "asserted"
    }
    assert len(participating) == 707  # of 708 names one stands under UTAHJ and UTAH
    counties = {entity.id for file in files for entity in file.entities if isinstance(entity, County)}
    assert counties <= {division(ocd).id for ocd in divisions_of_the_united_states()}
    dates = [claim.valid_from for claim in only(files, "HAS_STAGE") if claim.valid_from and claim.value == "signed"]
    assert max(dates) <= "2025-07-19"
    assert {doubt.value for doubt in doubts if "SIGNED" in doubt.place} == {"05/082025", "7/72025", "5025-07-07"}
