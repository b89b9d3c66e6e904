"""What decides what an import reads: the files, the mapping file and our code, as one hash."""

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import orjson

from graph.errors import NotReadable
from schema.file_hash import sha256_of
from seed.importers.documents import Hashed
from seed.importers.source import Source

_CODE = ("schema", "seed")


def reading(source: Source, path: Path, hashed: Hashed = sha256_of) -> str:
    """SHA-256 of it all; wherever the files lie, the same where they and what their names tell are the same."""
    told = [source.model_dump(), [*_files(source, path, hashed)], [*_code()]]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def _files(source: Source, path: Path, hashed: Hashed) -> Iterator[tuple[str, str, str]]:
    """Name, instant and SHA-256 of each; one that is not read, as it tells no instant, is no fault here."""
    for file in sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]:
        try:
            instant = source.instant(file)
        except NotReadable:
            instant = ""
        yield file.relative_to(path).as_posix() if path.is_dir() else file.name, instant, hashed(file)


def _code() -> Iterator[tuple[str, str]]:
    for package in _CODE:
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or ():
            for file in sorted(Path(folder).rglob("*.py")):
                yield file.relative_to(folder).as_posix(), sha256_of(file)
