"""An import that was read before is known again: while its files, mapping and code are the same and the store holds
all that it brought, and not a moment longer."""

import shutil
import tarfile
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from time import monotonic

import pytest

from graph import imported
from graph.connection import WRITING, Writer
from graph.held import Held
from graph.imported import is_held, note
from graph.removal import emptied
from graph.write import clear, load, take_down
from schema.claims_file import ClaimsFile
from schema.file_hash import sha256_of
from seed.importers import importer
from seed.importers.reading import reading
from seed.importers.source import known, read_source
from tests.changes import EARLY, FIRST, LAST, LATE, NEXT, file, renamed, without
from tests.test_command import civicgraph
from tests.test_import_table import mapped

READING = "a" * 64
OTHER = file("other", ())
BROUGHT = ["early", "late"]


async def brought(graph: Writer, *files: ClaimsFile, now: str = NEXT) -> None:
    await clear(graph, await load(graph, files, now))


@pytest.fixture
async def noted(blank: Writer) -> Writer:
    """A store with two documents of one import and one of another."""
    await brought(blank, EARLY, LATE, OTHER, now=FIRST)
    assert not await is_held(blank, READING)
    await note(blank, READING, BROUGHT)
    await note(blank, "b" * 64, ["other"])
    return blank


async def withdrawn(graph: Writer) -> None:
    await brought(graph, *await emptied(Held(graph), ["late"]))


CHANGES: dict[str, tuple[Callable[[Writer], Awaitable[object]], bool]] = {
    "the same documents again": (lambda graph: brought(graph, EARLY, LATE), True),
    "another document": (lambda graph: brought(graph, file("third", ())), True),
    "a claim less": (lambda graph: brought(graph, file("early", without("opposes"), published="2030-05")), False),
    "a name otherwise": (lambda graph: brought(graph, file("late", LATE.claims, renamed("ann", name="Ann"))), False),
    "one withdrawn": (withdrawn, False),
    "one taken down": (lambda graph: take_down(graph, ["late"]), False),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_an_import_is_known_again_until_one_of_its_documents_is_loaded_otherwise(
    noted: Writer, change: str
) -> None:
    assert await is_held(noted, READING)
    edition = await noted.newest()
    make, stays = CHANGES[change]
    await make(noted)
    assert await is_held(noted, READING) == stays
    assert edition and (await noted.newest() == edition) == (change == "the same documents again")


async def test_of_what_is_set_back_nothing_is_known(noted: Writer) -> None:
    await brought(noted, file("early", without("opposes"), published="2030-05"))
    await brought(noted, EARLY, now=LAST)
    assert not await is_held(noted, READING)


async def test_a_note_on_a_part_of_the_documents_is_none(noted: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "batches", lambda documents: iter([documents[:1]]))
    await note(noted, "c" * 64, BROUGHT)
    assert not await is_held(noted, "c" * 64)


async def test_nothing_is_noted_while_another_load_is_under_way(blank: Writer) -> None:
    await brought(blank, EARLY, LATE, now=FIRST)
    await blank.write([("MATCH (g:Edition {id: 'edition'}) SET g.draft = 7", {})])
    await note(blank, READING, BROUGHT)
    await blank.write([("MATCH (g:Edition {id: 'edition'}) SET g.draft = null", {})])
    assert not await is_held(blank, READING)


def test_a_reading_is_told_by_its_files_and_mapping_and_not_by_where_they_lie(tmp_path: Path) -> None:
    mapping, here, there = mapped(tmp_path), tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (here / "list.csv").write_text("state,agency\nOhio,Lindby\n")
    shutil.copytree(here, there)
    source = read_source(mapping)
    first = reading(source, here)
    assert first == reading(source, there)
    other = [reading(read_source(mapped(tmp_path, blank=["none"])), here)]
    (here / "list.csv").rename(here / "20250101.csv")
    other.append(reading(source, here))
    (there / "list.csv").write_text("state,agency\nOhio,Torby\n")
    other.append(reading(source, there))
    (there / "more.csv").write_text("")
    other.append(reading(source, there))
    assert len({first, *other}) == 5


@pytest.mark.parametrize("kind", ["ocd-divisions", "nyc-executive-orders", "openstates", "287g-documents"])
def test_a_file_that_was_hashed_before_is_not_hashed_again(kind: str, tmp_path: Path) -> None:
    source, hashed = read_source(known()[kind]), list[Path]()

    def told(file: Path) -> str:
        hashed.append(file)
        return sha256_of(file)

    with tarfile.open(tmp_path / "moa_agreements.json-2031-07-23.tar.xz", "w:xz"):
        pass
    once = cache(told)
    reading(source, tmp_path, once)
    files = [*tmp_path.iterdir()]
    assert hashed == files
    for _ in importer(source.kind)(source, tmp_path, print, hashed=once):
        pass
    assert hashed == files
    hashed.clear()
    for _ in importer(source.kind)(source, tmp_path, print, hashed=told):
        pass
    assert hashed == (files if kind != "nyc-executive-orders" else []), "of an archive of orders each order is hashed"


def test_a_file_that_tells_no_day_and_is_not_read_is_no_fault(tmp_path: Path) -> None:
    source = read_source(mapped(tmp_path)).model_copy(update={"retrieved": None})
    (lists := tmp_path / "lists").mkdir()
    (lists / "list-2026-03-01.csv").write_text("state,agency\nOhio,Lindby\n")
    before = reading(source, lists)
    (lists / "README").write_text("Lists\n")
    assert reading(source, lists) != before


@pytest.mark.slow
def test_an_import_that_was_read_before_says_so_and_reads_nothing(tmp_path: Path) -> None:
    mapping, data, lists = mapped(tmp_path), tmp_path / "data", tmp_path / "lists"
    lists.mkdir()
    (lists / "list.csv").write_text("state,agency\nOhio,Lindby\nNowhere,Torby\n")
    first = civicgraph(data, "import", mapping, lists)
    assert b"1 claims created" in first.stdout and b"is wrong by the mapping file" in first.stderr
    again = civicgraph(data, "import", mapping, lists)
    assert again.stdout.startswith(b"nothing was read") and again.stderr == b""
    assert again.stdout.split()[-3:] == first.stdout.split()[-3:], "the same version"
    told = civicgraph(data, "import", mapping, lists, "--report", tmp_path / "doubts.csv")
    assert b"1 as they were" in told.stdout and "Nowhere" in (tmp_path / "doubts.csv").read_text()
    (lists / "list.csv").write_text("state,agency\nOhio,Lindby\nOhio,Torby\n")
    begun = monotonic()
    assert b"1 claims created, 1 changed" in civicgraph(data, "import", mapping, lists).stdout
    assert 10 < monotonic() - begun < WRITING, "it waits as long as others may read, not as long as it may itself"
