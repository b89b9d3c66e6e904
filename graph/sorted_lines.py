"""Lines in order, however many: sorted in runs that fit into memory, which are merged from the disk."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

RUN = 16 << 20  # bytes that are sorted at once
MOST_OPEN = 64  # runs that are merged at once


def in_order(pieces: Iterable[bytes], beside: Path) -> Iterator[bytes]:
    """The lines of the pieces, each with its line feed, in the order of their bytes and each once.

    A piece holds whole lines. `beside` is a folder on the disk that has room for all of them.
    """
    with TemporaryDirectory(dir=beside, prefix=".sorting-") as folder, ExitStack() as opened:
        runs = [opened.enter_context(path.open("rb")) for path in _few(_runs(pieces, Path(folder)), Path(folder))]
        yield from _once(heapq.merge(*runs))


def _runs(pieces: Iterable[bytes], folder: Path) -> list[Path]:
    runs: list[Path] = []
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting += piece.splitlines(keepends=True)
        size += len(piece)
        if size > RUN:
            runs.append(_written(sorted(waiting), folder / f"{len(runs)}"))
            waiting, size = [], 0
    return [*runs, _written(sorted(waiting), folder / f"{len(runs)}")]


def _few(runs: list[Path], folder: Path) -> list[Path]:
    """Fewer runs of the same lines, so that no more files are open than a process may have."""
    merged = 0
    while len(runs) > MOST_OPEN:
        first, runs = runs[:MOST_OPEN], runs[MOST_OPEN:]
        with ExitStack() as opened:
            lines = heapq.merge(*(opened.enter_context(path.open("rb")) for path in first))
            runs.append(_written(lines, folder / f"merged-{merged}"))
        merged += 1
        for path in first:
            path.unlink()
    return runs


def _written(lines: Iterable[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(lines)
    return path


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line
