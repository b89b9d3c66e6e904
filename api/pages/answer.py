"""An answer as a page: a table whose every row shows the words it rests on, and whose they are."""

from collections.abc import Iterator, Mapping

from api.around import Around
from api.formats.columns import text
from api.formats.links import alternates
from api.pages.explored import explored
from api.pages.foot import version
from api.pages.frame import Frame
from api.pages.pictures.picture import bipartite
from api.pages.rendering import render
from api.pages.rows import rows
from api.place import Place
from graph.result import Result, Row

MOST_STARTS = 6  # of more the explorer would begin with a thicket


def page(result: Result, place: Place, others: Mapping[str, str], around: Around | None = None) -> bytes:
    """The page; `others` maps suffix to media type of every other format. A question's own page has more `around`."""
    asked = {n: text(v) for n, v in sorted(result.parameters.items()) if n not in ("cursor", "limit") and v is not None}
    values = {
        "question": result.question,
        "asked": {name: value for name, value in asked.items() if value},
        "count": len(result.rows),
        "truncated": result.truncated,
        "onward": place.link(place.next) if place.next else None,
        "told": rows(result, place),
        "picture": bipartite(result, place) if around else None,
        "explorer": _explored(result, place) if around else "",
        "frame": Frame(around, place).values() if around else None,
        "version": version(result),
        "alternates": alternates(place, others),
    }
    return render("answer.html", place.root or place.base, values)


def _explored(result: Result, place: Place) -> str:
    """The explorer at the things that the first rows are about, and how these are tied; empty where there are none."""
    ends = (claim[end] for claim in _leading(result) for end in ("subject", "object") if end in claim)
    return explored(place, list(dict.fromkeys(ends))[:MOST_STARTS])


def _leading(result: Result) -> Iterator[Row]:
    return (result.claims[row["claims"][0]] for row in result.rows if row["claims"])
