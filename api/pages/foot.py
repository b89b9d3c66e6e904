"""What the foot of a page tells of the dataset: its version."""

from typing import Any

from fastapi import Request

from api.formats.columns import long_date
from api.site import Site
from graph.errors import GraphError
from graph.result import Result

Version = dict[str, Any]


def version(result: Result) -> Version | None:
    """The version that an answer is of."""
    return stamp(result.version, result.version_at) if result.version else None


def stamp(hash: str, instant: str) -> Version:
    """A version that is known by these."""
    day = long_date(instant) if instant else ""  # a graph without a claim is of no day
    return {"hash": hash, "at": instant, "day": day}


async def newest(request: Request) -> Version | None:
    """The newest version; None where the store does not tell it, as there are pages that need nothing of it."""
    try:
        edition = await Site.of(request).reader.edition()
    except GraphError:
        return None
    return stamp(edition.hash, edition.instant) if edition.hash else None
