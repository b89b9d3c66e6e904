"""Committee files of OpenStates: of which chamber a committee is, who sits on it, and in which function."""

import re
from collections.abc import Set
from typing import Any

from schema.entities import Committee, LegislativeBody, Person
from seed.importers import written
from seed.importers.openstates_people import names, person_id, records
from seed.importers.openstates_places import jurisdiction, territory
from seed.importers.writing import Place, Writing

_COMMITTEE = re.compile(r"ocd-organization/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHAMBERS = {"lower": "lower-chamber", "upper": "upper-chamber", "legislature": "legislature"}


class Committees:
    """The committees of one archive; `people` are those of whom there is a file in one that is read with it."""

    def __init__(self, writing: Writing, people: Set[str]) -> None:
        self.writing, self._people = writing, people
        self._above: list[tuple[str, str, Place]] = []

    def read(self, path: str, file: dict[str, Any]) -> None:
        """Claims what one file says."""
        writing, at, named = self.writing, {"path": path, "pointer": "/id"}, {"path": path, "pointer": "/name"}
        if (id := self._id(at, file.get("id"))) is None:
            return
        if (called := written.name(writing, named, file.get("name"))) is None or writing.has(id):
            writing.doubt(
                named, file.get("name"), "is no name, or of a committee that was given already", "file left out"
            )
            return
        writing.entity(Committee, id, called)
        names(writing, path, id, called, file)
        writing.claim("HAS_IDENTIFIER", id, None, at, value=file["id"], scheme="ocd-organization")
        self._within(path, id, file)
        for number, member in enumerate(records(file, "members")):
            self._member({"path": path, "pointer": f"/members/{number}"}, id, member)

    def end(self) -> None:
        """Claims what is a part of what, now that every committee is declared."""
        for id, above, place in self._above:
            if self.writing.has(above):
                self.writing.claim("PART_OF", id, above, place)
            else:
                self.writing.doubt(place, above, "is a committee of which there is no file")

    def _within(self, path: str, id: str, file: dict[str, Any]) -> None:
        chamber, place = str(file.get("chamber")), {"path": path, "pointer": "/jurisdiction"}
        where = jurisdiction(self.writing, place, file.get("jurisdiction"))
        if where and chamber in _CHAMBERS:
            of, kind = territory(self.writing, where), _CHAMBERS[chamber]
            body = f"{kind}-of-{of}"
            if not self.writing.has(body):
                name = f"{kind.replace('-', ' ').capitalize()} of {where.name}"
                self.writing.entity(LegislativeBody, body, name)
                self.writing.claim("SERVES", body, of, place)
            self.writing.claim("PART_OF", id, body, {**place, "pointer": "/chamber"})
        elif where:
            self.writing.doubt({**place, "pointer": "/chamber"}, chamber, f"is none of {', '.join(_CHAMBERS)}")
        if written.told(file.get("parent")):
            place = {**place, "pointer": "/parent"}
            if above := self._id(place, file["parent"]):
                self._above.append((id, above, place))

    def _member(self, place: Place, id: str, member: dict[str, Any]) -> None:
        called = written.name(self.writing, place, member.get("name"))
        if called is None or written.told(member.get("person_id")) is None:
            self.writing.doubt(place, called, "has no person_id, and nobody is told by a name", "membership left out")
        elif who := person_id(self.writing, place, member["person_id"]):
            if who not in self._people:
                why = "is the id of a person of whom there is no file"
                self.writing.doubt(place, member["person_id"], why, "kept by the name that is given here")
            self.writing.entity(Person, who, called)
            self.writing.claim("MEMBER_OF", who, id, place, function=written.told(member.get("role")))

    def _id(self, place: Place, ocd: Any) -> str | None:
        if isinstance(ocd, str) and _COMMITTEE.fullmatch(ocd):
            return ocd.replace("/", "-")
        self.writing.doubt(place, ocd, "is no id of a body, such as ocd-organization/ and a UUID")
        return None
