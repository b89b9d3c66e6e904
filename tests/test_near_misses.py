"""A page tells what one condition alone leaves out: of the question itself, or of what was asked besides."""

from pathlib import Path

import pytest

from graph import near
from graph.errors import NotReadable
from graph.near import left_out, misses
from graph.query import Query, read_queries, read_query
from graph.tally import Tally, tally
from tests.conftest import Store
from tests.expected_rows import claim_keys

KEYS = claim_keys()
MAYOR = "whom they advise is no mayor, mayor's office or group of mayors"
GROUP = "who advises is no organization or group"
POST = "the post is not said to be an advisor's"

# From the documents: a police force, ferry crews, a city, a governor's office, a governor, a candidate, who held another
# office and who never was mayor are no mayors; Rosa Lind is no group; a clerk is no advisor.
PROMISED = [
    (
        "world",
        "groups-advising-mayors",
        {},
        {
            MAYOR: "delta-police delta-crews delta-city union-governor lantern-tomasz forum-jun forum-petra forum-dario",
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
    store: Store, what: str, name: str, given: dict[str, object], promised: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "SHOWN", 50)
    monkeypatch.setattr(near, "SECONDS", 60.0)  # a store at its first such question plans it longer
    reader = await store.hold(what)
    query = read_queries()[name]
    found = await misses(reader, query, query.check(given), await reader.edition())
    told = {miss.words: {row["claims"][0] for row in miss.result.rows} for miss in found}
    assert told == {words: {KEYS[key] for key in _keys(keys)} for words, keys in promised.items()}


def _keys(keys: str) -> list[str]:
    return [keys] if keys in KEYS else keys.split()




async def test_each_condition_of_the_asker_is_let_go_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.tally.SECONDS", 60.0)
    reader = await store.hold("world")
    query = read_queries()["groups-advising-mayors"]
    edition = await reader.edition()

    async def count(of: object, most: int) -> Tally:
        return await tally(reader, query, of, edition, most)  # type: ignore[arg-type]

    async def told(rows: int, **given: object) -> dict[str, int]:
        return {out.words: out.rows for out in await left_out(query, query.check(given), rows, count)}

    # By hand from rows/groups-advising-mayors.yaml: eight rows in all, six in May 2026, nothing that is reported.
    assert await told(8) == {}
    assert await told(6, as_of="2026-05") == {"do not hold as of 2026-05": 2}
    assert await told(0, status=["hedged", "reported"]) == {"their sources put otherwise": 8}
    assert await told(4, as_of="2029", known_at="2031-04") == {
        "do not hold as of 2029": 1,
        "were not recorded by 2031-04-30": 2,
    }
    # In August 2031 Lena Ortiz was contested and Dario Funk held to be mayor.
    assert await told(5, as_of="2031", known_at="2031-08-15", standing=["current"]) == {
        "stand otherwise": 1,
        "do not hold as of 2031": 2,
        "were not recorded by 2031-08-15": 0,
    }


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
