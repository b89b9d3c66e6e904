"""Ranges of an indexed key, by which a query is cut into pages before anything is fetched for its rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.spots import order
from schema.values import LATEST, day_bounds

FIRST, LAST = "", "~"  # before and after every key: keys hold letters, digits, hyphens, dots and blanks alone
# Ways to seek a date, and how much of it they share with the first one asked for.
SPANS = {"in_year": 4, "in_month": 7, "in_days": 10}
CUTTING = ("seek", "onward", *SPANS)
SEEKS = (*CUTTING, "seek_from")


@dataclass(frozen=True)
class Seek:
    """A range of an indexed key: what begins with these words, each a literal or the name of a parameter.

    A word `name=value` is no part of the key: the range is empty where the parameter is given and is another.
    Where each gives several rows, the one at which the last page was cut is `included`; a row's key is one word longer.
    """

    words: tuple[tuple[str, bool], ...]
    included: bool = False

    def bounds(self, given: Mapping[str, object], after: str) -> tuple[str, str]:
        """What lies before the first key of the range behind `after`, and behind its last one."""
        sides = [word.split("=") for word, _ in self.words if "=" in word]
        if any(given[name] not in (None, value) for name, value in sides):
            return LAST, LAST
        words = [given[word] if named else word for word, named in self.words if "=" not in word]
        prefix = " ".join(str(word) for word in words if word is not None)
        after = after.rpartition(" ")[0] if self.included else after
        return (max(f"{prefix} ", after), f"{prefix}!") if prefix else (max(FIRST, after), LAST)


@dataclass(frozen=True)
class Span(Seek):
    """The dates from the first word to the second: `letters` parts those of the first one's year or month alone."""

    letters: int = 10

    def bounds(self, given: Mapping[str, object], after: str) -> tuple[str, str]:
        """As of any range; without a second date it goes on for ever."""
        first, last = (str(given[name] or LATEST) for name, _ in self.words)
        begins, ends = day_bounds(first)[0][: self.letters], day_bounds(last)[1]
        return max(f"{begins} ", after), f"{ends if self.letters == 10 else begins}!"


@dataclass(frozen=True)
class Onward(Seek):
    """All places of the document that the first word names, from the one that the second names on."""

    def bounds(self, given: Mapping[str, object], after: str) -> tuple[str, str]:
        """Without a second word from the first place on."""
        document, at = (given[name] for name, _ in self.words)
        return max(f"{document} {order(str(at)) if at else ''}", after), f"{document}!"


def seek(name: str, named: tuple[tuple[str, bool], ...], included: bool) -> Seek:
    """The range that a query asks for by this name."""
    if name == "onward":
        return Onward(named)
    return Span(named, letters=SPANS[name]) if name in SPANS else Seek(named, included)
