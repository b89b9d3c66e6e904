"""A document: what stands where in it and what rests on it, beside its text where that may be shown and is at hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.formats.columns import long_date
from api.formats.links import alternates
from api.pages.elsewhere import at_words
from api.pages.foot import version
from api.pages.pictures.strip import Quoted, Strip, strip
from api.pages.rendering import Values, render
from api.pages.running_text import Mark, running_text
from api.pages.sentence import Line, line
from api.pages.spot import element, entry, holder, paragraph, source_page
from api.place import Place
from graph.result import Result, Row
from schema.spots import anchor

COUNTED = 200  # as the question `sources` counts of one document


@dataclass(frozen=True)
class Spotted:
    """A place of the document with all that rests on it; `group` is the paragraph, sheet or file that it stands in."""

    id: str
    group: str
    where: str
    words: str
    span: tuple[int, int] | None
    elsewhere: str
    lines: tuple[Line, ...]


def page(result: Result, counted: Result, place: Place, others: Mapping[str, str]) -> bytes:
    """The page; `counted` is the answer of `sources` for this document, `others` maps suffix to media type of every
    other format."""
    id = str(result.parameters["document"])
    document = (counted.entities | result.entities).get(id, {"id": id, "name": id})
    text, pieces = place.texts.of(document), _pieces(id, result)
    shown = running_text(document, text, _marks(pieces, result, place), result.truncated) if text else ()
    spotted, beginning = list(_spotted(pieces, document, result, place, bool(shown))), _beginning(id, result, place)
    values = {
        "name": document["name"],
        "url": document.get("url", ""),
        "sha256": document.get("sha256", ""),
        "terms": _terms(document),
        "facts": _facts(document, text is not None),
        "rests": _rests(counted),
        "shown": shown,
        "strip": _strip(spotted, document, text, (not beginning, not result.truncated)),
        "marked": _marked(spotted),
        "groups": _groups(spotted),
        "rows": len(result.rows),
        "beginning": beginning,
        "onward": place.link(place.next) if place.next else None,
        "claims": place.link(f"{place.base}v1/sources/{id}/claims.html"),
        "all": place.link(f"{place.base}v1/sources.html"),
        "version": version(result),
        "alternates": alternates(place, others),
    }
    return render("source.html", place.root or place.base, values)


def _facts(document: Row, shown: bool) -> list[Values]:
    told = [
        ("Published", document.get("published", "")),
        ("By", document.get("publisher", "")),
        ("Licence", document.get("licence", "")),
        ("Credit", document.get("credit", "")),
        ("Fetched", long_date(document["retrieved"]) if "retrieved" in document else ""),
        ("Text", _text_told(document, shown)),
    ]
    return [{"name": name, "text": text} for name, text in told if text]


def _text_told(document: Row, shown: bool) -> str:
    paragraphs = document.get("paragraphs", ())
    length = f"{len(paragraphs)} paragraphs; " if paragraphs else ""
    if shown:
        return f"{length}shown here under {document['shown_under']}"
    if "shown_under" in document:
        return f"{length}may be shown under {document['shown_under']}, but is not at hand here"
    return f"{length}not shown here, as its record names no terms that allow it; each place can be found in it"


def _terms(document: Row) -> str:
    """Whom to name, and under which terms it is shown."""
    whom = document.get("credit") or document.get("publisher") or document["name"]
    return f"{whom}, {document.get('shown_under', '')}"


def _rests(counted: Result) -> Values | None:
    """How much rests on the document, as far as it was counted."""
    if not counted.rows:
        return None
    resting, alone = counted.rows[0]["resting"], counted.rows[0]["alone"]
    return {"resting": resting, "alone": alone, "more": resting >= COUNTED, "all": alone == resting}


def _pieces(document: str, result: Result) -> list[tuple[Row, Row]]:
    """Each row's claim, and the piece of its evidence that the row is about."""
    return [(result.claims[row["claims"][0]], _piece(row, document, result)) for row in result.rows]


def _piece(row: Row, document: str, result: Result) -> Row:
    """The words tell apart two quotes that begin at one character."""
    evidence: Sequence[Row] = result.claims[row["claims"][0]]["evidence"]
    return next(
        piece
        for piece in evidence
        if piece["document"] == document and anchor(piece) == row["at"] and piece.get("quote") == row["quote"]
    )


def _marks(pieces: Sequence[tuple[Row, Row]], result: Result, place: Place) -> list[Mark]:
    """Each quote once; it leads to its claim where it carries but one, else to the list of them on the page."""
    claims: dict[tuple[int, int, str], list[str]] = {}
    for claim, piece in pieces:
        if "quote" in piece:
            claims.setdefault((piece["start"], piece["end"], piece["quote"]), []).append(claim["id"])
    return [
        Mark(start, end, words, _led_to(ids, f"row-{start}-{end}", result, place))
        for (start, end, words), ids in claims.items()
    ]


def _led_to(ids: Sequence[str], row: str, result: Result, place: Place) -> str:
    return f"#{row}" if len(ids) > 1 else line(result.claims[ids[0]], result, place).verb.href


def _spotted(
    pieces: Sequence[tuple[Row, Row]], document: Row, result: Result, place: Place, shown: bool
) -> Iterator[Spotted]:
    known: set[str] = set()
    for _, same in groupby(pieces, key=lambda each: (anchor(each[1]), each[1].get("end"))):
        several = list(same)
        piece = several[0][1]
        quoted, at = "quote" in piece, element(anchor(piece))
        words = str(piece.get("quote", piece.get("raw", "")))
        id = f"row-{piece['start']}-{piece['end']}" if shown and quoted else "" if at in known else at
        known.add(at)
        yield Spotted(
            id,
            _group(piece, document),
            f"{piece['start']}–{piece['end']}" if quoted else entry(piece) or "the whole of it",
            words,
            (piece["start"], piece["end"]) if quoted else None,
            at_words(document["url"], piece["quote"]) if quoted and "url" in document else "",
            tuple(line(claim, result, place) for claim, _ in several),
        )


def _strip(spotted: Iterable[Spotted], document: Row, text: str | None, whole: tuple[bool, bool]) -> Strip | None:
    """A mark for each quote, which leads to what rests on it."""
    quotes, at = [], ""
    for each in spotted:
        at = each.id or at  # two that begin at one character share a place
        if each.span:
            sure = any(not line.modal for line in each.lines)
            quotes.append(Quoted(*each.span, f"{each.where}: {each.words}", f"#{at}", sure))
    return strip(quotes, document.get("paragraphs", ()), len(text or ""), whole)


def _marked(spotted: Iterable[Spotted]) -> tuple[int, int]:
    """The characters between which the quotes lie."""
    spans = [each.span for each in spotted if each.span]
    return min((start for start, _ in spans), default=0), max((end for _, end in spans), default=0)


def _group(piece: Row, document: Row) -> str:
    starts = document.get("paragraphs", ())
    return f"¶ {paragraph(piece['start'], starts)} of {len(starts)}" if "quote" in piece and starts else holder(piece)


def _groups(spotted: Iterable[Spotted]) -> list[Values]:
    return [{"told": told, "places": list(places)} for told, places in groupby(spotted, key=lambda each: each.group)]


def _beginning(id: str, result: Result, place: Place) -> str:
    """Where the page begins anew, if it does not begin with the first place."""
    return source_page(id, place) if "at" in result.parameters or place.later else ""
