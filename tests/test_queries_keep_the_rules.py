"""Every query file keeps the rules that make it a route, a command, a page and a citation."""

import re
from collections import Counter
from pathlib import Path

import pytest

from graph import catalogue
from graph.connection import Reader
from graph.cypher import Text, compose
from graph.errors import BadRequest, NotReadable
from graph.query import FOLDER, Query, read_queries, read_query
from graph.run import run
from graph.seek import Seek
from schema import ENTITIES, RELATIONS
from schema.closed_lists import Stage
from schema.derive.constraints import CLAIM_EDGES
from tests.expected_rows import NOT_IN_THE_SEED

QUERIES = read_queries()
CYPHER = {(query.name, case): text for query in QUERIES.values() for case, text in query.cases.items()}
each_text = pytest.mark.parametrize("text", CYPHER.values(), ids=[" ".join(filter(None, name)) for name in CYPHER])
each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
MANY_FILES = 4
HEADER = "/*\ntopic: Advice\nquestion: Why?\ndescription: D.\ncolumns: {id: I.}\n*/\n"


@each_query
def test_a_query_says_what_it_asks_takes_and_returns(query: Query) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
    assert query.question.endswith("?") and query.description.strip().endswith(".")
    assert all(text.endswith(".") for text in query.columns.values())
    assert all(p.description.endswith(".") and p.example is not None for p in query.parameters)


@each_query
def test_a_query_uses_the_parameters_it_declares_and_no_other(query: Query) -> None:
    named = set()
    for case in query.cases:
        given = {p.name: p.example for p in query.parameters if p.required or p.name == case}
        text, bound = query.bind(query.check(given))
        used = set(re.findall(r"\$(\w+)", text))
        named |= used | {
            word.partition("=")[0] for seek in query.cases[case].seeks for word, is_name in seek.words if is_name
        }
        assert used <= bound.keys()
    assert {p.name for p in query.parameters} - {"q"} <= named


@each_text
def test_every_branch_has_a_key_a_page_and_a_limit(text: Text) -> None:
    for branch in re.split(r"^UNION ALL$", text.cypher, flags=re.MULTILINE):
        head, _, returned = branch.strip().rpartition("\nRETURN ")
        assert re.match(r"key,|.* AS key,", returned) and returned.endswith("ORDER BY key LIMIT $limit")
        if "'' AS key" in branch:  # no row: what was asked about, whether claims name it or not
            continue
        assert "$after" in head or re.search(r"\$from\d", head)
        assert "ORDER BY key LIMIT $limit" in head or re.search(r"\$from\d", head)
        assert re.search(r"\b(\w+\.recorded_at) <= \$known_at", branch)


@each_text
def test_a_query_names_only_types_and_relations_that_exist(text: Text) -> None:
    labels = re.findall(r"\(\w*:(\w+)", text.cypher) + re.findall(r"\b\w+:([A-Z][a-z]\w*)", text.cypher)
    edges = [e for group in re.findall(r"\[\w*:([A-Z_|]+)", text.cypher) for e in group.split("|")]
    relations = re.findall(r"'([A-Z]+(?:_[A-Z]+)*)'", text.cypher)
    assert set(labels) <= {"Entity", "Claim", "Statement", "Tombstone", *ENTITIES}
    assert set(edges) <= {*CLAIM_EDGES, *RELATIONS}
    assert set(relations) <= set(RELATIONS)


@each_text
def test_a_condition_on_one_of_several_labels_is_no_place_to_begin(text: Text) -> None:
    """Neo4j begins with all things of both where it takes those for fewer than the range that is sought."""
    if "$from0" in text.cypher:
        outermost = text.cypher.partition("{")[0]
        assert not re.search(r"\w:\w+ OR \w:\w+\b(?!\) = true)", outermost)


@each_text
def test_no_hop_goes_over_a_typed_edge(text: Text) -> None:
    edges = {e for group in re.findall(r"\[\w*:([A-Z_|]+)", text.cypher) for e in group.split("|")}
    assert edges <= set(CLAIM_EDGES)


@each_query
async def test_the_text_that_is_shown_runs_when_pasted(query: Query, seed: Reader) -> None:
    values = query.check({p.name: p.example for p in query.parameters})
    *settings, text = query.shown(values).split(";\n", query.shown(values).count(":param"))
    given = {}
    for setting in settings:
        name, value = setting.removeprefix(":param ").split(" => ", 1)
        [[given[name]]] = await seed.read(f"RETURN {value}", {})
    cypher, bound = query.bind(values)
    assert {name: bound[name] for name in given} == given
    assert await seed.read(text.rstrip(";"), given) == await seed.read(cypher, bound)


def test_few_lines_stand_in_many_query_files() -> None:
    files = [read_lines(path) for path in FOLDER.glob("*.cypher")]
    uses = Counter(line for lines in files for line in set(lines))
    often = {line for line, count in uses.items() if count >= MANY_FILES}
    assert sum(line in often for lines in files for line in lines) <= len(files)  # one in each file at the most


def read_lines(path: Path) -> list[str]:
    """The Cypher lines of a query file, without its header, what only parts it and fragments that stand by name."""
    lines = [line.strip() for line in path.read_text().partition("*/")[2].splitlines()]
    return [line for line in lines if not re.fullmatch(r"(UNION ALL|// with \w+|\w+\(\w\)|\}|)", line)]


@pytest.mark.parametrize(
    "clause",
    ["CREATE (x)", "merge (x)", "SET c.id = 1", "DETACH DELETE c", "REMOVE c.id", "FOREACH (i IN [1] | SET c.a = i)",
     "LOAD CSV FROM 'x' AS l", "CALL db.createLabel('X')", "CALL { MATCH (d) } IN TRANSACTIONS", "/**/ DELETE c",
     "SET c.`id` = 1", "\\u0053ET c.id = 1", "INSERT (x)", "DROP INDEX x"],
)  # fmt: skip
def test_a_query_file_that_writes_is_refused_when_it_is_read(tmp_path: Path, clause: str) -> None:
    file = tmp_path / "writes.cypher"
    file.write_text(f"{HEADER}MATCH (c:Claim) WHERE after(c.id) {clause}\nRETURN c.id AS key, c.id AS id\n")
    with pytest.raises(NotReadable, match=r"writes\.cypher: (holds|calls|runs)"):
        read_query(file)


@pytest.mark.parametrize("word", ["'please SET it'", "c.set", "$create", "// DELETE nothing\n1"])
def test_a_word_in_a_text_a_name_or_a_comment_is_no_clause(tmp_path: Path, word: str) -> None:
    file = tmp_path / "reads.cypher"
    file.write_text(f"{HEADER}MATCH (c:Claim) WHERE after(c.id)\nRETURN c.id AS key, {word} AS id\n")
    assert read_query(file).name == "reads"


def test_a_seek_goes_on_behind_the_last_row_and_ends_with_its_words() -> None:
    seek = Seek((("of", True), ("SERVES", False), ("more", True)))
    assert seek.bounds({"of": "x", "more": None}, "") == ("x SERVES ", "x SERVES!")
    assert seek.bounds({"of": "x", "more": "y"}, "x SERVES y c-1") == ("x SERVES y c-1", "x SERVES y!")
    assert Seek(()).bounds({}, "c-1") == ("c-1", "~")


def test_a_seek_for_another_side_than_is_asked_for_finds_nothing() -> None:
    text = compose("MATCH (c:Claim) WHERE seek(c.by_subject, $id, $side=subject)\nRETURN c.by_subject AS key, 1 AS one")
    assert [text.seeks[0].bounds({"id": "x", "side": side}, "") for side in (None, "subject")] == [("x ", "x!")] * 2
    assert text.seeks[0].bounds({"id": "x", "side": "object"}, "") == ("~", "~")


def test_a_seek_of_what_gives_several_rows_goes_on_at_the_one_where_the_page_was_cut() -> None:
    text = compose("MATCH (x:Entity) WHERE seek_from(x.by_type, 'City')\nRETURN x.by_type + ' B' AS key, 1 AS one")
    assert "x.by_type >= $from0 AND x.by_type < $to0" in text.cypher
    assert text.seeks[0].bounds({}, "") == ("City ", "City!")
    assert text.seeks[0].bounds({}, "City boston B") == ("City boston", "City!")


def test_a_seek_for_one_relation_or_another_is_a_branch_for_each() -> None:
    text = compose("MATCH (c:Claim) WHERE seek(c.by_object, $of, 'LEADS|FOUNDED')\nRETURN c.by_object AS key, 1 AS one")
    assert text.seeks == (Seek((("of", True), ("LEADS", False))), Seek((("of", True), ("FOUNDED", False))))
    leads, founded = text.cypher.split("UNION ALL")
    assert "c.by_object > $from0 AND c.by_object < $to0" in leads and "$from1 AND" in founded


def test_stages_are_told_by_the_order_of_the_closed_list() -> None:
    told = re.search(r"one IN \[([^\]]*)\]", QUERIES["mayors-and-sheriffs"].cases[""].cypher)
    assert told and told[1].replace("'", "").split(", ") == [str(stage) for stage in reversed(Stage)]


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
    if not query.not_found:
        assert (await run(seed, query, query.check(given | ids(query) | {"known_at": "2020"}))).claims == {}


def ids(query: Query) -> dict[str, object]:
    return {p.name: p.example for p in query.parameters if p.name == "id"}


def test_the_catalogue_in_the_repository_is_fresh() -> None:
    assert catalogue.FILE.read_text(encoding="utf-8") == catalogue.render(QUERIES)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("MATCH (n) RETURN n", "must open with a YAML header"),
        ("/*\nquestion: [\n*/\nRETURN 1", "header.cypher"),
        (f"{HEADER}MATCH (c) WITH c", "must end in a RETURN"),
        (f"{HEADER}MATCH (c) WHERE holds(c\nRETURN c.id AS key", "bracket"),
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


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"to": "2031"}, "ends a period"),
        ({"from": "2031-03", "to": "2031-02"}, "lies before"),
        ({"from": "2031-13"}, "2026-02"),
        ({"stage": "signd"}, "signed"),
    ],
)
def test_a_period_that_is_none_is_refused_with_what_would_be_right(given: dict[str, str], fault: str) -> None:
    with pytest.raises(BadRequest) as refused:
        QUERIES["agreements-by-stage"].check(given)
    [told] = refused.value.errors
    assert fault in told["detail"] and told["parameter"] == [*given][-1]


def test_a_period_is_three_ranges_as_a_date_may_be_a_year_a_month_or_a_day() -> None:
    seeks = QUERIES["agreements-by-stage"].cases["from"].seeks
    asked = {"from": "2031-03-05", "to": "2032"}
    year, month, days = (seek.bounds(asked, "") for seek in seeks)
    assert (year, month) == (("2031 ", "2031!"), ("2031-03 ", "2031-03!"))
    assert days == ("2031-03-05 ", "2032-12-31!")
    assert seeks[2].bounds(asked | {"to": None}, "2031-04 c-1") == ("2031-04 c-1", "9999-12-31!")
