"""Where the paragraphs of a text begin, as its layout shows them."""

import re

_FRONT = re.compile(r"---\r?\n.*?^---\r?\n", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_MARKUP = ("<", "{", "[")
PRINTED = range(60, 121)  # characters that the widest line has of a text that was broken into lines for print
FULL = 0.75  # of the widest line: what is shorter ends its paragraph


def paragraphs(text: str) -> tuple[int, ...]:
    """The first character of each paragraph; none of markup, whose lines are no paragraphs.

    Front matter is one paragraph. In a text that was broken into lines, a line that is nearly full goes on in the next
    one, over the end of a page too; in any other text a line is a paragraph.
    """
    if text.lstrip().startswith(_MARKUP):
        return ()
    front = _FRONT.match(text)
    lines = list(_LINE.finditer(text, front.end() if front else 0))
    widths = [len(line[0].rstrip()) for line in lines]
    widest = max(widths, default=0)
    full = FULL * widest if widest in PRINTED else float("inf")
    ended = [True, *(width < full for width in widths)]
    starts = (line.start() + len(line[0]) - len(line[0].lstrip()) for line in lines)
    return (*((0,) if front else ()), *(start for start, new in zip(starts, ended, strict=False) if new))
