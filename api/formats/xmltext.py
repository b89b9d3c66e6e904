"""What both XML graph formats need: text that XML 1.0 can carry, and one type for every column."""

import re
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from api.formats.columns import BETWEEN
from graph.result import Row

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

Columns = dict[str, str]

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Readers turn raw white space in an attribute into blanks.
_WHITE = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def legal(text: str) -> str:
    """The text without what no XML may hold."""
    return _ILLEGAL.sub("", text)


def content(text: str) -> str:
    """Text between tags."""
    return escape(legal(text), {"\r": "&#13;"})


def quoted(text: str) -> str:
    """Text as the value of an attribute, with its quotes."""
    return '"' + escape(legal(text), _WHITE) + '"'


def scalar(value: Any) -> str:
    """A value as text that people can read: ` | ` between the items of a list, a record on a line of its own."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "; ".join(f"{name}: {' '.join(scalar(each).split())}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ("\n" if value and isinstance(value[0], dict) else BETWEEN).join(map(scalar, value))
    return str(value)


def columns(rows: Iterable[Row]) -> Columns:
    """Attribute names, sorted, with their type: `boolean`, `long`, `double`, else or where mixed `string`."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, set()).add(_TYPES.get(type(value), "string"))
    return {name: kinds.pop() if len(kinds) == 1 else "string" for name, kinds in sorted(found.items())}


_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double"}
