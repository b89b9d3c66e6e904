"""What `civicgraph import` says where it cannot do it: wrong use, faults of the files, or a mistake of our own."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.__main__ import main
from schema.claims_file import ClaimsFile
from tests.commanding import FAULTY, MISUSED
from tests.test_import_table import ABOUT, READ, mapped

Captured = pytest.CaptureFixture[str]


def source(folder: Path, **changes: Any) -> Path:
    """A mapping file with other fields than `read`; those that are None are left out."""
    told = {name: value for name, value in (ABOUT | {"read": READ} | changes).items() if value is not None}
    (path := folder / "source.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (path := tmp_path / "list.csv").write_text("state,agency\nOhio,Lindby\n")
    return path


def refused(capsys: Captured, *words: object) -> tuple[int, str]:
    """The exit code, and what is told without the name of the command."""
    code = main(["import", *map(str, words), "--dry-run"])
    captured = capsys.readouterr()
    assert captured.out == ""
    return code, captured.err.removeprefix("civicgraph:").strip()


def test_wrong_use_is_told_as_such(table: Path, tmp_path: Path, capsys: Captured) -> None:
    mapping, absent = mapped(tmp_path), tmp_path / "absent"
    code, told = refused(capsys, absent, table)
    assert code == MISUSED and told.startswith(f"{absent} is neither a mapping file nor one of ")
    assert refused(capsys, mapping, absent) == (
        MISUSED,
        f"{absent} is not there; name the file or folder of List of agencies",
    )
    assert refused(capsys, mapping, table, absent)[0] == MISUSED
    code, told = refused(capsys, "openstates", table)
    assert code == MISUSED and told.startswith(f"{table}: is no archive; name a .tar.xz")


def test_faults_of_a_mapping_file_are_faults_of_a_file(table: Path, tmp_path: Path, capsys: Captured) -> None:
    path = source(tmp_path, kind="tabel", precedence=-1)
    code, told = refused(capsys, path, table)
    kind, precedence = told.splitlines()
    assert code == FAULTY and kind.startswith(f"{path}: kind: Input should be 'agreement_documents', ")
    assert precedence.strip() == f"{path}: precedence: Input should be greater than or equal to 0"
    path = mapped(tmp_path, blanks=["-"])
    assert refused(capsys, path, table) == (FAULTY, f"{path}: read.blanks: Extra inputs are not permitted")
    path.write_text("retrieved: 2026-02-31\n")
    assert refused(capsys, path, table) == (FAULTY, f"{path}: day is out of range for month")


def test_a_file_whose_name_tells_no_day_or_cannot_be_told_is_at_fault(
    table: Path, tmp_path: Path, capsys: Captured
) -> None:
    mapping = source(tmp_path, retrieved=None)
    for name in ("list.csv", "list-2026-02-31.csv"):
        path = table.rename(tmp_path / name)
        code, told = refused(capsys, mapping, path)
        assert code == FAULTY and told.startswith(f"{path}: its name tells no date; write when it was fetched")
        table = path
    path = table.rename(tmp_path / "list-2026-02-28\x01.csv")
    code, told = refused(capsys, mapping, path)
    assert code == FAULTY and told.startswith(r"list-2026-02-28\x01.csv as a document of agencies: name: ")


def test_an_archive_that_is_cut_short_is_at_fault(tmp_path: Path, capsys: Captured) -> None:
    (picture := tmp_path / "a.jpg").write_bytes(os.urandom(100_000))
    with tarfile.open(path := tmp_path / "2026-03-01.tar.xz", "w:xz") as archive:
        archive.add(picture)
    path.write_bytes(path.read_bytes()[:50_000])
    code, told = refused(capsys, "openstates", path)
    assert code == FAULTY and told.startswith(f"{path}: ")


def test_a_mistake_of_our_own_is_not_told_as_wrong_use(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: Any) -> Iterator[ClaimsFile]:
        raise ValueError("too many values to unpack")
        yield

    monkeypatch.setattr("seed.importers.table.read", read)
    with pytest.raises(ValueError, match="too many values"):
        main(["import", str(mapped(tmp_path)), str(table), "--dry-run"])
