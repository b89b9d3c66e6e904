"""Importers, one source format a file: each reads a path as a stream of documents with what they claim."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol

from schema.claims_file import ClaimsFile
from schema.file_hash import sha256_of
from seed.importers.documents import Documents, Hashed
from seed.importers.source import Source
from seed.importers.writing import Progress, Tell, in_silence


class Importer(Protocol):
    """One ClaimsFile a document, as it is asked for; of what is not taken is told, and how far it is."""

    def __call__(
        self, source: Source, path: Path, tell: Tell, progress: Progress = in_silence, hashed: Hashed = sha256_of
    ) -> Iterator[ClaimsFile]: ...


def importer(kind: str) -> Importer:
    """The importer of a `kind` of source, which reads what is given twice once."""
    module = import_module(f"{__name__}.{kind}")

    def read(
        source: Source, path: Path, tell: Tell, progress: Progress = in_silence, hashed: Hashed = sha256_of
    ) -> Iterator[ClaimsFile]:
        files: Iterator[ClaimsFile] = module.read(source, path, Documents(tell, progress, hashed))
        return files

    return read
