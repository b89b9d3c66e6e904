"""Every named query gives the same answer on the embedded engine and on Neo4j itself."""

from dataclasses import asdict
from itertools import pairwise, product
from typing import Any

import pytest

from graph.errors import BadRequest, NotFound
from graph.query import Query, read_queries
from graph.result import Result
from graph.run import run
from tests.conftest import Store
from tests.expected_rows import ANY_THREE, WORLDS, filling

pytestmark = pytest.mark.slow

TIMES: tuple[dict[str, Any], ...] = (
    {},
    {"as_of": "2030-06"},
    {"known_at": "2031-06"},
    {"status": ["hedged", "alleged", "planned"]},
    {"standing": ["disputed", "superseded", "retracted"], "known_at": "2031-08-15"},
)
SOME = {"text": ["sao bento", "Bnto", "calder rial union", "xyzzy"]}


def asked(query: Query) -> list[dict[str, Any]]:
    """Every sixth entity or claim that the query requires, every 41st pair if there are two."""
    required = [p for p in query.parameters if p.required]
    world = WORLDS[filling(query.name)]
    ids = sorted(world.entities)
    several = {
        "entities": [ids[n : n + 40] for n in range(0, len(ids), 20)],
        "few-entities": [*map(list, pairwise(ids))],
    }
    of = SOME | several | {"entity": ids, "claim": sorted(world.claims)}
    some = [[id for id in of[p.type] if not p.kinds or {*world.entities[id].labels()} & {*p.kinds}] for p in required]
    combined = [dict(zip((p.name for p in required), v, strict=True)) for v in product(*some)]
    step = 41 if len(required) > 1 else 6 if len(combined) > 10 else 1
    return [given | time for given in combined[::step] for time in TIMES]


def promised(found: Result) -> dict[str, Any]:
    """The answer, but for which three claims it cites where it cites any three."""
    told = asdict(found)
    if found.query in ANY_THREE:
        told |= {"rows": [row | {"claims": len(row["claims"])} for row in found.rows], "claims": None}
        told["entities"] = {row["id"]: found.entities[row["id"]] for row in found.rows}
    return told


@pytest.mark.parametrize("query", read_queries().values(), ids=read_queries())
async def test_a_query_has_one_answer_on_both_stores(query: Query, embedded: Store, neo4j: Store) -> None:
    one, other = await embedded.hold(filling(query.name)), await neo4j.hold(filling(query.name))
    rows = 0
    for given in asked(query):
        answers = []
        for graph in (one, other):
            try:
                answers.append(promised(await run(graph, query, query.check(given))))
            except NotFound as error:
                answers.append({"near": error.near, "rows": []})
            except BadRequest as error:  # a thing of another type than is wanted
                answers.append({"errors": error.errors, "rows": []})
        assert answers[0] == answers[1], given
        rows += len(answers[0]["rows"])
    assert rows, "no example of the fictional world has an answer"
