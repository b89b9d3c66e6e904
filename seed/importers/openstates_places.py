"""Territories of OpenStates: the municipalities that it lists, what lies in what, and what was gone through."""

from typing import Any

from schema.entities import Country
from seed.importers import written
from seed.importers.divisions import Division, division, division_of
from seed.importers.writing import Place, Writing

# What is in these folders of a state is to be whole; who has left is listed as found. Of municipalities many are on no
# list: those that are were looked into, one by one.
_WHOLE = {"executive": "HOLDS_OFFICE", "legislature": "HOLDS_OFFICE", "committees": "MEMBER_OF"}


def jurisdiction(writing: Writing, place: Place, ocd: Any, done: str = "left out") -> Division | None:
    """The division that an OCD jurisdiction governs, or None and tells that it is none."""
    try:
        return division(division_of(str(ocd)))
    except ValueError as error:
        writing.doubt(place, ocd, str(error), done)
        return None


def territory(writing: Writing, where: Division, name: str | None = None) -> str:
    """Declares the territory; returns its id."""
    return writing.entity(where.cls, where.id, name or where.name)


def full_name(where: Division, name: str | None = None) -> str:
    """Its name, with its state where it lies in one: towns of one name are in many states."""
    within = where.parent
    return f"{name or where.name}, {within.name}" if within and within.cls is not Country else name or where.name


class Places:
    """The territories of one archive: `names` by OCD jurisdiction, as its lists have them."""

    def __init__(self, writing: Writing, day: str) -> None:
        self.writing, self._day = writing, day
        self.names: dict[str, str] = {}
        self._searched: set[tuple[str, str]] = set()

    def listed(self, path: str, entries: list[dict[str, Any]]) -> None:
        """Claims what one list of municipalities says: each once, with all its places on the list."""
        found: dict[tuple[str, str], list[Place]] = {}
        for number, entry in enumerate(entries):
            place = {"path": path, "pointer": f"/{number}"}
            name = written.name(self.writing, place, entry.get("name"))
            if name is None:
                self.writing.doubt(place, entry, "has no name")
            elif jurisdiction(self.writing, place, entry.get("id")):
                found.setdefault((entry["id"], name), []).append(place)
        for (ocd, name), places in found.items():
            self._municipality(ocd, name, places)

    def _municipality(self, ocd: str, name: str, places: list[Place]) -> None:
        where = division(division_of(ocd))
        is_new = not self.writing.has(where.id)
        id = territory(self.writing, where, name)
        named, by = (
            [{**place, "pointer": f"{place['pointer']}/{field}"} for place in places] for field in ("name", "id")
        )
        self.writing.claim("HAS_NAME", id, None, *named, value=name)
        if not is_new:
            self.writing.doubt(places[0], name, f"is another name of {self.names[ocd]} in the lists", "kept beside it")
            return
        self.names[ocd] = name
        self.writing.claim("HAS_IDENTIFIER", id, None, *by, value=ocd, scheme="ocd-jurisdiction")
        if where.parent:
            self.writing.claim("PART_OF", id, territory(self.writing, where.parent), *by)
        self._search(id, "HOLDS_OFFICE", places[:1], "mayor")

    def went_through(self, path: str, fields: list[tuple[str, Any]]) -> None:
        """Claims that the folder in which the file lies was gone through, where a field of it names its state."""
        code, folder = path.split("/")[-3:-1]
        if folder not in _WHOLE or (code, folder) in self._searched:
            return
        for pointer, ocd in fields:
            if isinstance(ocd, str) and ocd.endswith((f":{code}/government", f":{code}/legislature")):
                self._searched.add((code, folder))
                id = territory(self.writing, division(division_of(ocd)))
                self._search(id, _WHOLE[folder], [{"path": path, "pointer": pointer}], folder)
                return

    def _search(self, id: str, sought: str, places: list[Place], what: str) -> None:
        document = self.writing.document.id
        self.writing.claim("SEARCHED", document, id, *places, sought=sought, detail=what, valid_to=self._day)
