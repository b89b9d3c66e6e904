"""Output that is whole or can be told from what is: a file appears once all of it is on the disk."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from graph.errors import GraphError
from graph.processes import runs

STANDARD_OUTPUT = Path("-")
AT_ONCE = 1 << 18
# Longer than what ends a record in any format: a row's last cells, a statement's full stop, a closing bracket.
HELD_BACK = 16


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write them to a file, which is replaced, or to standard output; OSError says which has no room.

    The last bytes are held back until there are no more pieces: where they fail to come, the output ends within a
    record, whatever its format, and no reader takes it for whole.
    """
    if target == STANDARD_OUTPUT:
        with _naming("standard output"):
            _pour(pieces, sys.stdout.buffer)
    elif target.exists() and not target.is_file():  # a device or a pipe: what is written there is not to be replaced
        with _naming(target), target.open("wb", buffering=0) as file:
            _pour(pieces, file)
    else:
        _remove_leftovers(target)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        with _naming(target), _removed_unless_whole(part):
            with part.open("wb", buffering=0) as file:
                _pour(pieces, file)
                os.fsync(file.fileno())
            part.replace(target)
            _keep_the_name(target.parent)


def _pour(pieces: Iterable[bytes], file: BinaryIO) -> None:
    waiting = bytearray()
    try:
        for piece in pieces:
            waiting += piece
            if len(waiting) > AT_ONCE:
                _write_all(file, waiting[:-HELD_BACK])
                del waiting[:-HELD_BACK]
    except GraphError:
        _write_all(file, waiting[:-HELD_BACK])
        raise
    _write_all(file, waiting)
    file.flush()


def _write_all(file: BinaryIO, waiting: bytearray) -> None:
    left = memoryview(waiting)
    while left:
        left = left[file.write(left) :]


@contextmanager
def _removed_unless_whole(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _remove_leftovers(target: Path) -> None:
    """What those have left who were killed while they wrote it."""
    for part in target.parent.glob(f"{escape(target.name)}.*.part"):
        owner = part.name.removeprefix(f"{target.name}.").removesuffix(".part")
        if owner.isascii() and owner.isdigit() and not runs(int(owner)):
            with suppress(OSError):
                part.unlink()


def _keep_the_name(folder: Path) -> None:
    """The new name of a file is in its folder, which has to reach the disk as well."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _naming(output: Path | str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(output)) from error
