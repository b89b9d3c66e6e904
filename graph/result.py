"""A query's answer: columns, rows, and the claims and entities in them; whole, or in parts that fit into memory."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
ENDS = ("subject", "object")


@dataclass(frozen=True)
class Result:
    """`rows` hold the columns and `claims` (ids); `claims` and `entities` map ids to flat records.

    A claim record has the fields of `schema.Claim` plus those of `schema.answer.ToldClaim`. An entity record has its
    fields plus `type` (most specific) and `types` (all labels but Entity). Absent fields are left out, never null.
    `version` is the hash of the dataset's content, `version_at` the instant at which the last of it was taken in.
    """

    query: str
    question: str
    columns: tuple[str, ...]
    rows: list[Row]
    claims: dict[str, Row] = field(default_factory=dict)
    entities: dict[str, Row] = field(default_factory=dict)
    parameters: Row = field(default_factory=dict)
    next_cursor: str | None = None
    version: str = ""
    version_at: str = ""

    @property
    def truncated(self) -> bool:
        """Whether rows beyond these exist."""
        return self.next_cursor is not None


Parts = Callable[[], Iterable[Result]]


@dataclass(frozen=True)
class Answer:
    """An answer in parts, so that what fits no memory can be written: a page is one part, all of it; an export many.

    `head` tells of the whole; its rows are those that have places of their own, of which an export has none. The others
    give their parts anew at each call. `claims` are all claims, with a row each and the names of what is round them;
    `things` all entities, with those of their claims that are facts; `ends` what claims are about or the rows name, and
    the claims that are about a figure; `cited` the documents. Within the parts of each of them nothing comes twice.
    `count` gives how many rows there are, `at_once` says that the head is all of it.
    """

    head: Result
    count: Callable[[], int]
    claims: Parts
    things: Parts
    ends: Parts
    cited: Parts
    at_once: bool = False


def in_one_part(result: Result) -> Answer:
    """An answer that is in memory, its claims and entities in the order of their ids."""
    claims = dict(sorted(result.claims.items()))

    def part(ids: Collection[str]) -> tuple[Result, ...]:
        entities = {id: result.entities[id] for id in sorted(ids) if id in result.entities}
        return (Result(**vars(result) | {"claims": claims, "entities": entities}),)

    def whole() -> tuple[Result, ...]:
        return part(result.entities)

    def ends() -> tuple[Result, ...]:
        about = (claim[end] for claim in claims.values() for end in ENDS if end in claim)
        return part({*about, *(text for row in result.rows for text in texts(row, result.columns))})

    def cited() -> tuple[Result, ...]:
        return part({piece["document"] for claim in claims.values() for piece in claim["evidence"]})

    return Answer(result, lambda: len(result.rows), whole, whole, ends, cited, at_once=True)


def texts(row: Row, columns: Iterable[str]) -> list[str]:
    """What stands in the cells of a row and is text, each once: ids among it."""
    cells = [row.get(column) for column in columns]
    several = (text for cell in cells for text in (cell if isinstance(cell, list | tuple) else [cell]))
    return list(dict.fromkeys(text for text in several if isinstance(text, str)))
