"""An answer as a page: a table whose every row shows the words it rests on, and whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.formats.columns import heading, long_date, shown, text
from api.formats.links import address, identity
from api.formats.wording import reading
from api.pages.rendering import Values, render
from api.place import Place
from graph.result import Result, Row
from schema import RELATIONS
from schema.derive.fields import own_fields


@dataclass(frozen=True)
class Part:
    """A piece of text, a link where it has an address."""

    text: str
    href: str = ""


def page(result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    """The page; `others` maps suffix to media type of every other format."""
    columns = shown(result)
    asked = {n: text(v) for n, v in sorted(result.parameters.items()) if n not in ("cursor", "limit") and v is not None}
    values = {
        "question": result.question,
        "asked": {name: value for name, value in asked.items() if value},
        "count": len(result.rows),
        "truncated": result.truncated,
        "onward": place.link(place.next) if place.next else None,
        "columns": [heading(column) for column in columns],
        "rows": [_row(row, columns, result, place) for row in result.rows],
        "version": _version(result),
        "formats": [{"suffix": s, "type": kind, "href": place.link(address(place, s))} for s, kind in others.items()],
    }
    return render("answer.html", place.root or place.base, values)


def _version(result: Result) -> Values | None:
    if not result.version:
        return None
    day = long_date(result.version_at) if result.version_at else ""  # a graph without a claim is of no day
    return {"hash": result.version, "at": result.version_at, "day": day}


def _row(row: Row, columns: Mapping[str, str], result: Result, place: Place) -> Values:
    cells = [
        {"label": heading(column), "parts": _parts(row.get(column), row.get(id), result, place)}
        for column, id in columns.items()
    ]
    return {"cells": cells, "claims": [_claim(result.claims[claim], result, place) for claim in row["claims"]]}


def _parts(value: Any, id: str | None, result: Result, place: Place) -> Sequence[Part]:
    if isinstance(value, list | tuple):
        return [part for each in value for part in _parts(each, None, result, place)]
    if id is not None and value is not None:
        return [Part(str(value), _self(place, id))]
    if isinstance(value, str) and value in result.entities:
        return [_entity(value, result, place)]
    if isinstance(value, str) and value in result.claims:
        return [Part(value, _self(place, value))]
    return [Part(text(value))]


def _self(place: Place, id: str) -> str:
    return place.link(identity(place, id))


def _entity(id: str, result: Result, place: Place) -> Part:
    return Part(result.entities[id]["name"] if id in result.entities else id, _self(place, id))


def _claim(claim: Row, result: Result, place: Place) -> Values:
    figure = Part(f"{text(claim.get('value'))} {claim.get('unit', '')}".strip())
    return {
        "subject": _entity(claim["subject"], result, place),
        "verb": reading(claim, result.entities),
        "object": _entity(claim["object"], result, place) if "object" in claim else figure,
        "detail": "; ".join([*_qualifiers(claim), *filter(None, [claim.get("detail")])]),
        "inferred": list(claim.get("inferred", ())),
        "pieces": [_piece(piece, result, place) for piece in claim["evidence"]],
        "status": claim["status"],
        "standing": claim["standing"],
        "since": claim.get(f"{claim['standing']}_at", "")[:10],
        "disputing": [_entity(id, result, place) for id in claim.get("disputed_by", ())],
        "challengers": [Part(id, _self(place, id)) for id in claim.get("challenged_by", ())],
        "dates": _dates(claim),
        "voices": [_entity(id, result, place) for id in claim["attributed_to"]],
        "self": Part(f"claim {claim['id']}", _self(place, claim["id"])),
    }


def _qualifiers(claim: Row) -> list[str]:
    """What its relation says beside the object: `verdict same`, `model Task Force Model`."""
    own = own_fields(RELATIONS[claim["relation"]])
    return [f"{heading(name)} {claim[name]}" for name in own if name in claim]


def _dates(claim: Row) -> str:
    ends = (("from", "valid_from"), ("to", "valid_to"))
    told = [f"{word} {claim[name]}" for word, name in ends if name in claim]
    if claim.get("temporal_match") == "possible":
        told.append("(possibly then)")
    return " ".join(told)


def _piece(piece: Row, result: Result, place: Place) -> Values:
    spots = [f"characters {piece['start']} to {piece['end']}"] if "quote" in piece else []
    spots += [f"{name} {piece[name]}" for name in ("path", "sheet", "row", "column", "pointer") if name in piece]
    spots += [f"there: {piece['raw']}"] if "raw" in piece else []
    spots += [f"not listed there: {piece['absent']}"] if "absent" in piece else []
    source = _entity(piece["document"], result, place)
    refers = [
        (words, _entity(id, result, place)) for words, _, id in (r.rpartition(" = ") for r in piece.get("refers", ()))
    ]
    return {"quote": piece.get("quote", ""), "refers": refers, "source": source, "spot": ", ".join(spots)}
