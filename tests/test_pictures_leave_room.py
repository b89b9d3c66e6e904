"""Never two things in one place of a picture: texts, signs and ways each have their own, within its bounds."""

import re
from itertools import combinations

import pytest

from api.pages.pictures.drawing import Picture
from api.pages.pictures.lettering import Run, width, wrapped
from tests.picturing import PICTURES


def boxes(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Where names, signs and labels stand: left, top, right, bottom."""
    found = []
    for name in picture.names:
        for y, text in name.lines:
            wide = width(text, 14)
            left = name.text - wide if name.side == "left" else name.text
            found.append((left, y - 11, left + wide, y + 4))
        if name.thing.kind:
            found.append((name.x - 6, name.y - 6, name.x + 6, name.y + 6))
    for label in picture.labels:
        for y, line in label.lines:
            found.append((label.x, y - 10, label.x + sum(width(run.text, 13) for run in line), y + 4))
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_no_two_texts_or_signs_overlap_and_all_lies_within_the_picture(name: str) -> None:
    picture = PICTURES[name]()
    assert picture
    placed = boxes(picture)

    over = [(a, b) for a, b in combinations(placed, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert over == []
    assert all(
        left >= -1 and right <= picture.width + 1 and top >= 0 and bottom <= picture.height
        for left, top, right, bottom in placed
    )


@pytest.mark.parametrize("name", PICTURES)
def test_no_way_runs_through_a_label_or_along_another_way(name: str) -> None:
    picture = PICTURES[name]()
    assert picture
    ways = [list(segments(stroke.way)) for stroke in picture.strokes]
    texts = boxes(picture)

    for one, other in combinations(ways, 2):
        assert not [(a, b) for a in one for b in other if along(a, b)]
    for way in ways:
        assert not [(a, box) for a in way for box in texts if through(a, box)]


Segment = tuple[float, float, float, float]


def segments(way: str) -> list[Segment]:
    """The straight pieces of a way, without its bends."""
    x = y = 0.0
    found = []
    for letter, numbers in re.findall(r"([MHVQ])([-\d. ]+)", way):
        given = [float(each) for each in numbers.split()]
        to = {
            "M": (given[0], given[-1]),
            "H": (given[0], y),
            "V": (x, given[0]),
            "Q": (given[-2] if len(given) > 1 else x, given[-1]),
        }[letter]
        if letter in "HV":
            found.append((x, y, *to))
        x, y = to
    return found


def along(a: Segment, b: Segment) -> bool:
    """Whether two pieces run on top of each other for more than a touch."""
    for at in (0, 1):
        if a[at] == a[at + 2] and b[at] == b[at + 2] and abs(a[at] - b[at]) < 2:
            ends = sorted((a[1 - at], a[3 - at])), sorted((b[1 - at], b[3 - at]))
            return min(ends[0][1], ends[1][1]) - max(ends[0][0], ends[1][0]) > 3
    return False


def through(a: Segment, box: tuple[float, float, float, float]) -> bool:
    left, right, top, bottom = min(a[0], a[2]), max(a[0], a[2]), min(a[1], a[3]), max(a[1], a[3])
    return left < box[2] and box[0] < right and top < box[3] - 1 and box[1] + 1 < bottom + 0.01 and top + 0.01 < box[3]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two three", 1000, ["one two three"]),
        ("one two three", 36, ["one", "two", "three"]),
        ("one two three four", 45, ["one", "two", "thre…"]),
        ("", 100, []),
    ],
)
def test_text_falls_into_lines_and_a_cut_is_told(text: str, room: float, lines: list[str]) -> None:
    assert ["".join(run.text for run in line) for line in wrapped([Run(text)], 14, room, 3)] == lines
