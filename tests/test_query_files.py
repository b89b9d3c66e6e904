"""A query file with a fault is told by its name, with the column or the line; columns are bound by name."""

import re
from pathlib import Path

import pytest

from graph.connection import Reader
from graph.errors import NotReadable
from graph.query import FOLDER, Query, read_queries, read_query
from graph.run import run

HEADER = "/*\ntopic: Advice\nquestion: Why?\ndescription: D.\ncolumns: {id: I., other: O.}\n*/\n"  # lines 1 to 6
SEEK = "MATCH (c:Claim)\nWHERE seek(c.by_relation, 'ADVISES') AND holds(c)\n"
RETURN = "RETURN c.id AS key, 1 AS id, 2 AS other\n"


def written(folder: Path, cypher: str, name: str = "made") -> Query:
    file = folder / f"{name}.cypher"
    file.write_text(HEADER + cypher)
    return read_query(file)


@pytest.mark.parametrize(
    ("returned", "fault"),
    [
        ("c.id AS key, c.id AS id", "lacks the column other of its header"),
        ("c.id AS key", "lacks the column id, other of its header"),
        ("c.id AS key, c.id AS id, c.name AS othr", "lacks the column other of its header"),
        ("c.id AS key, c.id AS id, 1 AS other, 2 AS more", "has the column more, which its header lacks"),
        ("c.id AS id, c.id AS key, 1 AS other", "must begin with the key, not with id"),
        ("c.id AS key, c.id, 1 AS other", "lacks the column id of its header"),
        ("c.id AS key, [x IN [1, 2] | x] AS id, 1 AS other, c.name", "has the column c.name, which its header lacks"),
    ],
)
def test_a_file_that_returns_other_columns_than_it_declares_is_refused_when_it_is_read(
    tmp_path: Path, returned: str, fault: str
) -> None:
    with pytest.raises(NotReadable, match=rf"^made\.cypher: .*{re.escape(fault)}"):
        written(tmp_path, f"{SEEK}RETURN {returned}\n")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (f"UNION ALL\n{SEEK}RETURN c.id AS key, 2 AS other, c.id AS id\n", "one branch returns key, id, other,"),
        (f"// with limit\n{SEEK}RETURN c.id AS key, c.id AS id\n", "RETURN with limit lacks the column other"),
        (f"// with limit\n{SEEK}RETURN c.id AS key, 1 AS other, c.id AS id\n", "RETURN with limit has its columns in"),
    ],
)
def test_every_branch_and_every_case_returns_the_same_columns(tmp_path: Path, more: str, fault: str) -> None:
    with pytest.raises(NotReadable, match=rf"^made\.cypher: .*{re.escape(fault)}"):
        written(tmp_path, f"{SEEK}RETURN c.id AS key, c.id AS id, 1 AS other\n{more}")


@pytest.mark.parametrize(
    "other", ["'a, b AS c'", "size([1, 2])", "{a: 1, b: 2}.a", "CASE WHEN true THEN 1 END", "other"]
)
def test_a_comma_in_a_text_or_in_brackets_parts_no_columns(tmp_path: Path, other: str) -> None:
    named = other if other == "other" else f"{other} AS other"
    assert written(tmp_path, f"{SEEK}RETURN c.id AS key, c.id AS id,\n  {named}\n").returned == ("id", "other")


async def test_columns_are_bound_by_name_whatever_their_order(world: Reader, tmp_path: Path) -> None:
    query, file = read_queries()["entities-by-type"], tmp_path / "entities-by-type.cypher"
    kept = (FOLDER / file.name).read_text()
    file.write_text(
        kept.replace("n.id AS id, n.name AS name, n.type AS type", "n.type AS type, n.id AS id, n.name AS name")
    )
    turned = read_query(file)
    assert turned.returned == ("type", "id", "name") != query.returned
    assert (await run(world, turned, turned.check({}))).rows == (await run(world, query, query.check({}))).rows


@pytest.mark.parametrize(
    ("cypher", "line"),
    [
        (f"MATCH nothing at all\n{RETURN}", 7),
        (f"{SEEK}  AND x.id = 3\n{RETURN}", 9),
        (f"{SEEK}\nWITH c, nonsuch(c) AS id\nRETURN c.id AS key, id, 2 AS other\n", 10),
        (f"{SEEK}RETURN c.id AS key, 1 AS id,\n       [c] + missing AS other\n", 10),
        (f"{SEEK}{RETURN}UNION ALL\n{SEEK}  WHER TRUE\n{RETURN}", 13),
    ],
)
async def test_cypher_that_the_store_refuses_is_told_with_file_and_line(
    world: Reader, tmp_path: Path, cypher: str, line: int
) -> None:
    query = written(tmp_path, cypher)
    with pytest.raises(NotReadable, match=rf"^made\.cypher, line {line}: the store refused") as refused:
        await run(world, query, query.check({}))
    assert re.search(r"(Syntax|Semantic)Error", str(refused.value))


def test_every_line_of_the_whole_text_comes_from_a_line_of_the_file() -> None:
    for name, query in read_queries().items():
        file = (FOLDER / f"{name}.cypher").read_text().splitlines()
        # what parts the alternatives of one branch stands in no line of the file
        seen = ("MATCH", "CALL db", "UNWIND") + (
            () if any(re.search(r"'[A-Z_]+\||between\(", line) for line in file) else ("UNION",)
        )
        for text in query.cases.values():
            lines = text.cypher.split("\n")
            pairs = [(line, file[at - 1]) for line, at in zip(lines, text.lines, strict=True)]
            begun = [
                (line, re.split(r"(?:lying|making)\(\)", own)[0][:10]) for line, own in pairs if line.startswith(seen)
            ]
            kept = [own and line.startswith(own) for line, own in begun]
            assert all(kept) and kept, (name, pairs)
