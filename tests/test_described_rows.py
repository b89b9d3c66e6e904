"""The OpenAPI description tells the rows of each question, column by column, and the rows are as it tells."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from jsonschema import Draft202012Validator

from api.openapi import row
from graph.connection import Reader
from graph.query import read_queries
from graph.run import run
from tests.expected_rows import cases

QUERIES = read_queries()
Get = Callable[..., Awaitable[httpx.Response]]


def described(interface: httpx.Response, name: str) -> dict[str, object]:
    operation = interface.json()["paths"][f"/v1/queries/{name}/results"]["get"]
    schema: dict[str, object] = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


@pytest.mark.parametrize("name", QUERIES)
async def test_the_description_names_and_types_every_column(client: Get, name: str) -> None:
    schema = described(await client("/openapi.json"), name)
    items = schema["properties"]["data"]["items"]  # type: ignore[index]
    assert items == row(QUERIES[name])
    assert list(items["properties"]) == [*QUERIES[name].columns, "claims"]
    for column, meaning in QUERIES[name].columns.items():
        assert items["properties"][column]["description"] == meaning and "type" in items["properties"][column]


@pytest.mark.parametrize("name", QUERIES)
async def test_the_answer_to_the_example_is_as_described(client: Get, name: str) -> None:
    validator = Draft202012Validator(described(await client("/openapi.json"), name))
    given = {p.name: p.example for p in QUERIES[name].parameters if p.required}
    told = (await client(f"/v1/queries/{name}/results", params=given)).json()
    assert [error.message for error in validator.iter_errors(told)] == []
    broken = told | {"data": [{column: {} for column in QUERIES[name].columns}]}
    assert len(list(validator.iter_errors(broken))) >= len(QUERIES[name].columns) + 1


@pytest.mark.parametrize("name", QUERIES)
async def test_every_row_that_people_expect_is_as_described(world: Reader, name: str) -> None:
    validator = Draft202012Validator(row(QUERIES[name]))
    for case in (case for case in cases(name) if case.rows):
        found = await run(world, QUERIES[name], QUERIES[name].check({"limit": 500} | case.given))
        rows = [{name: value for name, value in each.items() if value is not None} for each in found.rows]
        assert [error.message for each in rows for error in validator.iter_errors(each)] == [], case
