"""A query's answer: columns, rows, and the claims and entities in them."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


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
