"""From a plan to what a template draws: names in lines, ways with labels, bars at which they arrive, a legend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.pages.canvas import MIDDLE, WIDTH, Frame, Gap, frame
from api.pages.columns import LABEL_LINE, NAME_LINE, Inner, Layout, Stood, layout
from api.pages.columns import Outer as Block
from api.pages.kinds import KINDS
from api.pages.labels import label, natural, sentence
from api.pages.lettering import Run, Runs, drawable, width, wrapped
from api.pages.plan import Outer, Plan, Thing, Tie
from api.pages.strokes import Stroke, across, plain, upright
from api.pages.tree import Branch
from schema.closed_lists import Standing, Status

_LETTERS, _MOST_LINES, _BOLD = 14, 3, 1.07
TALL = 720


@dataclass(frozen=True)
class Name:
    """A thing's name in lines, its sign around `x`, `y`; `whole` is told where the lines are not all of it."""

    thing: Thing
    x: float
    y: float
    text: float
    lines: tuple[tuple[float, str], ...]
    side: str
    whole: str


@dataclass(frozen=True)
class Label:
    """What is written on a claim's way; `said` is the claim as a sentence. Without an address it is no claim."""

    href: str
    said: str
    x: float
    lines: tuple[tuple[float, Runs], ...]


@dataclass(frozen=True)
class Picture:
    """All that is drawn, and the tree that says the same in words; `statuses` and `kinds` are those that occur."""

    title: str
    width: int
    height: int
    names: tuple[Name, ...]
    labels: tuple[Label, ...]
    strokes: tuple[Stroke, ...]
    bars: tuple[str, ...]
    rules: tuple[str, ...]
    statuses: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]
    tree: tuple[Branch, ...]
    left_out: int
    around: bool

    @property
    def folded(self) -> bool:
        """Whether it would push its table off the screen, where the table is what was asked for."""
        return not self.around and self.height > TALL


def drawn(plan: Plan, title: str, words: tuple[Branch, ...], *, around: bool) -> Picture:
    """The plan on paper; where it is not `around` things, a claim is told with as much of its detail as has room."""
    return _Drawing(plan, around).picture(title, words)


class _Drawing:
    def __init__(self, plan: Plan, around: bool) -> None:
        self._plan, self._around, self._detailed = plan, around, not around
        self._names: list[Name] = []
        self._labels: list[Label] = []
        self._strokes: list[Stroke] = []
        self._bars: list[str] = []
        self._rules: list[str] = []

    def picture(self, title: str, words: tuple[Branch, ...]) -> Picture:
        """All of it."""
        plan = self._plan
        columns = frame(_load(plan.left), _load(plan.right), _widest(plan.inner))
        stems = {stem.lower: label(stem.tie, columns.room, False) for stem in plan.stems}
        inner = [_lines(thing, columns.room) for thing in plan.inner]
        stood = layout(
            self._blocks(plan.left, columns.rooms[0], columns.left),
            [Inner(len(lines), len(stems.get(at, ()))) for at, lines in enumerate(inner)],
            self._blocks(plan.right, columns.rooms[1], columns.right),
        )
        if columns.left:
            self._side(plan.left, stood.left, columns, columns.left, leftmost=True)
        self._middle(inner, stood, columns)
        if columns.right:
            self._side(plan.right, stood.right, columns, columns.right, leftmost=False)
        for stem in plan.stems:
            self._stem(stem.lower, stem.up, stem.tie, stems[stem.lower], stood, columns)
        seen = {stroke.status for stroke in self._strokes} | {stroke.standing for stroke in self._strokes}
        kinds = {name.thing.kind for name in self._names}
        return Picture(
            title=title,
            width=WIDTH,
            height=stood.height,
            names=tuple(self._names),
            labels=tuple(self._labels),
            strokes=tuple(self._strokes),
            bars=tuple(self._bars),
            rules=tuple(self._rules),
            statuses=tuple(str(each) for each in (*_STATUSES, *_STANDINGS) if each in seen),
            kinds=tuple((kind, told) for kind, told in KINDS.items() if kind in kinds),
            tree=words,
            left_out=plan.left_out,
            around=self._around,
        )

    def _blocks(self, outers: Sequence[Outer], room: int, gap: Gap | None) -> list[Block]:
        return [
            Block(
                len(_lines(outer.thing, room)),
                tuple((len(label(tie, gap.room if gap else 0, self._detailed)), tie.end) for tie in outer.ties),
            )
            for outer in outers
        ]

    def _side(
        self, outers: Sequence[Outer], stood: Sequence[Stood], columns: Frame, gap: Gap, *, leftmost: bool
    ) -> None:
        """One outer column with all its ways."""
        lanes = 1 + max((way.lane for each in stood for way in each.ways), default=0)
        first, last = gap.lanes if leftmost else (gap.lanes[1], gap.lanes[0])
        step = (last - first) / max(lanes - 1, 4)
        for outer, place in zip(outers, stood, strict=True):
            self._outer(outer.thing, place, columns, leftmost)
            for tie, way in zip(outer.ties, place.ways, strict=True):
                row, port = way.row, way.port
                lane = first + step * way.lane
                start, end = (row, port) if leftmost else (port, row)
                self._way(tie, (gap.start, start), round(lane), (gap.end, end), gap, row)
            rows = [way.row for way in place.ways]
            if len(rows) > 1 and leftmost:
                self._rules.append(f"M{gap.start - 5} {rows[0]:g}V{rows[-1]:g}")
            elif len(rows) > 1:
                self._bars.append(f"M{gap.end + 4} {rows[0] - 7:g}V{rows[-1] + 7:g}")

    def _outer(self, thing: Thing, place: Stood, columns: Frame, leftmost: bool) -> None:
        at = columns.names[0 if leftmost else 1]
        lines = _lines(thing, columns.rooms[0 if leftmost else 1])
        sign = at + 14 if leftmost else at - 14
        self._name(thing, (sign, place.middle), at, lines, "left" if leftmost else "right")

    def _name(self, thing: Thing, sign: tuple[float, float], text: float, lines: Sequence[str], side: str) -> None:
        top = sign[1] + 5 - NAME_LINE * (len(lines) - 1) / 2
        told = tuple((top + NAME_LINE * at, line) for at, line in enumerate(lines))
        whole = "" if " ".join(lines) == thing.name else thing.name
        self._names.append(Name(thing, *sign, text, told, side, whole))

    def _way(
        self, tie: Tie, start: tuple[float, float], lane: float, end: tuple[float, float], gap: Gap, row: float
    ) -> None:
        lines = label(tie, gap.room, self._detailed)
        top = row - 6 - LABEL_LINE * (len(lines) - 1)
        told = tuple((top + LABEL_LINE * at, runs) for at, runs in enumerate(lines))
        if tie.line is None:
            self._rules.append(plain(start, lane, end))
            self._labels.append(Label("", "", gap.label, told))
            return
        at = gap.label + gap.room + 12
        self._strokes.append(across(start, lane, end, (tie.line.status, tie.line.standing), at))
        self._labels.append(Label(tie.line.verb.href, sentence(tie.line), gap.label, told))

    def _middle(self, names: Sequence[Sequence[str]], stood: Layout, columns: Frame) -> None:
        """The middle column, the bars at which ways arrive, and the rules from which they leave."""
        for at, (thing, lines) in enumerate(zip(self._plan.inner, names, strict=True)):
            middle = stood.inner[at]
            self._name(thing, (columns.middle + 7, middle), columns.middle + 22, lines, "middle")
            ports = [_met(outers, side, at) for outers, side in self._sides(stood)]
            if columns.left and ports[0]:
                self._bars.append(f"M{columns.left.end + 4} {min(ports[0]) - 7:g}V{max(ports[0]) + 7:g}")
            if columns.right and len(ports[1]) > 1:
                self._rules.append(f"M{columns.right.start - 5} {min(ports[1]):g}V{max(ports[1]):g}")

    def _sides(self, stood: Layout) -> tuple[tuple[Sequence[Outer], Sequence[Stood]], ...]:
        return (self._plan.left, stood.left), (self._plan.right, stood.right)

    def _stem(self, lower: int, up: bool, tie: Tie, lines: Sequence[Runs], stood: Layout, columns: Frame) -> None:
        above, below = stood.inner[lower - 1], stood.inner[lower]
        start, end = (below - 11, above + 11) if up else (above + 11, below - 11)
        if tie.line is None:
            return
        self._strokes.append(upright(columns.middle + 7, start, end, (tie.line.status, tie.line.standing)))
        heights = [NAME_LINE / 2 * len(_lines(self._plan.inner[at], columns.room)) for at in (lower - 1, lower)]
        middle = (above + heights[0] + below - heights[1]) / 2 + 5 - LABEL_LINE * (len(lines) - 1) / 2
        told = tuple((round(middle + LABEL_LINE * at), runs) for at, runs in enumerate(lines))
        self._labels.append(Label(tie.line.verb.href, sentence(tie.line), columns.middle + 22, told))


_STATUSES = (Status.ASSERTED, Status.REPORTED, Status.ALLEGED, Status.HEDGED, Status.PLANNED)
_STANDINGS = (Standing.DISPUTED, Standing.SUPERSEDED, Standing.RETRACTED)


def _load(outers: Iterable[Outer]) -> tuple[int, float]:
    """How many ways a side has, and how wide the widest label would be in one line."""
    ties = [tie for outer in outers for tie in outer.ties]
    return len(ties), max((natural(tie) for tie in ties), default=0)


def _lines(thing: Thing, room: int) -> list[str]:
    lines = wrapped([Run(drawable(thing.name))], _LETTERS, room, _MOST_LINES)
    return ["".join(run.text for run in line) for line in lines] or ["–"]


def _widest(things: Sequence[Thing]) -> float:
    return max((width(line, _LETTERS) * _BOLD for each in things for line in _lines(each, MIDDLE)), default=0)


def _met(outers: Sequence[Outer], stood: Sequence[Stood], at: int) -> list[float]:
    return [
        way.port
        for outer, place in zip(outers, stood, strict=True)
        for tie, way in zip(outer.ties, place.ways, strict=True)
        if tie.end == at
    ]
