"""In which order the rows of a page stand."""

from dataclasses import replace
from typing import Any

from graph.errors import BadRequest
from graph.fulltext import fold
from graph.query import Query
from graph.result import Result
from schema.spelling import near


def sorted_by(query: Query) -> list[str]:
    """The columns that the rows of a page are sorted by, the first one first; a ranked question has its own order."""
    return [name for name in query.columns if name not in ("status", "standing", "id") and not name.endswith("_id")]


def place_among(value: Any) -> tuple[int, Any]:
    """What a value is sorted by: numbers by value, then words as they are read, then what is missing."""
    if value is None:
        return 2, ""
    return (0, value) if isinstance(value, int | float) else (1, fold(str(value)))


def sorted_otherwise(result: Result, sort: str) -> Result:
    """A whole answer in the order of one column, with `-` before its name from the last one; empty cells come last."""
    column = sort.removeprefix("-")
    if column not in result.columns:
        detail = f"is none of the columns, which are {', '.join(result.columns)}; - before it turns the order"
        close = near(column, result.columns)
        raise BadRequest([{"parameter": "sort", "detail": detail} | ({"suggestion": close[0]} if close else {})])
    empty = [row for row in result.rows if row.get(column) is None]
    told = [row for row in result.rows if row.get(column) is not None]
    rows = sorted(told, key=lambda row: place_among(row[column]), reverse=sort.startswith("-"))
    return replace(result, rows=rows + empty)
