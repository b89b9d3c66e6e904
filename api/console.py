"""What the command tells on standard error, so that standard output holds results alone."""

import sys
from collections.abc import Sequence
from typing import Any


def fail(code: int, *lines: Any) -> int:
    """Say what went wrong; returns the exit code."""
    print("civicgraph:", *lines, sep="\n  " if len(lines) > 1 else " ", file=sys.stderr)
    return code


def list_faults(faults: Sequence[Any]) -> None:
    """One line a fault, then their number."""
    told = "1 problem" if len(faults) == 1 else f"{len(faults)} problems"
    print(*faults, f"{told}; nothing was written", sep="\n", file=sys.stderr)


def announce(what: str) -> None:
    """Say what takes a while; only where a person watches."""
    if sys.stderr.isatty():
        print(f"{what} ...", file=sys.stderr, flush=True)


def show_progress(done: int, total: int | None = None) -> None:
    """Claims done so far, over what was told before; only where a person watches."""
    if sys.stderr.isatty():
        told = f"\r{done} of {total} claims" if total else f"\r{done} claims"
        print(told, end="\n" if done == total else "", file=sys.stderr, flush=True)
