"""The command `civicgraph`: serve, load, verify, check, ask, export, derive, status."""

import argparse
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from starlette.datastructures import QueryParams

from api import signals
from api.answer import gather, place
from api.arguments import read_arguments
from api.formats import FORMATS
from api.place import Place
from api.serve import PortInUse, address, serve, take_port
from api.telling import announce, fail, list_faults, show_progress
from graph import catalogue
from graph.connection import Reader, Writer
from graph.errors import BadRequest, GraphError, NotFound
from graph.query import Query, read_queries
from graph.result import Result
from graph.run import run
from graph.settings import Settings
from graph.store import Graph, open_reader, open_store
from graph.write import load
from schema.derive import ARTEFACTS, PATHS
from schema.spelling import near
from seed.lint import lint
from seed.problem import Problem
from seed.read import Reading, read
from seed.verify import verify

SEED = Path(read.__code__.co_filename).parent / "claims"
DONE, FAULTY, MISUSED, UNAVAILABLE, ABSENT, INTERRUPTED = 0, 1, 2, 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 faults in the data, 2 wrong use, 3 store or port not to be had, 4 no such thing."""
    given = read_arguments(arguments)
    try:
        code = COMMANDS[given.command](given)
        sys.stdout.flush()
        return code
    except BadRequest as error:
        return fail(MISUSED, error)
    except NotFound as error:
        return fail(ABSENT, error, *(f"near: {each}" for each in error.near))
    except (GraphError, PortInUse) as error:
        return fail(UNAVAILABLE, error)
    except BrokenPipeError:  # whoever reads has read enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return fail(MISUSED, f"{error.filename}: {error.strerror}")
    except KeyboardInterrupt:
        return DONE if given.command == "serve" else INTERRUPTED


def run_serve(given: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings, reading = _settings(), _sound([SEED])
    listener = take_port(given.host, given.port)

    async def work() -> None:
        async with _store(settings) as graph:
            await _load(graph.writer, reading)
            await serve(graph.reader, listener, _base(settings, address(listener)))

    signals.run(work())
    return DONE


def run_load(given: argparse.Namespace) -> int:
    """Load claims files."""
    settings, reading = _settings(), _sound(given.paths)

    async def work() -> None:
        async with _store(settings) as graph:
            await _load(graph.writer, reading)

    signals.run(work())
    return DONE


def run_check(given: argparse.Namespace) -> int:
    """Check claims files."""
    reading = read(given.paths or [SEED])
    claims = sum(len(f.claims) for f in reading.files)
    return _report(reading.problems, f"{claims} claims of {len(reading.files)} files are sound")


def run_verify(given: argparse.Namespace) -> int:
    """Verify quotes; doubts of the lint are warnings only."""
    reading = _sound(given.paths)
    problems = verify(reading.files, given.documents, reading.places)
    for doubt in lint(reading.files, given.documents, reading.places):
        print(f"warning: {doubt}", file=sys.stderr)
    quotes = sum(e.quote is not None for f in reading.files for c in f.claims for e in c.evidence)
    return _report(problems, f"{quotes} quotes stand in their documents, character by character")


def run_ask(given: argparse.Namespace) -> int:
    """Ask one query and write the answer to standard output."""
    queries = read_queries()
    if given.query is None:
        print(*(f"{q.name:32} {q.question}" for q in queries.values()), sep="\n")
        return DONE
    if given.query not in queries:
        told = f"no query has the name {given.query}; `civicgraph ask` lists them"
        raise NotFound(told, near(given.query, queries, 3))
    settings, query = _settings(), queries[given.query]
    words = gather(QueryParams([_pair(word) for word in given.parameters]), query)
    values = query.check(words)

    async def work() -> Result:
        async with open_reader(settings) as reader:
            return await run(reader, query, values)

    result = signals.run(work())
    here = place(_base(settings), f"/v1/queries/{query.name}/results", words, result)
    sys.stdout.buffer.write(FORMATS[given.format].write(result, here))
    return DONE


def run_export(given: argparse.Namespace) -> int:
    """Write the whole graph; the file appears once it is whole."""
    settings, query = _settings(), read_queries()["claims"]
    if not given.output.parent.is_dir():
        return fail(MISUSED, f"{given.output.parent}: no such folder")

    async def work() -> Result:
        async with open_reader(settings) as reader:
            return await _everything(reader, query)

    result = signals.run(work())
    written = FORMATS[given.format].write(result, Place(_base(settings), f"{_base(settings)}v1/graph"))
    part = given.output.with_name(given.output.name + ".part")
    part.write_bytes(written)
    part.replace(given.output)
    print(f"{len(result.claims)} claims and {len(result.entities)} entities in {given.output}")
    return DONE


def run_derive(given: argparse.Namespace) -> int:
    """Write the artefacts."""
    root = Path(__file__).parent.parent
    texts = {root / path: ARTEFACTS[name].render() for name, path in PATHS.items()}
    texts[catalogue.FILE] = catalogue.render(read_queries())
    if given.folder:
        texts = {given.folder / artefact.FILE: artefact.render() for artefact in ARTEFACTS.values()}
    for target, text in texts.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(target)
    return DONE


def run_status(given: argparse.Namespace) -> int:
    """Count what the store holds, relation by relation."""
    settings = _settings()

    async def work() -> Result:
        async with open_reader(settings) as reader:
            return await _everything(reader, read_queries()["claims"])

    found = signals.run(work())
    relations = sorted(c["relation"] for c in found.claims.values())
    print(f"{len(found.claims)} claims, {len(found.entities)} entities")
    for relation in dict.fromkeys(relations):
        print(f"{relations.count(relation):8} {relation}")
    return DONE


async def _everything(reader: Reader, query: Query) -> Result:
    whole = await run(reader, query, query.check({"limit": 500}))
    page = whole
    while page.next_cursor:
        page = await run(reader, query, query.check({"limit": 500, "cursor": page.next_cursor}))
        whole.rows.extend(page.rows)
        whole.claims.update(page.claims)
        whole.entities.update(page.entities)
        show_progress(len(whole.rows))
    return Result(**vars(whole) | {"next_cursor": None, "parameters": {}})


async def _load(writer: Writer, reading: Reading) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for file in reading.files:
        done = await load(writer, file, now, show_progress)
        print(
            f"{file.document.id}: {done.claims_created} claims created, {done.claims_changed} changed, "
            f"{done.claims_retracted} retracted, {done.claims_unchanged} as they were; "
            f"{done.entities_created} entities created, {done.entities_changed} changed"
        )


def _sound(paths: Sequence[Path]) -> Reading:
    reading = read(paths or [SEED])
    if reading.problems:
        raise SystemExit(_report(reading.problems, ""))
    return reading


def _report(problems: Sequence[Problem], well: str) -> int:
    if problems:
        list_faults(problems)
        return FAULTY
    print(well)
    return DONE


@asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Graph]:
    announce("starting the store")
    async with open_store(settings) as graph:
        yield graph


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise BadRequest([{"parameter": text, "detail": "must be written name=value"}])
    return name, value


def _settings() -> Settings:
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise SystemExit(fail(MISUSED, error)) from None


def _base(settings: Settings, otherwise: str = "") -> str:
    base = settings.base_iri or otherwise or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    return base.rstrip("/") + "/"


_RUN = (run_serve, run_load, run_check, run_verify, run_ask, run_export, run_derive, run_status)
COMMANDS = {each.__name__.removeprefix("run_"): each for each in _RUN}

if __name__ == "__main__":
    sys.exit(main())
