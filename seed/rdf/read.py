"""Files of our own RDF as claims files, checked like those that people write; or every fault with its subject."""

import re
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from schema.packed_file import unpacked
from seed.problem import Problem
from seed.rdf.dataset import Dataset, Heads
from seed.rdf.sheets import Sheets, sorted_statements
from seed.rdf.syntax import Unreadable
from seed.read import Reading, spooled
from seed.resolve import number

MOST_LOCATED = 200  # things whose lines are looked for
_RECORD = re.compile(r"^(claims\[\d+\]|entities\.\w+\[\d+\]|document)\.?")

Told = tuple[str, str, str]  # id, field, message


def read_rdf(paths: Sequence[Path]) -> Reading:
    """What the files say, as one whole; in memory are a few numbers for each claim and each entity.

    JSON-LD that is one document is the exception: its parser wants all of it.
    """
    heads = Heads()
    with TemporaryDirectory(prefix="civicgraph-rdf-") as name:
        found = sorted_statements(paths, heads, Path(name))
        try:
            first = [*islice(found, 1)]
        except Unreadable as error:
            return _faulty([error.problem])
        dataset = heads.dataset(paths)
        if isinstance(dataset, Problem):
            return _faulty([dataset])
        told = list[Told]()
        sheets = Sheets(dataset, Path(name), lambda *each: told.append(each))
        files = sheets.write(chain(first, found))
        if told:  # whatever else is wrong may follow from that
            return _faulty(_located(paths, dataset, told))
        reading = _checked(sheets, files, told)
        return _faulty(_located(paths, dataset, told)) if told else reading


def _faulty(problems: Sequence[Problem]) -> Reading:
    return Reading((), tuple(problems), {})


def _checked(sheets: Sheets, files: Sequence[Path], told: list[Told]) -> Reading:
    """The claims files as the check of all claims files has them; what it finds is added to what was told."""
    elsewhere = [id for id in sheets.challenged if number(id) not in sheets.claims]
    reading = spooled(files, elsewhere)
    lines = {(each.file, each.line) for each in reading.problems}
    ids = {(file, line): _id_in(Path(file), line) for file, line in lines}
    for each in reading.problems:
        field = _RECORD.sub("", each.field)
        told.append((ids[each.file, each.line], field, each.message.replace(f"{sheets.folder}/", "")))
    if not told:
        found = {number(claim.id) for file in reading.files for claim in file.claims}
        for claim in sorted(sheets.claims - found):
            told.append((f"c-{claim:016x}", "", "says something else than its id, which is made of what it says"))
    return reading


def _id_in(file: Path, line: int) -> str:
    with file.open(encoding="utf-8") as lines:
        return next(islice(lines, line - 1, None), "").rpartition(" # ")[2].strip()


def _located(paths: Sequence[Path], dataset: Dataset, told: Sequence[Told]) -> list[Problem]:
    """As problems, each with the first line that names its subject."""
    ids = [*dict.fromkeys(id for id, _, _ in told)]
    places = _places(paths, ids[:MOST_LOCATED])
    files = ", ".join(map(str, paths))
    problems = []
    for id, field, message in told:
        file, line = places.get(id, (files, 0))
        subject = id if ":" in id else f"{dataset.things}{id}"
        problems.append(Problem(file, line, f"<{subject}>", f"{field}: {message}" if field else message))
    return sorted(problems)


def _places(paths: Sequence[Path], ids: Sequence[str]) -> dict[str, tuple[str, int]]:
    """File and line where each is described, or else named: as a subject it begins the line in all but JSON-LD."""
    word = "|".join(re.escape(id) for id in sorted(ids, key=len, reverse=True))
    named = re.compile(rf"(?<![\w-])({word})(?![\w-])".encode())
    begun = re.compile(rf"(?:<[^>]*|id:)?(?<![\w-])({word})[>\s]".encode())
    found, best = dict[str, tuple[str, int]](), dict[str, tuple[str, int]]()
    for path in paths:
        with unpacked(path) as file:
            for number_, line in enumerate(file, 1):
                if match := begun.match(line):
                    best.setdefault(match[1].decode(), (str(path), number_))
                for match in named.finditer(line):
                    found.setdefault(match[1].decode(), (str(path), number_))
    return found | best
