"""The text of a document in paragraphs, the words that claims quote marked in it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from api.pages.spot import element, readable
from graph.result import Row


@dataclass(frozen=True)
class Mark:
    """A quote, from which character to which, and where it leads."""

    start: int
    end: int
    words: str
    href: str


@dataclass(frozen=True)
class Stretch:
    """Text of one kind: marked where it has an address; `id` where a quote begins."""

    text: str
    href: str = ""
    id: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`number` counts from 1; 0 where the paragraphs of the document are not known. Its lines may be broken elsewhere,
    unless it is to be shown `asis`: front matter, or a text of which nothing is known.
    """

    number: int
    stretches: tuple[Stretch, ...]
    asis: bool = False


def running_text(document: Row, text: str, marks: Sequence[Mark], cut: bool) -> tuple[Paragraph, ...]:
    """From the paragraph of the first mark to the end, or to that of the last mark where more are to come.

    A mark whose words do not stand there is left out: the document is another than the one that was quoted.
    """
    starts = [*document.get("paragraphs", ())] or [0]
    sound = sorted((m for m in marks if text[m.start : m.end] == m.words), key=lambda m: (m.start, m.end))
    first = 0 if not sound else max(0, bisect_right(starts, sound[0].start) - 1)
    last = max(0, bisect_right(starts, max(m.end for m in sound) - 1) - 1) if cut and sound else len(starts) - 1
    seen: set[str] = set()
    found = []
    for number in range(first, last + 1):
        begins, ends = _bounds(text, starts, number)
        stretches = tuple(_once(_stretches(text, begins, ends, sound), seen))
        known = bool(document.get("paragraphs"))
        found.append(Paragraph(number + 1 if known else 0, stretches, not known or text[begins:].startswith("---")))
    return tuple(found)


def _bounds(text: str, starts: Sequence[int], number: int) -> tuple[int, int]:
    begins = starts[number] if number else 0
    return begins, starts[number + 1] if number + 1 < len(starts) else len(text)


def _stretches(text: str, begins: int, ends: int, marks: Sequence[Mark]) -> Iterator[Stretch]:
    """Cut wherever a mark begins or ends; what several cover leads where the shortest of them does."""
    within = [m for m in marks if m.start < ends and m.end > begins]
    cuts = sorted({begins, ends, *(at for m in within for at in (m.start, m.end) if begins < at < ends)})
    for start, end in pairwise(cuts):
        covering = [m for m in within if m.start <= start and m.end >= end]
        href = min(covering, key=lambda m: m.end - m.start).href if covering else ""
        at = element(str(start)) if any(m.start == start for m in within) else ""
        yield Stretch(readable(text[start:end].rstrip() if end == ends else text[start:end]), href, at)


def _once(stretches: Iterator[Stretch], seen: set[str]) -> Iterator[Stretch]:
    for each in stretches:
        yield replace(each, id="") if each.id in seen else each
        seen.add(each.id)
