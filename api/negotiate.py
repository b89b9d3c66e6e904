"""Which format a client gets: the suffix, else `format=`, else the Accept header with its weights."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from starlette.requests import Request

from api.formats import FORMATS
from graph.errors import BadRequest
from schema.spelling import near

EXCERPT = 200  # of what was asked for, where it is repeated
LINKED_DATA_ORDER = tuple(sorted(FORMATS.values(), key=lambda f: {"rdf": 0, "page": 1}.get(f.kind, 2)))


class Offered(Protocol):
    """What has an address by its suffix, and a media type."""

    @property
    def suffix(self) -> str:
        """Without a leading dot."""

    @property
    def media_type(self) -> str:
        """Without parameters."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other media types that it is asked by."""


Choice = TypeVar("Choice", bound=Offered)


class NotAcceptable(Exception):
    """No format on offer fits; `available` lists what is on offer."""

    def __init__(self, asked: str, available: Sequence[Offered]) -> None:
        asked = asked if len(asked) <= EXCERPT else f"{asked[:EXCERPT]}…"
        meant = "".join(f"; did you mean {name!r}?" for name in near(asked, (f.suffix for f in available)))
        super().__init__(f"{asked!r} is not on offer{meant}")
        self.available = tuple(available)


@dataclass(frozen=True)
class _Range:
    media: str
    q: float

    @property
    def specificity(self) -> int:
        return 0 if self.media == "*/*" else 1 if self.media.endswith("/*") else 2

    def covers(self, media_type: str) -> bool:
        return self.media in ("*/*", media_type, media_type.partition("/")[0] + "/*")


def choose(request: Request, offer: Sequence[Choice]) -> Choice:
    """The format of `offer` for this request; NotAcceptable if none fits."""
    accept = ",".join(request.headers.getlist("accept"))
    return negotiate(request.state.suffix, request.query_params.get("format") or None, accept, offer)


def negotiate(suffix: str | None, asked: str | None, accept: str | None, offer: Sequence[Choice]) -> Choice:
    """The best format of `offer`, which is in the server's order of preference; NotAcceptable if none fits.

    BadRequest where the suffix of the address and `format=` name two.
    """
    by_suffix = {f.suffix: f for f in offer}
    named = [name for name in (suffix, asked) if name is not None]
    for name in named:
        if name not in by_suffix:
            raise NotAcceptable(name, offer)
    if len(set(named)) > 1:
        told = f"asks for {asked}, and the address ends in .{suffix}; give one of the two"
        raise BadRequest([{"parameter": "format", "detail": told}])
    if named:
        return by_suffix[named[0]]
    ranges = _ranges(accept or "") or [_Range("*/*", 1.0)]
    weighed = [(*_weight(f, ranges), -place, f) for place, f in enumerate(offer)]
    q, _, _, best = max(weighed, key=lambda w: w[:3])
    if not q:
        raise NotAcceptable(accept or "", offer)
    return best


def _ranges(accept: str) -> list[_Range]:
    ranges = []
    for part in re.sub(r'"[^"]*"', "", accept).lower().split(","):  # a quoted parameter may hold a comma
        media, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [p.partition("=")[2].strip() for p in parameters if re.match(r"q\s*=", p)]
        if media:
            ranges.append(_Range("*/*" if media == "*" else media, quality(weights[0]) if weights else 1.0))
    return ranges


def quality(text: str) -> float:
    """The weight that a header gives: 0 where it is none."""
    return min(float(text), 1.0) if re.fullmatch(r"\d+(\.\d*)?|\.\d+", text, re.ASCII) else 0.0


def _weight(form: Offered, ranges: Sequence[_Range]) -> tuple[float, int]:
    """Quality and specificity of the range that decides: the most specific, one that names the type before an alias."""
    for media_type in (form.media_type, *form.aliases):
        if named := [r for r in ranges if r.media == media_type]:
            return max(r.q for r in named), 2
    fitting = [r for r in ranges if r.covers(form.media_type)]
    best = max(fitting, key=lambda r: (r.specificity, r.q), default=_Range("*/*", 0.0))
    return best.q, best.specificity
