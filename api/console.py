"""What the command tells on standard error, so that standard output holds results alone."""

import re
import sys
from collections.abc import Sequence
from typing import Any

# A terminal obeys some characters: a name or a key must not move the cursor or turn the line round.
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def seen(told: Any) -> str:
    """As one line, in which such a character is seen and not obeyed."""
    return OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), str(told))


def fail(code: int, *lines: Any) -> int:
    """Say what went wrong; returns the exit code."""
    told = [seen(part) for line in lines for part in str(line).split("\n")]
    print("civicgraph:", *told, sep="\n  " if len(told) > 1 else " ", file=sys.stderr)
    return code


def list_faults(faults: Sequence[Any]) -> None:
    """One line a fault, then their number."""
    told = "1 problem" if len(faults) == 1 else f"{len(faults)} problems"
    print(*map(seen, faults), f"{told}; nothing was written", sep="\n", file=sys.stderr)


def announce(what: str) -> None:
    """Say what takes a while; only where a person watches."""
    if sys.stderr.isatty():
        print(f"{what} ...", file=sys.stderr, flush=True)


def show_progress(done: int, total: int | None = None) -> None:
    """Claims done so far, over what was told before; only where a person watches."""
    show_over(f"{done} of {total} claims" if total else f"{done} claims", done == total)


def show_over(told: str, ended: bool = False) -> None:
    """Say it over what was told before, until that is ended; only where a person watches."""
    if sys.stderr.isatty():
        print(f"\r{told}", end="\n" if ended else "", file=sys.stderr, flush=True)
