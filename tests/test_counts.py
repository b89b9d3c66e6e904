"""What an edition holds is counted by the store: as many as the question that lists them gives, and of that edition."""

from collections import Counter
from dataclasses import replace

import pytest

from graph.connection import Writer
from graph.counts import Counts, count
from graph.write import clear, load
from tests.changes import DOUBT, EARLY, FIRST, LAST, LATE, NEXT, PEOPLE, SAME, entity
from tests.conftest import Store
from tests.whole_graph import everything


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_as_many_claims_are_counted_as_the_question_lists_each_by_its_relation(what: str, store: Store) -> None:
    reader = await store.hold(what)
    listed = Counter(claim["relation"] for claim in (await everything(reader)).claims.values())
    counted = await count(reader.read, (await reader.edition()).number)

    assert counted.by_relation == listed and list(counted.by_relation) == sorted(listed)
    assert counted.claims == listed.total() > 50 and counted.entities >= len((await everything(reader)).entities)


async def test_an_empty_store_counts_to_nought(blank: Writer) -> None:
    assert await count(blank.read, 0) == Counts({}, 0)


async def test_each_edition_is_counted_by_itself_and_what_is_retracted_or_superseded_is_not(blank: Writer) -> None:
    """The second takes the place of two claims that the first has as current."""
    one = replace(EARLY, entities=(*PEOPLE, entity("City", "hill")))
    first = await load(blank, [one], FIRST)
    second = await load(blank, [replace(LATE, claims=(SAME, DOUBT["supersedes"]))], NEXT)
    before, after = await count(blank.read, first.edition.number), await count(blank.read, second.edition.number)
    await clear(blank, second)

    assert before == Counts({"ADVISES": 1, "HOLDS_OFFICE": 1, "OPPOSES": 1, "SERVES": 1}, len(PEOPLE) + 2)
    assert after == Counts({"HOLDS_OFFICE": 1, "SERVES": 1, "SUPPORTS": 1}, len(PEOPLE) + 3)
    third = await load(blank, [replace(one, claims=())], LAST)
    assert (await count(blank.read, third.edition.number)).by_relation == {"SUPPORTS": 1}
