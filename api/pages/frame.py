"""What stands round the rows on the page of a question: form, count, facets, pages, near misses, lines to copy."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from api.around import CHOSEN, Around
from api.formats.columns import heading, shown
from api.formats.links import address
from api.pages.fields import Filled, form, names
from api.pages.rendering import Values
from api.pages.sentence import line
from api.place import Place
from graph.near import LeftOut, Miss
from graph.order import sorted_by
from graph.parameters import label
from graph.tally import MOST
from schema import RELATIONS

SHORTLY = {"csv": "CSV", "json": "JSON", "graphml": "GraphML", "gexf": "GEXF", "ttl": "Turtle", "svg": "SVG"}
LATEST_FIRST = {"valid_from", "until", "when", "known", "gap"}
SOURCES, VALUES = (3, 40), (7, 60)  # of a facet: shown at once, and unfolded


class Frame:
    """Plain values of one page."""

    def __init__(self, around: Around, place: Place) -> None:
        self._around, self._result, self._place = around, around.result, place
        self._paged = self._result.truncated or not around.first

    def values(self) -> Values:
        """All that the template asks for besides the rows."""
        query, tally = self._around.query, self._around.tally
        counts = tally.facets if tally and not tally.more else {}
        filled = Filled(self._around.given, {}, counts, names(query, self._result), self._meant())
        return form(query, filled) | {
            "topic": query.topic,
            "about": ", ".join(name for name, _ in self._meant().values()),
            "description": query.description.strip(),
            "total": self._total(),
            "facets": self._facets(),
            "partly": f"{MOST:,}" if tally and tally.more else "",
            "pages": self._pages(),
            "sorting": self._sorting(),
            "order": self._order(),
            "left_out": [self._left_out(each) for each in self._around.left_out],
            "looked": self._around.looked,
            "misses": [self._miss(each) for each in self._around.misses],
            "downloads": [{"href": self._beside(s), "text": text} for s, text in SHORTLY.items()],
            "permalink": self._here(),
            "elsewhere": self._elsewhere(),
        }

    def _meant(self) -> dict[str, tuple[str, str]]:
        """The things that parameters name, each with its page: what was given may be an id, or another of its names."""
        ids = {p.name: self._result.parameters.get(p.name, "") for p in self._around.query.anchors}
        found = {name: self._result.entities[id]["name"] for name, id in ids.items() if id in self._result.entities}
        return {name: (told, f"{self._place.root}v1/entities/{ids[name]}.html") for name, told in found.items()}

    def _here(self, **instead: Any) -> str:
        """This page with other parameters; without the one whose value is None."""
        given = {**self._around.given, **instead}
        asked = urlencode(sorted((n, v) for n, v in given.items() if v not in (None, "")), doseq=True)
        here = f"{self._place.root}v1/queries/{self._around.query.name}/results.html"
        return f"{here}?{asked}" if asked else here

    def _beside(self, suffix: str) -> str:
        return self._place.link(address(self._place, suffix))

    def _total(self) -> str:
        tally, count = self._around.tally, len(self._result.rows)
        if tally is None:
            return f"{_rows(count)} here; there are more, which could not be counted in time"
        if not self._paged:
            return f"{_rows(count)}, all there are" if count else "No claim in the graph answers this"
        number = self._around.number
        before = (number - 1) * self._result.parameters["limit"] if number else None
        here = _rows(count) if before is None else f"Rows {before + 1:,} to {before + count:,}"
        return f"{here} of more than {MOST:,}" if tally.more else f"{here} of {tally.total:,}, counted exactly"

    def _facets(self) -> list[Values]:
        tally = self._around.tally
        if tally is None:
            return []
        given = self._around.given
        found = [self._facet(name, counts) for name, counts in tally.facets.items() if counts or given.get(name)]
        if len(tally.sources) > 1:
            items = [_item(tally.names.get(id, id), count) for id, count in tally.sources.items()]
            found.append({"label": "Source", "without": ""} | _folded(items, *SOURCES))
        return [facet for facet in found if len(facet["entries"]) > 1 or facet["without"] or facet["label"] == "Status"]

    def _facet(self, name: str, counts: Mapping[str, int]) -> Values:
        takes, given = name in self._around.query.model.model_fields, self._around.given.get(name)
        items = [
            _item(_word(name, value), count, self._here(**{name: value}) if self._leads(name, value, counts) else "")
            | {"stroke": value if name in CHOSEN else ""}
            for value, count in counts.items()
        ]
        without = self._here(**{name: None}) if takes and given else ""
        return {"label": label(name), "without": without} | _folded(items, *VALUES)

    def _leads(self, name: str, value: str, counts: Mapping[str, int]) -> bool:
        """Whether there is a narrower answer of just the rows that are counted."""
        if name in CHOSEN:
            return (name, value) in self._around.exact
        return name in self._around.query.model.model_fields and len(counts) > 1

    def _pages(self) -> Values | None:
        if not self._paged:
            return None
        around, tally, onward = self._around, self._around.tally, self._result.next_cursor
        counted = tally and not tally.more and around.number
        of = -(-tally.total // self._result.parameters["limit"]) if tally and counted else None
        return {
            "number": around.number,
            "of": of,
            "first": "" if around.first or around.before == "" else self._here(),
            "previous": "" if around.before is None else self._here(cursor=around.before),
            "next": self._here(cursor=onward) if onward else "",
        }

    def _sorting(self) -> list[Values]:
        """Columns to sort by, where all rows are at hand."""
        if self._paged or len(self._result.rows) < 2:
            return []
        columns = [*shown(self._result)]
        offered = [("", "as usual"), *((name, heading(name)) for name in columns)]
        offered += [(f"-{name}", f"{heading(name)}, last first") for name in columns if name in LATEST_FIRST]
        chosen = self._around.sort
        return [{"value": value, "label": text, "chosen": value == chosen} for value, text in offered]

    def _usual(self) -> str:
        return "best first" if self._around.query.ranked else f"{', '.join(map(heading, self._sorted_by()[:2]))}"

    def _sorted_by(self) -> Sequence[str]:
        return sorted_by(self._around.query) or list(self._result.columns)

    def _order(self) -> str:
        if not self._paged:
            return ""
        if self._around.query.ranked:
            return "In the question's own order."
        return f"Pages follow the ids of what was found; each is sorted by {self._usual()}."

    def _left_out(self, each: LeftOut) -> Values:
        count = f"{each.rows:,} more row{'' if each.rows == 1 else 's'}"
        told = f"{'more than ' if each.more else ''}{count} {each.words}"
        return {"told": told[0].upper() + told[1:], "href": self._here(**each.instead)}

    def _miss(self, miss: Miss) -> Values:
        ids = dict.fromkeys(row["claims"][0] for row in miss.result.rows)
        lines = [line(miss.result.claims[id], miss.result, self._place) for id in ids]
        return {"words": miss.words, "lines": lines, "more": miss.result.truncated}

    def _elsewhere(self) -> list[Values]:
        table, record = (address(self._place, suffix) for suffix in ("csv", "json"))
        values = self._around.query.check(self._result.parameters)
        return [
            {"name": "Address", "text": record},
            {"name": "curl", "text": f"curl {shlex.quote(table)}"},
            {"name": "Python", "text": f'import pandas; rows = pandas.read_csv("{table}")'},
            {"name": "R", "text": f'rows <- read.csv("{table}")'},
            {"name": "Cypher", "text": self._around.query.shown(values)},
        ]


def _item(text: str, count: int | None, href: str = "") -> Values:
    return {"text": text, "count": count, "href": href, "stroke": ""}


def _folded(items: list[Values], few: int, most: int) -> Values:
    """The first as `entries`, the rest as `more`; how many there are beyond those is told."""
    few = few if len(items) > few + 1 else few + 1  # a fold takes as much room as one entry
    beyond = [_item(f"{len(items) - most:,} more", None)] if len(items) > most else []
    return {"entries": items[:few], "more": [*items[few:most], *beyond]}


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _word(name: str, value: str) -> str:
    return RELATIONS[value].verb if name == "relation" and value in RELATIONS else heading(value)
