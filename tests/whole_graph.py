"""The whole graph by two ways: as an export writes it, and page by page of the question that lists it."""

import asyncio
import tempfile
from pathlib import Path

from api.ahead import Loop
from api.commands.export import export
from api.formats import FORMATS
from api.place import Place
from graph.connection import Reader
from graph.parameters import MOST_ROWS
from graph.query import read_queries
from graph.result import Result
from graph.run import run

PLACE = Place("http://graph.test/", "http://graph.test/v1/graph")
QUESTION = read_queries()["claims"]


async def everything(reader: Reader) -> Result:
    """Every claim but those superseded or retracted, all of one edition."""
    edition = await reader.edition()
    whole = page = await run(reader, QUESTION, QUESTION.check({"limit": MOST_ROWS}), edition)
    while page.next_cursor:
        given = {"limit": MOST_ROWS, "cursor": page.next_cursor}
        page = await run(reader, QUESTION, QUESTION.check(given), edition)
        whole.rows.extend(page.rows)
        whole.claims.update(page.claims)
        whole.entities.update(page.entities)
    return Result(**vars(whole) | {"next_cursor": None, "parameters": {}})


async def exported(reader: Reader, suffix: str) -> bytes:
    """What the command writes."""
    return await asyncio.to_thread(_exported, Loop(asyncio.get_running_loop()), reader, suffix)


def _exported(loop: Loop, reader: Reader, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "graph"
        export(loop, reader, FORMATS[suffix], PLACE.base, target)
        assert [file.name for file in Path(folder).iterdir()] == ["graph"]
        return target.read_bytes()
