"""Every query file keeps the rules that make it a route, a command, a page and a citation."""

import re
from pathlib import Path

import pytest

from graph import catalogue
from graph.connection import Reader
from graph.errors import BadRequest, NotReadable
from graph.query import Query, read_queries, read_query
from graph.run import run
from schema import ENTITIES, RELATIONS
from schema.derive.constraints import CLAIM_EDGES

QUERIES = read_queries()
BOUND = {"as_of_min", "as_of_max", "known_at", "status", "limit", "after"}
SEARCH = {"folded", "terms", "lucene"}
WRITES = r"(?i)\b(create|merge|set|delete|remove|foreach|load)\b"
each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
# The article contests none of its own claims.
NOT_IN_THE_SEED = {"disputed-claims"}


@each_query
def test_a_query_says_what_it_asks_takes_and_returns(query: Query) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
    assert query.question.endswith("?") and query.description.strip().endswith(".")
    assert all(text.endswith(".") for text in query.columns.values())
    assert all(p.description.endswith(".") and p.example is not None for p in query.parameters)


@each_query
def test_a_query_uses_the_parameters_it_declares_and_no_other(query: Query) -> None:
    used = set(re.findall(r"\$(\w+)", query.text))
    own = {p.name for p in query.parameters}
    assert used - SEARCH == BOUND | own - {"q"}


@each_query
def test_a_query_only_reads_and_its_rows_have_an_order(query: Query) -> None:
    assert not re.search(WRITES, query.text)
    assert re.search(r"ORDER BY key( LIMIT \$limit)?\Z", query.text) and "LIMIT $limit" in query.text


@each_query
def test_a_query_names_only_types_and_relations_that_exist(query: Query) -> None:
    labels = re.findall(r"\(\w*:(\w+)", query.text) + re.findall(r"\b\w+:([A-Z][a-z]\w*)", query.text)
    edges = [e for group in re.findall(r"\[\w*:([A-Z_|]+)", query.text) for e in group.split("|")]
    relations = re.findall(r"'([A-Z]+(?:_[A-Z]+)*)'", query.text)
    assert set(labels) <= {"Entity", "Claim", *ENTITIES}
    assert set(edges) <= {*CLAIM_EDGES, *RELATIONS}
    assert set(relations) <= set(RELATIONS)


@each_query
async def test_the_example_of_a_query_has_an_answer(query: Query, seed: Reader) -> None:
    given = {p.name: p.example for p in query.parameters if p.required}
    result = await run(seed, query, query.check(given))
    assert bool(result.rows) != (query.name in NOT_IN_THE_SEED)
    assert all(set(row) == {*query.columns, "claims"} for row in result.rows)
    assert all(claim["evidence"] for claim in result.claims.values())
    assert {c for row in result.rows for c in row["claims"]} == set(result.claims)


@each_query
async def test_the_examples_of_optional_parameters_are_understood(query: Query, seed: Reader) -> None:
    given = {p.name: p.example for p in query.parameters}
    result = await run(seed, query, query.check(given | {"as_of": "2026", "known_at": "2100", "status": ["asserted"]}))
    assert {c["status"] for c in result.claims.values()} <= {"asserted"}
    assert {c["temporal_match"] for c in result.claims.values()} <= {"certain", "possible"}


@each_query
async def test_nothing_was_known_before_it_was_recorded(query: Query, seed: Reader) -> None:
    given = {p.name: p.example for p in query.parameters if p.required and p.name != "id"}
    if query.anchors and not query.not_found:
        assert (await run(seed, query, query.check(given | ids(query) | {"known_at": "2020"}))).claims == {}
    elif not query.anchors:
        assert (await run(seed, query, query.check(given | {"known_at": "2020"}))).claims == {}


def ids(query: Query) -> dict[str, object]:
    return {p.name: p.example for p in query.parameters if p.name == "id"}


def test_the_catalogue_in_the_repository_is_fresh() -> None:
    assert catalogue.FILE.read_text(encoding="utf-8") == catalogue.render(QUERIES)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("MATCH (n) RETURN n", "must open with a YAML header"),
        ("/*\nquestion: [\n*/\nRETURN 1", "header.cypher"),
        ("/*\nquestion: Why?\n*/\nRETURN 1", "description"),
        ("/*\ntopic: Advice\nquestion: Why?\ndescription: D.\ncolumns: {}\ncolour: red\n*/\nRETURN 1", "colour"),
    ],
)
def test_a_query_file_that_breaks_the_rules_is_named(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "header.cypher"
    file.write_text(text)
    with pytest.raises(NotReadable, match=fault):
        read_query(file)


def test_every_wrong_parameter_is_named_with_what_would_be_right() -> None:
    with pytest.raises(BadRequest) as refused:
        QUERIES["entities-by-type"].check({"typ": "City", "type": "Citty", "as_of": "2026-13", "limit": "0"})
    told = {e["parameter"]: e for e in refused.value.errors}
    assert told["typ"]["suggestion"] == "type" and told["type"]["suggestion"] == "City"
    assert "2026-02" in told["as_of"]["detail"] and "limit" in told
