"""An answer as a page for people: a table whose every row shows the words it rests on, and whose they are."""

from collections.abc import Mapping
from html import escape
from typing import Any

from api.formats.links import address, identity
from api.formats.wording import reading
from api.place import Place
from graph.result import Result, Row

WORD = "on whose word"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="/web/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a href="/">civicgraph</a></header>
<main id="main">
{body}
</main>
<footer>Each statement here rests on the source quoted beside it.</footer>
</body>
</html>
"""


def layout(title: str, body: str) -> str:
    """A whole page; `title` is text, `body` is HTML."""
    return _PAGE.format(title=escape(title), body=body)


def write_page(result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    """The answer as HTML that needs no script; `others` maps suffix to media type of every other format."""
    parts = [
        f"<h1>{escape(result.question)}</h1>",
        _parameters(result.parameters),
        _extent(result, place),
        _table(result, place) if result.rows else "",
        _formats(place, others),
    ]
    return layout(result.question, "\n".join(filter(None, parts))).encode()


def _parameters(parameters: Row) -> str:
    given = {n: v for n, v in sorted(parameters.items()) if v not in (None, [], ()) and n not in ("cursor", "limit")}
    items = [f'<div><dt>{escape(n)}</dt><dd dir="auto">{_text(v)}</dd></div>' for n, v in given.items()]
    return f'<dl class="asked">{"".join(items)}</dl>' if given else ""


def _extent(result: Result, place: Place) -> str:
    if not result.rows:
        return '<p class="extent">No claim in the graph answers this.</p>'
    count = f"{len(result.rows)} row{'s' if len(result.rows) > 1 else ''}"
    if not result.truncated:
        return f'<p class="extent">{count}.</p>'
    onward = f' <a rel="next" href="{escape(place.next)}">Next page</a>' if place.next else ""
    return f'<p class="extent">{count}; more exist.{onward}</p>'


def _table(result: Result, place: Place) -> str:
    columns = _columns(result)
    heads = "".join(f'<th scope="col">{_words(column)}</th>' for column in (*columns, WORD))
    rows = "\n".join(_row(row, columns, result, place) for row in result.rows)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _columns(result: Result) -> dict[str, str]:
    """Columns to show, each with that of its id; ids beside their names become the links of these."""
    ids = {column: "id" if column == "name" else f"{column}_id" for column in result.columns}
    return {column: id for column, id in ids.items() if column not in {*ids.values(), "claims"}}


def _row(row: Row, columns: Mapping[str, str], result: Result, place: Place) -> str:
    values = {column: _value(row.get(column), row.get(id), result, place) for column, id in columns.items()}
    cells = [f'<td data-label="{_words(column)}" dir="auto">{value}</td>' for column, value in values.items()]
    claims = "\n".join(_claim(result.claims[claim], result, place) for claim in row["claims"])
    return f'<tr>{"".join(cells)}<td data-label="{WORD}">{claims}</td></tr>'


def _value(value: Any, id: str | None, result: Result, place: Place) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(each, None, result, place) for each in value)
    if id is not None and value is not None:
        return _link(id, str(value), place)
    if isinstance(value, str) and value in result.entities:
        return _entity(value, result, place)
    if isinstance(value, str) and value in result.claims:
        return _link(value, value, place)
    return _text(value)


def _link(id: str, text: str, place: Place) -> str:
    return f'<a href="{escape(identity(place, id))}"><bdi>{escape(text)}</bdi></a>'


def _entity(name: str, result: Result, place: Place) -> str:
    return _link(name, result.entities[name]["name"] if name in result.entities else name, place)


def _claim(claim: Row, result: Result, place: Place) -> str:
    about = [f'<strong class="status">{escape(claim["status"])}</strong>', _dates(claim)]
    about.append(f"on the word of {_entity(claim['attributed_to'], result, place)}")
    about.append(_link(claim["id"], f"claim {claim['id']}", place))
    pieces = "\n".join(_piece(piece, result, place) for piece in claim["evidence"])
    told = f'<p class="about">{"; ".join(filter(None, about))}</p>'
    return f"<article>\n{_says(claim, result, place)}\n{pieces}\n{told}\n</article>"


def _says(claim: Row, result: Result, place: Place) -> str:
    if "object" in claim:
        ending = _entity(claim["object"], result, place)
    else:
        ending = _text(f"{claim['value']} {claim.get('unit', '')}".strip())
    detail = f': <span dir="auto">{escape(claim["detail"])}</span>' if "detail" in claim else ""
    return f"<p>{_entity(claim['subject'], result, place)} {escape(reading(claim))} {ending}{detail}</p>"


def _dates(claim: Row) -> str:
    ends = (("from", "valid_from"), ("to", "valid_to"))
    told = [f"{word} {escape(claim[name])}" for word, name in ends if name in claim]
    if claim.get("temporal_match") == "possible":
        told.append("(possibly then)")
    return " ".join(told)


def _piece(piece: Row, result: Result, place: Place) -> str:
    cite = f"<cite>{_entity(piece['document'], result, place)}</cite>, {_spot(piece)}"
    quote = f'<blockquote dir="auto"><p>{escape(piece["quote"])}</p></blockquote>' if "quote" in piece else ""
    return f"<figure>{quote}<figcaption>{cite}</figcaption></figure>"


def _spot(piece: Row) -> str:
    spots = [f"characters {piece['start']} to {piece['end']}"] if "quote" in piece else []
    spots += [f"{name} {escape(str(piece[name]))}" for name in ("row", "pointer") if name in piece]
    return ", ".join(spots)


def _formats(place: Place, others: Mapping[str, str]) -> str:
    heading = '<h2 id="formats">The same answer in other formats</h2>'
    links = "".join(
        f'<li><a rel="alternate" type="{kind}" href="{escape(address(place, suffix))}">{suffix}</a></li>'
        for suffix, kind in others.items()
    )
    return f'<nav aria-labelledby="formats">{heading}<ul class="formats">{links}</ul></nav>'


def _words(name: str) -> str:
    return escape(name.replace("_", " "))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return escape(str(value).lower() if isinstance(value, bool) else str(value))
