"""How the width of a picture is shared between its columns and what is written on the ways between them."""

from dataclasses import dataclass

WIDTH = 1180
MIDDLE = 164
"""Room for names in the middle of three columns."""
_NAMES, _LEAST, _MOST = 250, 84, 250


@dataclass(frozen=True)
class Gap:
    """What lies between two columns: ways go from `start` to `end`, turn within `lanes`, and bear labels of `room`."""

    start: int
    end: int
    label: int
    room: int
    lanes: tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """Where the columns stand: the middle one, its names of `room`, and gaps on the sides that have any rows."""

    middle: int
    room: int
    left: Gap | None
    right: Gap | None
    names: tuple[int, int]  # where outer names end on the left and begin on the right
    rooms: tuple[int, int]


def frame(left: tuple[int, float], right: tuple[int, float], middle: float) -> Frame:
    """The columns for so many ways on either side, whose labels would be so wide if each were one line.

    `middle` is how wide names of the middle column would be, in lines as narrow as they can be there.
    """
    if not right[0]:
        gap = _left(290, 926, left[0], WIDTH)
        return Frame(939, 216, gap, None, (256, 0), (_NAMES, 0))
    if not left[0]:
        return Frame(0, 200, None, _right(230, 850, right[0], WIDTH), (0, 880), (0, WIDTH - 880))
    wanted = [min(max(wide, _LEAST), _MOST) for _, wide in (left, right)]
    through = 42 + round(min(middle, MIDDLE))
    turning = [_turning(count, 100) + 40 for count in (left[0], right[0])]
    spare = 958 - 290 - through - sum(turning)
    share = wanted[0] if sum(wanted) <= spare else max(_LEAST, min(wanted[0], spare - _LEAST, spare * 0.6))
    slack = max(0, spare - sum(wanted)) / 2
    tip = 290 + int(share + slack + turning[0])
    gaps = _left(290, tip, left[0], 100), _right(tip + through, 958, right[0], 100)
    return Frame(tip + 13, MIDDLE, *gaps, (256, 988), (_NAMES, WIDTH - 988))


def _turning(count: int, most: int) -> int:
    return min(16 + 4 * count, most, 200)


def _left(start: int, end: int, count: int, most: int) -> Gap:
    lanes = end - 14 - _turning(count, most), end - 20
    return Gap(start, end, start + 10, lanes[0] - start - 40, lanes)


def _right(start: int, end: int, count: int, most: int) -> Gap:
    lanes = start + 8, start + 2 + _turning(count, most)
    return Gap(start, end, lanes[1] + 12, end - lanes[1] - 46, lanes)
