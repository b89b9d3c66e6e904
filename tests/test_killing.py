"""Loaders, engines and servers killed at random moments: nothing lost, torn or mixed, and the next load is whole."""

import random
from pathlib import Path

import pytest

from bench import killing_imports
from bench.killed import NOW, Loader, Served, state
from bench.killing import FAULTS, WHOM, Shooting, arguments, kill
from bench.stores import filled
from graph.settings import Settings
from graph.store import open_store
from graph.write import load
from tests.processes import linux
from tests.test_import_table import mapped

pytestmark = [pytest.mark.slow, linux]

SHORT = ["--claims", "100", "--kills", "2"]


async def test_a_few_kills_of_each_leave_no_fault_and_no_reader_sees_a_mixture(tmp_path: Path) -> None:
    """The long version is `python -m bench.killing`."""
    found = await kill(tmp_path / "data", arguments(SHORT))
    assert set(found) == {f"{whom}, {way}" for whom in WHOM for way in ("first", "update")}
    assert {name: [told[fault] for fault in FAULTS] for name, told in found.items()} == dict.fromkeys(found, [0] * 5)
    assert all(told["kills"] == 1 and told["reads"] > 5 for told in found.values())


async def test_what_is_not_as_it_should_be_is_counted(tmp_path: Path) -> None:
    served = Served(tmp_path / "data", "embedded", 50)
    try:
        await served.start()
        shooting = Shooting(served, random.Random(1))
        await shooting.learn()
        shooting._known["A"] = ("other", ["other"])
        shooting._known["none"] = ("another", [])
        told = await shooting.trial("loader", "first")
    finally:
        await served.stop()
    assert told["torn"] == told["unequal"] == 1 and told["mixed"] > 0 and told["locked"] == 0


async def test_a_loader_that_fails_says_why() -> None:
    child = Loader(("bolt://127.0.0.1:9", ("nobody", "nothing"), "graph"), state("A", 20))
    await child.begun()
    assert not await child.ended()
    assert (child.failure, child.process.exitcode) == ("Unavailable: the store does not answer", 1)


def test_an_import_that_is_killed_is_made_whole_by_the_next_and_another_graph_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The long version is `python -m bench.killing_imports`, over real data."""
    mapping, lists, told = mapped(tmp_path), tmp_path / "lists", list[str]()
    lists.mkdir()
    (lists / "list.csv").write_text("state,agency\nOhio,Lindby\nUtah,Torby\n")
    importing = killing_imports.Importing("embedded", (str(mapping), str(lists)), tmp_path)
    monkeypatch.setattr(killing_imports, "TRIES", 1)
    found = killing_imports.kill(importing, 2, random.Random(1), told.append)
    assert [(trial.whom, trial.equal) for trial in found] == [(whom, True) for whom in killing_imports.WHOM]
    assert told[-1].startswith("| importer and store | ") and told[-1].endswith(" | equal |")
    other = importing.trial("importer", 0.5, 1.0, ("", "", 0))
    assert other and other.line.endswith(" | UNEQUAL |") and not other.cut
    assert importing.trial("importer", 120.0, 1.0, ("", "", 0)) is None


async def test_a_load_that_was_cut_short_is_told_from_one_that_was_done(tmp_path: Path) -> None:
    importing = killing_imports.Importing("embedded", ("", ""), tmp_path)
    async with open_store(Settings(civicgraph_data=tmp_path / "data")) as graph:
        await load(graph.writer, [state("A", 20)], NOW)
    assert not await importing._cut(tmp_path / "data")
    async with filled("embedded", tmp_path / "data") as store:
        await store.writer.write([("MATCH (g:Edition {id: 'edition'}) SET g.draft = 7", {})])
    assert await importing._cut(tmp_path / "data")
