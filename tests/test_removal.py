"""What is withdrawn leaves its history, what is taken down leaves a tombstone and nothing to read, on both stores."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import httpx
import pytest

from api.app import create_app
from api.site import Site
from graph.connection import Writer
from graph.errors import Gone, NotFound
from graph.held import Held
from graph.query import read_queries
from graph.removal import emptied
from graph.run import run
from graph.tombstone import Tombstones, tombstone
from graph.write import clear, load, take_down
from schema import ENTITIES
from schema.claims_file import ClaimsFile
from tests.changes import DOUBT, EARLY, FIRST, LAST, OWN, SAME, claim, file
from tests.conftest import BASE
from tests.test_editions import Cut, Shears, contents, empty

QUERIES = read_queries()
QUILL = ENTITIES["Person"](id="zephyrine-quill", name="Zephyrine Quill", aliases=("Z. Quill",))
MENTION = claim("late", "OPPOSES", "bo", "border-office", detail="the wall")
MENTIONED = MENTION.model_copy(
    update={"evidence": (MENTION.evidence[0].model_copy(update={"refers": ("bo = zephyrine-quill",)}),)}
)
LATER = file(
    "late",
    (
        SAME,
        DOUBT["disputes"],
        MENTIONED,
        claim("late", "HOLDS_OFFICE", "zephyrine-quill", "mayor-of-vale"),
        claim("late", "SUPPORTS", "ann", "zephyrine-quill"),
        claim("late", "OPPOSES", "ann", "vale", attributed_to="zephyrine-quill"),
        claim("late", "HOLDS_OFFICE", "bo", "mayor-of-vale"),
    ),
    published="2030-03",
    people=(*EARLY.entities, QUILL),
)
FILES = (EARLY, LATER)
HELD_BY_BO = LATER.claims[-1].id
THINGS = {
    "a claim": [OWN["serves"].id],
    "a claim of two documents": [SAME.id],
    "a disputed claim": [OWN["opposes"].id],
    "a disputing claim": [DOUBT["disputes"].id],
    "a claim that makes a mayor": [HELD_BY_BO],
    "a person": ["zephyrine-quill"],
    "a person who is a voice": ["ann"],
    "an office": ["mayor-of-vale"],
    "a body": ["river-alliance"],
    "a group that no claim names": ["vale-mayors"],
    "one document of two": ["late"],
    "the other document": ["early"],
    "both documents": ["early", "late"],
    "a claim and a person": [OWN["serves"].id, "bo"],
}


async def hold(graph: Writer, files: Iterable[ClaimsFile] = FILES) -> None:
    await empty(graph)
    await clear(graph, await load(graph, [*files], FIRST))


def stripped(ids: Iterable[str]) -> list[ClaimsFile]:
    """The files as they would be had these things never been in them."""
    gone = Tombstones()
    gone.keys |= set(map(tombstone, ids))
    return [
        replace(
            each,
            entities=tuple(e for e in each.entities if gone.spare(e.id)),
            claims=tuple(gone.rest(c for c in each.claims)),
        )
        for each in FILES
        if gone.spare(each.document.id)
    ]


async def everything(graph: Writer) -> str:
    """Whatever stands anywhere in the store."""
    nodes = await graph.read("MATCH (n) RETURN labels(n), properties(n)", {})
    edges = await graph.read("MATCH ()-[e]->() RETURN type(e), properties(e)", {})
    return json.dumps([nodes, edges])


@pytest.mark.parametrize("ids", THINGS.values(), ids=THINGS)
async def test_what_is_left_is_what_files_without_it_would_have_made(blank: Writer, ids: list[str]) -> None:
    await hold(blank, stripped(ids))
    wanted, hash = await contents(blank), (await blank.edition()).hash
    await hold(blank)
    done, taken = await take_down(blank, ids)
    await clear(blank, done)
    assert await contents(blank) == wanted
    assert int(done.edition.hash, 16) == int(hash or "0", 16)  # an empty store has none at first
    assert {*ids} <= taken.whole | taken.entities


async def test_no_word_of_it_is_left_in_the_store(blank: Writer) -> None:
    await hold(blank)
    before = await everything(blank)
    await clear(blank, (await take_down(blank, ["zephyrine-quill"]))[0])
    after, words = await everything(blank), ("Quill", "zephyrine", "quill")
    assert [(word in before, word in after) for word in words] == [(True, False)] * len(words)


@pytest.mark.parametrize("known_at", [None, "2000", "2031-06", "2100"])
async def test_it_is_gone_whatever_was_known_then_and_what_never_was_is_not_found(
    blank: Writer, known_at: str | None
) -> None:
    await hold(blank)
    await take_down(blank, ["zephyrine-quill", OWN["serves"].id, "late"])
    at = {"known_at": known_at} if known_at else {}
    for query, id in (("entity", "zephyrine-quill"), ("entity", "late"), ("claim", OWN["serves"].id)):
        with pytest.raises(Gone) as refused:
            await run(blank, QUERIES[query], QUERIES[query].check({"id": id, **at}))
        assert "Quill" not in str(refused.value) and refused.value.near == ()
    with pytest.raises(Gone):
        await run(blank, QUERIES["advisors"], QUERIES["advisors"].check({"of": "zephyrine-quill", **at}))
    with pytest.raises(NotFound) as unknown:
        await run(blank, QUERIES["entity"], QUERIES["entity"].check({"id": "nobody", **at}))
    assert not isinstance(unknown.value, Gone)


async def test_over_http_it_is_410_and_a_list_does_not_hold_it(blank: Writer) -> None:
    await hold(blank)
    await take_down(blank, ["zephyrine-quill"])
    transport = httpx.ASGITransport(create_app(Site(blank, BASE)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        for path in ("/v1/entities/zephyrine-quill", "/v1/entities/zephyrine-quill.ttl", "/id/zephyrine-quill"):
            told = await asking.get(path, follow_redirects=True)
            assert (told.status_code, "Quill" in told.text) == (410, False)
        for path in ("/v1/graph.json", "/v1/entities.json", "/v1/search.json?q=quill"):
            told = await asking.get(path)
            assert (told.status_code, "zephyrine" in told.text) == (200, False)


@pytest.mark.parametrize("ids", THINGS.values(), ids=THINGS)
async def test_a_load_of_files_that_still_say_it_leaves_it_out_and_tells(blank: Writer, ids: list[str]) -> None:
    await hold(blank)
    await clear(blank, (await take_down(blank, ids))[0])
    was, edition = await contents(blank), await blank.edition()
    done = await load(blank, FILES, LAST)
    assert await contents(blank) == was and done.edition == edition
    assert {*ids} <= {*done.left_out}


@pytest.mark.parametrize("id", ["nobody", "c-0000000000000000"])
async def test_what_is_not_there_is_named_and_nothing_is_taken_down(blank: Writer, id: str) -> None:
    await hold(blank)
    was = await blank.newest()
    with pytest.raises(NotFound, match=id):
        await take_down(blank, ["zephyrine-quill", id])
    assert await blank.newest() == was


async def test_one_that_was_cut_before_any_write_is_undone_and_done_again(
    blank: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hold(blank)
    await clear(blank, (await take_down(blank, ["ann", "late"]))[0])
    wanted = await contents(blank)
    cuts = 0
    for stop in range(100):
        await hold(blank)
        was = await contents(blank)
        with monkeypatch.context() as patch:
            patch.setattr(blank, "write", shears := Shears(blank))
            shears.open(stop)
            with suppress(Cut):
                await take_down(blank, ["ann", "late"])
            if not shears.open():
                break
        cuts += 1
        done = await load(blank, [], LAST)  # undoes what was cut
        assert await contents(blank) == was and done.writes == 0
        await clear(blank, (await take_down(blank, ["ann", "late"]))[0])
        assert await contents(blank) == wanted
    assert cuts >= 3


async def test_a_withdrawn_document_leaves_its_history(blank: Writer) -> None:
    await hold(blank)
    await load(blank, await emptied(Held(blank), ["late"]), LAST)
    query, held = QUERIES["claim"], HELD_BY_BO
    told = (await run(blank, query, query.check({"id": held}))).claims[held]
    assert (told["standing"], told["retracted_at"]) == ("retracted", LAST)
    told = (await run(blank, query, query.check({"id": held, "known_at": FIRST}))).claims[held]
    assert told["standing"] == "current"
    shared = (await run(blank, query, query.check({"id": SAME.id}))).claims[SAME.id]
    assert (shared["standing"], shared["attributed_to"]) == ("current", ["early"])


async def test_withdrawing_what_was_never_loaded_names_it(blank: Writer) -> None:
    await hold(blank)
    for id in ("nobody", "bo"):
        with pytest.raises(NotFound, match=id):
            await emptied(Held(blank), [id])
