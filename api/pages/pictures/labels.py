"""What is written on the way of a claim: what keeps it from being a plain fact, then the verb."""

from api.pages.pictures.lettering import Run, Runs, drawable, width, wrapped
from api.pages.pictures.plan import Tie
from api.pages.sentence import Line
from schema.closed_lists import Standing

SIZE = 13
_MOST_LINES = 3
_LEAST_DETAIL = 120  # pixels: less of it says nothing


def label(tie: Tie, room: float, detailed: bool) -> tuple[Runs, ...]:
    """The lines of a label: brackets, then the verb, then in one line as much of the detail as there is room for."""
    if tie.line is None:
        return wrapped([Run(tie.verb, "h")], SIZE, room, 1)
    face = _face(tie.line)
    lines = list(_brackets(tie.line, room))
    verb = wrapped([Run(tie.verb, face)], SIZE, room, 2)
    if lines and _wide(lines[-1]) + width(" ", SIZE) + _wide(verb[0]) <= room and len(verb) == 1:
        lines[-1] = (*lines[-1], Run(" ", face), *verb[0])
    else:
        lines += verb
    left = room - _wide(lines[-1]) - 2 * width(" ", SIZE)
    detail = drawable(tie.line.detail)
    if detailed and detail and left >= _LEAST_DETAIL:
        lines[-1] = (*lines[-1], Run("  "), *wrapped([Run(detail, "h")], SIZE, left, 1)[0])
    return tuple(lines)


def natural(tie: Tie) -> float:
    """How wide brackets and verb would be in one line, at most."""
    words = _doubt(tie.line) if tie.line else []
    return width(" ".join([*(run.text for run in words), tie.verb])[:100], SIZE)


def sentence(line: Line) -> str:
    """The claim as one reads it out."""
    doubt = "".join(run.text for run in _doubt(line))
    words = filter(None, [line.subject.text, doubt, line.verb.text, line.object.text])
    return " ".join(words) + (f": {line.detail}" if line.detail else "")


def _brackets(line: Line, room: float) -> tuple[Runs, ...]:
    words = _doubt(line)
    if not words:
        return ()
    lines = wrapped(words, SIZE, room - width("]", SIZE), _MOST_LINES)
    cut = lines[-1][-1].text.endswith("…") and not words[-1].text.endswith("…")
    return (*lines[:-1], (*lines[-1], Run("]", words[0].face))) if cut else lines


def _doubt(line: Line) -> list[Run]:
    """`[hedged: “could prosecute”; disputed by Ana Silva]` as runs, the words of a source in their own face."""
    if not (line.modal or line.marks):
        return []
    face = "m" if line.modal or line.standing == Standing.CURRENT else _face(line)
    parts = [(drawable(mark), face, "; ") for mark in line.marks]
    if line.modal:
        said = [(f"“{drawable(words)}”", f"{face} q", ", ") for words in line.hedge]
        # What parts two belongs to the first of them, as no line begins with it.
        said[-1:] = [(words, of, "; ") for words, of, _ in said[-1:]]
        parts = [(line.modal, face, ": " if said else "; "), *said, *parts]
    words, of, _ = parts[-1]
    return [Run("[", face), *(Run(text + mark, of) for text, of, mark in parts[:-1]), Run(words, of), Run("]", face)]


def _face(line: Line) -> str:
    if line.standing == Standing.DISPUTED:
        return "c"
    return "v" if line.standing == Standing.CURRENT else "x"


def _wide(runs: Runs) -> float:
    return sum(width(run.text, SIZE) for run in runs)
