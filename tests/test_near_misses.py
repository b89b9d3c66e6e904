"""A page tells what one condition alone leaves out: of the question itself, or of what was asked besides."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from graph import near
from graph.errors import NotReadable
from graph.near import left_out, misses
from graph.query import Query, read_queries, read_query
from graph.tally import Tally, tally
from tests.conftest import Store
from tests.expected_rows import WORLDS, claim_keys
from tests.oracle import EVERY, expected
from tests.plain_world import Row

KEYS = claim_keys()
MAYOR = "whom they advise is no mayor, mayor's office or group of mayors"
GROUP = "who advises is no organization or group"
POST = "the post is not said to be an advisor's"

# From the documents: a police force, ferry crews, a city, a governor's office, a governor, a candidate, who held
# another office and who never was mayor are no mayors; Rosa Lind is no group; a clerk is no advisor.
PROMISED = [
    (
        "world",
        "groups-advising-mayors",
        {},
        {
            MAYOR: "delta-police delta-crews delta-city union-governor lantern-tomasz forum-jun forum-petra "
            "forum-dario",
            GROUP: "rosa-ines",
        },
    ),
    ("world", "groups-advising-mayors", {"status": ["reported"]}, {MAYOR: "delta-city"}),
    ("world", "advisors", {"of": "sao-bento"}, {POST: "petra-clerk"}),
    ("world", "advisors", {"of": "unnamed-mayors"}, {}),
    (
        "seed",
        "groups-advising-mayors",
        {},
        {MAYOR: "prp-advises", GROUP: "vita-mostofi ADVISES zohran-mamdani"},
    ),
]


@pytest.mark.parametrize(("what", "name", "given", "promised"), PROMISED)
async def test_the_rows_that_one_condition_of_a_question_leaves_out_are_told_with_the_words_for_it(
    store: Store, what: str, name: str, given: Row, promised: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "SHOWN", 50)
    reader = await store.hold(what)
    query = read_queries()[name]
    found = await misses(reader, query, query.check(given), await reader.edition())
    told = {miss.words: {row["claims"][0] for row in miss.result.rows} for miss in found}
    assert told == {words: {KEYS[key] for key in _keys(keys)} for words, keys in promised.items()}


def _keys(keys: str) -> list[str]:
    return [keys] if keys in KEYS else keys.split()


# Each with what is asked instead where one condition alone is let go; whatever stands, unless a standing is given.
CONDITIONS: list[tuple[Row, dict[str, Row]]] = [
    ({}, {"with what has been superseded or retracted": {"standing": EVERY}}),
    (
        {"as_of": "2026-05"},
        {
            "with what does not hold as of 2026-05": {"as_of": None},
            "with what has been superseded or retracted": {"standing": EVERY},
        },
    ),
    (
        {
            "as_of": "2031",
            "temporal": "certain",
            "known_at": "2031-08-15",
            "standing": ["current"],
            "status": ["asserted"],
        },
        {
            "with what may only possibly hold as of 2031": {"temporal": None},
            "with what does not hold as of 2031": {"as_of": None, "temporal": None},
            "with what was recorded after 2031-08-15": {"known_at": None},
            "with what its source puts otherwise": {"status": None},
            "with what stands otherwise": {"standing": EVERY},
        },
    ),
    (
        {"status": ["hedged", "reported"]},
        {
            "with what its source puts otherwise": {"status": None},
            "with what has been superseded or retracted": {"standing": EVERY},
        },
    ),
]


@pytest.mark.parametrize(("given", "instead"), CONDITIONS)
async def test_each_condition_of_the_asker_is_let_go_alone(store: Store, given: Row, instead: dict[str, Row]) -> None:
    reader = await store.hold("world")
    query, edition = read_queries()["groups-advising-mayors"], await reader.edition()

    async def count(of: BaseModel, most: int) -> Tally:
        return await tally(reader, query, of, edition, most)

    rows = len(expected(WORLDS["world"], query.name, given))
    wider = {words: len(expected(WORLDS["world"], query.name, _with(given, more))) for words, more in instead.items()}
    assert max(wider.values()) > rows
    told = {out.words: out.rows for out in await left_out(query, query.check(given), rows, count)}
    assert told == {words: count - rows for words, count in wider.items() if count > rows}


def _with(given: Row, more: Row) -> Row:
    return {name: value for name, value in (given | more).items() if value is not None}


async def test_what_is_left_out_is_counted_to_a_hundred_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "COUNTED", 5)
    reader = await store.hold("world")
    query, edition = read_queries()["claims"], await reader.edition()

    async def count(of: BaseModel, most: int) -> Tally:
        return await tally(reader, query, of, edition, most)

    values = query.check({"as_of": "1700"})
    out, *_ = await left_out(query, values, (await count(values, 500)).total, count)
    assert (out.words, out.rows, out.more) == ("with what does not hold as of 1700", 5, True)


def test_a_near_miss_names_a_condition_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "lacks.cypher"
    file.write_text(
        "/*\ntopic: Advice\nquestion: Why?\ndescription: D.\ncolumns: {id: I.}\nnear: {c.id = 'x': it is no x}\n*/\n"
        "MATCH (c:Claim) WHERE after(c.id)\nRETURN c.id AS key, c.id AS id\n"
    )
    with pytest.raises(NotReadable, match="lacks the condition"):
        read_query(file)


@pytest.mark.parametrize("query", [q for q in read_queries().values() if q.near], ids=lambda q: q.name)
def test_the_words_for_a_near_miss_read_after_as(query: Query) -> None:
    for words, other in query.near:
        assert words[0].islower() and not words.endswith(".")
        assert (other.columns, other.parameters) == (query.columns, query.parameters)
