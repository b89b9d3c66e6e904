"""The rows of an answer as its members: place, columns, the claims that carry them, how certain they are."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from api.formats.columns import shown
from api.place import Place
from graph.result import Result, Row


class Cell(NamedTuple):
    """What a row has in one column: a value, several, or where `names` is set the ids of things."""

    column: str
    values: tuple[Any, ...]
    names: bool


class Member(NamedTuple):
    """One row; `record` has the fields of `schema.answer.Member`, `address` is part of that of the answer."""

    address: str
    record: Row
    cells: tuple[Cell, ...]


def addresses(result: Result, place: Place) -> list[str]:
    """Where each row stands: `…/results?x=1#1` and so on."""
    return [f"{place.here}#{rank}" for rank in range(1, len(result.rows) + 1)]


def members(result: Result, place: Place) -> Iterator[Member]:
    """The rows in their order."""
    columns = shown(result)
    for rank, (address, row) in enumerate(zip(addresses(result, place), result.rows, strict=True), 1):
        possible = [claim for claim in row["claims"] if result.claims[claim].get("temporal_match") == "possible"]
        record = {"rank": rank, "claims": row["claims"], "temporal_match": temporal_match(result, row)}
        yield Member(address, record | {"possible": possible}, tuple(_cells(row, columns)))


def temporal_match(result: Result, row: Row) -> str | None:
    """Whether the row held on the day asked for; it is no more certain than any claim that it rests on."""
    found = {result.claims[claim].get("temporal_match") for claim in row["claims"]} - {None}
    return ("possible" if "possible" in found else "certain") if found else None


def _cells(row: Row, columns: dict[str, str]) -> Iterator[Cell]:
    for column, id in columns.items():
        if row.get(id) is not None:
            yield Cell(column, _several(row[id]), True)
        elif row.get(column) is not None:
            yield Cell(column, _several(row[column]), column == "id" or column.endswith("_id"))


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else (value,)
