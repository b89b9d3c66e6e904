"""The page on which a query in SPARQL is written: the field, the answer, what is wrong, examples to begin with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from api.pages.rendering import Values, render
from api.place import Place
from schema.values import CLAIM_ID_PATTERN
from schema.vocabulary import PREFIXES

SUFFIXES = {
    "csv": "CSV", "json": "JSON", "xml": "XML", "tsv": "TSV",
    "ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads", "trig": "TriG", "jsonld": "JSON-LD", "rdf": "RDF/XML",
}  # fmt: skip
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
_LINE = re.compile(r"line (\d+), ")
_OURS = re.compile(rf"(({CLAIM_ID_PATTERN})|[^/#?]+)([-#].*)?")


@dataclass(frozen=True)
class Example:
    """A query to begin with, by the question it answers."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Told:
    """What a page tells of one query: `found` as the process says it, or `problem`, which is why there is none.

    `offered` are the suffixes of the formats in which the same can be had.
    """

    query: str = ""
    found: Mapping[str, Any] | None = None
    problem: Mapping[str, Any] | None = None
    offered: Sequence[str] = ()


def page(told: Told, examples: Sequence[Example], place: Place, about: Values) -> bytes:
    """The page; `about` are `version`, None where there is none yet, `triples` and `limits` in words."""
    faults = _faults(told.problem)
    line = _LINE.match(faults[0]) if faults else None
    values: Values = {
        "query": told.query or examples[0].text,
        "line": line[1] if line else "",
        "problem": _title(told.problem) if told.problem else "",
        "faults": faults,
        "found": _found(told.found, place) if told.found else None,
        "downloads": [
            {"text": SUFFIXES[suffix], "href": _asked(query=told.query, format=suffix)} for suffix in told.offered
        ],
        "examples": [{"title": each.title, "href": _asked(query=each.text)} for each in examples],
    }
    return render("sparql.html", place.root, values | about)


def _asked(**given: str) -> str:
    return f"sparql?{urlencode(given)}"


def _title(problem: Mapping[str, Any]) -> str:
    """What is wrong, as the problem says it, but of a query that stands beside it plainly."""
    of_query = {each["parameter"] for each in problem.get("errors", ())} == {"query"}
    return "The query is not asked" if of_query else str(problem["title"])


def _faults(problem: Mapping[str, Any] | None) -> list[str]:
    if not problem:
        return []
    return [_named(each) for each in problem["errors"]] if "errors" in problem else [problem["detail"]]


def _named(fault: Mapping[str, str]) -> str:
    return fault["detail"] if fault["parameter"] == "query" else f"{fault['parameter']}: {fault['detail']}"


def _found(found: Mapping[str, Any], place: Place) -> Values:
    if "boolean" in found:
        return {"truth": "Yes" if found["boolean"] else "No", "columns": [], "rows": [], "count": ""}
    rows = [[_cell(cell, place) for cell in row] for row in found["rows"]]
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    told = f"The first {count}; the formats hold all" if found["more"] else f"{count}, all there are"
    return {"truth": "", "columns": found["columns"], "rows": rows, "count": told}


def _cell(cell: Sequence[str] | None, place: Place) -> Values:
    kind, text, more = cell or ("nothing", "", "")
    if kind == "iri":
        return {"text": _short(text, place), "href": _linked(text, place), "more": ""}
    return {"text": text, "href": "", "more": _short(more, place) if ":" in more else more}


def _short(iri: str, place: Place) -> str:
    """As people write it: a name of ours by its end, others by their prefix."""
    ours = f"{place.base}id/"
    if iri.startswith(ours):
        return iri.removeprefix(ours)
    return next((f"{p}:{iri.removeprefix(start)}" for p, start in _BY_LENGTH if iri.startswith(start)), iri)


def _linked(iri: str, place: Place) -> str:
    """Where people read of it: of a thing of ours its page, and of a part of one that of the whole."""
    things = f"{place.base}id/"
    if iri.startswith(things) and (ours := _OURS.fullmatch(iri.removeprefix(things))):
        return f"{place.root}v1/{'claims' if ours[2] else 'entities'}/{ours[1]}.html"
    return place.link(iri) if urlsplit(iri).scheme in ("http", "https") else ""
