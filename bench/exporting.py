"""An export against the bare driver that asks the same Cypher and throws the rows away, and what memory it takes.

Of a filled folder: `python -m bench.exporting --data FOLDER`.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from neo4j import READ_ACCESS

from api.ahead import Loop, whole_answer
from api.commands.export import export
from api.formats import FORMATS
from api.place import Place
from bench.measure import Figure, most_memory, p50, print_table, ratio, take_turns, timed
from bench.stores import STORES, Store, filled
from graph.connection import Reader
from graph.whole import Whole

BASE = "https://graph.example/"
MEASURED = ("nt", "ttl", "csv", "ndjson", "graphml", "json")
GOALS = {"nt": 0.8}
GOAL = 0.5
FIRST_BYTE = 0.2  # seconds
THING = f"{BASE}id/".encode()

Statement = tuple[str, dict[str, Any]]


async def figures(store: Store, folder: Path, rounds: int, formats: Sequence[str] = MEASURED) -> AsyncIterator[Figure]:
    """One figure a format, of all that the store holds, and how soon an export begins."""
    target = folder / "exported"
    yield await first_byte(store, rounds)
    await compare(store, target)
    idle = await asyncio.to_thread(memory_of, store, "status")
    for suffix in formats:
        statements = await asked(store, suffix, target)
        works = [
            timed("raw", partial(raw, store, statements)),
            timed("own", partial(own, store.writer, suffix, target)),
        ]
        used = await asyncio.to_thread(memory_of, store, "export", "--format", suffix, "--output", str(target))
        run = await take_turns(works, rounds, warming=0)  # all of it has been read and written by now
        records = len(await raw(store, statements))
        fast, bare = (records / p50(run, side) for side in ("own", "raw"))
        told = f"{records} records: export {fast:.0f}, driver {bare:.0f}/s; {(used - idle) / 1024:.0f} MB above idle"
        yield Figure(
            f"export {suffix}",
            store.name,
            told,
            ratio(run, lambda side: side["raw"] / side["own"]),
            GOALS.get(suffix, GOAL),
        )


async def first_byte(store: Store, rounds: int) -> Figure:
    """How soon an export of N-Triples tells its first thing, whatever the size of what follows."""
    run = await take_turns([timed("first", partial(begin, store.writer))], rounds)
    spent = p50(run, "first")
    told = f"{1000 * spent:.0f} of {1000 * FIRST_BYTE:.0f} ms"
    return Figure(
        "export nt: first thing", store.name, told, ratio(run, lambda side: side["first"] / FIRST_BYTE), 1, at_most=True
    )


async def begin(reader: Reader) -> None:
    """An export as far as the first piece that tells of a thing: what the document says of itself comes before."""
    loop = Loop(asyncio.get_running_loop())

    def work() -> None:
        answer = whole_answer(loop, loop.run(Whole.of(reader)))
        assert any(THING in piece for piece in FORMATS["nt"].stream(answer, Place(BASE, f"{BASE}v1/graph")))

    await asyncio.to_thread(work)


async def own(reader: Reader, suffix: str, target: Path) -> None:
    """As the command does it."""
    await asyncio.to_thread(export, Loop(asyncio.get_running_loop()), reader, FORMATS[suffix], BASE, target)


async def raw(store: Store, statements: Sequence[Statement], kept: Callable[[list[Any]], object] = len) -> list[object]:
    """As any program with a driver would, one statement after the other; of each record this is kept."""
    found: list[object] = []
    for text, given in statements:
        async with store.driver.session(database=store.database, default_access_mode=READ_ACCESS) as session:
            found += map(kept, await (await session.run(text, given)).values())
    return found


async def asked(store: Store, suffix: str, target: Path) -> list[Statement]:
    """All that an export asks of the store, as it goes there."""
    found: list[Statement] = []
    read, dialect = store.writer.read, await store.writer.dialect()

    async def noted(text: str, parameters: dict[str, Any]) -> list[list[Any]]:
        found.append(dialect.given(text, parameters))
        return await read(text, parameters)

    store.writer.read = noted  # type: ignore[method-assign]
    try:
        await own(store.writer, suffix, target)
    finally:
        del store.writer.read
    return found


async def compare(store: Store, target: Path) -> None:
    """Both must give the same claims, each once."""
    statements = await asked(store, "ndjson", target)
    claims = [each for each in statements if "AS around" in each[0]]
    theirs = await raw(store, claims, lambda record: record[1][0])
    ours = [orjson.loads(line)["claims"] for line in (await asyncio.to_thread(target.read_bytes)).splitlines()]
    assert theirs and [[id] for id in theirs] == ours, "the export and the bare driver give different claims"


def memory_of(store: Store, *words: str) -> int:
    """Kilobytes that the command has at the most, in a process of its own."""
    login = {"NEO4J_URI": store.uri, "NEO4J_USERNAME": store.login[0], "NEO4J_PASSWORD": store.login[1]}
    environment = os.environ | login | {"NEO4J_DATABASE": store.database, "QUERY_SECONDS": "60"}
    command = [sys.executable, "-m", "api", *words]
    return most_memory(command, environment)


async def _of_a_folder(given: argparse.Namespace) -> list[Figure]:
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        async with filled(given.store, given.data) as store:
            async for figure in figures(store, Path(folder), given.pairs, given.formats):
                print(f"{figure.name}, {figure.store}: {figure.measured}", file=sys.stderr, flush=True)
                found.append(figure)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.exporting", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of a filled store")
    parser.add_argument("--store", choices=STORES, default="embedded")
    parser.add_argument("--formats", nargs="+", choices=MEASURED, default=list(MEASURED))
    parser.add_argument("--pairs", type=int, default=3, help="rounds in which the sides take turns")
    print_table(asyncio.run(_of_a_folder(parser.parse_args())))


if __name__ == "__main__":
    main()
