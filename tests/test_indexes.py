"""The indexes that we declare are those that the stores use: whatever has an id is found by it without a scan."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from neo4j import GraphDatabase

from schema import ENTITIES
from schema.derive.constraints import PAGED_BY
from tests.conftest import Store

INDEXED = [
    *((label, "id") for label in (*ENTITIES, "Entity", "Claim", "Edition")),
    ("Declared", "document"),
    ("Statement", "by_document"),
    ("Statement", "by_place"),
    *(("Claim", key) for key in PAGED_BY),
]
Planned = Callable[[str], str]


@pytest.fixture
def planned(store: Store, request: pytest.FixtureRequest) -> Iterator[Planned]:
    """How the store would run a query, in its own words."""
    if store.name == "embedded":
        running = request.getfixturevalue("engine")
        uri, login, database = running.uri, running.login, running.database
    else:
        uri, *given, database = request.getfixturevalue("neo4j_login")
        login = tuple(given)
    with GraphDatabase.driver(uri, auth=login) as driver, driver.session(database=database) as session:
        if store.name == "neo4j":  # an index that is not filled yet is not used
            session.run("CALL db.awaitIndexes(60)").consume()

        def explain(text: str) -> str:
            plan: Any = session.run(f"EXPLAIN {text}").consume().plan
            return str(plan)

        yield explain


async def test_a_mayor_is_sought_by_id(planned: Planned) -> None:
    assert "NodeIndexSeek" in planned("MATCH (m:Mayor {id: 'x'}) RETURN m")


async def test_whatever_is_indexed_is_sought_and_never_scanned(planned: Planned) -> None:
    plans = {(label, name): planned(f"MATCH (n:{label} {{{name}: 'x'}}) RETURN n") for label, name in INDEXED}
    assert [key for key, plan in plans.items() if "IndexSeek" not in plan or "Scan" in plan] == []


async def test_what_is_not_indexed_is_seen_to_be_scanned(planned: Planned) -> None:
    plan = planned("MATCH (m:Mayor {description: 'x'}) RETURN m")
    assert "NodeByLabelScan" in plan and "IndexSeek" not in plan
