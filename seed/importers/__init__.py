"""Importers, one source format a file: each reads a path as a stream of documents with what they claim."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol

from schema.claims_file import ClaimsFile
from seed.importers.source import Source
from seed.importers.writing import Doubt, Progress, Tell, in_silence


class Importer(Protocol):
    """One ClaimsFile a document, as it is asked for; of what is not taken is told, and how far it is."""

    def __call__(
        self, source: Source, path: Path, tell: Tell, progress: Progress = in_silence
    ) -> Iterator[ClaimsFile]: ...


KINDS = ("agreement_documents", "frontmatter", "openstates", "table")


def importer(kind: str) -> Importer:
    """The importer of that name, which reads what is given twice once; a ValueError names those there are."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is no importer; there are {', '.join(KINDS)}")
    read: Importer = import_module(f"{__name__}.{kind}").read

    def once(source: Source, path: Path, tell: Tell, progress: Progress = in_silence) -> Iterator[ClaimsFile]:
        first: dict[str, str] = {}
        for file in read(source, path, tell, progress):
            id, name = file.document.id, file.document.name
            if id in first:
                tell(Doubt(name, "the file", id, f"is, byte by byte, {first[id]}", "read once"))
            else:
                first[id] = name
                yield file

    return once
