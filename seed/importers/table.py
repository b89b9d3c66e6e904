"""Tables – CSV, XLSX, packed or in an archive – read by a mapping file: a row is entities and claims."""

import io
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import IO

from schema.claims_file import ClaimsFile
from schema.packed_file import Spoilt, bare, unpacked
from seed.importers.archive import is_archive, members
from seed.importers.cells import rows
from seed.importers.documents import Documents
from seed.importers.rows import Rows
from seed.importers.rules import Rules, rules
from seed.importers.said import Said
from seed.importers.series import Series
from seed.importers.source import Source
from seed.importers.templates import day
from seed.importers.writing import Doubt, Place, Writing


def read(source: Source, path: Path, documents: Documents) -> Iterator[ClaimsFile]:
    """Each file, or archive of files, as a document; those of a series in the order in which they were fetched."""
    by = rules(source)
    series = Series(by, by.read.series) if by.read.series else None
    for instant, _, file in sorted((source.instant(each), each.name, each) for each in _files(path, by)):
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        again, published = series is not None, _published(by, file.name)
        document = source.document(name, documents.sha256(file), instant, again=again, published=published)
        if (writing := documents.begin(document, instant, name)) is None:
            continue
        try:
            if is_archive(file):
                _archive(by, file, writing)
            else:
                with unpacked(file) as opened:
                    _table(by, file.name, opened, writing, series)
        except (ValueError, Spoilt) as error:
            documents.tell(Doubt(name, "the file", file.name, str(error)))
            continue
        yield writing.finished()


def _files(path: Path, by: Rules) -> Iterator[Path]:
    """Those that the mapping names, and archives, which may hold such."""
    if not path.is_dir():
        yield path
        return
    for each in sorted(path.rglob("*")):
        if each.is_file() and (is_archive(each) or _kind(by.read.files, each.name)):
            yield each


def _kind(patterns: Sequence[str] | dict[str, dict[str, str]], name: str) -> str | None:
    return next((each for each in patterns if fnmatch(bare(PurePosixPath(name).name), each)), None)


def _published(by: Rules, name: str) -> str | None:
    """The date that the file's name gives, if it is one."""
    found = re.search(by.read.published, name) if by.read.published else None
    try:
        return day("{year}-{month}-{day}".format(**found.groupdict())) if found else None
    except ValueError:
        return None


def _archive(by: Rules, file: Path, writing: Writing) -> None:
    table = Rows(by, writing)
    for path, data in members(file, *by.read.files):
        kind = by.read.files[_kind(by.read.files, path) or ""]
        try:
            for row in rows(path, io.BytesIO(data), by.columns, {"path": path}):
                _keep(table.said(row, kind), writing)
        except ValueError as error:
            writing.doubt({"path": path}, path, str(error), "what follows there is left out")
    if table.paths:
        _keep(table.paths.rest(), writing)


def _table(by: Rules, name: str, opened: IO[bytes], writing: Writing, series: Series | None) -> None:
    kind = _kind(by.read.files, name)
    table, own = Rows(by, writing), by.read.files[kind] if kind else {}
    place: Place = {}
    said = (each for row in rows(bare(name), opened, by.columns, place) for each in table.said(row, own))
    _keep(series.turned(kind, said, writing) if series and kind else said, writing)
    if table.paths:
        _keep(table.paths.rest(), writing)


def _keep(said: Iterator[Said], writing: Writing) -> None:
    for each in said:
        each.keep(writing)
