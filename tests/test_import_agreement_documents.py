"""Signed agreements by agency: the ids of ICE's lists, a document a PDF, dates by the names of the files."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Writer
from graph.write import load
from schema.claims_file import ClaimsFile
from schema.entities import Document
from seed.importers.source import known
from seed.importers.writing import Doubt
from tests.test_import_series import LISTS, SIGNED
from tests.test_import_table import DATA, imported, only, told, workbook

PAPERS = known()["287g-documents"]
LINDBY = "FL|lindby police department"
OF_LINDBY = "287g-fl-lindby-police-department-task-force-model"


def paper(filename: str, model: str | None = "TFM", sha: str = "1" * 40) -> dict[str, Any]:
    """A document as the source lists it."""
    return {"model": model, "filename": filename, "sha": sha, "pdf_url": f"https://example.org/{filename}"}


def papers(folder: Path, agencies: Any) -> tuple[list[ClaimsFile], list[Doubt]]:
    """What such a file says."""
    path = folder / "moa_agreements.json.gz"
    path.write_bytes(gzip.compress(json.dumps(agencies).encode()))
    return imported(PAPERS, path)


def test_an_agreement_has_parties_stage_and_document(tmp_path: Path) -> None:
    files, doubts = papers(tmp_path, {LINDBY: [paper("LindbyPDFL_TFM_MOA_042925.pdf")]})
    agency, document = "fl-lindby-police-department", "287g-paper-lindbypdfl-tfm-moa-042925-pdf"
    assert told(files) == {
        ("HAS_NAME", agency, "Lindby Police Department"),
        ("LOCATED_IN", agency, "us-fl"),
        ("PARTY_TO", agency, OF_LINDBY),
        ("PARTY_TO", "ice", OF_LINDBY),
        ("HAS_STAGE", OF_LINDBY, "signed"),
        ("ABOUT", document, OF_LINDBY),
    }
    (stage,) = only(files, "HAS_STAGE")
    assert stage.valid_from == "2025-04-29"
    assert (stage.evidence[0].pointer, stage.evidence[0].raw) == (f"/{LINDBY}/0", "LindbyPDFL_TFM_MOA_042925.pdf")
    (found,) = (entity for entity in files[0].entities if isinstance(entity, Document))
    assert (found.id, found.url) == (document, "https://example.org/LindbyPDFL_TFM_MOA_042925.pdf")
    assert not doubts


def test_agency_and_agreement_are_those_of_the_lists_of_ice(tmp_path: Path) -> None:
    """So that both say one claim."""
    row = [
        "FLORIDA",
        "Lindby County Sheriff\u2019s Office ",
        "County",
        "#N/A",
        "Task Force Model ",
        "2025-04-29",
        "link",
    ]
    link = {"G2": "https://www.ice.gov/doclib/287gMOA/Lindby_TFM_MOA_042925.pdf"}
    path = workbook(tmp_path / "20250519" / "participatingAgencies05192025am.xlsx", SIGNED, row, links=link)
    listed, _ = imported(LISTS, path)
    signed, _ = papers(tmp_path, {"FL|lindby county sheriffs office": [paper("Lindby_TFM_MOA_042925.pdf")]})
    both = {claim.id for claim in listed[0].claims} & {claim.id for claim in signed[0].claims}
    kinds = sorted(claim.relation() for claim in listed[0].claims if claim.id in both)
    assert kinds == ["ABOUT", "HAS_STAGE", "LOCATED_IN", "PARTY_TO", "PARTY_TO"]


@pytest.mark.parametrize(
    ("filename", "signed", "why"),
    [
        ("A_TFM_MOA_042925.pdf", "2025-04-29", ""),
        ("A_TFM_MOA_10172025.pdf", "2025-10-17", ""),
        ("A_TFM_MOA_02.26.2025.pdf", "2025-02-26", ""),
        ("A_TFM_MOA_02.28.25%20508.pdf", "2025-02-28", ""),
        ("A_TFM_7_31_2025.pdf", "2025-07-31", ""),
        ("287gJEM_A2020-03-12.pdf", "2020-03-12", ""),
        ("A_TFM_MOA_0992025.pdf", None, "has no date in its name"),
        ("A_TFM_MOA.pdf", None, "has no date in its name"),
        ("A_TFM_MOA_133125.pdf", None, "is no date; 7/18/2025 and 2025-07-18 are"),
        ("A_TFM_MOA_01012027.pdf", None, "lies after the day on which the file was fetched"),
    ],
)
def test_a_date_is_read_from_the_name_of_the_file_or_told(
    tmp_path: Path, filename: str, signed: str | None, why: str
) -> None:
    files, doubts = papers(tmp_path, {LINDBY: [paper(filename)]})
    assert [claim.valid_from for claim in only(files, "HAS_STAGE")] == [signed]
    assert [doubt.why for doubt in doubts] == ([why] if why else [])


@pytest.mark.parametrize(
    ("filename", "code", "model"),
    [
        ("287gJEM_A2020-03-12.pdf", None, "jail-enforcement-model"),
        ("A_TF_MOA_03122025.pdf", None, "task-force-model"),
        ("ATaskForce287g-MOA-07302025.pdf", None, "task-force-model"),
        ("A_MOA_03122025.pdf", "WSO", "warrant-service-officer"),
        ("A_7.2.2025.pdf", None, "model-not-told"),
    ],
)
def test_a_model_is_read_from_the_name_where_the_source_gives_none(
    tmp_path: Path, filename: str, code: str | None, model: str
) -> None:
    files, doubts = papers(tmp_path, {LINDBY: [paper(filename, code)]})
    assert {claim.object for claim in only(files, "PARTY_TO")} == {f"287g-fl-lindby-police-department-{model}"}
    assert [doubt.why for doubt in doubts] == (["tells no model"] if model == "model-not-told" else [])


def test_a_blank_for_an_apostrophe_makes_no_second_agency(tmp_path: Path) -> None:
    agencies = {
        "TX|lindby county sheriff s office": "A_JEM_01012025.pdf",
        "TX|lindby county sheriffs office": "A_WSO.pdf",
    }
    files, doubts = papers(tmp_path, {key: [paper(name, None)] for key, name in agencies.items()})
    assert {claim.subject for claim in only(files, "HAS_NAME")} == {"tx-lindby-county-sheriffs-office"}
    assert [evidence.pointer for claim in only(files, "HAS_NAME") for evidence in claim.evidence] == [
        "/TX|lindby county sheriff s office/0",
        "/TX|lindby county sheriffs office/0",
    ]
    assert [doubt.why for doubt in doubts] == ["has a blank for an apostrophe", "has no date in its name"]


def test_two_files_of_one_name_with_other_bytes_are_two_documents(tmp_path: Path) -> None:
    same, other = paper("A_TFM_042925.pdf"), paper("A_TFM_042925.pdf", sha="2" * 40)
    files, doubts = papers(tmp_path, {LINDBY: [same, same, other]})
    assert sorted(claim.subject for claim in only(files, "ABOUT")) == [
        "287g-paper-a-tfm-042925-pdf",
        "287g-paper-a-tfm-042925-pdf-22222222",
    ]
    assert [doubt.why for doubt in doubts] == ["is the name of an earlier file with other bytes"]


@pytest.mark.parametrize(
    ("agencies", "why"),
    [
        ([], "is no list of documents by agency"),
        ({LINDBY: None}, "has not each of filename, pdf_url, sha"),
        ({LINDBY: [{"filename": 7}]}, "has not each of filename, pdf_url, sha"),
        ({"ZZ|lindby": [paper("A_TFM_042925.pdf")]}, "is no state"),
        ({"lindby": [paper("A_TFM_042925.pdf")]}, "names no state and agency, as in `FL|lindby police department`"),
    ],
)
def test_what_has_another_shape_is_told_and_says_nothing(tmp_path: Path, agencies: Any, why: str) -> None:
    files, doubts = papers(tmp_path, agencies)
    assert only(files, "PARTY_TO") == []
    assert [doubt.why for doubt in doubts] == [why]


async def test_importing_twice_changes_nothing(blank: Writer, tmp_path: Path) -> None:
    files, _ = papers(tmp_path, {LINDBY: [paper("A_TFM_042925.pdf")], "TX|torby": [paper("B_JEM.pdf", None)]})
    await load(blank, files, "2031-01-01T00:00:00Z")
    first = await blank.newest()
    await load(blank, files, "2032-01-01T00:00:00Z")
    assert first and first.hash
    assert await blank.newest() == first


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "ice-287g").is_dir(), reason="the agreements do not lie beside the project")
def test_all_signed_documents_are_read() -> None:
    files, doubts = imported(PAPERS, DATA / "ice-287g")
    agencies = {
        evidence.pointer.split("/")[1] for c in only(files, "HAS_NAME") for evidence in c.evidence if evidence.pointer
    }
    assert len(agencies) == 1433
    assert len(only(files, "HAS_NAME")) == 1428  # five stand there with a blank for the apostrophe too
    assert len(only(files, "ABOUT")) == 1681
    assert {doubt.why for doubt in doubts} == {
        "tells no model",
        "has no date in its name",
        "has a blank for an apostrophe",
        "is the name of an earlier file with other bytes",
    }
