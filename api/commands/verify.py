"""`civicgraph verify`: find every quote again in its document; doubts are warnings only."""

import argparse
import sys
from pathlib import Path

from api.commands import Command
from api.commands.check import report, sound
from seed.lint import lint
from seed.verify import verify


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--documents", type=Path, required=True)


def _run(given: argparse.Namespace) -> int:
    reading = sound(given.paths)
    problems = verify(reading.files, given.documents, reading.places)
    for doubt in lint(reading.files, given.documents, reading.places):
        print(f"warning: {doubt}", file=sys.stderr)
    quotes = sum(e.quote is not None for f in reading.files for c in f.claims for e in c.evidence)
    return report(problems, f"{quotes} quotes stand in their documents, character by character")


COMMAND = Command("Find every quote again in its document.", "--documents ../shared/documents", _run, _arguments)
