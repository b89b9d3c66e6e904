"""An answer as one drawing that stands alone: title, legend, licence and colours in it, all addresses whole."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from api.formats import FORMATS, Format
from api.formats.columns import long_date
from api.formats.wording import LICENCE
from api.formats.xmltext import DECLARATION, legal
from api.pages.cite import CITED
from api.pages.pictures.lettering import Run, drawable, width, wrapped
from api.pages.pictures.picture import Picture, bipartite, neighbourhood
from api.pages.rendering import render
from api.place import Place
from graph.result import Answer, Result

AROUND = ("entity", "neighbourhood")  # the questions about one thing
_STYLE = Path(__file__).parents[1] / "web" / "style.css"
_MARGIN, _HEAD, _LINE = (
    20,
    22,
    26,
)  # what is round the drawing, the size of its title's letters, the height of its lines


def write(answer: Answer, place: Place) -> Iterator[str]:
    """SVG that needs nothing else; of a large answer what a picture holds, and how much that leaves out."""
    result, here = answer.head, replace(place, root="")
    about = [str(result.parameters["id"])] if result.query in AROUND else []
    picture = neighbourhood(result, here, about) if about else bipartite(result, here)
    title = _title(result, about)
    lines = [line[0].text for line in wrapped([Run(drawable(title))], _HEAD, 1140, 2)]
    values = {
        "title": title,
        "lines": [(_MARGIN + _HEAD + _LINE * at, text) for at, text in enumerate(lines)],
        "top": _MARGIN + _LINE * len(lines) + 6,
        "picture": picture,
        "key": _key(picture) if picture else [],
        "told": _told(result, picture),
        "here": here.here,
        "style": style(),
    }
    yield DECLARATION + legal(render("alone.html", here.base, values).decode())


def _title(result: Result, about: list[str]) -> str:
    names = [result.entities[id]["name"] for id in about if id in result.entities]
    return f"What is claimed of {names[0]}" if names else result.question


def _key(picture: Picture) -> list[tuple[float, str, str, str]]:
    """The legend in one line: how far to the right, whether it is a stroke or a sign, which, and its words."""
    found, right = [], float(_MARGIN)
    entries = [("stroke", status, status) for status in picture.statuses]
    entries += [("sign", kind, words) for kind, words in picture.kinds if kind]
    for sort, which, words in entries:
        found.append((right, sort, which, words))
        right += (34 if sort == "stroke" else 20) + round(width(words, 13)) + 16
    return found


def _told(result: Result, picture: Picture | None) -> str:
    left_out = picture.left_out if picture else 0
    parts = ["Nothing is claimed that could be drawn."] if picture is None else []
    parts += [f"{left_out} more claims are not drawn."] if left_out else []
    parts += ["The answer has further pages."] if result.truncated else []
    day = f" of {long_date(result.version_at)}" if result.version_at else ""
    parts += [f"Version {result.version[:8]}{day}."] if result.version else []
    return " ".join([*parts, LICENCE])


@cache
def style() -> str:
    """The rules of pictures from the one sheet, with the colours of light paper instead of names for them."""
    sheet = _STYLE.read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z]+): ([^;]+);", sheet[: sheet.index("@media")]))
    section = sheet[sheet.index("/* Pictures") :].partition("\n\n")[0]
    rules = re.findall(r"^\.(?:s|s-\w+|hedge|disputed|superseded)\b[^{\n]*\{[^}\n]*\}$", sheet, re.MULTILINE)
    rules += [rule for rule in section.splitlines() if rule.startswith(".") and not rule.startswith((".tree", ".key"))]
    return re.sub(r"var\(--([a-z]+)\)", lambda found: colours[found[1]], "\n".join(rules))


SVG = Format("svg", "image/svg+xml", write, "picture")
"""No row of FORMATS, each of which holds all of an answer: a picture holds what can be seen."""
OFFERED = FORMATS | {SVG.suffix: SVG} | CITED
"""What an answer is offered in, by suffix."""
ALONE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""What a browser may do with it: colour it."""
