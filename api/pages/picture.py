"""Claims as a picture: what is drawn where, in plain values, the same to the byte for the same claims."""

from collections.abc import Sequence

from api.pages import chosen
from api.pages.drawing import Picture, drawn
from api.pages.tree import from_left, from_middle
from api.place import Place
from graph.result import Result

MOST = 60
"""How many things a picture shows at most, those included that stand for what is left out."""


def neighbourhood(
    result: Result, place: Place, around: Sequence[str], most: int = MOST, totals: chosen.Totals | None = None
) -> Picture | None:
    """What is claimed of some things, in columns: who does what to them, they, what they do to whom.

    `totals` is how many claims of a relation there are with the first thing at one end (`("ADVISES", "object")`),
    where the answer holds some of them only.
    """
    plan = chosen.of_things(result, place, around, most, totals)
    if not (plan.left or plan.right):
        return None
    names = " and ".join(thing.name for thing in plan.inner)
    return drawn(plan, f"What is claimed of {names}", from_middle(plan), around=True)


def bipartite(result: Result, place: Place, most: int = MOST) -> Picture | None:
    """The claims of an answer: who does what to whom; with a third column where one's object is another's subject."""
    plan = chosen.of_answer(result, place, most)
    return drawn(plan, result.question, from_left(plan), around=False) if plan.inner else None


__all__ = ["MOST", "Picture", "bipartite", "neighbourhood"]
