"""How wide text is where nobody has measured it: into which lines it falls, and where it must be cut."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

# In ems of the sans that pages are set in; a wider one that stands in for it finds a tenth more room than it needs.
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'|!’‘", 0.25),
    **dict.fromkeys(' ft()[]/\\-"r`“”', 0.35),
    **dict.fromkeys("mwMW@%—…", 0.95),
    **dict.fromkeys("ckszxyvJ", 0.5),
}
_CAPITAL, _SMALL, _WIDE, _ON_ANOTHER = 0.7, 0.556, 1.05, 0.2
_SPARE = 1.05
# They change the direction of what follows, beyond the name that holds them: a line that is cut would not take it back.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FOR_EVER = 400  # characters: no line is as long, and nothing behind them is looked at


@dataclass(frozen=True)
class Run:
    """Text in one face; `face` is the class it is styled by."""

    text: str
    face: str = ""


Runs = tuple[Run, ...]


def drawable(text: str) -> str:
    """The text as one line, without what is not seen and turns the direction of its neighbours."""
    return " ".join(_TURNING.sub("", text).split())


def width(text: str, size: float) -> float:
    """How many pixels the text takes, rather too many than too few."""
    return sum(map(_ems, text)) * size * _SPARE


def _ems(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return _ON_ANOTHER
    if unicodedata.east_asian_width(sign) in "WF" or sign > "\uffff":
        return _WIDE
    return _CAPITAL if sign.isupper() else _SMALL


def wrapped(runs: Sequence[Run], size: float, room: float, most: int) -> tuple[Runs, ...]:
    """The runs in lines no wider than the room; what `most` lines do not hold is cut, and the cut is told by `…`."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(runs, size, room):
        blank = 0 if not lines[-1] or word.glued else width(" ", size)
        if used + blank + word.wide > room and lines[-1]:
            if len(lines) == most:
                lines[-1] = _cut(lines[-1], size, room)
                break
            lines.append([])
            used = blank = 0
        lines[-1].append(Run((" " if blank else "") + word.text, word.face))
        used += blank + word.wide
    return tuple(_joined(line) for line in lines if line)


@dataclass(frozen=True)
class _Word:
    text: str
    face: str
    wide: float
    glued: bool  # to the word before, without a blank


def _words(runs: Sequence[Run], size: float, room: float) -> list[_Word]:
    """The words of all runs, longer ones in pieces that fit into the room."""
    found = []
    spaced = False
    for run in runs:
        text = run.text[:_FOR_EVER] + ("…" if len(run.text) > _FOR_EVER else "")
        for token in re.findall(r"\s+|\S+", text):
            if token.isspace():
                spaced = True
                continue
            for at, piece in enumerate(_pieces(token, size, room)):
                found.append(_Word(piece, run.face, width(piece, size), glued=bool(at) or not spaced))
            spaced = False
    return found


def _pieces(word: str, size: float, room: float) -> list[str]:
    pieces, used = [""], 0.0
    for sign in word:
        if (used := used + width(sign, size)) > room and pieces[-1]:
            pieces.append("")
            used = width(sign, size)
        pieces[-1] += sign
    return pieces


def _cut(line: list[Run], size: float, room: float) -> list[Run]:
    """The line ended by `…`, shortened where that would not fit."""
    kept = list(line)
    while kept and sum(width(run.text, size) for run in kept) + width("…", size) > room:
        last = kept.pop()
        if len(last.text.strip()) > 1:
            kept.append(Run(last.text[:-1], last.face))
    face = (kept or line)[-1].face
    return [*kept, Run("…", face)]


def _joined(line: Sequence[Run]) -> Runs:
    parts = ((face, "".join(run.text for run in several)) for face, several in groupby(line, lambda run: run.face))
    return tuple(Run(text, face) for face, text in parts)
