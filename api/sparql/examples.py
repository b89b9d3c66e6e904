"""The queries to begin with: a file each, named after the query in Cypher that asks the same."""

from functools import cache
from pathlib import Path

from api.pages.sparql import Example

FOLDER = Path(__file__).parent / "queries"
FIRST = "groups-advising-mayors"


@cache
def examples() -> tuple[Example, ...]:
    """All of them, the flagship first."""
    files = sorted(FOLDER.glob("*.rq"), key=lambda file: (file.stem != FIRST, file.stem))
    return tuple(_example(file) for file in files)


def _example(file: Path) -> Example:
    text = file.read_text(encoding="utf-8").rstrip()
    return Example(file.stem, text.partition("\n")[0].removeprefix("# "), text)
