"""Tables row by row – CSV with or without a header, XLSX with its links –, each cell beside what is written there."""

import csv
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import IO, Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from seed.importers.writing import Place
from seed.importers.written import plain

LINK = ".link"
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u00b4`]")


@dataclass(frozen=True)
class Cell:
    """One value: under which heading, as it is written, and as it is read."""

    heading: str
    raw: str
    value: str


@dataclass(frozen=True)
class Row:
    """One row: where it stands, its cells by our names of the columns, and all of it as written."""

    place: Place
    cells: Mapping[str, Cell]
    raw: str

    def at(self, cell: Cell) -> Place:
        """Where the cell stands: its row, if the table has no columns."""
        return self.place | ({"column": cell.heading} if cell.heading else {})


@dataclass(frozen=True)
class Columns:
    """Which headings mean which column, those of a table without a heading, and what stands for nothing."""

    names: Mapping[str, Sequence[str]]
    headerless: Sequence[str]
    blank: frozenset[str]

    def headings(self, first: Sequence[str]) -> list[tuple[str, str]] | None:
        """Heading and our name of each column, by the first row; None if that is no heading."""
        ours = {folded(alias): name for name, aliases in self.names.items() for alias in (name, *aliases)}
        if any(folded(cell) in ours for cell in first):
            return [(clean(cell), ours.get(folded(cell), "")) for cell in first]
        return None


def clean(text: str) -> str:
    """Without invisible signs and doubled spaces, with one kind of apostrophe."""
    return _APOSTROPHES.sub("'", plain(text))


def folded(text: str) -> str:
    """What of a heading is compared."""
    return clean(text).casefold()


def rows(name: str, file: IO[bytes], columns: Columns, place: Place) -> Iterator[Row]:
    """The rows of a file that hold anything; a ValueError says why it is no table, or from where on it is none."""
    if name.lower().endswith((".xlsx", ".xlsm")):
        yield from _workbook(file, columns, place)
    else:
        yield from _rows(_csv(file), columns, place)


def _csv(file: IO[bytes]) -> Iterator[list[Any]]:
    lines = (line.decode("utf-8") for line in file)  # the marks before the first heading are invisible signs
    try:
        yield from csv.reader(lines)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 text: {error.reason}") from None
    except csv.Error as error:
        raise ValueError(f"is no CSV: {error}") from None


def _workbook(file: IO[bytes], columns: Columns, place: Place) -> Iterator[Row]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has besides its cells
            book = load_workbook(BytesIO(file.read()), data_only=True)  # in what is packed nobody can seek
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise ValueError(f"is no workbook: {error}") from None
    for sheet in book.worksheets:
        yield from _rows(sheet.iter_rows(), columns, place | {"sheet": sheet.title})


def _rows(written: Iterable[Sequence[Any]], columns: Columns, place: Place) -> Iterator[Row]:
    headings: list[tuple[str, str]] | None = None
    for number, line in enumerate(written, 1):
        texts = [_text(getattr(each, "value", each)) for each in line]
        if not any(map(clean, texts)):
            continue
        if headings is None:
            if headings := columns.headings(texts):
                continue
            if not columns.headerless:
                raise ValueError(f"has none of the headings {', '.join(columns.names)} in row {number}")
            headings = [(get_column_letter(at), name) for at, name in enumerate(columns.headerless, 1)]
        yield _row(line, texts, headings, columns.blank, place | {"row": number})


def _row(
    line: Sequence[Any], texts: Sequence[str], headings: Sequence[tuple[str, str]], blank: frozenset[str], place: Place
) -> Row:
    cells: dict[str, Cell] = {}
    for (heading, name), each, text in zip(headings, line, texts, strict=False):
        if name and (value := clean(text)) and folded(value) not in blank:
            cells.setdefault(name, Cell(heading, text, value))
        if name and (link := getattr(each, "hyperlink", None)) and link.target:
            cells.setdefault(name + LINK, Cell(heading, link.target, clean(link.target)))
    return Row(place, cells, " | ".join(map(clean, texts)).rstrip(" |"))


def _text(value: object) -> str:
    """As a reader of the sheet would take it: a date without its midnight, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
