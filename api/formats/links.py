"""Where the same answer, and the things in it, stand on the Web."""

import hashlib
import json
from collections.abc import Mapping

from api.place import Place
from graph.result import Row
from schema.addresses import identifier_address

# What has named a piece from the first, given or not; what was added later does where it is given.
_NAMED_FIRST = ("document", "start", "quote", "row", "pointer")
_NAMED_LATER = ("path", "sheet", "column", "absent")


def address(place: Place, suffix: str) -> str:
    """The answer's address in the format of that suffix: `…/results?x=1` → `…/results.ttl?x=1`."""
    path, mark, query = place.here.partition("?")
    return f"{path}.{suffix}{mark}{query}"


def alternates(place: Place, others: Mapping[str, str]) -> list[dict[str, str]]:
    """How a page links to itself in other formats: `others` maps suffix to media type."""
    return [{"suffix": s, "type": kind, "href": place.link(address(place, s))} for s, kind in others.items()]


def identity(place: Place, name: str) -> str:
    """The address that identifies an entity or a claim."""
    return f"{place.base}id/{name}"


def dataset(base: str) -> str:
    """What every document is a part of; `base` itself tells of it."""
    return f"{base}#dataset"


def elsewhere(claim: Row) -> str | None:
    """The address on the Web that an identifier of this scheme has."""
    return identifier_address(claim.get("scheme"), claim.get("value"))


def publisher_name(document: str) -> str:
    """What names whoever has published it."""
    return f"{document}#publisher"


def agent_names(claim: Row) -> list[str]:
    """Whoever says so; where that is a document it rests on, whoever has published that."""
    documents = {piece["document"] for piece in claim["evidence"]}
    return [publisher_name(id) if id in documents else id for id in claim["attributed_to"]]


def piece_name(claim: str, piece: Row) -> str:
    """What names a piece of evidence for good: by what it points at, as its number changes with what else is known."""
    points_at = [*map(piece.get, _NAMED_FIRST)]
    points_at += [[name, piece[name]] for name in _NAMED_LATER if name in piece]
    return f"{claim}#e{hashlib.sha256(json.dumps(points_at).encode()).hexdigest()[:8]}"
