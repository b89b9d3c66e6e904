"""Importers, one source format a file: each reads a path as a stream of documents with what they claim."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from schema.claims_file import ClaimsFile
from seed.importers.source import Source
from seed.importers.writing import Doubt, Tell

Importer = Callable[[Source, Path, Tell], Iterator[ClaimsFile]]
"""Source, file or folder, and who is told of what was not taken: one ClaimsFile a document, as it is asked for."""

KINDS = ("agreement_documents", "frontmatter", "openstates", "table")


def importer(kind: str) -> Importer:
    """The importer of that name, which reads what is given twice once; a ValueError names those there are."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is no importer; there are {', '.join(KINDS)}")
    read: Importer = import_module(f"{__name__}.{kind}").read

    def once(source: Source, path: Path, tell: Tell) -> Iterator[ClaimsFile]:
        first: dict[str, str] = {}
        for file in read(source, path, tell):
            id, name = file.document.id, file.document.name
            if id in first:
                tell(Doubt(name, "the file", id, f"is, byte by byte, {first[id]}", "read once"))
            else:
                first[id] = name
                yield file

    return once
