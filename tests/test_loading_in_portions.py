"""A load in portions of any size is the load at one go: the same records and hash, and the same is told of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from api.commands.load import brought as brought_by_command
from graph import draft, held, otherwise, versions
from graph.batch import weighed
from graph.connection import Step, Writer
from graph.edition import Edition
from graph.engine import Engine
from graph.errors import GraphError, TooLarge, TooSlow
from graph.plan import Plan, Planning
from graph.portions import Portions, Undeclared
from graph.versions import Versions
from graph.write import Report, clear, load
from schema.claims_file import ClaimsFile
from seed.read import read
from tests.changes import (
    CHANGES,
    EARLY,
    FIRST,
    LAST,
    LATE,
    NEXT,
    PEOPLE,
    Change,
    advises,
    claim,
    entity,
    file,
    renamed,
)
from tests.conftest import WORLD, Store
from tests.test_editions import contents, leftovers, make

pytestmark = pytest.mark.slow

SIZES = (1, 2, 3)
Left = tuple[str, str, list[list[Any]], dict[str, int]]


def in_portions(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Whatever is done in portions, pages or lists of a bounded length is done in those of this size."""
    monkeypatch.setattr(Portions, "portion", size)
    monkeypatch.setattr(Planning, "at_once", size)
    monkeypatch.setattr(held, "PAGE", size)
    monkeypatch.setattr(draft, "MOST_ENDED", size)
    monkeypatch.setattr(versions, "PAGE", size + 3)  # more than an id has versions


async def left(graph: Writer, report: Report) -> Left:
    """What a load leaves and says that it did, once it is cleared up after it."""
    await clear(graph, report)
    assert await leftovers(graph) == 0
    edition = await graph.newest() or Edition()
    told = {name: n for name, n in vars(report).items() if name.partition("_")[0] in ("claims", "entities")}
    return edition.hash, edition.instant, await contents(graph), told


async def brought(graph: Writer, change: Change) -> Left:
    await make(graph, change)
    return await left(graph, await load(graph, change.after, LAST))


def _doubters() -> tuple[ClaimsFile, ...]:
    """Three documents, each with a claim that doubts that of the next."""
    bodies = (*PEOPLE, *(entity("FederalAgency", f"body-{n}") for n in range(3)))
    plain = [claim(f"paper-{n}", "SUPPORTS", "ann", f"body-{n}") for n in range(3)]
    doubts = [
        plain[n].model_copy(update={kind: (plain[(n + 1) % 3].id,)})
        for n, kind in enumerate(("disputes", "corrects", "supersedes"))
    ]
    return tuple(file(f"paper-{n}", [doubt], bodies) for n, doubt in enumerate(doubts))


def _by_other_names() -> tuple[ClaimsFile, ...]:
    claims = {f"paper-{n}": [claim(f"paper-{n}", "ADVISES", "river-alliance", "ann")] for n in range(4)}
    return tuple(file(document, said, renamed("ann", name=f"Ann of {document}")) for document, said in claims.items())


CASES = CHANGES | {
    "many documents say the same and know it by other names": Change((LATE,), _by_other_names()),
    "a claim moves to another document": Change((EARLY, file("late", ())), (replace(EARLY, claims=()), LATE)),
    "each of three documents doubts another": Change((EARLY,), _doubters()),
    "three documents doubt no more": Change(_doubters()[1:], tuple(replace(each, claims=()) for each in _doubters())),
    "an office comes after what is said of its holder": Change((), (file("aaa", [advises("aaa")]), EARLY)),
}


@pytest.mark.parametrize("name", CASES)
async def test_portions_of_any_size_leave_what_one_leaves(
    embedded: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = await empty_of(embedded)
    whole = await brought(blank, CASES[name])
    for size in SIZES:
        in_portions(monkeypatch, size)
        assert await brought(blank, CASES[name]) == whole, size


async def test_the_world_in_portions_is_the_world(blank: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    files = read(WORLD).files
    for change in (Change((), files), Change(files[:1], files[1:])):
        monkeypatch.undo()
        whole = await brought(blank, change)
        in_portions(monkeypatch, 30)
        assert await brought(blank, change) == whole
        assert (await load(blank, files, LAST)).writes == 0


async def test_what_many_documents_say_is_written_once_and_not_once_a_portion(
    embedded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank, documents, written = await empty_of(embedded), 12, Counter[str]()
    said = ("SUPPORTS", "OPPOSES", "ADVISES")
    files = [
        file(f"paper-{n}", [claim(f"paper-{n}", each, "river-alliance", "ann") for each in said])
        for n in range(documents)
    ]
    write = draft.Draft.write

    async def counted(self: draft.Draft, plan: Plan) -> None:
        written.update(new.row["id"] for new in plan.claims)
        written.update(row["id"] for rows in plan.entities.values() for row in rows)
        await write(self, plan)

    monkeypatch.setattr(draft.Draft, "write", counted)
    monkeypatch.setattr(Portions, "portion", documents)
    await load(blank, files, LAST)
    assert len(written) == len(said) + len(PEOPLE) + documents
    assert max(written.values()) <= 2  # where a portion ends with some of those that say it


async def empty_of(store: Store) -> Writer:
    await store.hold("nothing")
    return store.writer


class Impatient(Writer):
    """A writer of a store that lets no transaction create more than two rows."""

    refused = 0
    too_much: type[GraphError] = TooSlow

    async def write(self, steps: Sequence[Step]) -> None:
        if sum(len(given.get("rows", ())) for text, given in steps if "CREATE" in text) > 2:
            self.refused += 1
            raise self.too_much("the limit")
        await super().write(steps)


@pytest.mark.parametrize(
    "name",
    ["many documents say the same and know it by other names", "an office comes after what is said of its holder"],
)
@pytest.mark.parametrize("too_much", [TooSlow, TooLarge])
async def test_what_is_too_much_for_a_store_is_written_in_halves_and_leaves_the_same(
    engine: Engine, embedded: Store, name: str, too_much: type[GraphError]
) -> None:
    whole = await brought(await empty_of(embedded), CASES[name])
    await make(embedded.writer, CASES[name])
    async with await Impatient.open(engine.uri, engine.login, engine.database) as impatient:
        impatient.grace, impatient.too_much = 0, too_much
        assert await left(embedded.writer, await load(impatient, CASES[name].after, LAST)) == whole
        assert impatient.refused


def test_a_claim_with_much_evidence_weighs_as_much_as_several() -> None:
    """Of 57 lists that repeat a claim each is evidence of it: a thousand such claims would take a store minutes."""
    rows = [{"id": f"c-{number}", "evidence": [{}] * pieces} for number, pieces in enumerate((1, 3, 57, 8, 0, 4))]
    found = [([row["id"] for row in batch], weight) for batch, weight in weighed([*rows, {"id": "e-1"}], 5)]
    assert found == [(["c-0", "c-1"], 1 + 1), (["c-2"], 15), (["c-3", "c-4"], 3 + 1), (["c-5", "e-1"], 2 + 1)]


class Recorder:
    """Takes what is to be written, a list of statements a transaction."""

    def __init__(self) -> None:
        self.written: list[Sequence[Step]] = []

    async def write(self, steps: Sequence[Step]) -> None:
        self.written.append(steps[1:])  # the first of each is the fence


async def test_what_is_written_together_weighs_no_more_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft.Draft, "batch", 5)
    recorder: Any = Recorder()
    making = draft.Draft(recorder, Edition())
    await making._create("claims", [{"id": "c-1", "evidence": [{}] * 8}, {"id": "c-2", "evidence": [{}] * 8}])
    await making._create("entities", [{"id": "e-1"}, {"id": "e-2"}])
    await making._revise(Versions([], ["e-3", "e-4", "e-5"], ["d-1", "d-2"]), versions.LASTING, versions.END, 1)
    await making._create("more", [{"id": "e-6"}])
    await making._flush()
    found = [[each for _, given in steps for each in given.get("ids", given.get("rows"))] for steps in recorder.written]
    assert [[each["id"] if isinstance(each, dict) else each for each in one] for one in found] == [
        ["c-1"],
        ["c-2", "e-1", "e-2"],
        ["e-3", "e-4", "e-5", "d-1", "d-2"],
        ["e-6"],
    ]


async def test_a_load_that_finds_an_end_missing_half_way_leaves_nothing(
    embedded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = await empty_of(embedded)
    await load(blank, [LATE], FIRST)
    was, edition = await contents(blank), await blank.newest()
    astray = replace(EARLY, claims=(*EARLY.claims, claim("early", "OPPOSES", "bo", "nobody-at-all")))
    in_portions(monkeypatch, 1)
    with pytest.raises(Undeclared, match="claims name nobody-at-all, which no file loaded declares"):
        await load(blank, [astray], NEXT)
    assert await contents(blank) == was and await leftovers(blank) == 0
    now = await blank.newest()
    assert edition and now and (now.number, now.hash, now.draft) == (edition.number, edition.hash, None)


async def test_two_files_of_one_document_are_refused_before_anything_is_written(embedded: Store) -> None:
    blank = await empty_of(embedded)
    with pytest.raises(GraphError, match="two files are of one document: early"):
        await load(blank, [EARLY, EARLY], NEXT)
    assert await contents(blank) == []


@pytest.mark.parametrize("size", [1, 4000])
async def test_whoever_declares_an_entity_otherwise_than_another_document_is_told(
    embedded: Store, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = await empty_of(embedded)
    in_portions(monkeypatch, size)
    assert (await load(blank, [EARLY], FIRST)).otherwise == ()
    other = file("late", (), renamed("ann", name="A. Vale", aliases=("Annie",)), published="2030-03")
    report = await load(blank, [other], NEXT)
    assert [str(each) for each in report.otherwise] == [
        "ann: late differs from early in aliases, name; it is told as early has it"
    ]
    assert await blank.read("MATCH (n:Entity {id: 'ann'}) WHERE n.until > $open RETURN n.name", {"open": 10**9}) == [
        ["Ann"]
    ]
    assert (await load(blank, [other], LAST)).otherwise == ()
    again = await load(blank, [file("early", EARLY.claims, renamed("ann", name="Annette"), published="2030-05")], LAST)
    assert [each.entity for each in again.otherwise] == ["ann"]
    alike = [file(name, (), renamed("ann", name="Annette"), published="2030-05") for name in ("first", "more")]
    [told] = (await load(blank, alike, LAST)).otherwise
    assert told.documents == ("early", "late")  # those that have it as the first are not named


def test_of_many_documents_that_declare_an_entity_otherwise_a_few_are_named() -> None:
    told = otherwise.Otherwise("ann", ("a", "b", "c", "d", "e"), ("name",))
    assert str(told) == "ann: b, c, d and 1 more differ from a in name; it is told as a has it"


async def test_of_very_many_that_are_declared_otherwise_the_rest_is_counted(
    blank: Writer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(otherwise, "MOST_TOLD", 1)
    await load(blank, [EARLY], FIRST)
    people = [each.model_copy(update={"name": f"{each.name} anew"}) for each in PEOPLE]
    await brought_by_command(blank, [file("late", (), tuple(people), published="2030-03")])
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in told if "differs" in line] == ["warning"]
    assert f"warning: {len(PEOPLE) - 1} more entities are declared differently" in told
