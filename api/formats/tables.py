"""An answer as rows: JSON with its claims and sources, one JSON object a line, or CSV for spreadsheets."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import orjson

from api.formats.columns import BETWEEN
from api.formats.jsontext import Keyed, Listed, dumped
from api.formats.members import temporal_match
from api.formats.wording import names
from api.place import Place
from graph.result import Answer, Result, Row
from schema.derive.fields import own_fields
from schema.entities import Document
from schema.values import numeral

_SOURCE = ("id", "name", *own_fields(Document))


def write_json(answer: Answer, place: Place) -> Iterator[bytes]:
    """The whole answer as one object: rows, the claims and entities in them, sources, paging."""
    result = answer.head
    given = {n: v for n, v in result.parameters.items() if v is not None}
    sources = (_source(document) for part in answer.cited() for document in part.entities.values())
    envelope = {
        "query": result.query,
        "question": result.question,
        "columns": result.columns,
        "data": Listed(_filled(part, row) for part in answer.claims() for row in part.rows),
        "claims": Keyed((id, _sorted(each)) for part in answer.claims() for id, each in part.claims.items()),
        "entities": Keyed((id, _sorted(each)) for part in answer.things() for id, each in part.entities.items()),
        "page": {"limit": result.parameters.get("limit"), "next_cursor": result.next_cursor, "next": place.next},
        "total": _total(answer, place),
        "truncated": result.truncated,
        "meta": {
            "parameters": _sorted(given),
            "base": place.base,
            **_version(result),
            "sources": Listed(map(_sorted, sources)),
        },
    }
    return dumped(envelope)


def write_ndjson(answer: Answer, place: Place) -> Iterator[bytes]:
    """One row a line with its `quotes` and the `names` in them, and no line else: headers tell of the whole."""
    lines = (_filled(part, row) | _quoted(part, row) for part in answer.claims() for row in part.rows)
    return (orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines)


def write_csv(answer: Answer, place: Place) -> Iterator[str]:
    """RFC 4180 with the evidence beside each row; `truncated` says on every row whether more rows exist.

    Of what the claims of a row say, `BESIDE`, a question may have a column of its own, which then is the only one.
    """
    columns = _columns(answer.head)
    beside = {name: told for name, told in BESIDE.items() if name not in columns}
    yield _line([*columns, *beside])
    for part in answer.claims():
        for row in part.rows:
            yield _line([*(row.get(column) for column in columns), *(told(part, row) for told in beside.values())])


def _line(cells: list[Any]) -> str:
    return ",".join(map(_cell, cells)) + "\r\n"


def _source(document: Row) -> Row:
    """What documents alone have."""
    return {name: document[name] for name in _SOURCE if name in document}


def _columns(result: Result) -> list[str]:
    return [column for column in result.columns if column != "claims"]


def _filled(result: Result, row: Row) -> Row:
    kept = {column: row[column] for column in _columns(result) if row.get(column) is not None}
    return kept | {"claims": row["claims"]}


def _sorted(records: Row) -> orjson.Fragment:
    """Stores hand over properties in an order of their own; the bytes must not depend on it."""
    return orjson.Fragment(orjson.dumps(records, option=orjson.OPT_SORT_KEYS))


def _total(answer: Answer, place: Place) -> Row:
    # The last of several pages does not know how many rows the others held.
    partial = answer.head.truncated or place.later
    return {"value": answer.count(), "relation": "gte" if partial else "eq"}


def _version(result: Result) -> Row:
    told = {"version": result.version, "version_at": result.version_at}
    return {name: value for name, value in told.items() if value}


_OF_CLAIM: tuple[str, ...] = (
    "status",
    "standing",
    "attributed_to",
    "wording",
    "condition",
    "inferred",
    "valid_from",
    "valid_to",
    "temporal_match",
    "disputed_by",
    "challenged_by",
)


def _quotes(result: Result, row: Row) -> Iterator[Row]:
    for claim in row["claims"]:
        record = result.claims[claim]
        word = {name: record[name] for name in _OF_CLAIM if name in record}
        for piece in record["evidence"]:
            yield {"claim": claim, **word, **dict(sorted(piece.items()))}


def _quoted(result: Result, row: Row) -> Row:
    quotes = list(_quotes(result, row))
    ids = {id for q in quotes for id in (q["document"], *q["attributed_to"], *q.get("disputed_by", ()))}
    told = {"quotes": quotes, "names": {id: result.entities[id]["name"] for id in sorted(ids)}}
    match = temporal_match(result, row)
    return told | ({"temporal_match": match} if match else {})


def _names(result: Result, row: Row, field: str) -> list[str]:
    """Names of those whom this field of the row's claims tells, each once."""
    ids = dict.fromkeys(id for claim in row["claims"] for id in result.claims[claim].get(field, ()))
    return names(tuple(ids), result.entities)


def _quotes_alone(result: Result, row: Row) -> list[str]:
    """The words of each piece, or the value as it stands in its row or record."""
    return [words for quote in _quotes(result, row) if (words := quote.get("quote") or quote.get("raw"))]


def _sources(result: Result, row: Row) -> dict[str, None]:
    return dict.fromkeys(quote["document"] for quote in _quotes(result, row))


def _words(result: Result, row: Row, field: str) -> dict[str, None]:
    return dict.fromkeys(words for claim in row["claims"] for words in result.claims[claim].get(field, ()))


def _each(result: Result, row: Row, field: str) -> list[str]:
    """What each of the row's claims has in this field, in their order; nothing at all where none has any."""
    found = [str(result.claims[claim].get(field, "")) for claim in row["claims"]]
    return found if any(found) else []


BESIDE: dict[str, Callable[[Result, Row], Any]] = {
    "claims": lambda _, row: row["claims"],
    "quotes": _quotes_alone,
    "sources": _sources,
    "attributed_to": partial(_names, field="attributed_to"),
    "status": partial(_each, field="status"),
    "standing": partial(_each, field="standing"),
    "wording": partial(_words, field="wording"),
    "condition": partial(_each, field="condition"),
    "inferred": partial(_words, field="inferred"),
    "valid_from": partial(_each, field="valid_from"),
    "valid_to": partial(_each, field="valid_to"),
    "temporal_match": temporal_match,
    "disputed_by": partial(_names, field="disputed_by"),
    "truncated": lambda result, _: result.truncated,
}
"""What CSV has beside the columns of a question, by heading."""

# A spreadsheet runs a cell that opens with one of these as a formula; one that parts cells at `;` or tabs, and knows
# no quotation mark but at the start of a cell, finds such cells within ours.
_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_WITHIN = re.compile('([;\t\r\n]"*)(?=[=+\\-@＝＋－＠])')
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_QUOTED = re.compile('[",;\t\r\n]')


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return numeral(value)
    text = BETWEEN.join(map(str, value)) if isinstance(value, list | tuple | dict) else str(value)
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = "'" + text
    if not _QUOTED.search(text):
        return text
    return '"' + _WITHIN.sub(r"\1'", text).replace('"', '""') + '"'
