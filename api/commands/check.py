"""`civicgraph check`: every fault of claims files at once, each with its line."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from api.commands import DONE, FAULTY, Command
from api.console import list_faults
from seed.problem import Problem
from seed.read import Reading, spooled

_OURS = Path(spooled.__code__.co_filename).parent
SEED = (_OURS / "claims", _OURS / "judgements")


def sound(paths: Sequence[Path]) -> Reading:
    """The claims files, those of the repository where none are named; faults end the command."""
    reading = spooled(paths or SEED)
    if reading.problems:
        raise SystemExit(report(reading.problems, ""))
    return reading


def report(problems: Sequence[Problem], well: str) -> int:
    """Tell the faults, or that all is well; returns the exit code."""
    if problems:
        list_faults(problems)
        return FAULTY
    print(well)
    return DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path)


def _run(given: argparse.Namespace) -> int:
    reading = spooled(given.paths or SEED)
    claims = sum(len(f.claims) for f in reading.files)
    return report(reading.problems, f"{claims} claims of {len(reading.files)} files are sound")


COMMAND = Command("Find every fault of claims files; write nothing.", "seed/claims", _run, _arguments)
