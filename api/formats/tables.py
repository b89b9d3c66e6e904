"""An answer as rows: JSON with its claims and sources, one JSON object a line, or CSV for spreadsheets."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from api.formats.wording import names
from api.place import Place
from graph.result import Result, Row
from schema.derive.fields import own_fields
from schema.entities import Document

BETWEEN = " | "
_EVIDENCE = ("claims", "quotes", "sources", "attributed_to", "statuses", "standings", "disputed_by")
_SOURCE = ("id", "name", *own_fields(Document))


def write_json(result: Result, place: Place) -> bytes:
    """The whole answer as one object: rows, the claims and entities in them, sources, paging."""
    envelope = {
        "query": result.query,
        "question": result.question,
        "columns": result.columns,
        "data": [_filled(result, row) for row in result.rows],
        "claims": _sorted(result.claims),
        "entities": _sorted(result.entities),
        "page": {
            "limit": result.parameters.get("limit"),
            "next_cursor": result.next_cursor,
            "next": place.next,
        },
        "total": _total(result, place),
        "truncated": result.truncated,
        "meta": {
            "parameters": _sorted({n: v for n, v in result.parameters.items() if v is not None}),
            "base": place.base,
            **_version(result),
            "sources": [_sorted(source) for source in sources(result)],
        },
    }
    return orjson.dumps(envelope, option=orjson.OPT_APPEND_NEWLINE)


def write_ndjson(result: Result, place: Place) -> bytes:
    """One row a line with its `quotes` and `names` in them; the last declares truncation and where to go on."""
    lines = [_filled(result, row) | _quoted(result, row) for row in result.rows]
    last = {"truncated": result.truncated, "count": len(lines), "next": place.next, **_version(result)}
    return b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in (*lines, last))


def write_csv(result: Result, place: Place) -> bytes:
    """RFC 4180 with the evidence beside each row; `truncated` says on every row whether more rows exist."""
    columns = _columns(result)
    lines: list[tuple[Any, ...]] = [(*columns, *_EVIDENCE, "truncated")]
    for row in result.rows:
        quotes = list(_quotes(result, row))
        evidence = (
            row["claims"],
            [q["quote"] for q in quotes if "quote" in q],
            dict.fromkeys(q["document"] for q in quotes),
            _names(result, row, "attributed_to"),
            [result.claims[claim]["status"] for claim in row["claims"]],
            [result.claims[claim]["standing"] for claim in row["claims"]],
            _names(result, row, "disputed_by"),
        )
        lines.append((*(row.get(column) for column in columns), *evidence, result.truncated))
    return "".join(",".join(map(_cell, line)) + "\r\n" for line in lines).encode()


def sources(result: Result) -> list[Row]:
    """The documents that support the claims of the answer, by id, with what documents alone have."""
    cited = {piece["document"] for claim in result.claims.values() for piece in claim["evidence"]}
    return [{f: result.entities[d][f] for f in _SOURCE if f in result.entities[d]} for d in sorted(cited)]


def _columns(result: Result) -> list[str]:
    return [column for column in result.columns if column != "claims"]


def _filled(result: Result, row: Row) -> Row:
    kept = {column: row[column] for column in _columns(result) if row.get(column) is not None}
    return kept | {"claims": row["claims"]}


def _sorted(records: Row) -> orjson.Fragment:
    """Stores hand over properties in an order of their own; the bytes must not depend on it."""
    return orjson.Fragment(orjson.dumps(records, option=orjson.OPT_SORT_KEYS))


def _total(result: Result, place: Place) -> Row:
    # The last of several pages does not know how many rows the others held.
    partial = result.truncated or "cursor" in parse_qs(urlsplit(place.here).query)
    return {"value": len(result.rows), "relation": "gte" if partial else "eq"}


def _version(result: Result) -> Row:
    told = {"version": result.version, "version_at": result.version_at}
    return {name: value for name, value in told.items() if value}


_OF_CLAIM = ("status", "standing", "attributed_to", "disputed_by", "challenged_by")


def _quotes(result: Result, row: Row) -> Iterator[Row]:
    for claim in row["claims"]:
        record = result.claims[claim]
        word = {name: record[name] for name in _OF_CLAIM if name in record}
        for piece in record["evidence"]:
            yield {"claim": claim, **word, **dict(sorted(piece.items()))}


def _quoted(result: Result, row: Row) -> Row:
    quotes = list(_quotes(result, row))
    ids = {id for q in quotes for id in (q["document"], *q["attributed_to"], *q.get("disputed_by", ()))}
    return {"quotes": quotes, "names": {id: result.entities[id]["name"] for id in sorted(ids)}}


def _names(result: Result, row: Row, field: str) -> list[str]:
    """Names of those whom this field of the row's claims tells, each once."""
    ids = dict.fromkeys(id for claim in row["claims"] for id in result.claims[claim].get(field, ()))
    return names(tuple(ids), result.entities)


# A spreadsheet runs a cell that opens with one of these as a formula; `;` separates cells in many locales.
_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_QUOTED = re.compile('[",;\t\r\n]')


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = BETWEEN.join(map(str, value)) if isinstance(value, list | tuple | dict) else str(value)
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
