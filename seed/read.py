"""Claims files read, checked and resolved: values, or every problem at once with its file, line and field."""

import codecs
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from schema import ENTITIES, RELATIONS, Claim, Entity
from schema.claims_file import ClaimsFile
from schema.strand import Strand
from seed.parse import REFERENCES, ClaimDraft, Draft, EntityDraft, document_id, read_records
from seed.problem import Problem
from seed.resolve import Names, claim_id, declare, number, refer
from seed.spool import Spooled

__all__ = ["ClaimsFile", "Place", "Problem", "Reading", "read", "spooled"]

Place = tuple[str, int]

AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Reading:
    """What the files say. `places` gives file and line of a claim by (document id, claim id).

    Where there are problems, `files` holds the claims without one; nothing of them should be written.
    """

    files: tuple[ClaimsFile, ...]
    problems: tuple[Problem, ...]
    places: Mapping[tuple[str, str], Place]


class _Sheet:
    """What was understood of one file, its records spooled; `meant` has the ids of the claims that its keys mean."""

    def __init__(self, path: Path, made: Draft) -> None:
        self.path, self.made, self.meant = path, made, dict[str, str | None]()
        self.entities = Spooled[Entity](lambda row: ENTITIES[row[0]].model_validate(row[1]))
        self.claims = Spooled[Claim](self._claim)

    def _claim(self, row: Any) -> Claim:
        relation, _, _, _, fields = row
        for name, keys in _references(fields):
            fields[name] = [id for key in keys if (id := self.meant[key])]
        return RELATIONS[relation].model_validate(fields)


class _Places(Mapping[tuple[str, str], Place]):
    """File and line of each claim; in memory are the lines of the document that was asked about last."""

    def __init__(self, sheets: Sequence[_Sheet]) -> None:
        self._sheets = {sheet.made.document_id: sheet for sheet in sheets}
        self._asked, self._found = "", dict[str, int]()

    def _lines(self, document: str) -> Mapping[str, int]:
        """A claim that is written twice stands where it is written first."""
        if document != self._asked:
            self._asked, self._found = document, {}
            for _, _, id, line, _ in self._sheets[document].claims.rows():
                self._found[id] = min(line, self._found.get(id, line))
        return self._found

    def __getitem__(self, key: tuple[str, str]) -> Place:
        document, claim = key
        return str(self._sheets[document].path), self._lines(document)[claim]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((document, claim) for document in self._sheets for claim in self._lines(document))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass
class _Spool:
    entities: Strand = field(default_factory=Strand)
    offices: Strand = field(default_factory=Strand)
    claims: Strand = field(default_factory=Strand)


def read(paths: Sequence[Path]) -> Reading:
    """Reads files, and folders' `*.yaml` files at any depth, as one whole: they may refer to each other."""
    sheets, problems = _understood(paths)
    files, places = [], dict[tuple[str, str], Place]()
    for sheet in sheets:
        rows = sorted(sheet.claims.rows(), key=lambda row: int(row[1]))
        for _, _, id, line, _ in rows:
            places.setdefault((sheet.made.document_id, id), (str(sheet.path), line))
        if sheet.made.document:
            files.append(_file(sheet, tuple(sheet.entities), tuple(map(sheet.claims.make, rows))))
    return Reading(tuple(files), problems, places)


def spooled(paths: Sequence[Path], elsewhere: Collection[str] = ()) -> Reading:
    """The same, in memory that does not grow with the files: what they hold is read from a temporary file whenever it
    is gone through, places too. Claims `elsewhere` may be challenged by their ids, though no file has them."""
    sheets, problems = _understood(paths, elsewhere)
    files = (_file(sheet, sheet.entities, sheet.claims) for sheet in sheets if sheet.made.document)
    return Reading(tuple(files), problems, _Places(sheets))


def _file(sheet: _Sheet, entities: Sequence[Entity], claims: Sequence[Claim]) -> ClaimsFile:
    assert sheet.made.document
    return ClaimsFile(sheet.made.document, entities, claims, sheet.made.recorded_at)


def _understood(paths: Sequence[Path], elsewhere: Collection[str] = ()) -> tuple[list[_Sheet], tuple[Problem, ...]]:
    problems: list[Problem] = []
    names, spool = Names(claim_ids={*map(number, elsewhere)}), _Spool()
    sheets: list[_Sheet] = []
    seen: set[Path] = set()
    for file in (file for path in paths for file in _files(path, problems)):
        if file not in seen and (sheet := _taken_in(file, names, spool, problems)):
            sheets.append(sheet)
        seen.add(file)
    for sheet in sheets:
        if not _refers_well(sheet, names) or (sheet.made.problems and not sheet.made.broken):
            sheet.made = _told(sheet, names)
    return sheets, (*problems, *sorted(problem for sheet in sheets for problem in sheet.made.problems))


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not found:
        problems.append(Problem(str(path), 0, "", "is a folder without .yaml files"))
    return found


def _taken_in(path: Path, names: Names, spool: _Spool, problems: list[Problem]) -> _Sheet | None:
    """The file read once: its records spooled, its names known to the others."""
    try:
        with path.open("rb") as file:
            if fault := _no_text(file):
                problems.append(Problem(str(path), *fault))
                return None
            return _spooled(path, file, names, spool)
    except OSError as error:
        if error.filename != str(path):
            raise
        problems.append(Problem(str(path), 0, "", f"cannot be read: {error.strerror}"))
        return None


def _no_text(file: BinaryIO) -> tuple[int, str, str] | None:
    """Line, field and message of the first byte that is out of place."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    while True:
        piece = file.read(AT_ONCE)
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            line += error.object.count(b"\n", 0, error.start)
            return line, "", f"is not UTF-8: byte {error.object[error.start]:#04x} is out of place"
        if not piece:
            return None
        line += piece.count(b"\n")


def _records(path: Path, file: BinaryIO) -> tuple[Draft, Iterator[EntityDraft | ClaimDraft]]:
    file.seek(0)
    made = Draft(str(path), document_id(file))
    file.seek(0)
    return made, read_records(made, file)


def _spooled(path: Path, file: BinaryIO, names: Names, spool: _Spool) -> _Sheet:
    made, records = _records(path, file)
    sheet, lines = _Sheet(path, made), dict[int, int]()
    begun = {strand: strand.end for strand in (spool.entities, spool.offices, spool.claims)}
    counts = dict.fromkeys(begun, 0)
    for record in records:
        declare(made, record, names, lines)
        if isinstance(record, ClaimDraft) and record.claim:
            claim, relation = record.claim, record.claim.relation()
            # what an office makes of a person is best known before all else that names it
            strand = spool.offices if relation == "HOLDS_OFFICE" else spool.claims
            references = {name: record.record[name] for name in REFERENCES if record.record.get(name)}
            fields = claim.model_dump(mode="json", exclude_defaults=True) | references
            row: list[Any] = [relation, made.records, claim.id, made.line(record.path), fields]
        elif isinstance(record, EntityDraft) and record.entity and record.entity is not made.document:
            strand = spool.entities
            row = [type(record.entity).__name__, record.entity.model_dump(mode="json", exclude_defaults=True)]
        else:
            continue
        strand.write(row)
        counts[strand] += 1
    sheet.entities.add(spool.entities, begun[spool.entities], counts[spool.entities])
    for strand in (spool.offices, spool.claims):
        sheet.claims.add(strand, begun[strand], counts[strand])
    return sheet


def _refers_well(sheet: _Sheet, names: Names) -> bool:
    """Whether all that the file's sound claims refer to is there; notes which claims they mean."""
    probe = Draft(sheet.made.file, sheet.made.document_id)
    for relation, _, id, _, fields in sheet.claims.rows():
        if not probe.problems:
            refer(probe, ClaimDraft(("claims",), fields, RELATIONS[relation], id=id), names)
        for _, keys in _references(fields):
            sheet.meant |= {key: claim_id(key, names) for key in keys}
    return not probe.problems


def _references(fields: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Keys and ids of claims as they are written, by field; none where that is no list."""
    written = ((name, fields.get(name)) for name in REFERENCES)
    return [(name, [*map(str, keys)] if isinstance(keys, list) else []) for name, keys in written if keys]


def _told(sheet: _Sheet, names: Names) -> Draft:
    """The file read again for the sake of its lines, as something is wrong with it."""
    with sheet.path.open("rb") as file:
        made, records = _records(sheet.path, file)
        lines: dict[int, int] = {}
        for record in records:
            declare(made, record, names, lines)
            if isinstance(record, ClaimDraft):
                refer(made, record, names)
    if not made.problems:
        made.fault((), "has changed while it was read; try again")
    return made
