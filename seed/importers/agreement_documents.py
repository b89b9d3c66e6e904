"""Signed agreements by agency – `{"FL|lindby police department": [{model, pdf_url, filename, …}]}` –, a file a PDF."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from schema.claims_file import ClaimsFile
from schema.packed_file import Spoilt, unpacked
from seed.importers.cells import Cell, Row
from seed.importers.documents import Documents
from seed.importers.rows import Rows
from seed.importers.rules import rules
from seed.importers.said import Said
from seed.importers.source import Source
from seed.importers.writing import Doubt, Place, Writing

PATTERN = "moa_agreements*.json*"
WANTED = ("filename", "pdf_url", "sha")
_MODELS = {"JEM": "Jail Enforcement Model", "WSO": "Warrant Service Officer", "TFM": "Task Force Model"}
_MODEL = re.compile("(?P<JEM>JEM)|(?P<WSO>WSO)|(?P<TFM>TFM?|TaskForce(?!TX))")
_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(\d\d?)(?P<by>[._-])(\d\d?)(?P=by)(20\d\d|\d\d)|(\d\d)(\d\d)(20\d\d|\d\d))(?!\d)"
)
_POSSESSIVE = re.compile(r"(?<=\w) s(?= |$)")


def read(source: Source, path: Path, documents: Documents) -> Iterator[ClaimsFile]:
    """Each such file as a document."""
    by = rules(source)
    for file in sorted(path.rglob(PATTERN)) if path.is_dir() else [path]:
        instant = source.instant(file)
        document = source.document(file.name, documents.sha256(file), instant)
        if (writing := documents.begin(document, instant, file.name)) is None:
            continue
        try:
            with unpacked(file) as opened:
                agencies = json.load(opened)
            if not isinstance(agencies, dict):
                raise ValueError("is no list of documents by agency")
        except (ValueError, Spoilt) as error:
            documents.tell(Doubt(file.name, "the file", file.name, str(error)))
            continue
        for said in _Papers(Rows(by, writing), writing).said(agencies):
            said.keep(writing)
        yield writing.finished()


class _Papers:
    """The documents of one file."""

    def __init__(self, rows: Rows, writing: Writing) -> None:
        self.rows, self.writing = rows, writing
        self._bytes: dict[str, str] = {}

    def said(self, agencies: dict[str, Any]) -> Iterable[Said]:
        """What all of them say; what several do is one claim with the places of all."""
        said: dict[str, Said] = {}
        for key, items in agencies.items():
            for number, item in enumerate(items if isinstance(items, list) else [items]):
                place = {"pointer": f"/{key.replace('~', '~0').replace('/', '~1')}/{number}"}
                row = self._row(place, key, item)
                for each in self.rows.said(row, {}) if row else ():
                    said[each.claim.id] = each.joined(said.get(each.claim.id))
        return said.values()

    def _row(self, place: Place, key: str, item: Any) -> Row | None:
        if not isinstance(item, dict) or any(not isinstance(item.get(name), str) for name in WANTED):
            self.writing.doubt(place, item, f"has not each of {', '.join(WANTED)}")
            return None
        code, _, agency = key.partition("|")
        if not agency:
            self.writing.doubt(place, key, "names no state and agency, as in `FL|lindby police department`")
            return None
        file = unquote(item["filename"])
        values = {"state": code, "agency": self._agency(place, agency), "url": item["pdf_url"]}
        values["file"] = self._distinct(place, file, item["sha"])
        values["model"] = self._model(place, file, item.get("model"))
        if signed := self._signed(place, file):
            values["signed"] = signed
        cells = {name: Cell("", value, value) for name, value in values.items() if value}
        return Row(place, cells, item["filename"])

    def _agency(self, place: Place, name: str) -> str:
        """The agency as the lists of ICE spell it: an apostrophe is no blank."""
        if (read := _POSSESSIVE.sub("s", name)) != name:
            self.writing.doubt(place, name, "has a blank for an apostrophe", f"read as {read}")
        return read

    def _distinct(self, place: Place, file: str, sha: str) -> str:
        """The file's name; with a piece of its hash where another file has the name."""
        if self._bytes.setdefault(file, sha) == sha:
            return file
        self.writing.doubt(place, file, "is the name of an earlier file with other bytes", "taken as another file")
        return f"{file} {sha[:8]}"

    def _model(self, place: Place, file: str, code: object) -> str:
        found = _MODEL.search(file)
        if code in _MODELS:
            return _MODELS[str(code)]
        if found and found.lastgroup:
            return _MODELS[found.lastgroup]
        self.writing.doubt(place, file, "tells no model", "an agreement of a model that is not told")
        return "model not told"

    def _signed(self, place: Place, file: str) -> str | None:
        """The date in the file's name, as month, day and year where it is not written the other way round."""
        if not (found := _DAY.search(file)):
            self.writing.doubt(place, file, "has no date in its name", "signed without a date")
            return None
        iso, last = found["y"], next(filter(None, reversed(found.groups())))
        if iso:
            return f"{iso}-{found['m']}-{found['d']}"
        month, day = [group for group in found.groups()[3:] if group and group not in ("-", ".", "_")][:2]
        return f"{month}/{day}/{last if len(last) == 4 else '20' + last}"
