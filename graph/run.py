"""From a named query and its parameters to a Result, by one read."""

from functools import cache
from typing import Any

from pydantic import BaseModel

from graph.connection import Reader
from graph.cursor import make_cursor
from graph.dialect import leaves, with_ancestors
from graph.errors import NotFound
from graph.query import Query, read_queries
from graph.result import Result, Row

INTERNAL = frozenset({"hash", "search", "from_min", "from_max", "to_min", "to_max", "removed_at", "labels", "loaded"})


async def run(graph: Reader, query: Query, values: BaseModel) -> Result:
    """One page of rows of the query, with the claims and entities in them.

    Each record of the query is `key`, the columns, `claims` and `entities`, in this order. NotFound where the query
    names a thing by id and the thing does not exist.
    """
    bound = query.bind(values)
    records = await graph.read(query.text, bound)
    given = values.model_dump(mode="json", exclude_none=True, exclude={"cursor"})
    limit = bound["limit"] - 1
    found = Result(query.name, query.question, tuple(query.columns), [], parameters=given)
    for key, *cells, claims, entities in records[:limit]:
        for record in claims:
            _keep_claim(found, record, bound)
        for record in entities:
            _keep_entity(found, record)
        if key:
            found.rows.append(dict(zip(query.columns, cells, strict=True)) | {"claims": [c["id"] for c in claims]})
    if query.anchors and not records and not bound["after"]:
        await _must_exist(graph, query, given)
    if len(records) <= limit:
        return found
    return Result(**vars(found) | {"next_cursor": make_cursor(query.name, records[limit - 1][0])})


async def _must_exist(graph: Reader, query: Query, given: Row) -> None:
    """Raise NotFound if what an empty answer was asked about is not in the graph at all."""
    for name in query.anchors:
        if query.not_found:
            raise NotFound(f"no {query.name} has the id {given[name]}", await _near(graph, given[name]))
        if name in given:
            entity = read_queries()["entity"]
            await run(graph, entity, entity.check({"id": given[name], "limit": 1}))


async def _near(graph: Reader, id: str) -> list[str]:
    search = read_queries()["search"]
    alike = await run(graph, search, search.check({"q": id.replace("-", " "), "limit": 5}))
    return [row["id"] for row in alike.rows]


def _keep_claim(found: Result, record: Row, bound: Row) -> None:
    if record["id"] in found.claims:
        return
    for entity in record.pop("around"):
        _keep_entity(found, entity)
    claim = {k: v for k, v in record.items() if v is not None and v != [] and k not in INTERNAL}
    claim["evidence"] = sorted((_evidence(e) for e in record["evidence"]), key=_place_in_document)
    if "as_of" in found.parameters:
        certain = record["from_max"] <= bound["as_of_min"] and record["to_min"] >= bound["as_of_max"]
        claim["temporal_match"] = "certain" if certain else "possible"
    found.claims[record["id"]] = claim


def _evidence(record: Row) -> Row:
    return {k: v for k, v in sorted(record.items()) if v is not None and k not in INTERNAL}


def _place_in_document(evidence: Row) -> tuple[Any, ...]:
    return evidence["document"], evidence.get("start", 0), evidence.get("row", 0), evidence.get("pointer", "")


def _keep_entity(found: Result, record: Row) -> None:
    if record["id"] in found.entities:
        return
    types = _types(tuple(record["labels"]))
    entity = {k: v for k, v in record.items() if v is not None and v != [] and k not in INTERNAL}
    found.entities[record["id"]] = entity | {"type": types[-1], "types": list(types[1:])}


@cache
def _types(labels: tuple[str, ...]) -> tuple[str, ...]:
    return with_ancestors(leaves(labels))
