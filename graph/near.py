"""Near misses: what one condition alone leaves out of an answer, be it the asker's or one that the question names."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from graph.connection import Reader
from graph.edition import Edition
from graph.query import Query
from graph.result import Result
from graph.run import run
from graph.tally import Tally
from schema.closed_lists import Standing

SHOWN, COUNTED = 3, 100

Count = Callable[[BaseModel, int], Coroutine[Any, Any, Tally | None]]


@dataclass(frozen=True)
class LeftOut:
    """`words` complete `3 more rows …`; `instead` are the parameters that would let them in, None where it is without.

    `more` says that there are more such rows than were counted.
    """

    words: str
    rows: int
    more: bool
    instead: dict[str, list[Standing] | None]


@dataclass(frozen=True)
class Miss:
    """Rows that a condition of the question itself leaves out, as `words` tell."""

    words: str
    result: Result


async def left_out(query: Query, values: BaseModel, rows: int, count: Count) -> list[LeftOut]:
    """What the asker's own conditions leave out of a whole answer of so many rows, one condition after the other."""
    found = []
    for words, instead in _conditions(query, values):
        tallied = await count(values.model_copy(update=instead), rows + COUNTED)
        if tallied and tallied.total > rows:
            found.append(LeftOut(words, tallied.total - rows, tallied.more, instead))
    return found


async def misses(reader: Reader, query: Query, values: BaseModel, edition: Edition) -> list[Miss]:
    """A few of the rows that one condition which the question names leaves out."""
    few = values.model_copy(update={"limit": SHOWN, "cursor": None})
    found = [Miss(words, await run(reader, other, few, edition)) for words, other in query.near]
    return [miss for miss in found if miss.result.rows]


def _conditions(query: Query, values: BaseModel) -> Iterator[tuple[str, dict[str, list[Standing] | None]]]:
    given = values.model_dump(mode="json")
    if given["as_of"] and given["temporal"] == "certain":
        yield f"with what may only possibly hold as of {given['as_of']}", {"temporal": None}
    if given["as_of"]:
        yield f"with what does not hold as of {given['as_of']}", {"as_of": None, "temporal": None}
    if given["known_at"]:
        yield f"with what was recorded after {given['known_at'].removesuffix('T23:59:59Z')}", {"known_at": None}
    if given["status"]:
        yield "with what its source puts otherwise", {"status": None}
    if given["standing"]:
        yield "with what stands otherwise", {"standing": [*Standing]}
    elif not query.every_standing:
        yield "with what has been superseded or retracted", {"standing": [*Standing]}
