"""What goes into one transaction: rows up to a weight, and the halves of what was too much for the store."""

from collections.abc import Awaitable, Callable, Iterator, Sequence

from graph.connection import Step
from graph.errors import TooLarge, TooSlow
from graph.said import Row

PIECES = 4  # of evidence that take a store as long as a claim does


def weighed(rows: Sequence[Row], most: int) -> Iterator[tuple[list[Row], int]]:
    """Lists of rows that weigh that much at the most, or of one row, each with its weight in rows.

    One that has much evidence is as good as several.
    """
    batch, together = list[Row](), 0
    for row in rows:
        own = 1 + len(row.get("evidence", ())) // PIECES
        if batch and together + own > most:
            yield batch, together
            batch, together = [], 0
        batch.append(row)
        together += own
    if batch:
        yield batch, together


async def write_in_halves(
    write: Callable[[Sequence[Step]], Awaitable[None]], together: Sequence[Sequence[Step]]
) -> None:
    """Writes these in one transaction; what takes longer or more memory than the store allows, in halves."""
    try:
        await write([step for group in together for step in group])
    except (TooSlow, TooLarge):
        parts = [half for half in _halves(together) if half]
        if len(parts) < 2:
            raise
        for half in parts:
            await write_in_halves(write, half)


def _halves(together: Sequence[Sequence[Step]]) -> Iterator[Sequence[Sequence[Step]]]:
    """The first of them and the rest; of a single statement the first of its rows and the rest."""
    if len(together) > 1 or len(together[0]) > 1:
        middle = len(together) // 2
        yield from (together[:middle], together[middle:])
        return
    ((text, given),) = together[0]
    rows = next(each for each in given.values() if isinstance(each, list))
    for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
        if half:
            yield [[(text, {name: half if each is rows else each for name, each in given.items()})]]
