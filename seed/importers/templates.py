"""The little language of mapping files: text with `{column|filter|filter:argument}`, the filters a closed list."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import parse_qs, unquote, urlsplit

from schema.values import LONGEST_SLUG
from seed.importers.cells import Cell
from seed.importers.states import bare_county, city, county, state

_FIELD = re.compile(r"\{([^{}|]+)((?:\|[^{}|]+)*)\}")
_US_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")
_ISO_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Cells = Mapping[str, Cell]


class Unreadable(ValueError):
    """A filter says why it cannot take the cell."""

    def __init__(self, cell: Cell, why: str, done: str = "left out") -> None:
        super().__init__(why)
        self.cell, self.why, self.done = cell, why, done


def slug(text: str) -> str:
    """As an id: small letters and digits joined by hyphens; without its apostrophes, so that both spellings are one."""
    plain = re.sub("[^a-z0-9]+", "-", text.replace("'", "").lower()).strip("-")
    if not plain:
        raise ValueError("holds neither letter nor digit, so that no id can be made of it")
    return plain


def short(id: str) -> str:
    """An id that is too long, cut, with a piece of its hash."""
    if len(id) <= LONGEST_SLUG:
        return id
    return f"{id[: LONGEST_SLUG - 7].rstrip('-')}-{sha256(id.encode()).hexdigest()[:6]}"


def day(text: str) -> str:
    """A date as ISO writes it, from `7/18/2025` or ISO; a ValueError for one that no calendar knows."""
    if found := _US_DAY.fullmatch(text):
        text = f"{found[3]}-{found[1]:0>2}-{found[2]:0>2}"
    if _ISO_DAY.fullmatch(text):
        try:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
            return text
        except ValueError:
            pass
    raise ValueError("is no date; 7/18/2025 and 2025-07-18 are")


def unwrapped(link: str) -> str:
    """The address that a mail scanner wrapped in its own."""
    parts = urlsplit(link)
    if (parts.hostname or "").endswith(".safelinks.protection.outlook.com"):
        return parse_qs(parts.query).get("url", [link])[0]
    return link


def _file(link: str) -> str:
    return unquote(urlsplit(link).path).rpartition("/")[2]


def _past(text: str, latest: str) -> str:
    if (read := day(text)) > latest:
        raise ValueError("lies after the day on which the file was fetched")
    return read


def _number(text: str) -> str:
    plain = text.replace(",", "").replace("$", "")
    float(plain)
    return plain


def _after(text: str, sign: str) -> str:
    return text.partition(sign)[2] or text


PLAIN: dict[str, Callable[[str], str]] = {
    "date": day,
    "file": _file,
    "number": _number,
    "slug": slug,
    "state": lambda text: state(text)[0],
    "place": lambda text: state(text)[1].id,
    "title": lambda text: text.title(),
}
WITH_TEXT: dict[str, Callable[[str, str], str]] = {"after": _after}
WITH_COLUMN: dict[str, Callable[[str, str], str]] = {
    "bare_county": lambda text, other: bare_county(text, other).id,
    "city": lambda text, other: city(text, other).id,
    "county": lambda text, other: county(text, other).id,
}
FILTERS = (*PLAIN, "past", *(f"{name}:TEXT" for name in WITH_TEXT), *(f"{name}:COLUMN" for name in WITH_COLUMN))


@dataclass(frozen=True)
class Template:
    """Text with fields, checked when it is made: a ValueError names an unknown column or filter."""

    text: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, text: str, known: Collection[str]) -> "Template":
        """The template, of these columns."""
        columns: list[str] = []
        for column, filters in _FIELD.findall(text):
            columns.append(column)
            for name, _, argument in (each.partition(":") for each in filters.split("|")[1:]):
                if (name in PLAIN or name == "past") == bool(argument) or not (
                    name in PLAIN or name == "past" or name in WITH_TEXT or name in WITH_COLUMN
                ):
                    raise ValueError(f"{name!r} is no filter as it stands; there are {', '.join(FILTERS)}")
                columns += [argument] if name in WITH_COLUMN else []
        if unknown := [column for column in columns if column not in known]:
            raise ValueError(f"{unknown[0]!r} is no column; there are {', '.join(sorted(known))}")
        if "{" in (rest := _FIELD.sub("", text)) or "}" in rest:
            raise ValueError(f"{text!r} has a brace that opens or closes no field")
        return cls(text, tuple(dict.fromkeys(columns)))

    @property
    def is_number(self) -> bool:
        """Whether it stands for a number and not for its digits."""
        return self.text.endswith("|number}")

    def fill(self, cells: Cells, latest: str) -> str | None:
        """The text for a row, None where a cell is blank; Unreadable where a filter cannot take one."""
        if any(column not in cells for column in self.columns):
            return None
        return _FIELD.sub(lambda field: _filled(cells, field[1], field[2].split("|")[1:], latest), self.text)


def _filled(cells: Cells, column: str, filters: list[str], latest: str) -> str:
    text = cells[column].value
    for name, _, argument in (each.partition(":") for each in filters):
        try:
            if name == "past":
                text = _past(text, latest)
            elif name in WITH_COLUMN:
                text = WITH_COLUMN[name](text, cells[argument].value)
            else:
                text = WITH_TEXT[name](text, argument) if name in WITH_TEXT else PLAIN[name](text)
        except ValueError as error:
            raise Unreadable(cells[column], str(error)) from None
    return text
