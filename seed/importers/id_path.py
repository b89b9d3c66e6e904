"""The id-path rule: a row that is an OCD division lies in the division in whose path it stands."""

from collections.abc import Iterator

from schema import Claim
from schema.closed_lists import Scheme
from seed.importers.cells import Cell, Row
from seed.importers.divisions import Division, division
from seed.importers.rules import IdPath
from seed.importers.said import Said
from seed.importers.templates import day
from seed.importers.writing import Place, Writing

LABEL = "id_path"


class Paths:
    """The divisions of one document. What no row names but paths and aliases do is declared last."""

    def __init__(self, columns: IdPath, writing: Writing) -> None:
        self.columns, self.writing = columns, writing
        self._named_only: dict[str, tuple[Division, Place]] = {}

    def place(self, row: Row) -> tuple[str | None, list[Said]]:
        """Id of what the row is about, and what its path says. An alias is about what it stands for."""
        alias_of = row.cells.get(self.columns.alias_of or "")
        cell = alias_of or row.cells.get(self.columns.id)
        if cell is None:
            return None, []
        place = row.place | {"column": cell.heading, "raw": cell.raw}
        try:
            found = division(cell.value)
            if alias_of and self.columns.id in row.cells:
                division(row.cells[self.columns.id].value)
        except ValueError as error:
            self.writing.doubt(place, cell.raw, str(error))
            return None, []
        if alias_of:
            self._named_only.setdefault(found.id, (found, place))
            return found.id, []
        name = row.cells.get(self.columns.name or "")
        if name:
            self.writing.entity(found.cls, found.id, name.value)
        else:
            self._named_only.setdefault(found.id, (found, place))
        return found.id, [*self._path(found, place, self._dates(row))] if name else []

    def rest(self) -> Iterator[Said]:
        """What is only named, in its turn with what its own path says."""
        while self._named_only:
            found, place = self._named_only.popitem()[1]
            if not self.writing.has(found.id):
                self.writing.entity(found.cls, found.id, found.name)
                yield from self._path(found, place, {})

    def _path(self, found: Division, place: Place, dates: dict[str, str]) -> Iterator[Said]:
        named = {"value": found.ocd, "scheme": Scheme.OCD_DIVISION}
        yield from self._said(self.writing.made("HAS_IDENTIFIER", found.id, None, place, **named), place)
        if above := found.parent:
            self._named_only.setdefault(above.id, (above, place))
            yield from self._said(self.writing.made("PART_OF", found.id, above.id, place, **dates), place)

    def _said(self, claim: Claim | None, place: Place) -> Iterator[Said]:
        if claim:
            yield Said(LABEL, claim, (), place)

    def _dates(self, row: Row) -> dict[str, str]:
        dates: dict[str, str] = {}
        for field in ("valid_from", "valid_to"):
            cell: Cell | None = row.cells.get(getattr(self.columns, field) or "")
            if cell is None:
                continue
            try:
                dates[field] = day(cell.value)
            except ValueError as error:
                self.writing.doubt(row.place | {"column": cell.heading}, cell.raw, str(error))
        return dates
