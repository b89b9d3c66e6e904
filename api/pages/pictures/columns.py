"""Where things stand that are drawn in columns: rows outside, what they lead to or come from between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

NAME_LINE, LABEL_LINE = 18, 15
_ROW, _BETWEEN, _PORT, _TOP = 15, 12, 12, 12
_STEM = 34  # what a claim between two things of the middle column takes besides its label


@dataclass(frozen=True)
class Outer:
    """Something in an outer column: lines of its name, and for each of its ways the lines of its label and its end."""

    name: int
    ways: tuple[tuple[int, int], ...]

    @property
    def _steps(self) -> list[float]:
        """How far below its top each way runs, where the name took no room."""
        found, top = [], 0.0
        for lines, _ in self.ways:
            top += LABEL_LINE * lines + _ROW
            found.append(top - 11)
        return found

    @property
    def middle(self) -> float:
        """How far below its top its name is centred."""
        steps = self._steps or [0.0]
        return max((steps[0] + steps[-1]) / 2, NAME_LINE / 2 * self.name)

    @property
    def rows(self) -> list[float]:
        """How far below its top each way runs."""
        steps = self._steps or [0.0]
        moved = self.middle - (steps[0] + steps[-1]) / 2
        return [step + moved for step in self._steps]

    @property
    def height(self) -> float:
        """Of name and ways."""
        return max(self.rows[-1] + 6 if self.ways else 0.0, self.middle + NAME_LINE / 2 * self.name)


@dataclass(frozen=True)
class Inner:
    """Something in the middle column: lines of its name, and those of a label on its way up to the one above, or 0."""

    name: int
    stem: int = 0


@dataclass(frozen=True)
class Way:
    """Heights at which a way runs outside and meets the middle column, and the lane in which it turns."""

    row: float
    port: float
    lane: int


@dataclass(frozen=True)
class Stood:
    """The height of the middle of an outer thing, and its ways."""

    middle: float
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Layout:
    """How high all is, where the middles of the middle column are, and what stands on either side of it."""

    height: int
    inner: tuple[float, ...]
    left: tuple[Stood, ...]
    right: tuple[Stood, ...]


def layout(left: Sequence[Outer], inner: Sequence[Inner], right: Sequence[Outer]) -> Layout:
    """The taller outer column is stacked, the middle one follows it, and the other outer one the middle one."""
    fewer = _stack(left)[1] < _stack(right)[1]
    leading, following = (right, left) if fewer else (left, right)
    tops = _stack(leading)[0]
    halves = [_half(at, each, left, right) for at, each in enumerate(inner)]
    stems = [_BETWEEN + (each.stem * LABEL_LINE + _STEM if each.stem else 8) for each in inner]
    middles = spread(_wanted(leading, tops, len(inner)), halves, stems)
    wanted = [_facing(thing, middles) for thing in following]
    centres = spread(wanted, [thing.height / 2 for thing in following], [_BETWEEN] * len(following))
    others = [centre - thing.height / 2 for centre, thing in zip(centres, following, strict=True)]
    edges = [*tops, *others, *(middle - half for middle, half in zip(middles, halves, strict=True))]
    down = _TOP - min(edges, default=0)
    middles = [round(middle + down) for middle in middles]
    ends = [top + thing.height for top, thing in zip([*tops, *others], [*leading, *following], strict=True)]
    ends = [end + down for end in ends] + [middle + half for middle, half in zip(middles, halves, strict=True)]
    stood = [
        _stood(things, [top + down for top in of], middles) for things, of in ((leading, tops), (following, others))
    ]
    first, second = reversed(stood) if fewer else stood
    return Layout(round(max(ends, default=0)) + _TOP, tuple(middles), first, second)


def _facing(thing: Outer, inner: Sequence[float]) -> float | None:
    """Where the middle of its height would be if its ways ran straight to what they lead to, taken together."""
    if not thing.ways:  # what stands for those left out follows the one before
        return None
    ends = sum(inner[end] for _, end in thing.ways) / len(thing.ways)
    return ends - sum(thing.rows) / len(thing.rows) + thing.height / 2


def _half(at: int, thing: Inner, left: Sequence[Outer], right: Sequence[Outer]) -> float:
    """Half the room that a thing of the middle column takes: for its name, and for the ways that meet it."""
    met = max(sum(end == at for each in side for _, end in each.ways) for side in (left, right))
    return max(_PORT * (met - 1) / 2 + 8, NAME_LINE / 2 * thing.name, 12)


def _stood(things: Sequence[Outer], tops: Sequence[float], inner: Sequence[float]) -> tuple[Stood, ...]:
    rows = [[round(top + row) for row in thing.rows] for thing, top in zip(things, tops, strict=True)]
    ports = _ports(things, rows, inner)
    pairs = [pair for several in zip(rows, ports, strict=True) for pair in zip(*several, strict=True)]
    ways = (Way(row, port, lane) for (row, port), lane in zip(pairs, lanes(pairs), strict=True))
    return tuple(
        Stood(round(top + thing.middle), tuple(islice(ways, len(thing.ways))))
        for thing, top in zip(things, tops, strict=True)
    )


def _stack(things: Sequence[Outer]) -> tuple[list[float], float]:
    tops, top = [], 0.0
    for thing in things:
        tops.append(top)
        top += thing.height + _BETWEEN
    return tops, top


def _wanted(things: Sequence[Outer], tops: Sequence[float], count: int) -> list[float | None]:
    met: list[list[float]] = [[] for _ in range(count)]
    for thing, top in zip(things, tops, strict=True):
        for row, (_, end) in zip(thing.rows, thing.ways, strict=True):
            met[end].append(top + row)
    return [sum(rows) / len(rows) if rows else None for rows in met]


def spread(wanted: Sequence[float | None], halves: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Middles in this order, as near to the wanted ones as can be with that room each; `gaps` are those above each."""
    offsets, below = [], 0.0
    for at, half in enumerate(halves):
        below += (halves[at - 1] + half + gaps[at]) if at else 0
        offsets.append(below)
    blocks: list[tuple[float, int]] = []  # the mean and number of neighbours that push each other
    last = 0.0
    for each, offset in zip(wanted, offsets, strict=True):
        last = last if each is None else each - offset
        mean, count = last, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    bases = [mean for mean, count in blocks for _ in range(count)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


def _ports(things: Sequence[Outer], rows: Sequence[Sequence[float]], inner: Sequence[float]) -> list[list[float]]:
    """Where each way meets the middle column: in the order of the rows, so that no two of one thing cross there."""
    ways = [(rows[at][n], at, n, end) for at, thing in enumerate(things) for n, (_, end) in enumerate(thing.ways)]
    met: dict[int, list[tuple[int, int]]] = {}
    for _, at, n, end in sorted(ways):
        met.setdefault(end, []).append((at, n))
    found = [[0.0] * len(thing.ways) for thing in things]
    for end, several in met.items():
        for port, (at, n) in enumerate(several):
            found[at][n] = inner[end] + _PORT * (port - (len(several) - 1) / 2)
    return found


def lanes(ways: Sequence[tuple[float, float]]) -> list[int]:
    """Which lane each way from a row to a port turns in, the first next to the rows; to one thing, none cross."""
    found: dict[int, int] = {}
    down = sorted((n for n, (row, port) in enumerate(ways) if port > row), key=lambda n: (-ways[n][0], n))
    up = sorted((n for n, (row, port) in enumerate(ways) if port < row), key=lambda n: (ways[n][0], n))
    for several in (down, up):
        done: list[int] = []
        for n in several:
            lane = 1 + max((found[other] for other in done if _meet(ways[n], ways[other])), default=-1)
            taken = {found[other] for other in found if other not in done and _meet(ways[n], ways[other])}
            while lane in taken:
                lane += 1
            found[n] = lane
            done.append(n)
    return [found.get(n, 0) for n in range(len(ways))]


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(min(one), min(other)) <= min(max(one), max(other)) + 4
