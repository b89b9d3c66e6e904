"""Whatever reads a file that may be packed reads all of it, or tells which file is cut short or spoilt."""

import gzip
import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from api.dumps.checking import faults_of
from schema.packed_file import AT_ONCE, PACKINGS, Spoilt, bare, unpacked
from seed.importers.archive import members
from seed.rdf.read import read_rdf
from tests.commanding import FAULTY, civicgraph
from tests.test_import_agreement_documents import LINDBY, PAPERS, paper
from tests.test_import_table import archive, imported, mapped, told

PACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstandard.compress}
LINE = b"<http://a/b> <http://b/c> <http://c/d> .\n"
packed = pytest.mark.parametrize("packing", PACKINGS)
# Random bytes cannot be made smaller: they are of several pieces when packed too.
DATA = LINE * 5000 + os.urandom(3 * AT_ONCE) + b"\0" * 9


def whole(path: Path) -> bytes:
    with unpacked(path) as file:
        return file.read()


@packed
def test_all_that_is_packed_comes_out(tmp_path: Path, packing: str) -> None:
    path, one = tmp_path / f"a.nt{packing}", PACK[packing](DATA)
    for held, wanted in ((one, DATA), (one + PACK[packing](b"x\ny"), DATA + b"x\ny"), (one + b"\0" * 512, DATA)):
        path.write_bytes(held)
        assert whole(path) == wanted
        with unpacked(path) as file:
            assert file.readline() == LINE and b"".join(file) == wanted[len(LINE) :]
    path.write_bytes(PACK[packing](b""))
    assert whole(path) == b""
    assert bare(path.name) == "a.nt"


def test_what_is_not_packed_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.gz.nt"
    path.write_bytes(gzip.compress(DATA))
    assert whole(path) == path.read_bytes() and bare(path.name) == path.name


@packed
@pytest.mark.parametrize("kept", [0, 1, 9, AT_ONCE, 2 * AT_ONCE + 7, -9, -1])
def test_what_is_cut_short_is_told_with_its_name(tmp_path: Path, packing: str, kept: int) -> None:
    path = tmp_path / f"a.nt{packing}"
    path.write_bytes(PACK[packing](DATA)[:kept])
    with pytest.raises(Spoilt, match=r"^ends before what is packed in it does$") as found:
        whole(path)
    assert found.value.filename == str(path)
    assert pickle.loads(pickle.dumps(found.value)).filename == str(path), "it comes from another process too"


@packed
@pytest.mark.parametrize("held", [LINE, b"x", b"\0\0", "behind"])
def test_what_is_not_packed_as_it_is_called_is_told_with_its_name(
    tmp_path: Path, packing: str, held: bytes | str
) -> None:
    path = tmp_path / f"a.nt{packing}"
    path.write_bytes(PACK[packing](DATA) + LINE if isinstance(held, str) else held)
    with pytest.raises(Spoilt, match=f"^is not packed as {packing}, or spoilt: |^ends before") as found:
        whole(path)
    assert found.value.filename == str(path)


def test_a_changed_byte_is_told_where_a_packing_has_a_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    held = bytearray(gzip.compress(DATA))
    held[-2 * AT_ONCE] ^= 1
    path.write_bytes(held)
    with pytest.raises(Spoilt, match="spoilt"):
        whole(path)


def test_a_file_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), unpacked(tmp_path / "a.gz"):
        pass


# Whoever reads one


def cut(packing: str, data: bytes) -> bytes:
    """Packed in two pieces, of which the second is lost: what comes out ends with a line."""
    if packing == ".gz":
        return PACK[packing](data)[:-8]
    writer = zstandard.ZstdCompressor().compressobj()
    return writer.compress(data) + writer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


@packed
def test_rdf_that_is_cut_between_two_lines_is_not_read(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.nt{packing}"
    path.write_bytes(cut(packing, LINE))
    [problem] = read_rdf([path]).problems
    assert str(problem) == f"{path}: cannot be read: ends before what is packed in it does"


@packed
def test_a_dump_that_is_cut_between_two_lines_is_not_checked(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.nt{packing}"
    path.write_bytes(cut(packing, LINE))
    with pytest.raises(Spoilt, match="ends before"):
        faults_of(path)
    done = civicgraph(tmp_path / "data", "check", "--dump", path)
    assert done.returncode == FAULTY
    assert done.stderr.decode().startswith(f"{path}: cannot be read: ends before what is packed in it does\n")
    path.write_bytes(PACK[packing](LINE))
    assert faults_of(path) == []


@packed
@pytest.mark.parametrize("spoil", [cut, lambda _, data: data], ids=["cut", "not packed"])
def test_of_a_table_that_is_spoilt_nothing_is_taken(
    tmp_path: Path, packing: str, spoil: Callable[[str, bytes], bytes]
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / f"a.csv{packing}").write_bytes(spoil(packing, b"state,agency\nutah,A\n"))
    (folder / f"b.csv{packing}").write_bytes(PACK[packing](b"state,agency\nutah,B\n"))
    files, doubts = imported(mapped(tmp_path), folder)
    assert told(files) == {("HAS_NAME", "ut-b", "B")}
    assert [(each.file, each.place) for each in doubts] == [(f"a.csv{packing}", "the file")]
    assert doubts[0].why.startswith(("ends before", f"is not packed as {packing}"))


def test_of_an_archive_that_is_cut_short_nothing_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    whole = archive(folder / "a.tar.xz", a="state,agency\nutah,A\n", b="state,agency\nutah,B\n" + "utah,C\n" * 2000)
    (folder / "d.csv").write_text("state,agency\nutah,D\n")
    assert len(told(imported(mapped(tmp_path), folder)[0])) == 4
    whole.write_bytes(whole.read_bytes()[: 3 * whole.stat().st_size // 4])
    files, doubts = imported(mapped(tmp_path), folder)
    assert told(files) == {("HAS_NAME", "ut-d", "D")}
    assert [(each.file, each.why[:30]) for each in doubts] == [(whole.name, "is no archive, or spoilt: unex")]
    with pytest.raises(Spoilt) as found:
        list(members(whole, "*.csv"))
    assert found.value.filename == str(whole)


@packed
def test_of_agreements_that_are_spoilt_nothing_is_taken(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"moa_agreements.json{packing}"
    listed = json.dumps({LINDBY: [paper("A_TFM_042925.pdf")]}).encode()
    path.write_bytes(PACK[packing](listed))
    assert imported(PAPERS, path)[1] == [] and told(imported(PAPERS, path)[0])
    path.write_bytes(cut(packing, listed))
    files, doubts = imported(PAPERS, path)
    assert files == [] and [each.why for each in doubts] == ["ends before what is packed in it does"]
