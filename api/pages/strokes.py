"""The way of a claim as a path: its head says whether it is said to be so, a sign what has become of it."""

from dataclasses import dataclass

from schema.closed_lists import FACTUAL_STATUSES, Standing

_BEND = 10
SIGN = 18  # across


@dataclass(frozen=True)
class Stroke:
    """`way` and `head` are paths; `open` is a head of what is not said to be so; `sign` stands at `at`, if any."""

    way: str
    head: str
    open: bool
    status: str
    standing: str
    sign: str = ""
    at: tuple[float, float] = (0, 0)


def across(
    start: tuple[float, float], lane: float, end: tuple[float, float], stands: tuple[str, str], at: float
) -> Stroke:
    """From left to right, turning in a lane; `stands` are status and standing, `at` is where a sign has room."""
    status, standing = stands
    open, over = status not in FACTUAL_STATUSES, standing == Standing.SUPERSEDED
    (x, y), (tip, height) = start, end
    last = tip - (13 if over else 1 if open else 8)
    way = _bent(x, y, lane, height, last)
    head = f"M{last:g} {height - 4:g}v8" if over else _right(tip, height, open)
    row = y if at < lane else height
    return Stroke(way, head, open or over, status, standing, _sign(standing), (at - SIGN / 2, row - SIGN / 2))


def upright(x: float, start: float, end: float, stands: tuple[str, str]) -> Stroke:
    """Straight up or down."""
    status, standing = stands
    open, over = status not in FACTUAL_STATUSES, standing == Standing.SUPERSEDED
    up = -1 if end < start else 1
    last = end - up * (13 if over else 1 if open else 8)
    if over:
        head = f"M{x - 4:g} {last:g}h8"
    elif open:
        head = f"M{x - 5:g} {end - up * 8:g}l5 {up * 8:g} 5 {-up * 8:g}"
    else:
        head = f"M{x:g} {end:g}l-4.2 {-up * 9:g}h8.4z"
    middle = (start + end) / 2
    at = (x - SIGN / 2, middle - SIGN / 2)
    return Stroke(f"M{x:g} {start:g}V{last:g}", head, open or over, status, standing, _sign(standing), at)


def plain(start: tuple[float, float], lane: float, end: tuple[float, float]) -> str:
    """The path of what is no claim."""
    return _bent(*start, lane, end[1], end[0])


def _sign(standing: str) -> str:
    return standing if standing in (Standing.DISPUTED, Standing.RETRACTED) else ""


def _right(tip: float, y: float, open: bool) -> str:
    return f"M{tip - 8:g} {y - 5:g}l8 5-8 5" if open else f"M{tip:g} {y:g}l-9-4.2v8.4z"


def _bent(x: float, y: float, lane: float, height: float, end: float) -> str:
    if y == height:
        return f"M{x:g} {y:g}H{end:g}"
    down = 1 if height > y else -1
    bend = min(_BEND, abs(height - y) / 2)
    return (
        f"M{x:g} {y:g}H{lane - bend:g}Q{lane:g} {y:g} {lane:g} {y + down * bend:g}"
        f"V{height - down * bend:g}Q{lane:g} {height:g} {lane + bend:g} {height:g}H{end:g}"
    )
