"""`civicgraph check`: every fault of claims files, or of a dump of what they say, at once, each with its line."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from api.commands import DONE, FAULTY, Command, Misused
from api.console import list_faults
from api.dumps.checking import MOST, faults_of
from schema.packed_file import bare
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
    told = (
        "N-Triples of a dump, packed or not, against the shapes; claims at fault are told with their lines in `paths`"
    )
    parser.add_argument("--dump", type=Path, metavar="FILE", help=told)


def _run(given: argparse.Namespace) -> int:
    reading = spooled(given.paths or SEED)
    claims = sum(len(f.claims) for f in reading.files)
    if reading.problems or not given.dump:
        return report(reading.problems, f"{claims} claims of {len(reading.files)} files are sound")
    return report(_of_dump(given.dump, reading), f"{given.dump} is as the shapes want it")


def _of_dump(dump: Path, reading: Reading) -> list[Problem]:
    """The faults of a dump where they come from: a line of a claims file, or the dump itself."""
    if not bare(dump.name).endswith(".nt") or not dump.is_file():
        raise Misused(f"{dump}: no such file of N-Triples, .nt, .nt.gz or .nt.zst")
    try:
        faults = faults_of(dump)
    except (SyntaxError, OSError) as error:
        return [Problem(str(dump), getattr(error, "lineno", None) or 0, "", f"cannot be read: {error}")]
    wanted = {fault.claim for fault in faults}
    places = {claim: place for (_, claim), place in reading.places.items() if claim in wanted}
    found = [Problem(*places.get(fault.claim, (str(dump), 0)), "", str(fault)) for fault in faults]
    return [*found, *([Problem(str(dump), 0, "", f"has more faults than these {MOST}")] * (len(found) == MOST))]


COMMAND = Command("Find every fault of claims files or of a dump; write nothing.", "seed/claims", _run, _arguments)
