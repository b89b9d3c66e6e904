"""When what is claimed was so, as bars under years: a date that is but a year or a month is a span, never a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.pages.sentence import Line, line
from api.place import Place
from graph.result import Result, Row
from schema import RELATIONS
from schema.values import day_bounds

MOST = 40
WIDTH, _HEIGHT, _YEARS = 248, 14, 5
_NARROW = 3  # pixels: a span of less is one stroke

Span = tuple[int, int]  # the days within which a date lies, the second not included


@dataclass(frozen=True)
class Bar:
    """A claim under the years: `way` is drawn in the stroke of its status, `ticks` bound what is known of a date."""

    when: str
    line: Line
    way: str
    ticks: str
    open: str


@dataclass(frozen=True)
class Timeline:
    """Claims by their dates; `years` are places and labels, `undated` claims bear no date, `left_out` come later."""

    years: tuple[tuple[float, int], ...]
    bars: tuple[Bar, ...]
    undated: int
    left_out: int


def timeline(result: Result, place: Place, most: int = MOST) -> Timeline | None:
    """The dated claims of an answer, the earliest first; nothing where none bears a date."""
    dated = sorted(
        ((spans, claim) for claim in result.claims.values() if any(spans := _spans(claim))),
        key=lambda each: (min(filter(None, each[0])), each[0][0] is not None, each[0][1] or (0, 0), each[1]["id"]),
    )
    if not dated:
        return None
    known = [span for spans, _ in dated[:most] for span in spans if span]
    first = date.fromordinal(min(known)[0]).year
    last = date.fromordinal(max(end for _, end in known) - 1).year
    scale = _Scale(first, last)
    bars = tuple(_bar(spans, claim, scale, line(claim, result, place)) for spans, claim in dated[:most])
    return Timeline(scale.years, bars, len(result.claims) - len(dated), len(dated) - len(bars))


def _spans(claim: Row) -> tuple[Span | None, Span | None]:
    begins, ends = _span(claim.get("valid_from")), _span(claim.get("valid_to"))
    if begins is None and "not_before" in claim:
        begins = _day(day_bounds(claim["not_before"])[0]), _day(day_bounds(claim["not_after"])[1]) + 1
    return begins, ends


def _span(day: str | None) -> Span | None:
    if day is None:
        return None
    first, last = day_bounds(day)
    return _day(first), _day(last) + 1


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int

    @property
    def years(self) -> tuple[tuple[float, int], ...]:
        """Where which years begin: few enough to be read."""
        count = self.last - self.first + 1
        steps = (step * ten for ten in (1, 10, 100, 1000) for step in (1, 2, 5))
        step = next(step for step in steps if count / step <= _YEARS)
        told = range(self.first + -self.first % step, self.last + 1, step)
        return tuple((self.at(_day(f"{year:04d}-01-01")), year) for year in told)

    def at(self, day: int) -> float:
        """How far to the right the day begins."""
        start, end = _day(f"{self.first:04d}-01-01"), _day(f"{self.last:04d}-12-31") + 1
        return round((day - start) / (end - start) * WIDTH, 1)


def _bar(spans: tuple[Span | None, Span | None], claim: Row, scale: _Scale, told: Line) -> Bar:
    begins, ends = spans
    good = RELATIONS[claim["relation"]].lasting
    edges = [edge for span in spans if span for edge in _edges(span, scale)]
    middle = _HEIGHT / 2
    way = f"M{edges[0]:g} {middle:g}H{edges[-1]:g}" if edges[-1] > edges[0] else ""
    open = ""
    if begins is None:
        open = f"M0 {middle:g}H{edges[0]:g}"
    elif ends is None and not good:
        open = f"M{edges[-1]:g} {middle:g}H{WIDTH}"
    return Bar(_when(claim, good=good), told, way, "".join(f"M{edge:g} 2v10" for edge in edges), open)


def _edges(span: Span, scale: _Scale) -> Sequence[float]:
    start, end = scale.at(span[0]), scale.at(span[1])
    return [start, end] if end - start >= _NARROW else [start]


def _when(claim: Row, *, good: bool) -> str:
    begins, ends = claim.get("valid_from"), claim.get("valid_to")
    if begins is None and "not_before" in claim:
        begins = f"{claim['not_before']} or later, {claim['not_after']} at the latest"
    if begins and ends:
        return begins if begins == ends else f"{begins} to {ends}"
    return f"until {ends}" if ends else str(begins) if good else f"from {begins}"
