"""Where a piece of evidence lies in its document: in words, the address of that place, and the words around it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote as encoded

from api.place import Place
from graph.result import Result, Row
from schema.spots import anchor

AROUND = 240  # characters on either side
LONGEST = 100
_APART = re.compile(r"[^a-z0-9]+")
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Spot:
    """`where` in words; `href` leads there."""

    where: str
    href: str


def source_page(document: str, place: Place) -> str:
    """The page of a document."""
    return place.link(f"{place.base}v1/sources/{document}.html")


def spot(piece: Row, result: Result, place: Place) -> Spot:
    """The spot of a piece of evidence, and where the page of its document shows it."""
    at = anchor(piece)
    page = source_page(piece["document"], place)
    return Spot(where(piece, result), f"{page}?at={encoded(at, safe='')}#{element(at)}")


def where(piece: Row, result: Result) -> str:
    """`¶ 2 of 10, 519–564`, `row 14, column G of sheet X`, or whatever else the piece names."""
    if "start" in piece:
        starts = result.entities.get(piece["document"], {}).get("paragraphs", ())
        told = f"{piece['start']}–{piece['end']}"
        return f"¶ {paragraph(piece['start'], starts)} of {len(starts)}, {told}" if starts else f"characters {told}"
    return " of ".join(filter(None, [entry(piece), holder(piece)])) or "the whole of it"


def entry(piece: Row) -> str:
    """Row, column and pointer, as far as the piece names them."""
    told = [f"{name} {piece[name]}" for name in ("row", "column") if name in piece]
    return ", ".join(filter(None, [*told, _short(piece.get("pointer", ""))]))


def holder(piece: Row) -> str:
    """The sheet or the file of an archive in which it stands."""
    around = (("sheet", "sheet"), ("path", "file"))
    return " of ".join(f"{word} {_short(piece[name])}" for name, word in around if name in piece)


def paragraph(start: int, starts: Sequence[int]) -> int:
    """The number of the paragraph that the character is in, from 1; what stands before the first counts to it."""
    return max(1, bisect_right(starts, start))


def element(at: str) -> str:
    """The id that a place has on the page of its document."""
    return f"at-{_APART.sub('-', at.casefold()).strip('-')}"


def around(piece: Row, result: Result, place: Place) -> tuple[str, str] | None:
    """The words before the quote and after it in its paragraph; None where the document may not be shown."""
    document = result.entities.get(piece["document"], {})
    if "quote" not in piece or (text := place.texts.of(document)) is None:
        return None
    start, end = piece["start"], piece["end"]
    if text[start:end] != piece["quote"]:
        return None
    starts = document.get("paragraphs", ())
    number = bisect_right(starts, start)
    first = starts[number - 1] if number else 0
    last = next((each for each in starts if each >= end), len(text))
    return readable(_tail(text[first:start])), readable(_head(text[end:last]))


def readable(text: str) -> str:
    """The text without controls, which no page can hold."""
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)


def _tail(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return "… " + text[-AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    text = text.rstrip()
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"…{text[-LONGEST:]}"
