"""A table becomes claims by its mapping file: headings, blanks, corrections, links, dates and OCD paths."""

import io
import tarfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from api.__main__ import main
from graph.connection import Writer
from graph.errors import NotReadable
from graph.write import load
from schema import Claim
from schema.claims_file import ClaimsFile
from seed.importers import importer
from seed.importers.source import known, read_source
from seed.importers.writing import Doubt

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
DIVISIONS = known()["ocd-divisions"]
ABOUT = {
    "kind": "table",
    "id": "agencies",
    "name": "List of agencies",
    "publisher": "Nobody",
    "url": "https://example.org/",
    "licence": "none",
    "precedence": 30,
    "retrieved": "2025-07-20T00:00:00Z",
}
READ: dict[str, Any] = {
    "files": {"*.csv": {}, "*.xlsx": {}},
    "columns": {"state": [], "agency": ["LAW ENFORCEMENT AGENCY", "Agency name"], "ori": [], "signed": [], "moa": []},
    "blank": ["#N/A", "(blank)"],
    "correct": {"state": {"UTAHJ": "Utah", "Nowhere": None}, "state/ori": {"Utah/UT1": "UT01", "Ohio/UT1": None}},
    "entities": {
        "agency": {"type": "LocalAgency", "id": "{state|state}-{agency|slug}", "name": "{agency}"},
        "agreement": {"type": "Agreement", "id": "agreement-{agency|slug}", "name": "Agreement of {agency}"},
        "paper": {"type": "Document", "id": "paper-{moa.link|slug}", "name": "Paper", "url": "{moa.link}"},
    },
    "claims": {
        "name": {"relation": "HAS_NAME", "subject": "agency", "value": "{agency}"},
        "ori": {"relation": "HAS_IDENTIFIER", "subject": "agency", "value": "{ori}", "scheme": "ori"},
        "party": {
            "relation": "PARTY_TO",
            "subject": "agency",
            "object": "agreement",
            "when": "signed",
            "valid_from": "{signed|past}",
        },
        "paper": {"relation": "ABOUT", "subject": "paper", "object": "agreement"},
    },
}


def imported(mapping: Path, path: Path) -> tuple[list[ClaimsFile], list[Doubt]]:
    """All documents of a path by that mapping, and what was told."""
    doubts: list[Doubt] = []
    source = read_source(mapping)
    return list(importer(source.kind)(source, path, doubts.append)), doubts


def mapped(folder: Path, **read: Any) -> Path:
    """A mapping file that differs in what is given."""
    path = folder / "mapping.yaml"
    path.write_text(yaml.safe_dump(ABOUT | {"read": READ | read}), encoding="utf-8")
    return path


def told(files: list[ClaimsFile]) -> set[tuple[str, str, Any]]:
    """Every claim as relation, subject and what it says of it."""
    return {(c.relation(), c.subject, c.object or c.value) for file in files for c in file.claims}


def only(files: list[ClaimsFile], relation: str) -> list[Claim]:
    return [claim for file in files for claim in file.claims if claim.relation() == relation]


def from_csv(folder: Path, *lines: str, **read: Any) -> tuple[list[ClaimsFile], list[Doubt]]:
    """What a table of these lines says."""
    (folder / "list.csv").write_text("\n".join(lines), encoding="utf-8")
    return imported(mapped(folder, **read), folder / "list.csv")


@pytest.mark.parametrize("heading", ["STATE,LAW ENFORCEMENT AGENCY", "\ufeffState , Agency\u00a0name", "state,agency"])
def test_a_heading_is_known_by_its_aliases_in_any_case_and_spacing(tmp_path: Path, heading: str) -> None:
    files, doubts = from_csv(tmp_path, heading, "UTAH,Lindby Police")
    assert told(files) == {("HAS_NAME", "ut-lindby-police", "Lindby Police")}
    assert not doubts


def test_what_is_said_of_an_entity_alone_stands_with_it_and_several_ends_are_a_claim_each(tmp_path: Path) -> None:
    agency = READ["entities"]["agency"] | {"HAS_NAME": "{agency}", "LOCATED_IN": ["state", "town"]}
    state = {"type": "State", "id": "{state|place}", "name": "{state}"}
    town = {"type": "City", "id": "{moa|slug}", "name": "{moa}"}
    party = READ["claims"]["party"] | {"subject": ["agency", "state"]}
    entities = {**READ["entities"], "agency": agency, "state": state, "town": town}
    files, doubts = from_csv(
        tmp_path, "state,agency,signed,moa", "Utah,Lindby,2025-05-18,Torby", entities=entities, claims={"party": party}
    )
    assert told(files) == {
        ("HAS_NAME", "ut-lindby", "Lindby"),
        ("LOCATED_IN", "ut-lindby", "us-ut"),
        ("LOCATED_IN", "ut-lindby", "torby"),
        ("PARTY_TO", "ut-lindby", "agreement-lindby"),
        ("PARTY_TO", "us-ut", "agreement-lindby"),
    }
    assert not doubts


def test_a_source_without_kind_and_id_is_a_table_with_the_id_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "lists-of-ayr.yaml"
    about = {name: told for name, told in ABOUT.items() if name not in ("kind", "id")}
    path.write_text(yaml.safe_dump(about), encoding="utf-8")
    assert (read_source(path).kind, read_source(path).id) == ("table", "lists-of-ayr")


@pytest.mark.parametrize("name", [name for name, path in known().items() if read_source(path).kind == "table"])
def test_a_table_needs_a_mapping_of_under_thirty_lines(name: str) -> None:
    lines = known()[name].read_text(encoding="utf-8").splitlines()
    assert len(lines) < 30 and max(map(len, lines)) <= 200


def test_a_table_without_a_heading_is_read_by_the_order_of_its_columns(tmp_path: Path) -> None:
    files, _ = from_csv(tmp_path, "Utah,Lindby Police", headerless=["state", "agency"])
    (name,) = only(files, "HAS_NAME")
    assert (name.evidence[0].row, name.evidence[0].column, name.evidence[0].raw) == (1, "B", "Lindby Police")


def test_a_table_with_no_heading_that_is_known_is_left_out_and_told(tmp_path: Path) -> None:
    files, doubts = from_csv(tmp_path, "a,b", "Utah,Lindby Police")
    assert files == []
    assert [(d.value, d.done) for d in doubts] == [("list.csv", "left out")]
    assert doubts[0].why == "has none of the headings agency, moa, ori, signed, state in row 1"


def test_invisible_signs_and_both_apostrophes_make_one_key_and_stay_in_what_is_written(tmp_path: Path) -> None:
    rows = ("UTAH,Lindby County Sheriff's Office", "Utah\u00a0,\u200bLindby  County Sheriff\u2019s Office\ufeff ")
    files, doubts = from_csv(tmp_path, "state,agency", *rows)
    assert told(files) == {("HAS_NAME", "ut-lindby-county-sheriffs-office", "Lindby County Sheriff's Office")}
    assert [(d.place, d.why) for d in doubts] == [("row 3, column agency", "says what an earlier place says")]
    alone, _ = from_csv(tmp_path, "state,agency", rows[1])
    assert only(alone, "HAS_NAME")[0].evidence[0].raw == "\u200bLindby  County Sheriff\u2019s Office\ufeff"


def test_what_stands_for_nothing_says_nothing_and_empty_rows_are_no_rows(tmp_path: Path) -> None:
    files, doubts = from_csv(tmp_path, "state,agency,ori", "utah,A,#N/A", "utah,B, (Blank)", ",,", " ,\u00a0,", "")
    assert told(files) == {("HAS_NAME", "ut-a", "A"), ("HAS_NAME", "ut-b", "B")}
    assert not doubts


def test_a_correction_of_the_mapping_is_made_and_told(tmp_path: Path) -> None:
    rows = ("UTAHJ,A,UT1", "Nowhere,B,", "Atlantis,C,UT1", "Ohio,D,UT1")
    files, doubts = from_csv(tmp_path, "state,agency,ori", *rows)
    assert told(files) == {("HAS_NAME", "ut-a", "A"), ("HAS_IDENTIFIER", "ut-a", "UT01"), ("HAS_NAME", "oh-d", "D")}
    assert [(d.place, d.value, d.why, d.done) for d in doubts] == [
        ("row 2, column state", "UTAHJ", "is wrong by the mapping file", "read as Utah"),
        ("row 2, column ori", "UT1", "is wrong by the mapping file", "read as UT01"),
        ("row 3, column state", "Nowhere", "is wrong by the mapping file", "left out"),
        ("row 4, column state", "Atlantis", "is no state", "left out"),
        ("row 5, column ori", "UT1", "is wrong by the mapping file", "left out"),
    ]


@pytest.mark.parametrize(
    ("signed", "read_as", "why"),
    [
        ("2/25/2025", "2025-02-25", ""),
        ("2025-02", "2025-02", ""),
        ("7/72025", None, "is no date; 7/18/2025 and 2025-07-18 are"),
        ("2025-02-30", None, "is no date; 7/18/2025 and 2025-07-18 are"),
        ("5025-07-07", None, "lies after the day on which the file was fetched"),
    ],
)
def test_a_date_that_cannot_be_is_told_and_never_enters(
    tmp_path: Path, signed: str, read_as: str | None, why: str
) -> None:
    files, doubts = from_csv(tmp_path, "state,agency,signed", f"utah,A,{signed}")
    (party,) = only(files, "PARTY_TO")
    assert party.valid_from == read_as
    assert [(d.place, d.value, d.why) for d in doubts] == ([("row 2, column signed", signed, why)] if why else [])


def workbook(path: Path, *rows: list[Any], links: dict[str, str] | None = None) -> Path:
    """An XLSX file of these rows, with links in some cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(row)
    for cell, target in (links or {}).items():
        sheet[cell].hyperlink = target
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def test_a_workbook_gives_links_dates_and_numbers_as_a_reader_would_take_them(tmp_path: Path) -> None:
    wrapped = "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fice.test%2FB_MOA.pdf&data=05%7C02"
    path = workbook(
        tmp_path / "list.xlsx",
        ["STATE", "AGENCY", "ORI", "SIGNED", "MOA", None],
        ["UTAH", "A", 4901.0, None, "link", None],
        ["UTAH", "B", "UT01", "5/13/2025", "link", None],
        [None] * 6,
        links={"E2": "https://ice.test/A_MOA.pdf", "E3": wrapped},
    )
    files, doubts = imported(mapped(tmp_path, columns=READ["columns"] | {"agency": ["AGENCY"]}), path)
    assert told(files) >= {
        ("HAS_IDENTIFIER", "ut-a", "4901"),
        ("HAS_IDENTIFIER", "ut-b", "UT01"),
        ("ABOUT", "paper-https-ice-test-b-moa-pdf", "agreement-b"),
        ("PARTY_TO", "ut-b", "agreement-b"),
    }
    papers = {entity.url for entity in files[0].entities if entity.id.startswith("paper-")}  # type: ignore[attr-defined]
    assert papers == {"https://ice.test/A_MOA.pdf", "https://ice.test/B_MOA.pdf"}
    assert [(d.place, d.why, d.done) for d in doubts] == [
        ("sheet Sheet1, row 3, column MOA", "is wrapped by a mail scanner", "read as the address in it")
    ]


def test_what_is_no_workbook_or_no_text_is_told_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"PK nonsense")
    (folder / "b.csv").write_bytes(b"state,agency\nutah,Caf\xe9\n")
    (folder / "c.csv").write_text("state,agency\nutah,C\n")
    files, doubts = imported(mapped(tmp_path), folder)
    assert told(files) == {("HAS_NAME", "ut-c", "C")}
    assert [(d.file, d.why.split(":")[0]) for d in doubts] == [
        ("a.xlsx", "is no workbook"),
        ("b.csv", "is not UTF-8 text"),
    ]


@pytest.mark.parametrize(
    ("read", "told_as"),
    [
        ({"columns": {"state": "x"}}, "read.columns.state: Input should be a valid list"),
        ({"rows": []}, "read.rows: Extra inputs are not permitted"),
        ({"headerless": ["county"]}, "read.headerless.0: 'county' is no column"),
        ({"entities": {"a": {"type": "Mayor", "id": "x", "name": "x"}}}, "read.entities.a.type: 'Mayor' is no entity"),
        ({"entities": {"a": {"type": "City", "id": "{staet}", "name": "x"}}}, "read.entities.a.id: 'staet' is no col"),
        ({"entities": {"a": {"type": "City", "id": "{state|upper}", "name": "x"}}}, "id: 'upper' is no filter"),
        ({"claims": {"a": {"relation": "HAS_NAMES"}}}, "read.claims.a.relation: 'HAS_NAMES' is no relation"),
        ({"claims": {"a": {"relation": "HAS_NAME", "subject": "town"}}}, "read.claims.a.value: is missing"),
        ({"claims": {"a": {"relation": "HAS_NAME", "subject": "town"}}}, "read.claims.a.subject: 'town' is no entity"),
        (
            {"entities": {"a": {"type": ["City"], "id": "x", "name": "x"}}},
            "read.entities.a.type: ['City'] is no entity",
        ),
        (
            {"entities": {"a": {"type": "City", "id": ["x"], "name": "x"}}},
            "read.entities.a.id: is a list, as only the en",
        ),
        (
            {"entities": {"a": {"type": "City", "id": "x", "name": "x", "PART_OF": "b"}}},
            "read.entities.a.PART_OF.object:",
        ),
        (
            {"claims": {"a": {"relation": "PART_OF", "subject": ["agency", "b"]}}},
            "read.claims.a.subject: 'b' is no ent",
        ),
        ({"series": {"listed": "stage", "each": []}}, "read.series.listed: 'stage' is no claim here"),
    ],
)
def test_a_wrong_mapping_is_told_with_file_and_key(tmp_path: Path, read: dict[str, Any], told_as: str) -> None:
    path = mapped(tmp_path, **read)
    with pytest.raises(NotReadable) as refused:
        imported(path, tmp_path)
    assert str(path) in str(refused.value)
    assert told_as in str(refused.value)


def archive(path: Path, **tables: str) -> Path:
    """An archive of CSV files."""
    with tarfile.open(path, "w:xz") as packed:
        for name, text in tables.items():
            entry = tarfile.TarInfo(f"identifiers/{name}.csv")
            entry.size = len(text.encode())
            packed.addfile(entry, io.BytesIO(text.encode()))
    return path


US = "ocd-division/country:us"


def divisions(folder: Path) -> Path:
    """Divisions of a state that is none, as Open Civic Data writes them."""
    return archive(
        folder / "ocd-2026-03-19.tar.xz",
        corrections=f"incorrectId,id,note\n{US}/state:md/place:st._leo,{US}/state:md/place:st_leo,st. -> st\n",
        places=f"id,name,census_geoid\n{US}/state:md/county:lindby,Lindby County,place-24001\n"
        f"{US}/state:md/place:st_leo, St. Leo town ,place-2400100\nmaryland,Maryland,\n",
        states=f"{US},United States\n{US}/state:md,Maryland\n{US}/district:dc,District of Columbia\n",
        local=f"{US}/state:md/county:lindby/ward:1,Ward 1\n{US}/state:md/county:other/ward:1,Other Ward 1\n",
        aliases=f"id,sameAs,sameAsNote\n{US}/state:dc,{US}/district:dc,DC is a district not a state\n",
        territories=f"id,name,sameAs,validFrom,validThrough\n{US}/territory:ot,Old Territory,{US}/state:md,1804,1812\n"
        f"{US}/territory:pi,Islands,,1898-12-10,1946-07-04\n",
        courts=f"{US}/court_of_appeals:4,Court of Appeals\n{US}/court_of_appeals:4/district_court:md,District Court\n",
    )


def test_the_path_of_a_division_tells_its_type_and_in_what_it_lies(tmp_path: Path) -> None:
    files, doubts = imported(DIVISIONS, divisions(tmp_path))
    (file,) = files
    types = {entity.id: (type(entity).__name__, entity.name) for entity in file.entities}
    assert types == {
        "us": ("Country", "United States"),
        "us-md": ("State", "Maryland"),
        "us-dc": ("State", "District of Columbia"),
        "us-md-county-lindby": ("County", "Lindby County"),
        "us-md-place-st-leo": ("City", "St. Leo town"),
        "us-md-county-lindby-ward-1": ("District", "Ward 1"),
        "us-md-county-other": ("County", "Other"),
        "us-md-county-other-ward-1": ("District", "Other Ward 1"),
        "us-pi": ("State", "Islands"),
        "us-court-of-appeals-4": ("Court", "Court of Appeals"),
        "us-court-of-appeals-4-district-court-md": ("Court", "District Court"),
    }
    assert {(c.subject, c.object) for c in only(files, "PART_OF")} == {
        (id, max((other for other in types if id.startswith(f"{other}-")), key=len, default="us"))
        for id in types
        if id != "us"
    }
    islands = next(claim for claim in only(files, "PART_OF") if claim.subject == "us-pi")
    assert (islands.valid_from, islands.valid_to) == ("1898-12-10", "1946-07-04")
    assert [(d.place, d.value) for d in doubts] == [("path identifiers/places.csv, row 4, column id", "maryland")]


def test_an_alias_is_an_identifier_of_what_it_stands_for_and_a_wrong_id_is_shown_wrong(tmp_path: Path) -> None:
    files, _ = imported(DIVISIONS, divisions(tmp_path))
    ids = {(c.subject, str(c.value).removeprefix(f"{US}/")): c for c in only(files, "HAS_IDENTIFIER")}
    assert ids["us-dc", "state:dc"].detail == "DC is a district not a state"
    assert ids["us-dc", "state:dc"].evidence[0].row == 2
    old = ids["us-md", "territory:ot"]
    assert (old.valid_from, old.valid_to) == ("1804", "1812")
    wrong = ids["us-md-place-st-leo", "state:md/place:st._leo"]
    correcting = [c for c in only(files, "HAS_IDENTIFIER") if c.corrects]
    assert [(c.value, c.corrects) for c in correcting] == [(f"{US}/state:md/place:st_leo", (wrong.id,))]
    assert ids["us-md-county-lindby", "24001"].evidence[0].raw == "place-24001"


def test_whoever_watches_is_told_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.csv").write_text("\n".join(["state,agency", *(f"Ohio,Police of {n}" for n in range(1500))]))
    (folder / "b.csv").write_text("state,agency\nOhio,Lindby\nNowhere,Torby\n")
    words = ["import", str(mapped(tmp_path)), str(folder), "--dry-run"]
    assert main(words) == 0
    assert "read" not in capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(words) == 0
    told = capsys.readouterr().err.split("\r")
    assert told[1:3] == ["1 files, 1000 claims read", "1 files, 1500 claims read"]
    assert told[3].startswith("doubtful: b.csv") and told[4:] == ["2 files, 1501 claims read", "\n"]


def test_a_file_that_lies_there_twice_is_read_once_and_told(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("state,agency\nOhio,Lindby Police\nNowhere,Torby\n", encoding="utf-8")
    (file,), (doubt, twice) = imported(mapped(tmp_path), tmp_path)
    assert file.document.name == "List of agencies, a.csv" and (doubt.file, doubt.value) == ("a.csv", "Nowhere")
    assert (twice.file, twice.value, twice.why, twice.done) == (
        "b.csv", file.document.id, "is, byte by byte, a.csv", "read once",
    )  # fmt: skip


async def test_importing_twice_changes_nothing(blank: Writer, tmp_path: Path) -> None:
    files, _ = imported(DIVISIONS, divisions(tmp_path))
    await load(blank, files, "2031-01-01T00:00:00Z")
    first = await blank.newest()
    again, _ = imported(DIVISIONS, divisions(tmp_path))
    await load(blank, again, "2032-01-01T00:00:00Z")
    assert first and first.hash
    assert await blank.newest() == first


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "ocd-divisions").is_dir(), reason="the division ids do not lie beside the project")
def test_all_divisions_of_the_united_states_are_read(tmp_path: Path) -> None:
    files, doubts = imported(DIVISIONS, DATA / "ocd-divisions")
    (file,) = files
    paths = [evidence.path for claim in only(files, "HAS_NAME") for evidence in claim.evidence]
    assert sum(path.endswith("us_census_places.csv") for path in paths if path) == 39242
    # 64,926 of the lists and fifteen wards of Detroit that the aliases alone name.
    assert len(file.entities) == 64941
    assert {doubt.why for doubt in doubts} == {"says what an earlier place says"}
