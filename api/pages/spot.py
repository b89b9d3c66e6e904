"""Where a piece of evidence lies in its document: in words, and the address of that place on the source's page."""

from dataclasses import dataclass

from api.place import Place
from graph.result import Result, Row

_CELLS = ("path", "sheet", "row", "column", "pointer")


@dataclass(frozen=True)
class Spot:
    """`where` in words; `href` leads there."""

    where: str
    href: str


def source_page(document: str, place: Place) -> str:
    """The page of a document."""
    return place.link(f"{place.base}v1/sources/{document}.html")


def spot(piece: Row, result: Result, place: Place) -> Spot:
    """The spot of a piece of evidence: characters where it is text, else the row, column and the like that it names."""
    page = source_page(piece["document"], place)
    if "start" in piece:
        return Spot(f"characters {piece['start']}–{piece['end']}", f"{page}?at={piece['start']}#at-{piece['start']}")
    return Spot(", ".join(f"{name} {piece[name]}" for name in _CELLS if name in piece), page)
