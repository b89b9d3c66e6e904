"""An answer as a table for a terminal: columns aligned and cut to the width, the last one says on whose word."""

import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from api.console import OBEYED
from api.formats.columns import heading, shown, text
from api.formats.wording import doubts
from graph.result import Result, Row

WORD, GAP, NARROWEST = "on whose word", "  ", 3


def write_table(result: Result, width: int) -> str:
    """The whole answer, no line longer than `width`."""
    if not result.rows:
        return "No claim in the graph answers this.\n"
    columns = list(shown(result))
    lines = [[heading(name) for name in (*columns, WORD)]]
    lines += [[*(_plain(row.get(column)) for column in columns), _word(row, result)] for row in result.rows]
    widths = _fitting([max(map(_width, cells)) for cells in zip(*lines, strict=True)], width)
    lines.insert(1, ["-" * most for most in widths])
    table = "".join(_line(cells, widths) + "\n" for cells in lines)
    count = f"{len(result.rows)} row{'s' if len(result.rows) > 1 else ''}"
    return f"{table}{count}{f'; more exist: cursor={result.next_cursor}' if result.truncated else ''}\n"


def _word(row: Row, result: Result) -> str:
    """How far to take the row, the first quote, its document and whose words they are, and how many more there are."""
    claims = [result.claims[claim] for claim in row["claims"]]
    doubtful = dict.fromkeys(doubt for claim in claims for doubt in doubts(claim, result.entities))
    pieces = [piece for claim in claims for piece in claim["evidence"]]
    told = [f"[{'; '.join(doubtful)}]"] if doubtful else []
    if pieces:
        told += [f"“{pieces[0]['quote']}”"] if "quote" in pieces[0] else []
        voices = [voice for claim in claims for voice in claim["attributed_to"]]
        words = ", ".join(dict.fromkeys([pieces[0]["document"], *voices]))
        told += [f"({words})", *([f"+{len(pieces) - 1}"] if len(pieces) > 1 else [])]
    return _plain(" ".join(told))


def _plain(value: Any) -> str:
    return OBEYED.sub(" ", text(value))


def _fitting(widths: Sequence[int], most: int) -> list[int]:
    """The widths, the widest cut until the line fits; a column keeps some letters even where it cannot."""
    found, room = list(widths), most - len(GAP) * (len(widths) - 1)
    while sum(found) > room and max(found) > NARROWEST:
        found[found.index(max(found))] -= 1
    return found


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(_cut(cell, most) for cell, most in zip(cells, widths, strict=True)).rstrip()


def _cut(cell: str, most: int) -> str:
    if _width(cell) > most:
        kept = [end for end, used in enumerate(accumulate(map(_cells, cell)), 1) if used < most]
        cell = cell[: max(kept, default=0)] + "…"
    return cell + " " * (most - _width(cell))


def _width(cell: str) -> int:
    return sum(map(_cells, cell))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
