"""Every named query in every format carries the same claim ids, on the embedded engine and on Neo4j."""

import csv
import io
import re
from collections.abc import AsyncIterator, Callable

import orjson
import pytest

from api.formats import FORMATS
from api.formats.members import members
from api.place import Place
from graph.connection import Reader
from graph.query import Query, read_queries
from graph.result import Result
from graph.run import run

HERE = Place("http://graph.test/", "http://graph.test/v1/answer")
CLAIM = re.compile(r"c-[0-9a-f]{16}")
LINKS = ("disputes", "corrects", "supersedes", "challenged_by")


def of_json(text: str) -> set[str]:
    """Ids that the rows name, each with a record of its own."""
    whole = orjson.loads(text)
    named = {c for row in whole["data"] for c in row["claims"]}
    assert named == set(whole["claims"])
    return named


def of_csv(text: str) -> set[str]:
    rows = list(csv.DictReader(io.StringIO(text)))
    return {c for row in rows for c in row["claims"].split(" | ") if c}


def of_statements(text: str) -> set[str]:
    """Ids that are typed as claims, in a syntax that writes a triple a line."""
    return set(re.findall(r"/id/(c-[0-9a-f]{16})> <\S+#type> <\S+#Claim>", text))


READERS: dict[str, Callable[[str], set[str]]] = {
    "json": of_json,
    "csv": of_csv,
    "nt": of_statements,
    "nq": of_statements,
}


def in_text(text: str) -> set[str]:
    return set(CLAIM.findall(text))


def claims_written(suffix: str, result: Result) -> set[str]:
    text = FORMATS[suffix].write(result, HERE).decode()
    others = {i for c in result.claims.values() for k in LINKS for i in c.get(k, ())}
    others |= {id for row in result.rows for id in row.get("challengers", ())}
    found = READERS.get(suffix, in_text)(text)
    return found - (others - set(result.claims))


async def asked(query: Query, world: Reader) -> AsyncIterator[Result]:
    """What the query answers of the world, of no day and of one."""
    claims = read_queries()["claims"]
    some = await run(world, claims, claims.check({"limit": 500, "as_of": "2031"}))
    claim = min(some.claims)
    ends = [end for id in sorted(some.claims) for end in (some.claims[id]["subject"], some.claims[id].get("object"))]
    types = {id: {entity["type"], *entity["types"]} for id, entity in some.entities.items()}
    for given in ({}, {"as_of": "2031"}):
        fitting = {
            p.name: next(id for id in ends if id and (not p.kinds or types[id] & {*p.kinds}))
            for p in query.parameters
            if p.required
        }
        wanted = fitting | {"q": "calder", "limit": 500}
        wanted = {n: v for n, v in wanted.items() if n in query.model.model_fields} | given
        if query.name in ("backing", "claim"):
            wanted |= {"id": claim}
        if query.name == "shared-connections":
            wanted |= {"id": [id for id in dict.fromkeys(ends) if id][:2]}
        if query.name == "claims-of-document":
            wanted |= {"document": some.claims[claim]["evidence"][0]["document"]}
        yield await run(world, query, query.check(wanted))


@pytest.mark.parametrize("query", read_queries().values(), ids=read_queries())
async def test_every_format_of_an_answer_carries_its_claims(query: Query, world: Reader) -> None:
    async for result in asked(query, world):
        for suffix in FORMATS:
            assert claims_written(suffix, result) == set(result.claims), suffix


@pytest.mark.parametrize("query", read_queries().values(), ids=read_queries())
async def test_whatever_a_row_names_is_described_beside_it(query: Query, world: Reader) -> None:
    async for result in asked(query, world):
        cells = [cell for member in members(result, HERE) for cell in member.cells]
        named = {value for _, values, named in cells if named for value in values}
        assert named <= result.entities.keys() | result.claims.keys()
