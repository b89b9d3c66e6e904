"""Claims as others cite them – APA, BibTeX, CSL-JSON –: the claim in this graph, and each document that it rests on."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from api.formats import Format
from api.formats.columns import long_date, text
from api.formats.links import identity
from api.formats.wording import LICENCE, reading
from api.place import Place
from graph.result import Answer, Result, Row

HOUSE = "civicgraph"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    each: f"\\{each}" for each in "{}%&#_$"
}
_BREAKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Citations:
    """The same in three forms, each plain text."""

    apa: str
    bibtex: str
    csl: str


@dataclass(frozen=True)
class _Work:
    """What is cited: a claim of ours, or a document."""

    id: str
    title: str
    publisher: str
    day: str  # a partial date
    address: str
    note: str = ""
    version: str = ""


def citations(claim: Row, result: Result, place: Place) -> Citations:
    """The claim first, then its documents."""
    works = _works([claim], result, place)
    return Citations("\n".join(map(_apa, works)), "\n".join(map(_bibtex, works)), _records(works))


def write_apa(answer: Answer, place: Place) -> Iterator[str]:
    """A line a claim of the answer, then one a document that any of them rests on, then whose it all is."""
    yield from (f"{_apa(work)}\n" for work in _cited(answer.head, place))
    yield f"{_about(answer.head)}\n"


def write_bibtex(answer: Answer, place: Place) -> Iterator[str]:
    """The same as entries; what stands before them BibTeX does not read."""
    yield f"{_about(answer.head)}\n"
    yield from (f"{_bibtex(work)}\n" for work in _cited(answer.head, place))


def write_csl(answer: Answer, place: Place) -> Iterator[str]:
    """The same as CSL-JSON."""
    yield f"{_records(_cited(answer.head, place))}\n"


def _cited(result: Result, place: Place) -> list[_Work]:
    ids = dict.fromkeys(id for row in result.rows for id in row["claims"])
    return _works([result.claims[id] for id in ids], result, place)


def _works(claims: Iterable[Row], result: Result, place: Place) -> list[_Work]:
    """The claims first, then each document once."""
    held = list(claims)
    works = [_claim(claim, result, place) for claim in held]
    works += [work for claim in held for work in _documents(claim, result, place)]
    return list({work.id: work for work in works}.values())


def _about(result: Result) -> str:
    day = f" of {result.version_at[:10]}" if result.version_at else ""
    version = f", version {result.version[:8]}{day}" if result.version else ""
    more = " The answer has further pages." if result.truncated else ""
    return f"{HOUSE}{version}. {LICENCE}{more}"


def _records(works: Iterable[_Work]) -> str:
    records = ",\n".join(json.dumps(_csl(work), ensure_ascii=False) for work in works)
    return f"[{records}]"


def _claim(claim: Row, result: Result, place: Place) -> _Work:
    entities, figure = result.entities, f"{text(claim.get('value'))} {claim.get('unit', '')}".strip()
    subject = entities[claim["subject"]]["name"]
    end = entities[claim["object"]]["name"] if "object" in claim else figure
    said = f"{subject} {reading(claim, entities)} {end}"
    said += f": {claim['detail']}" if "detail" in claim else ""
    day = (result.version_at or claim["recorded_at"])[:10]
    note = f"{claim['status']}, {claim['standing']}"
    return _Work(claim["id"], _line(said), HOUSE, day, identity(place, claim["id"]), note, result.version[:8])


def _documents(claim: Row, result: Result, place: Place) -> Iterator[_Work]:
    for id in dict.fromkeys(piece["document"] for piece in claim["evidence"]):
        told = result.entities[id]
        address = told.get("url") or identity(place, id)
        yield _Work(id, _line(told["name"]), _line(told.get("publisher", "")), told.get("published", ""), address)


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text)


def _apa(work: _Work) -> str:
    day = f"({_apa_day(work.day)})."
    version = f"; version {work.version}" if work.version else ""
    note = f" [{work.note}{version}]" if work.note else ""
    named = f"{work.publisher}. {day} {work.title}{note}." if work.publisher else f"{work.title}{note}. {day}"
    return f"{named} {work.address}"


def _apa_day(day: str) -> str:
    if len(day) < len("2026-02"):
        return day or "n.d."
    first = day if len(day) > len("2026-02") else f"{day}-01"
    date, month, year = long_date(first).split(" ")
    return f"{year}, {month}{f' {date}' if first == day else ''}"


def _bibtex(work: _Work) -> str:
    year, month, _ = (*work.day.split("-"), "", "")[:3]
    fields = {
        "title": f"{{{_tex(work.title)}}}",
        "author": f"{{{_tex(work.publisher)}}}" if work.publisher else "",
        "year": year,
        "url": work.address,
        "note": _tex(work.note),
        "version": work.version,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines += [f"  month = {_MONTHS[int(month) - 1]},"] if month else []
    return "\n".join([f"@misc{{{work.id},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def _csl(work: _Work) -> dict[str, Any]:
    fields = {
        "id": work.id,
        "type": "dataset" if work.version or work.publisher == HOUSE else "document",
        "title": work.title,
        "author": [{"literal": work.publisher}] if work.publisher else None,
        "issued": {"date-parts": [[*map(int, work.day.split("-"))]]} if work.day else None,
        "URL": work.address,
        "version": work.version,
        "note": work.note,
    }
    return {name: value for name, value in fields.items() if value}


CITED = {
    each.suffix: each
    for each in (
        Format("apa.txt", "text/x-bibliography", write_apa, "citations", (), "charset=utf-8; style=apa"),
        Format("bib", "application/x-bibtex", write_bibtex, "citations", (), "charset=utf-8"),
        Format("csl.json", "application/vnd.citationstyles.csl+json", write_csl, "citations"),
    )
}
"""By suffix; no rows of FORMATS, each of which holds all of an answer."""
