"""The hash by which a document's record knows its file."""

from hashlib import file_digest
from pathlib import Path


def sha256_of(path: Path) -> str:
    """SHA-256 of the file as it lies there, in hexadecimal digits; OSError where it cannot be read."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
