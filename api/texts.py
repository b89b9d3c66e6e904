"""Texts of documents on disk, found by the SHA-256 of their bytes, and handed out only where their terms allow that."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path

from graph.result import Row
from schema.file_hash import sha256_of

LARGEST = 500_000  # bytes: what is larger is an archive or a table
MOST = 3000  # files and folders


@dataclass(frozen=True)
class Texts:
    """The documents in a folder and below it, none without a folder. Which there are is looked up once."""

    folder: Path | None = None

    def of(self, document: Row) -> str | None:
        """The text of a document record; None unless its terms let anybody show it and its very bytes are here."""
        if not document.get("shown_under") or not (path := self._by_sum.get(document.get("sha256", ""))):
            return None
        try:
            content = path.read_bytes()
            return content.decode() if sha256(content).hexdigest() == document["sha256"] else None
        except (OSError, UnicodeDecodeError):
            return None

    def mark(self) -> str:
        """A hash of all that are there: with other documents at hand the same answers have other pages."""
        return sha256("".join(sorted(self._by_sum)).encode()).hexdigest()

    @cached_property
    def _by_sum(self) -> Mapping[str, Path]:
        if self.folder is None or not self.folder.is_dir():
            return {}
        found = (path for path in islice(self.folder.rglob("*"), MOST) if path.is_file())
        return {_sum(path): path for path in found if path.stat().st_size <= LARGEST}


NOWHERE = Texts()


def _sum(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""
