"""`civicgraph verify`: find every quote again in its document; doubts are warnings only."""

import argparse
import sys
from pathlib import Path

from api.commands import Command
from api.commands.check import report, sound
from api.console import seen
from seed.documents import quoted, texts
from seed.fix import fix
from seed.lint import lint
from seed.read import Reading
from seed.verify import verify


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument(
        "--fix", action="store_true", help="write the right offsets and paragraphs into the claims files"
    )


def _run(given: argparse.Namespace) -> int:
    reading = sound(given.paths)
    if given.fix:
        _fix(reading, given.documents)
        reading = sound(given.paths)
    problems = verify(reading.files, given.documents, reading.places)
    for doubt in sorted(lint(reading.files, reading.places)):
        print(f"warning: {seen(doubt)}", file=sys.stderr)
    quotes = sum(e.quote is not None for f in reading.files for c in f.claims for e in c.evidence)
    return report(sorted(problems), f"{quotes} quotes stand in their documents, character by character")


def _fix(reading: Reading, documents: Path) -> None:
    """Writes the offsets of misplaced quotes into the files, and where paragraphs begin."""
    found, _ = texts(quoted(reading.files), documents)
    fixed = sum(fix(Path(path), found) for path in sorted({path for path, _ in reading.places.values()}))
    print(f"{fixed} quotes were given the place where they stand", file=sys.stderr)


COMMAND = Command("Find every quote again in its document.", "--documents ../shared/documents", _run, _arguments)
