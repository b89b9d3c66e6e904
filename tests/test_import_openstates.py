"""OpenStates: people, terms and committees come out of its archives as they stand, and what is doubtful is told."""

import shutil
import tarfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Writer
from graph.query import read_queries
from graph.run import run
from graph.write import clear, load
from schema.claims import Claim
from schema.claims_file import ClaimsFile
from seed.importers import importer
from seed.importers.source import known, read_source
from seed.importers.writing import Doubt
from tests.conftest import DOCUMENTS, NOW, Store

ADA, BO, CY, DEE, EVE = (f"ocd-person/{n}0000000-0000-4000-8000-000000000000" for n in "12345")
RULES, TRIAL = (f"ocd-organization/{n}0000000-0000-4000-8000-000000000000" for n in "12")
CITY, STATE, OTHER = (
    f"ocd-jurisdiction/country:us/state:{path}/government" for path in ("qq/place:north_fork", "qq", "zz/place:ayr")
)
REAL = DOCUMENTS.parent / "data" / "openstates-people"


def archive(folder: Path, name: str, files: dict[str, str]) -> Path:
    """An archive as the source's mirror makes them."""
    with tarfile.open(folder / name, "w:xz") as out:
        for path, text in files.items():
            info = tarfile.TarInfo(f"data/{path}")
            info.size = len(text.encode())
            out.addfile(info, BytesIO(text.encode()))
    return folder / name


def person(ocd: str, name: str, *roles: str, more: str = "") -> str:
    listed = "".join(f"- {{{role}}}\n" for role in roles)
    return f"id: {ocd}\nname: {name}\nroles:\n{listed or '- {}'}\n{more}"


def mayor(dates: str, where: str = CITY) -> str:
    return f"type: mayor, jurisdiction: '{where}', {dates}"


def read(path: Path) -> tuple[list[ClaimsFile], list[Doubt]]:
    doubts: list[Doubt] = []
    return list(importer("openstates")(read_source(known()["openstates"]), path, doubts.append)), doubts


def told(file: ClaimsFile, relation: str) -> list[Claim]:
    return [claim for claim in file.claims if claim.relation() == relation]


def terms(file: ClaimsFile) -> list[tuple[str, str, str | None, str | None]]:
    return [(c.subject[11], str(c.object), c.valid_from, c.valid_to) for c in told(file, "HOLDS_OFFICE")]


def of(ocd: str) -> str:
    return ocd.replace("/", "-")


LEGISLATOR = f"type: lower, jurisdiction: '{STATE}', district: North 5B, start_date: 2025-01-08"
ONE = {
    "qq/municipalities.yml": f"- {{name: North Fork, id: '{CITY}'}}\n- {{name: North Fork, id: '{CITY}'}}\n",
    "qq/municipalities/Ada.yaml": person(
        ADA,
        "Ada  O’Neil\u200b",
        mayor("end_date: '2030-12-31'"),
        more="party: [{name: Democratic/Working Families}]\nbirth_date: 1970-01-01\nemail: a@example.test\n"
        'other_names: [{name: Neil}, {name: Neil}, {name: "O\\x92Neil"}]\n'
        "other_identifiers: [{scheme: wikidata, identifier: Q1}, {scheme: legacy, identifier: L1}]\n",
    ),
    "qq/executive/Bo.yml": person(
        BO,
        "Bo",
        f"type: lt_governor, jurisdiction: '{STATE}', start_date: 2023-02-30, end_date: 2100-01-01",
        f"type: governor, jurisdiction: '{STATE}', start_date: 2020-01-01, end_date: '2019-01-01'",
        "type: mayor, jurisdiction: Ayr",
        f"type: {'clerk ' * 30}, jurisdiction: '{STATE}'",
        more="party:\n- {name: Independent, end_date: 2024-01-01}\n- {name: Republican, start_date: 2024-01-01}\n",
    ),
    "qq/legislature/Cy.yml": person(CY, "Ada O'Neil", LEGISLATOR, LEGISLATOR),
    "qq/legislature/broken.yml": "id: [",
    "qq/legislature/nobody.yml": person("ocd-person/1", "Nobody", LEGISLATOR),
    "qq/committees/b.yml": f"id: {TRIAL}\njurisdiction: '{STATE}'\nname: Trial\nchamber: lower\n"
    f"parent: {RULES}\nmembers: []\n",
    "qq/committees/a.yml": f"id: {RULES}\njurisdiction: '{STATE}'\nname: Rules\nchamber: legislature\nmembers:\n"
    f"- {{name: Cy, role: vice chair, person_id: {CY}}}\n- {{name: Eve, role: member, person_id: {EVE}}}\n"
    "- {name: Fay, role: member}\n",
    "readme.md": "no YAML",
}


@pytest.fixture
def one(tmp_path: Path) -> tuple[ClaimsFile, list[Doubt]]:
    (file,), doubts = read(archive(tmp_path, "openstates-people-current-2026-08-05.tar.xz", ONE))
    return file, doubts


def test_an_archive_that_lies_there_twice_is_read_once_and_told(
    one: tuple[ClaimsFile, list[Doubt]], tmp_path: Path
) -> None:
    (first,) = tmp_path.iterdir()
    shutil.copy(first, tmp_path / f"z-{first.name}")
    (file,), doubts = read(tmp_path)
    (twice,) = {*doubts} - {*one[1]}
    assert (twice.file, twice.why) == (f"z-{first.name}", f"is, byte by byte, {first.name}")
    assert len(doubts) == len(one[1]) + 1 and {c.id for c in file.claims} == {c.id for c in one[0].claims}


def test_an_archive_is_a_document_with_its_day_and_its_terms(one: tuple[ClaimsFile, list[Doubt]]) -> None:
    document = one[0].document
    assert (document.published, document.retrieved, one[0].recorded_at) == ("2026-08-05", *["2026-08-05T00:00:00Z"] * 2)
    assert (document.licence, document.publisher, len(document.sha256 or "")) == ("CC0 1.0", "Open States", 64)
    assert {e.document for claim in one[0].claims for e in claim.evidence} == {document.id}


def test_a_role_is_held_with_the_dates_that_are_given_and_no_others(one: tuple[ClaimsFile, list[Doubt]]) -> None:
    assert terms(one[0]) == [
        ("1", "mayor-of-us-qq-place-north-fork", None, "2030-12-31"),
        ("2", "lieutenant-governor-of-us-qq", None, None),
        ("3", "legislator-of-us-qq-lower-north-5b", "2025-01-08", None),
    ]
    both = told(one[0], "HOLDS_OFFICE")[2]
    assert [(e.path, e.pointer) for e in both.evidence] == [
        ("data/qq/legislature/Cy.yml", "/roles/0"),
        ("data/qq/legislature/Cy.yml", "/roles/1"),
    ]
    assert {claim.status for claim in one[0].claims} == {"asserted"}


def test_offices_serve_territories_and_have_a_role_of_the_list(one: tuple[ClaimsFile, list[Doubt]]) -> None:
    declared = {entity.id: entity for entity in one[0].entities}
    assert {(c.subject, c.object) for c in told(one[0], "SERVES")} == {
        ("mayor-of-us-qq-place-north-fork", "us-qq-place-north-fork"),
        ("lieutenant-governor-of-us-qq", "us-qq"),
        ("governor-of-us-qq", "us-qq"),
        ("legislator-of-us-qq-lower-north-5b", "us-qq"),
        ("lower-chamber-of-us-qq", "us-qq"),
        ("legislature-of-us-qq", "us-qq"),
    }
    offices = {"mayor": "Mayor of North Fork, QQ", "other": "Lieutenant governor of QQ", "governor": "Governor of QQ"}
    offices["legislator"] = "Legislator of QQ, lower, North 5B"
    assert {role: e.name for e in declared.values() if (role := getattr(e, "role", None))} == offices
    assert type(declared["us-qq"]).__name__ == "State"


def test_names_numbers_and_parties_are_claims(one: tuple[ClaimsFile, list[Doubt]]) -> None:
    names = [(c.subject, c.value, c.detail) for c in told(one[0], "HAS_NAME")]
    ada = of(ADA)
    assert [each for each in names if each[0] == ada] == [(ada, "Ada O’Neil", None), (ada, "Neil", "another name")]
    assert (of(CY), "Ada O'Neil", None) in names, "another person, with the other apostrophe"
    numbers = {(c.subject, getattr(c, "scheme"), c.value) for c in told(one[0], "HAS_IDENTIFIER")}  # noqa: B009
    assert {each for each in numbers if each[0] == ada} == {(ada, "ocd-person", ADA), (ada, "wikidata", "Q1")}
    assert ("us-qq-place-north-fork", "ocd-jurisdiction", CITY) in numbers
    assert (of(RULES), "ocd-organization", RULES) in numbers
    parties = [
        (c.object, c.valid_from, bool(c.inferred)) for c in told(one[0], "MEMBER_OF") if "party" in str(c.object)
    ]
    assert parties == [
        ("party-democratic", None, True),
        ("party-working-families", None, True),
        ("party-republican", "2024-01-01", False),
    ]
    assert [(c.subject, c.value, c.valid_to) for c in told(one[0], "DESCRIBED_AS")] == [
        (of(BO), "Independent", "2024-01-01")
    ]


def test_committees_have_a_chamber_a_parent_and_members_with_functions(one: tuple[ClaimsFile, list[Doubt]]) -> None:
    within = {(c.subject, c.object) for c in told(one[0], "PART_OF")}
    assert within == {
        (of(RULES), "legislature-of-us-qq"),
        (of(TRIAL), "lower-chamber-of-us-qq"),
        (of(TRIAL), of(RULES)),
        ("us-qq-place-north-fork", "us-qq"),
    }
    members = [c for c in told(one[0], "MEMBER_OF") if c.object == of(RULES)]
    functions = [(c.subject, getattr(c, "function"), c.evidence[0].pointer) for c in members]  # noqa: B009
    assert functions == [(of(CY), "vice chair", "/members/0"), (of(EVE), "member", "/members/1")]


def test_what_was_gone_through_is_said_of_states_and_of_the_places_on_its_lists(
    one: tuple[ClaimsFile, list[Doubt]],
) -> None:
    searched = {(c.object, getattr(c, "sought"), c.detail, c.valid_to) for c in told(one[0], "SEARCHED")}  # noqa: B009
    assert searched == {
        ("us-qq-place-north-fork", "HOLDS_OFFICE", "mayor", "2026-08-05"),
        ("us-qq", "HOLDS_OFFICE", "executive", "2026-08-05"),
        ("us-qq", "HOLDS_OFFICE", "legislature", "2026-08-05"),
        ("us-qq", "MEMBER_OF", "committees", "2026-08-05"),
    }


def test_whatever_was_not_taken_as_it_stands_is_told(one: tuple[ClaimsFile, list[Doubt]]) -> None:
    assert {(d.place.split("/")[-1] if "roles" not in d.place else d.place[-1], d.value, d.done) for d in one[1]} == {
        ("name", "Ada  O’Neil\u200b", "taken without them"),
        ("name", "O\x92Neil", "name left out"),
        ("0", "2023-02-30", "date left out"),
        ("0", "2100-01-01", "end left out"),
        ("1", "2020-01-01 to 2019-01-01", "role left out"),
        ("2", "Ayr", "role left out"),
        ("3", "clerk " * 29 + "clerk", "role left out"),
        ("broken.yml", "", "file left out"),
        ("id", "ocd-person/1", "person left out"),
        ("other_identifiers", "legacy, 1 identifiers", "left out"),
        ("1", EVE, "kept by the name that is given here"),
        ("2", "Fay", "membership left out"),
    }
    assert {d.file for d in one[1]} == {"openstates-people-current-2026-08-05.tar.xz"}


def test_nothing_private_is_claimed(one: tuple[ClaimsFile, list[Doubt]]) -> None:
    said = str([claim.model_dump() for claim in one[0].claims])
    assert "1970" not in said and "@" not in said


SEAT = {"zz/municipalities.yml": f"- {{name: Ayr, id: '{OTHER}'}}\n"}


def state(folder: Path, day: str, people: dict[str, tuple[str, ...]], kind: str = "people-current") -> None:
    """One state of the source: mayors of Ayr by the dates of their roles."""
    where = "retired" if kind == "people-retired" else "municipalities"
    files = {
        f"zz/{where}/{ocd[11]}.yml": person(ocd, f"Person {ocd[11]}", *(mayor(dates, OTHER) for dates in roles))
        for ocd, roles in people.items()
    }
    archive(folder, f"openstates-{kind}-{day}.tar.xz", (SEAT if where != "retired" else {}) | files)


def links(files: list[ClaimsFile]) -> set[tuple[str, str, str]]:
    """Who supersedes or disputes whom, by person and end."""
    held = {c.id: f"{c.subject[11]} to {c.valid_to}" for file in files for c in told(file, "HOLDS_OFFICE")}
    return {
        (held[c.id], verb, held[other])
        for file in files
        for c in file.claims
        for verb, others in (("supersedes", c.supersedes), ("disputes", c.disputes))
        for other in others
    }


def until(year: int) -> str:
    return f"end_date: {year}-12-31"


@pytest.mark.parametrize(
    ("earlier", "later", "retired", "expected"),
    [
        # The same dates: one claim of two documents.
        ({ADA: (until(2030),)}, {ADA: (until(2030),)}, {}, set()),
        # A running term with other dates.
        ({ADA: (until(2030),)}, {ADA: (until(2029),)}, {}, {("1 to 2029-12-31", "supersedes", "1 to 2030-12-31")}),
        # A term that had ended, and the next one.
        ({ADA: (until(2025),)}, {ADA: (until(2029),)}, {}, set()),
        # The same term, whose beginning is known by now.
        (
            {ADA: (until(2025),)},
            {ADA: (f"start_date: 2022-01-01, {until(2025)}",)},
            {},
            {("1 to 2025-12-31", "supersedes", "1 to 2025-12-31")},
        ),
        # A successor, and the true end among those who have left.
        (
            {ADA: (until(2026),)},
            {BO: (until(2029),)},
            {ADA: (f"start_date: 2022-01-01, {until(2025)}",)},
            {("1 to 2025-12-31", "supersedes", "1 to 2026-12-31")},
        ),
        # A successor while the earlier term should still run, and nothing of how it ended.
        ({ADA: (until(2028),)}, {BO: (until(2029),)}, {}, {("2 to 2029-12-31", "disputes", "1 to 2028-12-31")}),
        # A successor in due time.
        ({ADA: (until(2025),)}, {BO: (until(2029),)}, {}, set()),
        # Two terms, the second of which was added.
        ({ADA: (until(2025),)}, {ADA: (until(2025), "start_date: 2026-01-01")}, {}, set()),
    ],
)
def test_states_of_a_source_give_terms_and_successors(
    earlier: dict[str, Any],
    later: dict[str, Any],
    retired: dict[str, Any],
    expected: set[tuple[str, str, str]],
    tmp_path: Path,
) -> None:
    state(tmp_path, "2025-01-15", earlier, "mayors-executives")
    state(tmp_path, "2026-08-05", later)
    if retired:
        state(tmp_path, "2026-08-05", retired, "people-retired")
    files, _ = read(tmp_path)
    assert [file.document.published for file in files] == sorted(str(file.document.published) for file in files)
    assert links(files) == expected


def test_what_a_later_state_gives_again_is_not_superseded_by_the_one_between(tmp_path: Path) -> None:
    for day, end in (("2024-01-01", 2030), ("2025-01-15", 2029), ("2026-08-05", 2030)):
        state(tmp_path, day, {ADA: (until(end),)})
    assert links(read(tmp_path)[0]) == {("1 to 2030-12-31", "supersedes", "1 to 2029-12-31")}


def test_a_mayor_whom_nobody_names_any_more_stays_without_an_end_and_is_told(tmp_path: Path) -> None:
    state(tmp_path, "2025-01-15", {ADA: (until(2028),)})
    state(tmp_path, "2026-08-05", {})
    files, doubts = read(tmp_path)
    assert [terms(file) for file in files] == [[("1", "mayor-of-us-zz-place-ayr", None, "2028-12-31")], []]
    assert [(d.value, d.done) for d in doubts] == [
        (f"{of(ADA)}, mayor-of-us-zz-place-ayr to 2028-12-31", "kept, and no end is known")
    ]
    assert told(files[1], "SEARCHED"), "the later state was searched for the mayor and has none"


def test_two_mayors_on_one_day_are_told(tmp_path: Path) -> None:
    state(tmp_path, "2026-08-05", {ADA: (until(2028),), BO: (until(2027),), CY: (until(2025),)})
    _, doubts = read(tmp_path)
    office = "mayor-of-us-zz-place-ayr"
    assert sorted(d.value for d in doubts) == [f"{of(ADA)}, {office} as {of(BO)}", f"{of(BO)}, {office} as {of(ADA)}"]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is no archive; name"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("retired", "as_of", "expected"),
    [
        (True, "2026-09", [("2", "certain", "current")]),
        (True, "2025-06", [("1", "certain", "current"), ("2", "possible", "current")]),
        (True, "2030-01", []),
        (False, "2026-09", [("1", "certain", "disputed"), ("2", "certain", "current")]),
        (False, "2029-01", [("2", "certain", "current")]),
    ],
)
async def test_the_mayor_of_a_time_follows_from_dates_and_the_latest_state(
    retired: bool, as_of: str, expected: list[tuple[str, str, str]], blank: Writer, store: Store, tmp_path: Path
) -> None:
    state(tmp_path, "2025-01-15", {ADA: (until(2028),)})
    state(tmp_path, "2026-08-05", {BO: (until(2029),)})
    if retired:
        state(tmp_path, "2026-08-05", {ADA: (f"start_date: 2022-01-01, {until(2025)}",)}, "people-retired")
    await clear(blank, await load(blank, read(tmp_path)[0], NOW))
    store.reader.forget()
    query = read_queries()["office-holders"]
    answer = await run(store.reader, query, query.check({"of": "us-zz-place-ayr", "as_of": as_of}))
    held = [claim for claim in answer.claims.values() if claim["relation"] == "HOLDS_OFFICE"]
    found = [(claim["subject"][11], claim["temporal_match"], claim["standing"]) for claim in held]
    assert len(answer.rows) == len(found) and sorted(found) == expected


async def test_a_second_import_changes_nothing(blank: Writer, tmp_path: Path) -> None:
    archive(tmp_path, "openstates-people-current-2026-08-05.tar.xz", ONE)
    state(tmp_path, "2025-01-15", {DEE: (until(2028),)})
    hashes = []
    for _ in range(2):
        files, _ = read(tmp_path)
        await clear(blank, await load(blank, files, NOW))
        hashes.append(await blank.read("MATCH (e:Edition) RETURN e.hash, e.claims", {}))
    assert hashes[0] == hashes[1]
    found = await blank.read("MATCH (c:Claim) RETURN count(c)", {})
    assert found == [[len({claim.id for file in files for claim in file.claims})]]


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason=f"the archives of openstates/people are not at {REAL}")
def test_the_archives_give_what_their_readme_promises() -> None:
    """Counts of `openstates-people/README.md`; what is less is told, place by place."""
    files, doubts = read(REAL)
    old, middle, current, retired = files
    people = [sum(type(each).__name__ == "Person" for each in file.entities) for file in (old, middle, retired)]
    assert people == [849 + 97, 374 + 96, 13_337]
    named = {c.subject for c in told(current, "HAS_NAME")} & {
        e.id for e in current.entities if e.id[:10] == "ocd-person"
    }
    assert len(named) == 7_598 + 193 + 579
    roles = Counter(d.done for d in doubts)["role left out"]
    places = sum(len(c.evidence) for file in (current, retired) for c in told(file, "HOLDS_OFFICE"))
    assert places + roles == 29_810
    bodies = [each for each in current.entities if type(each).__name__ == "Committee"]
    seats = [c for c in told(current, "MEMBER_OF") if str(c.object).startswith("ocd-organization")]
    without = sum(d.done == "membership left out" for d in doubts)
    assert (len(bodies), len(seats) + without) == (2_878, 36_861)
    held = {(c.subject, c.object) for file in files for c in told(file, "HOLDS_OFFICE")}
    assert ("ocd-person-0986ce6e-b580-46ef-85c3-86c2d049857a", "mayor-of-us-ny-place-new-york") in held
