"""The whole graph as one answer, page by page of the question that lists it: what an export must hold."""

from graph.connection import Reader
from graph.parameters import MOST_ROWS
from graph.query import read_queries
from graph.result import Result
from graph.run import run

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
