"""Markdown with front matter: each file is a document about one order, quoted where its text carries the claim."""

import re
import tarfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.connection import Writer
from graph.errors import NotReadable
from graph.write import clear, load
from schema.claims import Claim
from schema.claims_file import ClaimsFile
from seed.importers import importer
from seed.importers.source import known, read_source
from seed.importers.writing import Doubt
from seed.verify import verify
from tests.conftest import DOCUMENTS, NOW

REAL = DOCUMENTS.parent / "data" / "nyc-executive-orders"
LOOSE = DOCUMENTS.parent / "data" / "documents" / "nyc-executive-orders"
OFFICE, CITY = "mayor-of-us-ny-place-new-york", "us-ny-place-new-york"


def order(key: str, text: str = "", **fields: Any) -> str:
    front = {
        "eo_id": key,
        "number": "not read",
        "date_signed": None,
        "mayor": "Quill",
        "title": None,
        "source_pdf_url": "https://example.test/order.pdf",
        "in_effect": None,
        "supersedes": [],
    }
    return f"---\n{yaml.safe_dump(front | fields, sort_keys=False)}---\n\n{text}"


TEXT = "– THE “CITY” –\nEXECUTIVE ORDER  No. 7\nFebruary 6, 2031\nIt is ordered. February 6, 2031\n"
HEAD = "City of New York Office of the Mayor"
FILES = {
    "2031/2031-EO-007.md": order("2031-EO-007", TEXT, date_signed="2031-02-06", title="PARKS FOR ALL"),
    "2031/2031-EEO-2.27.md": order(
        "2031-EEO-2.27",
        "Executive Order No. 2.271",
        title="City of New\u00a0York  Office of the Mayor",
        in_effect=False,
    ),
    "2030/2030-EO-070.md": order(
        "2030-EO-070", "EXECUTIVE ORDER NO. 70", date_signed="2030-02-30", source_pdf_url="nowhere", admin_note="?"
    ),
    "2030/2030-EO-001.md": order("2030-EO-001", "January 5, 2031", date_signed="2031-01-05"),
    "2030/copy.md": order("2030-EO-001", "January 5, 2031", date_signed="2031-01-05"),
    "2030/nothing.md": "# A heading\n",
    "2030/broken.md": "---\neo_id: [\n---\n",
    "2030/other.md": order("Local Law 1"),
    "supersession.json": """{"edges": [
      {"actor": "2031-EO-007", "target": "2030-EO-070", "verb": "revoked", "partial": false},
      {"actor": "2031-EO-007", "target": "2030-EO-070", "verb": "repealed", "partial": false},
      {"actor": "2031-EO-007", "target": "2030-EO-001", "verb": "amended", "partial": true},
      {"actor": "2030-EO-001", "target": "1989-EO-124", "verb": "superseded", "partial": false},
      {"actor": "2030-EO-001", "target": "1989-EO-124", "verb": "praised", "partial": false},
      {"actor": "2030-EO-001", "target": "EO-1", "verb": "amended", "partial": false}],
      "dangling_citations": [{"actor": "2031-EO-007", "target": "EO-9", "verb": "revoked", "reason": "no-year"}]}""",
}


def archive(folder: Path, files: dict[str, str] = FILES) -> Path:
    path = folder / "orders-2031-07-23.tar.xz"
    with tarfile.open(path, "w:xz") as out:
        for name, text in files.items():
            info = tarfile.TarInfo(f"corpus/{name}")
            info.size = len(text.encode())
            out.addfile(info, BytesIO(text.encode()))
    return path


def read(path: Path) -> tuple[list[ClaimsFile], list[Doubt]]:
    doubts: list[Doubt] = []
    source = read_source(known()["nyc-executive-orders"])
    return list(importer("frontmatter")(source, path, doubts.append)), doubts


def told(file: ClaimsFile, relation: str) -> list[Claim]:
    return [claim for claim in file.claims if claim.relation() == relation]


@pytest.fixture
def found(tmp_path: Path) -> tuple[dict[str, ClaimsFile], list[Doubt]]:
    files, doubts = read(archive(tmp_path))
    return {file.document.name.split(", ")[1]: file for file in files}, doubts


def test_each_file_is_a_document_of_its_own_with_licence_and_credit(
    found: tuple[dict[str, ClaimsFile], list[Doubt]],
) -> None:
    files, _ = found
    orders = ["2031-EO-007.md", "2031-EEO-2.27.md", "2030-EO-070.md", "2030-EO-001.md"]
    assert list(files) == [*orders, "supersession.json"]
    for file in files.values():
        document = file.document
        assert (document.licence, document.published, file.recorded_at) == (
            "CC BY-SA 4.0",
            "2031-07-23",
            "2031-07-23T00:00:00Z",
        )
        assert document.credit and "BetaNYC" in document.credit
        assert {e.document for claim in file.claims for e in claim.evidence} == {document.id}
    assert files[orders[0]].document.url == "https://example.test/order.pdf"
    assert files[orders[2]].document.url == files["supersession.json"].document.url


def test_an_order_is_issued_by_the_office_on_its_day_in_the_words_of_its_text(
    found: tuple[dict[str, ClaimsFile], list[Doubt]],
) -> None:
    file = found[0]["2031-EO-007.md"]
    (issued,), (stage,), (applies,) = (told(file, relation) for relation in ("ISSUED", "HAS_STAGE", "APPLIES_IN"))
    id = "nyc-executive-order-2031-eo-007"
    assert (issued.subject, issued.object, issued.valid_from, issued.wording) == (OFFICE, id, "2031-02-06", ("Quill",))
    quotes = ["EXECUTIVE ORDER  No. 7", "February 6, 2031"]
    assert [e.quote or (e.pointer, e.raw) for e in issued.evidence] == [("/mayor", "Quill"), *quotes]
    assert (stage.value, stage.valid_from, stage.evidence[1].quote) == ("signed", "2031-02-06", quotes[1])
    assert (applies.object, applies.valid_from, bool(applies.inferred)) == (CITY, "2031-02-06", True)
    (number,), (title,) = told(file, "HAS_IDENTIFIER"), told(file, "HAS_NAME")
    assert (number.value, title.value, title.detail) == ("2031-EO-007", "PARKS FOR ALL", "title")
    names = {entity.id: entity.name for entity in file.entities}
    assert names == {id: "Executive Order 7 of 2031", OFFICE: "Mayor of New York, NY", CITY: "New York"}


def test_every_quote_stands_where_it_is_said_to(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / Path(name).name).write_bytes(text.encode())
    files, _ = read(archive(tmp_path))
    assert sum(e.quote is not None for file in files for claim in file.claims for e in claim.evidence) == 6
    assert verify(files, tmp_path) == []


def test_an_order_without_a_day_is_dated_by_its_year_and_not_called_signed(
    found: tuple[dict[str, ClaimsFile], list[Doubt]],
) -> None:
    emergency, impossible = found[0]["2031-EEO-2.27.md"], found[0]["2030-EO-070.md"]
    assert [(c.object, c.valid_from) for c in told(emergency, "ISSUED")] == [
        ("nyc-executive-order-2031-eeo-2-27", "2031")
    ]
    assert [c.valid_from for c in told(impossible, "ISSUED")] == ["2030"]
    assert [c.value for c in told(emergency, "HAS_STAGE")] == ["ended"]
    assert told(impossible, "HAS_STAGE") == []
    assert {e.name for e in emergency.entities} >= {"Emergency Executive Order 2.27 of 2031"}
    assert told(emergency, "HAS_NAME") == [], "the head of a letter is no title"
    assert len(told(emergency, "ISSUED")[0].evidence) == 1, "2.271 is another number"


def test_links_amend_and_repeal_once_with_every_place(found: tuple[dict[str, ClaimsFile], list[Doubt]]) -> None:
    file = found[0]["supersession.json"]
    said = [(c.relation(), c.subject[20:], str(c.object)[20:], c.detail, c.wording) for c in file.claims]
    assert said == [
        ("REPEALS", "2031-eo-007", "2030-eo-070", None, ("revoked", "repealed")),
        ("AMENDS", "2031-eo-007", "2030-eo-001", "in part", ("amended",)),
        ("REPEALS", "2030-eo-001", "1989-eo-124", None, ("superseded",)),
    ]
    assert [e.pointer for e in next(iter(file.claims)).evidence] == ["/edges/0", "/edges/1"]


def test_whatever_was_not_taken_as_it_stands_is_told(found: tuple[dict[str, ClaimsFile], list[Doubt]]) -> None:
    said = {(d.file.split("/")[-1], d.place.split("/")[-1], d.value, d.done) for d in found[1]}
    assert said == {
        ("2031-EEO-2.27.md", "title", "City of New\u00a0York  Office of the Mayor", "taken without them"),
        ("2031-EEO-2.27.md", "title", HEAD, "left out"),
        ("2031-EEO-2.27.md", "date_signed", "2031", "dated by its year, not called signed"),
        ("2030-EO-070.md", "source_pdf_url", "nowhere", "that of the source is kept"),
        ("2030-EO-070.md", "admin_note", "?", "left out"),
        ("2030-EO-070.md", "date_signed", "2030-02-30", "date left out"),
        ("2030-EO-070.md", "date_signed", "2030", "dated by its year, not called signed"),
        ("2030-EO-001.md", "date_signed", "2031-01-05", "kept"),
        ("copy.md", "the file", found[0]["2030-EO-001.md"].document.id, "read once"),
        ("nothing.md", "eo_id", "", "file left out"),
        ("broken.md", "eo_id", "", "file left out"),
        ("other.md", "eo_id", "", "file left out"),
        ("supersession.json", "3", "1989-EO-124", "kept by its key"),
        ("supersession.json", "0", "2031-EO-007 EO-9 revoked no-year", "left out"),
    } | {each for each in said if each[1] in ("4", "5")}  # fmt: skip
    assert sum(d.file.endswith("json") and "no link of the declared kind" in d.why for d in found[1]) == 2


def test_the_same_bytes_outside_of_the_archive_are_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "loose").mkdir()
    text = FILES["2031/2031-EO-007.md"]
    (tmp_path / "loose" / "2031-EO-007.md").write_bytes(text.encode())
    (loose,), doubts = read(tmp_path / "loose")
    assert loose.document.id == read(archive(tmp_path))[0][0].document.id
    assert {claim.id for claim in loose.claims} == {claim.id for claim in read(archive(tmp_path))[0][0].claims}
    assert doubts == [] and loose.recorded_at == "2026-07-23T00:00:00Z", "as the mapping declares"


def test_a_folder_of_archives_is_read_archive_by_archive(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# About the archive")
    archive(tmp_path)
    files, doubts = read(tmp_path)
    assert len(files) == 5 and "README.md" not in {d.file for d in doubts}


def test_another_corpus_is_another_mapping(tmp_path: Path) -> None:
    (tmp_path / "one.mapping").write_text(
        "kind: frontmatter\nid: ayr-rules\nname: Rules of Ayr\npublisher: Ayr\nurl: https://ayr.test/\n"
        "licence: CC0 1.0\nprecedence: 9\nretrieved: '2031-01-01T00:00:00Z'\nread:\n  type: Policy\n"
        "  prefix: ayr-rule\n  key: rule\n  pattern: 'R(?P<number>[0-9]+)'\n  name: 'Rule {number}'\n"
        "  scheme: legistar\n"
    )
    (tmp_path / "rule.md").write_text("---\nrule: R5\n---\nKeep off.\n")
    doubts: list[Doubt] = []
    (file,) = importer("frontmatter")(read_source(tmp_path / "one.mapping"), tmp_path, doubts.append)
    assert [(c.relation(), c.subject, c.value) for c in file.claims] == [("HAS_IDENTIFIER", "ayr-rule-r5", "R5")]
    assert [(type(e).__name__, e.name) for e in file.entities] == [("Policy", "Rule 5")] and doubts == []


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("type", "Person", "read.type: Value error, Person is no type of measure"),
        ("pattern", "(", "read.pattern"),
        ("colour", "red", "read.colour: Extra inputs are not permitted"),
        ("scheme", "isbn", "read.scheme"),
    ],
)
def test_a_fault_of_the_mapping_is_told_with_its_field(field: str, value: str, fault: str, tmp_path: Path) -> None:
    source = read_source(known()["nyc-executive-orders"])
    with pytest.raises(NotReadable, match=rf"nyc-executive-orders\.yaml: {re.escape(fault)}"):
        next(importer("frontmatter")(source.model_copy(update={"read": source.read | {field: value}}), tmp_path, print))


async def test_a_second_import_changes_nothing(blank: Writer, tmp_path: Path) -> None:
    editions = []
    for _ in range(2):
        files, _ = read(archive(tmp_path))
        await clear(blank, await load(blank, files, NOW))
        editions.append(await blank.read("MATCH (e:Edition) RETURN e.hash, e.number", {}))
    assert editions[0] == editions[1]
    found = await blank.read("MATCH (c:Claim) RETURN count(c)", {})
    assert found == [[len({claim.id for file in files for claim in file.claims})]]


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason=f"the archive of NYC executive orders is not at {REAL}")
def test_the_archive_gives_what_its_readme_promises() -> None:
    """Counts of `nyc-executive-orders/README.md`."""
    files, doubts = read(REAL)
    *orders, last = files
    issued = [claim for file in orders for claim in told(file, "ISSUED")]
    assert (len(orders), len({c.object for c in issued}), {c.subject for c in issued}) == (2_289, 2_289, {OFFICE})
    assert len({word for c in issued for word in c.wording}) == 8
    assert Counter(d.done[:5] for d in doubts if "signed" in d.done) == {"dated": 136}
    assert sum(len(told(file, "HAS_STAGE")) for file in orders) == 2_289 - 136 + 139
    edges = Counter(c.relation() for c in last.claims for _ in c.evidence)
    assert edges == {"AMENDS": 92, "REPEALS": 85 + 58 + 5 + 4}
    if LOOSE.is_dir():
        assert {file.document.id for file in read(LOOSE)[0]} <= {file.document.id for file in orders}
        assert verify(read(LOOSE)[0], LOOSE) == []
