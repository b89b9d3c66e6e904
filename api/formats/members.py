"""The rows of an answer as its members: place, columns, the claims that carry them, how certain they are."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from api.formats.columns import shown
from api.place import Place
from graph.result import Result, Row

Cell = tuple[str, tuple[Any, ...], bool]
"""What a row has in one column: its name, a value or several, and whether those are ids of things."""


class Member(NamedTuple):
    """One row; `record` has the fields of `schema.answer.Member`, `address` is part of that of the answer."""

    address: str
    record: Row
    cells: list[Cell]


def addresses(result: Result, place: Place) -> list[str]:
    """Where each row stands: `…/results?x=1#1` and so on."""
    return [f"{place.here}#{rank}" for rank in range(1, len(result.rows) + 1)]


def members(result: Result, place: Place) -> Iterator[Member]:
    """The rows in their order."""
    columns = shown(result)
    for rank, (address, row) in enumerate(zip(addresses(result, place), result.rows, strict=True), 1):
        record = {"rank": rank, "claims": row["claims"]}
        if match := temporal_match(result, row):
            possible = [claim for claim in row["claims"] if result.claims[claim].get("temporal_match") == "possible"]
            record |= {"temporal_match": match, "possible": possible}
        yield Member(address, record, _cells(row, columns))


def temporal_match(result: Result, row: Row) -> str | None:
    """Whether the row held on the day asked for; it is no more certain than any claim that it rests on."""
    found = {result.claims[claim].get("temporal_match") for claim in row["claims"]} - {None}
    return ("possible" if "possible" in found else "certain") if found else None


def _cells(row: Row, columns: dict[str, str]) -> list[Cell]:
    found = []
    for column, id in columns.items():
        if (told := row.get(id)) is not None:
            found.append((column, _several(told), True))
        elif (told := row.get(column)) is not None:
            found.append((column, _several(told), column == "id" or column.endswith("_id")))
    return found


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else (value,)
