"""People, offices, terms and committees of OpenStates, out of one archive or all of a folder: states of one source.

Several states give terms and successors. The same role with the same dates is one claim of several documents; where a
later state gives a person's role other dates, its claim supersedes the earlier one; where it names somebody else for an
office of one holder while an earlier term should still run, its claim disputes that. Nobody's end is invented.

A role is held, whatever end is given: an end after the day of the archive is one that is planned, which both days tell.
Not read: offices, links, images, e-mail, deaths, reasons for an end, identifiers that the model has no scheme for.
"""

from collections.abc import Callable, Iterator
from errno import ENOENT
from pathlib import Path, PurePosixPath
from typing import Any

from schema.claims_file import ClaimsFile
from schema.relations import HoldsOffice
from seed.importers import written
from seed.importers.archive import archives, members
from seed.importers.documents import Documents
from seed.importers.openstates_committees import Committees
from seed.importers.openstates_people import People, records
from seed.importers.openstates_places import Places
from seed.importers.openstates_terms import Term, Terms
from seed.importers.source import Source
from seed.importers.writing import Writing

_FILES = ("*.yml", "*.yaml")
_MUNICIPALITIES, _COMMITTEES = "municipalities", "committees"


def read(source: Source, path: Path, documents: Documents) -> Iterator[ClaimsFile]:
    """One document an archive, the oldest first; all people are read before, as terms bear upon each other."""
    if not (found := archives(path)):
        what = "is no archive; name a .tar.xz of openstates/people, or the folder of several"
        raise FileNotFoundError(ENOENT, what, str(path))
    found.sort(key=lambda each: (source.instant(each), each.name))
    states = [_State(each, writing) for each in found if (writing := _begun(source, each, documents))]
    terms, people = Terms(state.day for state in states), set[str]()
    for state in states:
        people |= state.people(terms)
    for state in states:
        yield state.whole(terms, people)


def _begun(source: Source, path: Path, documents: Documents) -> Writing | None:
    at = source.instant(path)
    document = source.document(path.name, documents.sha256(path), at, again=True, published=at[:10])
    return documents.begin(document, at, path.name)


class _State:
    """One archive: the source as it stood on a day."""

    def __init__(self, path: Path, writing: Writing) -> None:
        self.path, self.writing, self.day = path, writing, writing.recorded_at[:10]
        self.places = Places(self.writing, self.day)

    def people(self, terms: Terms) -> set[str]:
        """Claims places and people, and notes their terms; returns whom it has a file of."""
        for path, listed in self._files(lambda path: path.stem == _MUNICIPALITIES):
            self.places.listed(path, records({"": listed}, ""))
        people = People(self.writing, self.places.names)
        for path, file in self._files(lambda path: path.stem != _MUNICIPALITIES and path.parent.name != _COMMITTEES):
            for term, place in people.read(path, file):
                terms.add(self.day, self.writing.document.id, term, place)
            roles = enumerate(records(file, "roles"))
            self.places.went_through(
                path, [(f"/roles/{n}/jurisdiction", role.get("jurisdiction")) for n, role in roles]
            )
        people.end()
        return people.ids

    def whole(self, terms: Terms, people: set[str]) -> ClaimsFile:
        """Claims the terms and what they make of earlier ones, then the committees; returns all of it."""
        self._terms(terms)
        committees = Committees(self.writing, people)
        for path, file in self._files(lambda path: path.parent.name == _COMMITTEES):
            committees.read(path, file)
            self.places.went_through(path, [("/jurisdiction", file.get("jurisdiction"))])
        committees.end()
        return self.writing.finished()

    def _terms(self, terms: Terms) -> None:
        document = self.writing.document.id
        for term, places in terms.of(self.day, document):
            links = {"supersedes": terms.superseded(self.day, term), "disputes": terms.disputed(self.day, term)}
            told = _says(term) | {name: [_id(each) for each in found] for name, found in links.items()}
            self.writing.claim("HOLDS_OFFICE", term.person, term.office, *places, **told)
        for term, places in terms.unended(self.day, document):
            value = f"{term.person}, {term.office} to {term.end or 'no day'}"
            why = "should still run, and no later archive names anybody in the office"
            self.writing.doubt(places[0], value, why, "kept, and no end is known")
        for term, places, others in terms.together(self.day, document):
            value = f"{term.person}, {term.office} as {', '.join(others)}"
            self.writing.doubt(
                places[0], value, "holds an office of one holder together with others", "kept, each of them"
            )

    def _files(self, wanted: Callable[[PurePosixPath], bool]) -> Iterator[tuple[str, Any]]:
        for path, content in members(self.path, *_FILES):
            if not wanted(PurePosixPath(path)):
                continue
            try:
                file = written.as_text(content)
                if not isinstance(file, list if PurePosixPath(path).stem == _MUNICIPALITIES else dict):
                    raise ValueError("holds neither a record nor a list of municipalities")
                yield path, file
            except ValueError as error:
                self.writing.doubt({"path": path}, "", str(error), "file left out")


def _says(term: Term) -> dict[str, Any]:
    return {"valid_from": term.start, "valid_to": term.end}


def _id(term: Term) -> str:
    """Id of the claim of a term, by whichever document."""
    evidence = [{"document": "any", "pointer": "/"}]
    said = {"subject": term.person, "object": term.office, "evidence": evidence, **_says(term)}
    return HoldsOffice.model_validate(said).id
