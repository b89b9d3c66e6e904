"""`civicgraph query`: put a named query to the store and write the answer to standard output."""

import argparse
import shutil
import sys

from starlette.datastructures import QueryParams

from api import signals
from api.answer import gather, place
from api.commands import DONE, Command, base, settings
from api.pages.alone import OFFERED
from api.site import Site
from api.terminal import write_table
from graph.errors import BadRequest, NotFound
from graph.query import Query, read_queries
from graph.result import Result
from graph.run import run
from graph.store import open_reader
from schema.spelling import near

TABLE, WIDTH = "table", 120


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", metavar="NAME")
    parser.add_argument("parameters", nargs="*", metavar="name=value", help="such as as_of=2026")
    known = [TABLE, *OFFERED]
    told = f"{', '.join(known)}; without it a table on a terminal, json elsewhere"
    parser.add_argument("--format", choices=known, metavar="FORMAT", help=told)
    parser.add_argument("--cypher", action="store_true", help="print the text of the query and do not ask it")


def _run(given: argparse.Namespace) -> int:
    queries = read_queries()
    if given.query is None:
        print(*(f"{q.name:32} {q.question}" for q in queries.values()), sep="\n")
        return DONE
    if given.query not in queries:
        told = f"no query has the name {given.query}; `civicgraph query` lists them"
        raise NotFound(told, near(given.query, queries, 3))
    query = queries[given.query]
    words = gather(QueryParams([_pair(word) for word in given.parameters]), query)
    if given.cypher:
        print(query.shown(query.check(words) if words else None))
        return DONE
    _ask(query, words, given.format or (TABLE if sys.stdout.isatty() else "json"))
    return DONE


def _ask(query: Query, words: dict[str, object], suffix: str) -> None:
    store, values = settings(), query.check(words)

    async def work() -> Result:
        async with open_reader(store) as reader:
            site = Site(reader, base(store))
            try:
                if (result := await run(reader, query, values)).rows or await site.holds_claims():
                    return result
            except NotFound:
                if await site.holds_claims():
                    raise
            raise NotFound("the store holds no claims yet; run `civicgraph load`")

    result = signals.run(work())
    if suffix == TABLE:
        sys.stdout.write(write_table(result, shutil.get_terminal_size((WIDTH, 24)).columns))
        return
    here = place(base(store), f"/v1/queries/{query.name}/results", words, result)
    sys.stdout.buffer.write(OFFERED[suffix].write(result, here))
    if result.truncated:  # not every format has a place for it
        print(f"{len(result.rows)} rows; more exist: cursor={result.next_cursor}", file=sys.stderr)


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise BadRequest([{"parameter": text, "detail": "must be written name=value"}])
    return name, value


COMMAND = Command(
    "Ask a named query; without a name, list them.", "groups-advising-mayors --format csv", _run, _arguments
)
