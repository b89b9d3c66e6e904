"""The files of a folder or of an archive, one after the other, each small enough to be held."""

import tarfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from schema.packed_file import Spoilt

SUFFIXES = (".tar.xz", ".tar.gz", ".tgz", ".tar")


def is_archive(path: Path) -> bool:
    """Whether it is a file that holds files."""
    return path.is_file() and path.name.endswith(SUFFIXES)


def archives(path: Path) -> list[Path]:
    """The archive itself, or those that lie in the folder, by name."""
    return [each for each in (sorted(path.iterdir()) if path.is_dir() else [path]) if is_archive(each)]


def members(path: Path, *patterns: str) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file in the folder or archive whose name fits a pattern, in the archive's order.

    Spoilt where the archive is cut short, once what came before has been had.
    """
    if not is_archive(path):
        found = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        for file in found:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            if _fits(name, patterns):
                yield name, file.read_bytes()
        return
    try:
        with tarfile.open(path, "r|*") as archive:
            for each in archive:
                if each.isfile() and _fits(each.name, patterns) and (inside := archive.extractfile(each)):
                    yield each.name.removeprefix("./"), inside.read()
    except tarfile.TarError as error:
        raise Spoilt(path, f"is no archive, or spoilt: {error}") from None


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(PurePosixPath(name).name, pattern) for pattern in patterns)
