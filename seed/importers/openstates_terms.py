"""Terms of office over several states of one source: which of an earlier state a later one replaces or contradicts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schema.values import EARLIEST, LATEST, day_bounds
from seed.importers.writing import Place


@dataclass(frozen=True, slots=True)
class Term:
    """Who holds which office from when to when; `alone` says that one person at a time holds it."""

    person: str
    office: str
    start: str | None
    end: str | None
    alone: bool

    @property
    def first(self) -> str:
        """The first day that the start can mean."""
        return day_bounds(self.start)[0] if self.start else EARLIEST

    @property
    def last(self) -> str:
        """The last day that the end can mean."""
        return day_bounds(self.end)[1] if self.end else LATEST

    def on(self, day: str) -> bool:
        """Whether it may run on that day."""
        return self.first <= day <= self.last


class Terms:
    """All terms that a source tells, by the days of its states: several archives may be of one day."""

    def __init__(self, days: Iterable[str]) -> None:
        self._latest = max(days)
        self._places: dict[tuple[str, Term], dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
        self._by_pair: dict[tuple[str, str], dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._by_office: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))

    def add(self, day: str, document: str, term: Term, place: Place) -> None:
        """The document, of that day, says so there."""
        places = self._places[day, term]
        if not places:
            self._by_pair[term.person, term.office][day].append(term)
            if term.alone:
                self._by_office[term.office][day].append(term)
        places[document].append(place)

    def of(self, day: str, document: str) -> Iterator[tuple[Term, list[Place]]]:
        """What the document says, each term once with all its places."""
        for (told, term), places in self._places.items():
            if told == day and document in places:
                yield term, places[document]

    def superseded(self, day: str, term: Term) -> list[Term]:
        """Terms of one person in one office that the state before gives with other dates, which this one replaces.

        One that had ended by then is a term of its own, where this one ends later and has no beginning.
        """
        told = self._by_pair[term.person, term.office]
        if (before := _before(day, told)) is None:
            return []
        fresh = [each for each in told[day] if each not in told[before]]
        gone = [each for each in told[before] if not any(each in told[later] for later in told if later > before)]
        return [each for each in gone if _heir(each, fresh, day) == term]

    def disputed(self, day: str, term: Term) -> list[Term]:
        """Terms of others that by the state before run on, in an office of one holder that this one holds by now."""
        if not term.alone or not term.on(day):
            return []
        told = self._by_office[term.office]
        # Who is told of again is told of again with dates.
        return [
            each
            for before in sorted(told)
            if before < day
            for each in told[before]
            if each.on(day) and each.last > day and max(self._by_pair[each.person, each.office]) == before
            if min(later for later in told if later > before and any(one.on(later) for one in told[later])) == day
        ]

    def unended(self, day: str, document: str) -> Iterator[tuple[Term, list[Place]]]:
        """Terms that should still run, of people whom no later state names in the office, nor anybody else."""
        latest = self._latest
        for term, places in self.of(day, document):
            gone = day < latest and term.on(latest) and max(self._by_pair[term.person, term.office]) == day
            if gone and not any(one.on(latest) for one in self._by_office[term.office].get(latest, ())):
                yield term, places

    def together(self, day: str, document: str) -> Iterator[tuple[Term, list[Place], list[str]]]:
        """Terms that run on the day of the state in an office of one holder, with the others who hold it then."""
        for term, places in self.of(day, document):
            told = self._by_office[term.office].get(day, ()) if term.alone and term.on(day) else ()
            if others := sorted({each.person for each in told if each.on(day)} - {term.person}):
                yield term, places, others


def _before(day: str, told: dict[str, list[Term]]) -> str | None:
    return max((each for each in told if each < day), default=None)


def _heir(gone: Term, fresh: list[Term], day: str) -> Term | None:
    """Which of the fresh ones says what the one that is gone said: by end, by start, or by the time that they share."""
    near = [
        each
        for each in fresh
        if each.first < gone.last and gone.first < each.last
        if not (each.start is None and gone.last < each.last and gone.last < day)
    ]
    return max(near, key=lambda each: (each.end == gone.end, each.start == gone.start), default=None)
