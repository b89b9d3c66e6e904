"""Markdown with YAML front matter: each file one document about one measure, and one file of links between them.

The front matter says what is claimed; where the text has the number or the date in words, it is quoted. Of the links
the file alone is read: the lists in the front matter (`supersedes`, `superseded_by`) say the same without the verb.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from schema.claims_file import ClaimsFile
from schema.entities import Document, Office
from schema.strand import Strand
from schema.values import Url, day_bounds
from seed.importers import written
from seed.importers.archive import archives, members
from seed.importers.divisions import division
from seed.importers.documents import Documents
from seed.importers.frontmatter_links import declare, links
from seed.importers.frontmatter_mapping import Corpus
from seed.importers.source import Source
from seed.importers.writing import Place, Writing
from seed.paragraphs import paragraphs

_FRONT = re.compile(r"---\r?\n(.*?)^---\r?\n", re.DOTALL | re.MULTILINE)
_URL = TypeAdapter[str](Url)
_LONGEST = 200
BY_PLACE = "an order of the head of a territory applies in it"


def read(source: Source, path: Path, documents: Documents) -> Iterator[ClaimsFile]:
    """One document a Markdown file, and at last the links: of each archive in the folder, or of what is named."""
    corpus, strands = source.read_as(Corpus), (Strand(), Strand())
    for each in archives(path) or [path]:
        at = source.instant(each)
        known: set[str] = set()
        last: list[tuple[str, Document, bytes]] = []
        for name, content in members(each, corpus.files, *([corpus.links.file] if corpus.links else ())):
            file = PurePosixPath(name).name
            document = source.document(file, sha256(content).hexdigest(), at, published=at[:10])
            if corpus.links and file == corpus.links.file:
                last.append((name, document, content))
            elif (writing := documents.begin(document, at, name, strands)) and (
                key := _measure(corpus, writing, content)
            ):
                if key in known:
                    writing.doubt({"pointer": f"/{corpus.key}"}, key, "was given already by another file", "kept, both")
                known.add(key)
                yield writing.finished()
        for name, document, content in last:
            if writing := documents.begin(document, at, name, strands):
                links(corpus, writing, content, known)
                yield writing.finished()


def _measure(corpus: Corpus, writing: Writing, content: bytes) -> str | None:
    """Claims what one file says; returns the key of its measure, or None and tells why it is of none."""
    try:
        text = content.decode()
        if not (front := _FRONT.match(text)) or not isinstance(fields := written.as_text(front[1].encode()), dict):
            raise ValueError("has no front matter")
        key = written.told(fields.get(corpus.key)) or ""
        id = declare(corpus, writing, key)
    except ValueError as error:
        writing.doubt({"pointer": f"/{corpus.key}"}, "", str(error), "file left out")
        return None
    writing.document = writing.document.model_copy(update={"paragraphs": paragraphs(text)})
    told = _Told(corpus, writing, fields, text, front.end())
    told.address()
    told.names(id, key)
    told.issue(id, told.signing())
    return key


class _Told:
    """One file: the fields of its front matter, and its text, which begins at `start`."""

    def __init__(self, corpus: Corpus, writing: Writing, fields: dict[str, Any], text: str, start: int) -> None:
        self.corpus, self.writing, self.fields = corpus, writing, fields
        self._text, self._start = text, start

    def address(self) -> None:
        """Gives the document the address of its original, where the file has one."""
        if (field := self.corpus.address) and (told := written.told(self.fields.get(field))):
            try:
                self.writing.document = self.writing.document.model_copy(update={"url": _URL.validate_python(told)})
            except ValidationError:
                self.writing.doubt(self._field(field), told, "is no address on the Web", "that of the source is kept")

    def names(self, id: str, key: str) -> None:
        """Claims identifier, title and stages."""
        corpus, writing = self.corpus, self.writing
        writing.claim("HAS_IDENTIFIER", id, None, self._field(corpus.key), value=key, scheme=corpus.scheme)
        if corpus.title and (title := written.name(writing, self._field(corpus.title), self.fields.get(corpus.title))):
            if title.casefold() in {each.casefold() for each in corpus.no_titles}:
                writing.doubt(self._field(corpus.title), title, "is the head of the letter and no title")
            else:
                writing.claim("HAS_NAME", id, None, self._field(corpus.title), value=title, detail="title")
        for field, values in corpus.stages.items():
            if stage := values.get(str(self.fields.get(field))):
                writing.claim("HAS_STAGE", id, None, self._field(field), value=stage)
        for field in corpus.unread:
            if told := written.told(self.fields.get(field)):
                writing.doubt(self._field(field), told, "is in a field that is not read")

    def signing(self) -> str | None:
        """The day of the signature, else the year of the key, of which it is told."""
        field = self.corpus.signed
        year = self.corpus.parts(self.fields[self.corpus.key]).get("year")
        if field is None or (day := written.day(self.writing, self._field(field), self.fields.get(field))) is None:
            if field:
                self.writing.doubt(
                    self._field(field), year, "has no day of signature", "dated by its year, not called signed"
                )
            return year
        if year and day[:4] != year:
            self.writing.doubt(self._field(field), day, "lies outside of the year in its key", "kept")
        return day

    def issue(self, id: str, day: str | None) -> None:
        """Claims who issued it, that it was signed, and where it applies."""
        corpus, writing, issuer = self.corpus, self.writing, self.corpus.issuer
        dated = self._quote(_in_words(day)) if day else []
        if corpus.signed and day and len(day) > len("2026"):
            writing.claim("HAS_STAGE", id, None, self._field(corpus.signed), *dated, value="signed", valid_from=day)
        if issuer is None:
            return
        where = division(issuer.place)
        office = writing.entity(Office, f"{issuer.office}-of-{where.id}", issuer.name, role=issuer.office)
        called = written.name(writing, self._field(issuer.field), self.fields.get(issuer.field))
        parts = corpus.parts(self.fields[corpus.key])
        heading = corpus.heading and corpus.heading.format(**{name: re.escape(part) for name, part in parts.items()})
        places = [self._field(issuer.field), *(self._quote(heading) if heading else ()), *dated]
        wording = [called] if called else None
        writing.claim("ISSUED", office, id, *places, valid_from=day, wording=wording)
        territory = writing.entity(where.cls, where.id, where.name)
        writing.claim("APPLIES_IN", id, territory, places[0], valid_from=day, inferred=[BY_PLACE])

    def _field(self, name: str) -> Place:
        raw = written.told(self.fields.get(name))
        return {"pointer": f"/{name}", **({"raw": raw} if raw and len(raw) < _LONGEST else {})}

    def _quote(self, pattern: str) -> list[Place]:
        """Where the text first has it in words, if anywhere: once more than the front matter, which is not the text."""
        found = re.compile(pattern, re.IGNORECASE).search(self._text, self._start)
        return [{"quote": found[0], "start": found.start(), "end": found.end()}] if found else []


def _in_words(day: str) -> str:
    """`2026-02-06` → February 6, 2026, with whatever blanks and commas; a date that is less exact is in no text."""
    if day_bounds(day)[0] != day:
        return "(?!)"
    year, month, date = map(int, day.split("-"))
    return rf"\b{month_name[month]}\s+{date}\s*,?\s+{year}\b"
