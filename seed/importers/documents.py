"""The documents of one import: what has the bytes of an earlier one is told, and not read again."""

from collections.abc import Callable
from pathlib import Path

from schema.entities import Document
from schema.strand import Strand
from seed.importers.writing import Doubt, Progress, Tell, Writing

Hashed = Callable[[Path], str]
"""SHA-256 of a file."""


class Documents:
    """What is begun for an importer: each document once. `sha256` may know a file that was hashed before."""

    def __init__(self, tell: Tell, progress: Progress, sha256: Hashed) -> None:
        self.tell, self.sha256, self._progress = tell, sha256, progress
        self._first: dict[str, str] = {}

    def begin(
        self, document: Document, recorded_at: str, file: str, strands: tuple[Strand, Strand] | None = None
    ) -> Writing | None:
        """What is to be filled with what the file says; None, and told, where an earlier file has its bytes."""
        if first := self._first.get(document.id):
            self.tell(Doubt(file, "the file", document.id, f"is, byte by byte, {first}", "read once"))
            return None
        self._first[document.id] = file
        return Writing(document, recorded_at, file, self.tell, self._progress, strands)
