"""What a picture shows: things in three columns, and the claims that tie them; not yet where on the paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.formats.columns import text
from api.formats.links import address
from api.pages.kinds import kind
from api.pages.sentence import Line, entity_page, line
from api.place import Place
from graph.result import Result, Row
from schema import RELATIONS
from schema.records import HasIdentifier, HasName

# What a thing is called is no thing that it is linked to.
_NAMES = {HasName.relation(), HasIdentifier.relation()}


@dataclass(frozen=True)
class Thing:
    """An entity, or a figure, or so many claims that are left out, both of which have no kind."""

    id: str
    name: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Tie:
    """A claim between an outer thing and the middle one at `end`; without `line` it stands for those left out."""

    end: int
    relation: str
    line: Line | None = None

    @property
    def verb(self) -> str:
        """From subject to object."""
        return RELATIONS[self.relation].verb

    @property
    def inverse(self) -> str:
        """From object to subject."""
        return RELATIONS[self.relation].inverse


@dataclass(frozen=True)
class Stem:
    """A claim between the middle thing at `lower` and the one above it, on which it leads `up` or which it is of."""

    lower: int
    up: bool
    tie: Tie


@dataclass(frozen=True)
class Outer:
    """An outer thing and all its ties."""

    thing: Thing
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Plan:
    """Three columns; `stems` are claims between two neighbours of the middle one, where that is the only one."""

    left: tuple[Outer, ...]
    inner: tuple[Thing, ...]
    right: tuple[Outer, ...]
    stems: tuple[Stem, ...] = ()
    left_out: int = 0

    @property
    def extent(self) -> int:
        """How many things are drawn, or claims where these are more."""
        ties = sum(len(outer.ties) for outer in (*self.left, *self.right))
        return max(len(self.left) + len(self.inner) + len(self.right), ties)


class Known:
    """The things and lines of an answer, each made once."""

    def __init__(self, result: Result, place: Place) -> None:
        self._result, self._place = result, place
        self.claims = [each for each in result.claims.values() if each["relation"] not in _NAMES]
        self._lines: dict[str, Line] = {}

    def line(self, claim: Row) -> Line:
        """The claim as a line."""
        if claim["id"] not in self._lines:
            self._lines[claim["id"]] = line(claim, self._result, self._place)
        return self._lines[claim["id"]]

    def thing(self, id: str, claim: Row) -> Thing:
        """One end of a claim."""
        if id == value_of(claim):
            return Thing(id, f"{text(claim.get('value'))} {claim.get('unit', '')}".strip())
        record = self._result.entities.get(id, {"name": id, "types": ()})
        return Thing(id, record["name"], entity_page(id, self._result, self._place), kind(record["types"]))

    def more(self, count: int, of: str, group: tuple[str, str], counted: bool = True) -> Thing:
        """So many claims of a relation that are not drawn, and where all of them are."""
        relation, direction = group
        asked = f"relations.html?relation={relation}&direction={direction}"
        href = self._place.link(f"{self._place.base}v1/entities/{of}/{asked}")
        return Thing(f"more {of} {relation} {direction}", f"+{count:,}{'' if counted else ' or'} more", href)

    def rest(self, count: int) -> Thing:
        """So many claims of an answer that are not drawn: they stand on the same page."""
        return Thing("more", f"+{count:,} more", "#rows" if self._place.root else address(self._place, "html"))


def value_of(claim: Row) -> str:
    """What stands for the figure of a claim that has no object."""
    return "" if "object" in claim else f"{claim['id']}-value"


def target(claim: Row) -> str:
    """What the claim leads to: its object, or what stands for its figure."""
    return claim.get("object") or value_of(claim)


def tied(pairs: Iterable[tuple[Row, str, int]], known: Known) -> tuple[Outer, ...]:
    """Outer things in the order in which they come, each with all its ties in the order of the middle column."""
    found: dict[str, tuple[Thing, list[Tie]]] = {}
    for claim, outer, end in pairs:
        thing = found.setdefault(outer, (known.thing(outer, claim), []))
        thing[1].append(Tie(end, claim["relation"], known.line(claim)))
    return tuple(Outer(thing, tuple(sorted(ties, key=lambda tie: tie.end))) for thing, ties in found.values())
