"""Documents on disk, found by the SHA-256 of their bytes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from schema.claims_file import ClaimsFile
from schema.entities import Document
from schema.file_hash import sha256_of
from seed.problem import Problem


def named(files: Sequence[ClaimsFile]) -> dict[str, Document]:
    """Every document the files declare, by its id."""
    entities = [entity for file in files for entity in (file.document, *file.entities)]
    return {entity.id: entity for entity in entities if isinstance(entity, Document)}


def quoted(files: Sequence[ClaimsFile]) -> dict[str, Document]:
    """The declared documents that some claim quotes."""
    evidence = [e for file in files for claim in file.claims for e in claim.evidence]
    ids = {e.document for e in evidence if e.quote is not None}
    return {id_: document for id_, document in sorted(named(files).items()) if id_ in ids}


def texts(documents: Mapping[str, Document], folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Text of each document by its id, and a problem for each that is not in the folder.

    The text is UTF-8 with its line ends as they are; offsets count its characters, not bytes.
    """
    if not folder.is_dir():
        return {}, [Problem(str(folder), 0, "", "is no folder; name the one that holds the documents")]
    present = {sha256_of(path): path for path in sorted(folder.rglob("*")) if path.is_file()}
    problems: list[Problem] = []
    read: dict[str, str] = {}
    for id_, document in documents.items():
        if document.sha256 is None:
            problems.append(Problem(str(folder), 0, "sha256", f"document {id_} is quoted and has no sha256"))
        elif (path := present.get(document.sha256)) is None:
            message = f"no file here has the bytes of document {id_}, sha256 {document.sha256}"
            problems.append(Problem(str(folder), 0, "sha256", message))
        else:
            _decode(id_, path, read, problems)
    return read, problems


def _decode(id_: str, path: Path, read: dict[str, str], problems: list[Problem]) -> None:
    try:
        read[id_] = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        problems.append(Problem(str(path), 0, "", f"document {id_} is not UTF-8 text: {error.reason}"))
