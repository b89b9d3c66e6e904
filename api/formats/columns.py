"""An answer's columns as people read them: which ones, their headings, a value as text."""

from datetime import date
from typing import Any

from graph.result import Result

BETWEEN = " | "
"""What parts several values in one cell: names hold commas and semicolons."""


def shown(result: Result) -> dict[str, str]:
    """Columns to show, each with that of its id; an id beside its name is no column of its own."""
    ids = {column: "id" if column == "name" else f"{column}_id" for column in result.columns}
    return {column: id for column, id in ids.items() if column not in {*ids.values(), "claims"}}


def heading(column: str) -> str:
    """`valid_from` → `valid from`."""
    return column.replace("_", " ")


def text(value: Any) -> str:
    """A value as text; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def long_date(instant: str) -> str:
    """`2026-02-18T09:00:00Z` → `18 February 2026`."""
    day = date.fromisoformat(instant[:10])
    return f"{day.day} {day:%B %Y}"
