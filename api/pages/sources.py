"""The documents on which the graph rests, with how much rests on each."""

from collections.abc import Mapping

from api.formats.links import alternates
from api.pages.foot import version
from api.pages.rendering import Values, render
from api.pages.spot import source_page
from api.place import Place
from graph.result import Result, Row

COUNTED = 100  # as the question counts of each document in the list


def page(result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    """The page; `others` maps suffix to media type of every other format."""
    values = {
        "documents": [_document(row, place) for row in result.rows],
        "beginning": place.link(f"{place.base}v1/sources.html") if place.later else None,
        "onward": place.link(place.next) if place.next else None,
        "version": version(result),
        "alternates": alternates(place, others),
    }
    return render("sources.html", place.root or place.base, values)


def _document(row: Row, place: Place) -> Values:
    more = "+" if row["resting"] >= COUNTED else ""
    return {
        "name": row["name"],
        "href": source_page(row["id"], place),
        "publisher": row["publisher"] or "",
        "published": row["published"] or "",
        "url": row["url"] or "",
        "licence": row["licence"] or "",
        "resting": f"{row['resting']}{more}",
    }
