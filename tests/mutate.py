"""Breaks every query file and fragment in every small way and tells which faults the expected rows do not see.

`make mutate` or `python -m tests.mutate [query …]`: not a part of the suite. A mutant is seen if a case of `rows/`, or
of the oracle's grid, has other rows or fails; one that is not seen survives and is told; exit code 1 if any does. What
the world does not see is tried on the world with the register, where the query has cases of that.
"""

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

from graph import cypher
from graph import query as queries
from graph.connection import Reader, Writer
from graph.engine import Engine
from graph.errors import GraphError
from graph.query import Query, read_query
from schema.derive.constraints import arcadedb_statements
from tests.conftest import Store
from tests.expected_rows import WORLDS, Case, cases, filling
from tests.oracle import ANSWERS, COLUMNS
from tests.test_rows import answered, in_pages, lines, untrue
from tests.test_time import sampled

SAMPLED = 110, 15
HELD = "world", "judged"
EDITIONS = "live"  # a fragment, and the terms with it: the rows are of one edition, others are seen in test_editions
ELSEWHERE = {EDITIONS, "gone"}  # what is gone has no row: test_retracted sees it
_CONNECTIVE = re.compile(r"(?<=\s)(AND|OR)\s+")
_ENDS = re.compile(r"\s+(AND|OR)\s|\s+\||\n(?=\S)|\n\s*(RETURN|WITH|MATCH|UNION|\})|\s+(RETURN|ORDER|WITH)\s|\s\}|$")
_INNER = r"(?:(?!^  UNION|^\}).*\n)+"
_INNER_BRANCH = re.compile(rf"(?m)^  (MATCH|RETURN){_INNER}  UNION ALL\n|^  UNION ALL\n{_INNER}")
_SWAPPED = {"SUBJECT": "OBJECT", "OBJECT": "SUBJECT", "by_subject": "by_object", "by_object": "by_subject"}
_OTHER = {"'current'": "'disputed'", "'retracted'": "'current'", "'DISPUTES'": "'CORRECTS'", "last(": "head("}
_WIDER = {"<=": "<", ">=": ">", "<>": "="}


def mutants(text: str) -> Iterator[tuple[str, str]]:
    """What was broken, and the text with that broken; no text twice."""
    seen = {text}
    for told, broken in _mutants(text):
        if broken not in seen and EDITIONS not in told:
            seen.add(broken)
            yield told, broken


def _mutants(text: str) -> Iterator[tuple[str, str]]:
    start = text.index("*/") + 2 if text.startswith("/*") else 0
    for found in _CONNECTIVE.finditer(text, start):  # the term after it
        end = _term_end(text, found.end())
        yield f"without {text[found.start() : end]!r}", text[: found.start()].rstrip() + text[end:]
    for found in re.finditer(r"(?<=WHERE )", text[start:]):  # the term before the first connective
        at = start + found.start()
        end = _term_end(text, at)
        yield f"without {text[at:end]!r}", text[:at] + "true" + text[end:]
    for found in re.finditer(r"IN \[([^\]]+)\]|UNWIND \[([^\]]+)\]", text):
        names = re.findall(r"'[^']*'", found[0])
        for name in names:
            fewer = re.sub(rf"{name},\s*|,\s*{name}", "", found[0], count=1)
            yield f"without {name} of a list", text[: found.start()] + fewer + text[found.end() :]
    for word, other in _SWAPPED.items():
        for found in re.finditer(rf"(?<=[:|.]){word}\b", text[start:]):
            at = start + found.start()
            yield f"{other} for {word} at {at}", text[:at] + other + text[at + len(word) :]
    for found in re.finditer(r"(?<=[:'])[A-Z_]+(\|[A-Z_]+)+", text[start:]):
        for name in found[0].split("|"):
            fewer = "|".join(each for each in found[0].split("|") if each != name)
            at = start + found.start()
            yield f"without {name} of {found[0]}", text[:at] + fewer + text[at + len(found[0]) :]
    yield from _structure(text, start)


def _term_end(text: str, start: int) -> int:
    """Where a condition ends: at the next connective, clause or bracket of its own depth."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in "([{":
            depth += 1
        elif text[at] in ")]}":
            depth -= 1
            if depth < 0:
                return at
        elif not depth and _ENDS.match(text, at):
            return at
    return len(text)


def _structure(text: str, start: int) -> Iterator[tuple[str, str]]:
    head, body = text[:start], text[start:]
    for separator in ("UNION ALL\n", "  UNION ALL\n"):
        parts = re.split(rf"(?m)^{separator}", body)
        if len(parts) > 1 and separator == "UNION ALL\n":
            for i in range(len(parts)):
                rest = [part for j, part in enumerate(parts) if j != i]
                yield f"without branch {i + 1}", head + separator.join(rest)
    for found in _INNER_BRANCH.finditer(body):
        yield f"without {found[0][:70]!r}", head + body[: found.start()] + body[found.end() :]
    for found in re.finditer(r"(<=|>=|<>)(?! \$known_at \+)", body):  # no turn is an instant and a tilde
        other = _WIDER[found[0]]
        yield f"{other} for {found[0]} at {found.start()}", head + body[: found.start()] + other + body[found.end() :]
    for found in re.finditer(
        r" \{relation: '[A-Z_]+'\}| \{role: '\w+'\}|DISTINCT |LIMIT 3|ORDER BY (c\.id|voice\.name)\s| \+ '~'", body
    ):
        yield f"without {found[0].strip()!r}", head + body[: found.start()] + body[found.end() :]
    for found in re.finditer(r"cited\(\[c\] \+ via\)|cited\(\[c, \w\]\)", body):
        yield "cites the first claim alone", head + body[: found.start()] + "cited([c])" + body[found.end() :]
    for found in re.finditer(r"'(current|retracted|DISPUTES)'|\blast\(", body):
        other = _OTHER[found[0]]
        yield f"{other} for {found[0]} at {found.start()}", head + body[: found.start()] + other + body[found.end() :]


def asked_of(name: str, what: str) -> list[Case]:
    """What is asked of a query in a world: the cases written by hand, then those of the oracle's grid."""
    grid = sampled(name, *SAMPLED) if filling(name) == what else ()
    return [*cases(name, what), *(Case(name, given, "", rows, what) for given, rows in grid)]


async def is_seen(reader: Reader, query: Query, asked: list[Case]) -> bool:
    """Whether any of the cases has other rows than it should, whole or in pages, or what is told of its claims."""
    columns = COLUMNS[query.name]
    for case in asked:
        in_order = list if case.because else sorted  # the oracle's grid is compared without order
        try:
            found = await answered(reader, case, query)
            rows = lines(found.rows if found else [], columns)
            if in_order(rows) != in_order(lines(case.rows, columns)) or (found and untrue(found, WORLDS[case.what])):
                return True
            paged = await in_pages(reader, case, query) if case.because and len(case.rows) > 1 else case.rows
        except (GraphError, ValueError, TypeError):
            return True
        if sorted(lines(paged, columns)) != sorted(lines(case.rows, columns)):
            return True
    return False


def using(folder: Path, fragment: str | None = None) -> Iterator[Path]:
    """The query files of the folder; those that a fragment is used in, itself or through another one."""
    names = {fragment}
    while fragment:
        more = {p.stem for p in (folder / "fragments").glob("*.cypher") if _calls(p.read_text(), names)}
        if more <= names:
            break
        names |= more
    for path in sorted((folder / "queries").glob("*.cypher")):
        if fragment is None or "tail" in names or _calls(path.read_text(), names):
            yield path


def _calls(text: str, names: set[str | None]) -> bool:
    return any(f"{name}(" in text for name in names)


async def tried(
    reader: Reader, asked: Mapping[str, list[Case]], seen: set[tuple[str, int]]
) -> AsyncIterator[tuple[tuple[str, int], bool]]:
    """Each mutant that was not seen before, told and numbered, and whether a case sees it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in ("queries", "fragments"):
            shutil.copytree(cypher.FRAGMENTS.parent / each, folder / each)
        own, cypher.FRAGMENTS = cypher.FRAGMENTS, folder / "fragments"
        files = [p for kind in ("queries", "fragments") for p in sorted((folder / kind).glob("*.cypher"))]
        for file in (p for p in files if p.stem in asked or (p.parent.name == "fragments" and p.stem not in ELSEWHERE)):
            whole = file.read_text()
            reach = [file] if file.parent.name == "queries" else list(using(folder, file.stem))
            for number, (told, broken) in enumerate(mutants(whole)):
                mutant = f"{file.parent.name}/{file.name}: {told}", number
                if mutant not in seen and (paths := [path for path in reach if path.stem in asked]):
                    file.write_text(broken)
                    cypher.fragment.cache_clear()
                    yield mutant, await _any_sees(reader, paths, asked)
            file.write_text(whole)
            cypher.fragment.cache_clear()
            print(file.parent.name, file.name, flush=True)
        cypher.FRAGMENTS = own


async def _any_sees(reader: Reader, paths: list[Path], asked: Mapping[str, list[Case]]) -> bool:
    for path in paths:
        try:
            query = read_query(path)
        except GraphError:
            return True
        if await is_seen(reader, query, asked[path.stem]):
            return True
    return False


async def main(names: list[str]) -> int:
    """Loads each world into an engine of its own and tries all mutants; 1 if one survives."""
    seen, unseen = set[tuple[str, int]](), set[tuple[str, int]]()
    with tempfile.TemporaryDirectory() as folder, Engine(Path(folder) / "store", fast_start=False) as engine:
        engine.command(arcadedb_statements())
        async with (
            await Writer.open(engine.uri, engine.login, engine.database) as writer,
            await Reader.open(engine.uri, engine.reader, engine.database) as reader,
        ):
            store = Store("mutated", reader, writer)
            for what in HELD:
                every = {name: asked_of(name, what) for name in names or sorted(ANSWERS)}
                asked = {name: own for name, own in every.items() if own}
                await store.hold(what)
                for name, own in asked.items():
                    assert not await is_seen(reader, queries.read_queries()[name], own), f"{name} is not right unbroken"
                async for mutant, was_seen in tried(reader, asked, seen):
                    (seen if was_seen else unseen).add(mutant)
    alive = sorted(told for told, _ in unseen - seen)
    print(*alive, f"{len(alive)} of {len(seen | unseen)} survive", sep="\n")
    return bool(alive)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
