"""Where an answer stands on the Web."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """`base` begins all identifiers and ends in `/`; `here` is the answer's address without a format suffix."""

    base: str
    here: str
    next: str | None = None
