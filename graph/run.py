"""From a named query and its parameters to a Result, by one read."""

from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from graph.anchors import must_exist, named
from graph.connection import Divided, Reader
from graph.cursor import make_cursor
from graph.dialect import leaves, with_ancestors
from graph.edition import Edition
from graph.errors import Gone, NotReadable, Refused, TooLarge
from graph.order import place_among, sorted_by
from graph.query import Query, read_queries
from graph.result import Result, Row
from schema.claims import EXTENT
from schema.closed_lists import Standing
from schema.derive.constraints import PAGED_BY

INTERNAL = frozenset({"hash", "said", "since", "until"})
OF_ENTITY = INTERNAL | {"search", "alike", "by_type", "labels", "challenge", "challenger"}
OF_EVIDENCE = frozenset({"recorded_at"})
OF_CLAIM = INTERNAL | {"name", "figure", "history", "around", "challenges", *EXTENT, *PAGED_BY}


async def run(reader: Reader, query: Query, values: BaseModel, edition: Edition | None = None) -> Result:
    """One page of rows of the query, with the claims and entities in them; of the newest edition unless told which.

    Each record of the query is `key`, the columns, `claims` and `entities`, in this order. NotFound where the query
    names a thing that does not exist, Gone where it was taken down or all that named it is retracted.
    """
    edition = edition or await reader.edition()

    async def ask(name: str, about: Row) -> Result:
        other = read_queries()[name]
        return await run(reader, other, other.check(about), edition)

    values = await named(ask, query, values)
    text, bound = query.bind(values, edition.number)
    try:
        records = _merged(await forgiving(reader, text, bound))
    except Refused as error:
        if query.bounded and isinstance(error, Divided):
            raise TooLarge(f"more than {query.bounded:,} claims would have to be looked at") from error
        raise NotReadable(query.told(str(error), text)) from error.__cause__
    given = values.model_dump(mode="json", exclude_none=True, exclude={"cursor"})
    limit = bound["limit"] - 1
    if query.anchors and not records and not bound["after"]:
        await must_exist(ask, query, given)
    columns, number, at = tuple(query.columns), edition.hash, edition.instant
    found = Result(query.name, query.question, columns, [], parameters=given, version=number, version_at=at)
    keys = [key for key in records if key]
    for key in ["", *keys[:limit]]:
        if key in records:
            _keep(found, records[key], query, bound)
    if query.not_found and not found.rows and not found.entities and not bound["after"]:
        raise Gone("it was taken down, or every claim that named it has been retracted")
    if not query.ranked:
        by = sorted_by(query)
        found.rows.sort(key=lambda row: [place_among(row.get(column)) for column in by])
    if len(keys) <= limit:
        return found
    return Result(**vars(found) | {"next_cursor": make_cursor(query.name, keys[limit - 1])})


async def forgiving(reader: Reader, text: str, bound: Row) -> list[list[Any]]:
    """The records; where words are sought and none has them, those that have words like them."""
    records = await reader.read(text, bound)
    if records or "forgiving" not in bound:
        return records
    return await reader.read(text, bound | {"index": "entity_alike", "lucene": bound["forgiving"]})


def _merged(records: list[list[Any]]) -> dict[str, list[Any]]:
    """Records in the order of their keys; what several branches of a query find is one record that cites all."""
    found: dict[str, list[Any]] = {}
    for record in sorted(records, key=itemgetter(0)):
        first = found.setdefault(record[0], record)
        if first is not record:
            first[-2] += record[-2]
    return found


def _keep(found: Result, record: list[Any], query: Query, bound: Row) -> None:
    key, *cells, claims, entities = record
    for claim in claims:
        _keep_claim(found, claim, bound)
    for entity in entities:
        _keep_entity(found, entity)
    if key:
        ids = [*dict.fromkeys(claim["id"] for claim in claims)]
        ids[1:] = sorted(ids[1:])  # the first is the row's own, the others come in the store's order
        row = dict(zip(query.returned, cells, strict=True))
        found.rows.append({column: row[column] for column in query.columns} | {"claims": ids})


def _keep_claim(found: Result, record: Row, bound: Row) -> None:
    if record["id"] in found.claims:
        return
    for entity in (*record["around"], *record["challenges"]):
        _keep_entity(found, entity)
    claim = claim_record(record, bound["known_at"])
    if "as_of" in found.parameters:
        certain = record["from_max"] <= bound["as_of_max"] and record["to_min"] >= bound["as_of_min"]
        claim["temporal_match"] = "certain" if certain else "possible"
    found.claims[record["id"]] = claim


def claim_record(record: Row, known_at: str) -> Row:
    """A claim as it is told, from its node with `evidence` and `challenges`, which name their voices."""
    claim = {k: v for k, v in record.items() if v is not None and v != [] and k not in OF_CLAIM}
    claim["evidence"] = sorted(map(_evidence, record["evidence"]), key=_place_in_document)
    claim["attributed_to"] = _voices(claim)
    return claim | _turns(record.get("history") or (), known_at) | _challenged(record["challenges"])


def _voices(claim: Row) -> list[str]:
    """Who asserts it: the voice that it names, else each of its documents."""
    if named := claim.get("attributed_to"):
        return [named]
    return list(dict.fromkeys(piece["document"] for piece in claim["evidence"]))


def _turns(history: Sequence[str], known_at: str) -> Row:
    """Since when it is what it has become, from lines such as `2032-01-01T00:00:00Z disputed`."""
    since: Row = {}
    for at, word in (turn.split(" ") for turn in history):
        if at <= known_at:
            since = {} if word == Standing.CURRENT else since | {f"{word}_at": at}
    return since


def _challenged(challenges: list[Row]) -> Row:
    disputing = {voice["id"] for voice in challenges if voice["challenge"] == "DISPUTES"}
    told = {"disputed_by": sorted(disputing), "challenged_by": sorted({voice["challenger"] for voice in challenges})}
    return {name: ids for name, ids in told.items() if ids}


def _evidence(record: Row) -> Row:
    return {k: v for k, v in sorted(record.items()) if v is not None and k not in OF_EVIDENCE}


def _place_in_document(evidence: Row) -> tuple[Any, ...]:
    at = evidence.get
    return (
        *(evidence["document"], at("path", ""), at("start", 0), at("sheet", "")),
        *(at("row", 0), at("column", ""), at("pointer", ""), at("absent", "")),
    )


def _keep_entity(found: Result, record: Row) -> None:
    if record["id"] not in found.entities:
        found.entities[record["id"]] = entity_record(record)


def entity_record(record: Row) -> Row:
    """An entity as it is told, from its node and its `labels`."""
    types = _types(tuple(record["labels"]))
    entity = {k: v for k, v in record.items() if v is not None and v != [] and k not in OF_ENTITY}
    return entity | {"type": types[-1], "types": list(types[1:])}


@cache
def _types(labels: tuple[str, ...]) -> tuple[str, ...]:
    return with_ancestors(leaves(labels))
