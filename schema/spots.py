"""A place within a document as one word, by which an address names it and the store puts places in order."""

import re
from collections.abc import Mapping
from typing import Any

BETWEEN = "!"
LONGEST = {"path": 100, "sheet": 30}  # characters, so that keys and addresses stay short
LONGEST_WITHIN = 50
_PLAIN = re.compile(r"[^a-z0-9.]+")


def anchor(piece: Mapping[str, Any]) -> str:
    """`519` for a quote, `path!sheet!14!G` for a cell or whatever else; places far within long names may share one."""
    path, sheet = (_short(piece.get(name), most) for name, most in LONGEST.items())
    if piece.get("start") is not None and not path:
        return str(piece["start"])
    within = piece.get("column") or piece.get("pointer") or ""
    number = piece.get("start") if piece.get("row") is None else piece.get("row")
    return BETWEEN.join((path, sheet, "" if number is None else str(number), _short(within, LONGEST_WITHIN)))


def order(at: str) -> str:
    """What puts the places of a document in order: letters, digits, dots and hyphens in four words."""
    path, sheet, number, name = (["", "", at, ""] if at.isdecimal() else [*at.split(BETWEEN, 3), "", "", ""])[:4]
    return f"{_word(path)} {_word(sheet)} {int(number) if number.isdecimal() else 0:012d} {_word(name)}"


def _short(name: str | None, most: int) -> str:
    return (name or "").replace(BETWEEN, "|")[:most].strip()


def _word(name: str) -> str:
    return _PLAIN.sub("-", name.casefold()) or "-"
