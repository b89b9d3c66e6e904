"""Person files of OpenStates: who somebody is, by which names and numbers, of which party, in which offices."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from schema.closed_lists import Role
from schema.entities import Office, Person, PoliticalParty
from schema.values import years_from
from seed.importers import written
from seed.importers.divisions import Division
from seed.importers.openstates_places import full_name, jurisdiction, territory
from seed.importers.openstates_terms import Term
from seed.importers.writing import Place, Writing

_PERSON = re.compile(r"ocd-person/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ROLES = {"mayor": Role.MAYOR, "governor": Role.GOVERNOR, "attorney general": Role.ATTORNEY_GENERAL}
_CHAMBERS = ("lower", "upper", "legislature")
_IN_FULL = {"lt_governor": "lieutenant governor"}
_SCHEMES = ("bioguide", "wikidata")
# Who has no party is called one of these; they are no parties.
_OF_NO_PARTY = ("Independent", "Nonpartisan")
SEVERAL = "the source names several parties in one, as they stand on a ballot"
# No term is fixed for longer: an end beyond stands for one that is not known.
_LONGEST = 15


def person_id(writing: Writing, place: Place, ocd: Any) -> str | None:
    """Our id of an ocd-person, or None and tells that it is none."""
    if isinstance(ocd, str) and _PERSON.fullmatch(ocd):
        return ocd.replace("/", "-")
    writing.doubt(place, ocd, "is no id of a person, such as ocd-person/ and a UUID", "person left out")
    return None


class People:
    """The people of one archive; `names` are the names of places, by OCD jurisdiction, as its lists have them."""

    def __init__(self, writing: Writing, names: Mapping[str, str]) -> None:
        self.writing, self._names = writing, names
        self._unread: Counter[str] = Counter()
        self.ids: set[str] = set()

    def read(self, path: str, file: dict[str, Any]) -> list[tuple[Term, Place]]:
        """Claims what one file says; returns the terms, each with its place, which other files bear upon."""
        writing, at = self.writing, {"path": path, "pointer": "/id"}
        id = person_id(writing, at, file.get("id"))
        named = {"path": path, "pointer": "/name"}
        if id is None or (called := written.name(writing, named, file.get("name"))) is None:
            if id is not None:
                writing.doubt(named, file.get("name"), "is no name", "person left out")
            return []
        if id in self.ids:
            writing.doubt(at, file["id"], "was given already by another file of the archive", "file left out")
            return []
        self.ids.add(id)
        writing.entity(Person, id, called)
        names(writing, path, id, called, file)
        writing.claim("HAS_IDENTIFIER", id, None, at, value=file["id"], scheme="ocd-person")
        self._identifiers(path, id, file)
        self._parties(path, id, file)
        places = [({"path": path, "pointer": f"/roles/{n}"}, role) for n, role in enumerate(records(file, "roles"))]
        return [(term, place) for place, role in places if (term := self._term(id, place, role))]

    def end(self) -> None:
        """Tells of what no file of the archive gave for the model to hold, a scheme at a time."""
        for scheme, times in sorted(self._unread.items()):
            what = {"pointer": "/other_identifiers"}
            self.writing.doubt(what, f"{scheme}, {times} identifiers", "is of a scheme that is not read")

    def _identifiers(self, path: str, id: str, file: dict[str, Any]) -> None:
        for number, other in enumerate(records(file, "other_identifiers")):
            place = {"path": path, "pointer": f"/other_identifiers/{number}"}
            scheme, value = other.get("scheme"), written.told(other.get("identifier"))
            if scheme in _SCHEMES and value:
                self.writing.claim("HAS_IDENTIFIER", id, None, place, value=value.strip(), scheme=scheme)
            else:
                self._unread[str(scheme)] += 1

    def _parties(self, path: str, id: str, file: dict[str, Any]) -> None:
        for number, party in enumerate(records(file, "party")):
            place = {"path": path, "pointer": f"/party/{number}"}
            if (called := written.name(self.writing, place, party.get("name"))) is None:
                continue
            dates = {
                "valid_from": written.day(self.writing, place, party.get("start_date")),
                "valid_to": written.day(self.writing, place, party.get("end_date")),
            }
            if called in _OF_NO_PARTY:
                self.writing.claim("DESCRIBED_AS", id, None, place, value=called, **dates)
                continue
            parties = called.split("/")
            why = {"inferred": [SEVERAL], "wording": [called]} if len(parties) > 1 else {}
            for each in parties:
                to = self.writing.entity(PoliticalParty, slug(f"party-{each}"), each)
                self.writing.claim("MEMBER_OF", id, to, place, **dates, **why)

    def _term(self, id: str, place: Place, role: dict[str, Any]) -> Term | None:
        writing = self.writing
        if (where := jurisdiction(writing, place, role.get("jurisdiction"), "role left out")) is None:
            return None
        if (kind := written.told(role.get("type"))) is None:
            writing.doubt(place, role.get("type"), "is no kind of role", "role left out")
            return None
        start, end = (written.day(writing, place, role.get(name)) for name in ("start_date", "end_date"))
        if end and end[:4] > years_from(writing.recorded_at[:10], _LONGEST)[:4]:
            writing.doubt(place, end, f"lies more than {_LONGEST} years after the file was fetched", "end left out")
            end = None
        try:
            office = self._office(place, kind, where, role)
        except ValidationError as error:
            writing.doubt(place, kind, f"makes no office: {error.errors()[0]['msg']}", "role left out")
            return None
        term = Term(id, office, start, end, kind not in _CHAMBERS)
        if term.first > term.last:
            writing.doubt(place, f"{start} to {end}", "ends before it begins", "role left out")
            return None
        return term

    def _office(self, place: Place, kind: str, where: Division, role: dict[str, Any]) -> str:
        of = territory(self.writing, where, self._names.get(str(role["jurisdiction"])))
        if kind in _CHAMBERS:
            district = written.name(self.writing, place, role.get("district")) or "at large"
            id, called = (
                f"legislator-of-{of}-{kind}-{district}",
                f"Legislator of {full_name(where)}, {kind}, {district}",
            )
            cls = Role.LEGISLATOR
        else:
            word = _IN_FULL.get(kind, kind)
            id, cls = f"{word}-of-{of}", _ROLES.get(kind, Role.OTHER)
            called = f"{word.capitalize()} of {full_name(where, self._names.get(str(role['jurisdiction'])))}"
        office = slug(id)
        if not self.writing.has(office):
            self.writing.entity(Office, office, called, role=cls)
            self.writing.claim("SERVES", office, of, {**place, "pointer": f"{place['pointer']}/jurisdiction"})
        return office


def names(writing: Writing, path: str, id: str, called: str, file: dict[str, Any]) -> None:
    """Claims the name of a person or committee, and the other names that its file has."""
    writing.claim("HAS_NAME", id, None, {"path": path, "pointer": "/name"}, value=called)
    places: dict[str, list[Place]] = {}
    for number, other in enumerate(records(file, "other_names")):
        place = {"path": path, "pointer": f"/other_names/{number}/name"}
        if (also := written.name(writing, place, other.get("name"))) and also != called:
            places.setdefault(also, []).append(place)
    for also, where in places.items():
        writing.claim("HAS_NAME", id, None, *where, value=also, detail="another name")


def records(file: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The records that a field of the file lists."""
    found = file.get(name)
    return [each if isinstance(each, dict) else {} for each in found] if isinstance(found, list) else []


def slug(text: str) -> str:
    """Its letters and digits, without accents, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")
