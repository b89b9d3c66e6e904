"""A picture in words: the same things and claims as lists in a list, for narrow screens."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.pages.plan import Plan, Thing
from api.pages.sentence import Line


@dataclass(frozen=True)
class Leaf:
    """The other end of a claim, or without `line` those that are left out."""

    thing: Thing
    line: Line | None


@dataclass(frozen=True)
class Twig:
    """All claims of one relation, in words from the side of the branch."""

    words: str
    leaves: tuple[Leaf, ...]

    @property
    def count(self) -> int | None:
        """How many, unless some are left out."""
        return len(self.leaves) if all(leaf.line for leaf in self.leaves) else None


@dataclass(frozen=True)
class Branch:
    """A thing and what is claimed of it."""

    thing: Thing
    twigs: tuple[Twig, ...]


Pair = tuple[str, Leaf]


def from_middle(plan: Plan) -> tuple[Branch, ...]:
    """What is claimed of each thing of the middle column, from its side."""
    found: list[list[Pair]] = [[] for _ in plan.inner]
    for outer in plan.left:
        for tie in outer.ties:
            found[tie.end].append((tie.inverse, Leaf(outer.thing, tie.line)))
    for outer in plan.right:
        for tie in outer.ties:
            found[tie.end].append((tie.verb, Leaf(outer.thing, tie.line)))
    for stem in plan.stems:
        one, other = (stem.lower, stem.lower - 1) if stem.up else (stem.lower - 1, stem.lower)
        found[one].append((stem.tie.verb, Leaf(plan.inner[other], stem.tie.line)))
        found[other].append((stem.tie.inverse, Leaf(plan.inner[one], stem.tie.line)))
    return _branches(zip(plan.inner, found, strict=True))


def from_left(plan: Plan) -> tuple[Branch, ...]:
    """What each thing does to which others, as one reads from the left."""
    found = [(each.thing, [(tie.verb, Leaf(plan.inner[tie.end], tie.line)) for tie in each.ties]) for each in plan.left]
    after: list[list[Pair]] = [[] for _ in plan.inner]
    for outer in plan.right:
        for tie in outer.ties:
            after[tie.end].append((tie.verb, Leaf(outer.thing, tie.line)))
    return _branches([*found, *((thing, pairs) for thing, pairs in zip(plan.inner, after, strict=True) if pairs)])


def _branches(pairs: Iterable[tuple[Thing, list[Pair]]]) -> tuple[Branch, ...]:
    branches = []
    for thing, several in pairs:
        twigs: dict[str, list[Leaf]] = {}
        for words, leaf in several:
            twigs.setdefault(words, []).append(leaf)
        branches.append(Branch(thing, tuple(Twig(words, tuple(leaves)) for words, leaves in twigs.items())))
    return tuple(branches)
