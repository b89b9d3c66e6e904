"""Importers, one source format a file: each reads a path as a stream of documents with what they claim."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from schema.claims_file import ClaimsFile
from seed.importers.source import Source
from seed.importers.writing import Tell

Importer = Callable[[Source, Path, Tell], Iterator[ClaimsFile]]
"""Source, file or folder, and who is told of what was not taken: one ClaimsFile a document, as it is asked for."""

KINDS = ("agreement_documents", "frontmatter", "openstates", "table")


def importer(kind: str) -> Importer:
    """The importer of that name; a ValueError names those there are."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is no importer; there are {', '.join(KINDS)}")
    found: Importer = import_module(f"{__name__}.{kind}").read
    return found
