"""An answer's rows: a claim a line where the rows say no more than that, else its columns with what they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from api.formats.columns import heading, shown, text
from api.pages.sentence import Line, Part, claim_page, entity, entity_page, line
from api.place import Place
from graph.result import Result, Row


@dataclass(frozen=True)
class Cell:
    """What stands in one column of a row."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Told:
    """A row of an answer: its cells, and the claims that it rests on."""

    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Rows:
    """`lines` where each row is one claim and says no more; else `columns` and `rows`."""

    lines: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Told, ...] = ()


# Columns that are left out where the sentence of a claim beside them says the same.
OF_A_CLAIM = ("relation", "detail", "status", "standing", "valid_from", "valid_to")


def rows(result: Result, place: Place) -> Rows:
    """The rows of an answer in its order; columns that say nothing are left out, as are words quoted above."""
    columns = {column: id for column, id in shown(result).items() if any(_said(row.get(column)) for row in result.rows)}
    if all(len(row["claims"]) == 1 and _covered(row, columns, result) for row in result.rows):
        return Rows(lines=tuple(line(result.claims[row["claims"][0]], result, place) for row in result.rows))
    for name in OF_A_CLAIM:
        if all(_covered(row, [name], result) for row in result.rows):
            columns.pop(name, None)
    quoted: set[str] = set()
    told = []
    for row in result.rows:
        cells = (Cell(heading(name), _parts(row.get(name), row.get(id), result, place)) for name, id in columns.items())
        told.append(Told(tuple(cells), tuple(_lines(row["claims"], quoted, result, place))))
    return Rows(columns=tuple(heading(column) for column in columns), rows=tuple(told))


def _lines(claims: Iterable[str], quoted: set[str], result: Result, place: Place) -> Iterable[Line]:
    """A line a claim; one that was quoted above has no quotes any more."""
    for claim in claims:
        told = line(result.claims[claim], result, place)
        yield replace(told, quotes=(), inferred=()) if claim in quoted else told
        quoted.add(claim)


def _said(value: Any) -> bool:
    return value is not None and value != "" and value != []


def _covered(row: Row, columns: Iterable[str], result: Result) -> bool:
    """Whether the sentences of the row's claims say all that stands in these columns of it."""
    said = {word for claim in row["claims"] for word in _words_of(result.claims[claim], result.entities)}
    return all(text(row.get(column)) in said for column in columns)


def _words_of(claim: Row, entities: Mapping[str, Row]) -> set[str]:
    ends = [claim["subject"], claim.get("object"), *claim["attributed_to"]]
    names = [entities[id]["name"] for id in ends if id in entities]
    figure = f"{text(claim.get('value'))} {claim.get('unit', '')}".strip()
    return {"", figure, *names, *map(text, claim.values())}


def _parts(value: Any, id: str | None, result: Result, place: Place) -> tuple[Part, ...]:
    if isinstance(value, list | tuple):
        several: Sequence[Any] = value
        return tuple(part for each in several for part in _parts(each, None, result, place))
    if id is not None and value is not None:
        href = claim_page(id, place) if id in result.claims else entity_page(id, result, place)
        return (Part(str(value), href),)
    if isinstance(value, str) and value in result.entities:
        return (entity(value, result, place),)
    if isinstance(value, str) and value in result.claims:
        return (Part(value, claim_page(value, place)),)
    return (Part(text(value)),)
