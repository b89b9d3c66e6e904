"""Claims files read, checked and resolved: values, or every problem at once with its file, line and field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schema.claims_file import ClaimsFile
from seed.parse import Draft, parse_claims
from seed.problem import Problem
from seed.resolve import resolve

__all__ = ["ClaimsFile", "Place", "Problem", "Reading", "read"]

Place = tuple[str, int]


@dataclass(frozen=True)
class Reading:
    """What the files say. `places` gives file and line of a claim by (document id, claim id).

    Where there are problems, `files` holds the claims without one; nothing of them should be written.
    """

    files: tuple[ClaimsFile, ...]
    problems: tuple[Problem, ...]
    places: Mapping[tuple[str, str], Place]


def read(paths: Sequence[Path]) -> Reading:
    """Reads files, and folders' `*.yaml` files at any depth, as one whole: they may refer to each other."""
    problems: list[Problem] = []
    drafts = [made for path in paths for file in _files(path, problems) if (made := _draft(file, problems))]
    resolve(drafts)
    places: dict[tuple[str, str], Place] = {}
    for made in drafts:
        for written in made.claims:
            if written.claim:
                places.setdefault((made.document_id, written.claim.id), (made.file, made.line(written.path)))
    problems += sorted(problem for made in drafts for problem in made.problems)
    return Reading(tuple(filter(None, map(_values, drafts))), tuple(problems), places)


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not found:
        problems.append(Problem(str(path), 0, "", "is a folder without .yaml files"))
    return found


def _draft(path: Path, problems: list[Problem]) -> Draft | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(Problem(str(path), 0, "", f"cannot be read: {error.strerror}"))
        return None
    try:
        return parse_claims(str(path), content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {content[error.start]:#04x} is out of place"
        problems.append(Problem(str(path), line, "", message))
        return None


def _values(made: Draft) -> ClaimsFile | None:
    if made.document is None:
        return None
    entities = tuple(drafted.entity for drafted in made.entities if drafted.entity)
    claims = tuple(drafted.claim for drafted in made.claims if drafted.claim)
    return ClaimsFile(made.document, entities, claims, made.recorded_at)
