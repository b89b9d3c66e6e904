"""What can go wrong between a question and its answer.

GraphError
├── NotFound       the id names nothing; `near` holds ids that look like it
│   └── Gone       it did, and was taken down, or every claim that named it has been retracted
├── BadRequest     a parameter is unknown or wrong; `errors` says which and what would be right
├── NotReadable    a query or mapping file breaks the rules of such files
├── Refused        the store does not take a statement as it is written
├── NotPermitted   a statement wants to write where only reading is allowed
├── TooLarge       the answer needs more memory than the store may use
├── TooSlow        the time limit ended the query
└── Unavailable    the store does not answer now
    └── Busy       it does, and too many wait for it
"""

from collections.abc import Sequence
from typing import ClassVar


class GraphError(Exception):
    """Base of all errors that a caller can be told about."""


class NotFound(GraphError):
    """Nothing has this id or name; `near` holds some that are like the one sought."""

    def __init__(self, what: str, near: Sequence[str] = (), sought: str = "") -> None:
        super().__init__(what)
        self.near, self.sought = tuple(near), sought


class Gone(NotFound):
    """Something had this id; it is not told what, as it was taken down or every claim that named it retracted."""


class BadRequest(GraphError):
    """Parameters that cannot be taken; `errors` are dicts of parameter, detail and, where one is near, suggestion."""

    def __init__(self, errors: Sequence[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{e['parameter']}: {e['detail']}" for e in errors))
        self.errors = tuple(errors)


class NotReadable(GraphError):
    """A file that says how to ask or to import is not as it must be, or does not fit what is imported by it."""


class Refused(GraphError):
    """The store does not take a statement as it is written; the same one will be refused again."""


class NotPermitted(GraphError):
    """A reader was given a statement that writes."""


class TooLarge(GraphError):
    """The answer needs more memory than the store may use; the same question will fail again."""


class TooSlow(GraphError):
    """The time limit ended the query."""


class Unavailable(GraphError):
    """The store does not answer now; trying again later can help."""

    again_after: ClassVar[int] = 2  # seconds


class Busy(Unavailable):
    """More is asked at once than the store can answer soon; nothing was begun."""
