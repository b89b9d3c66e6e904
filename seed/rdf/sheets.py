"""RDF written anew as the claims files that it follows from, one for each document, whatever its size.

All is sorted on the disk: statements by thing, what is known of entities by their ids, what documents say by theirs.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from graph.sorted_lines import in_order
from schema.addresses import identifier_address
from schema.claims import referring
from schema.closed_lists import Standing
from schema.entities import Document
from schema.values import numeral
from seed.parse import REFERENCES
from seed.rdf.dataset import Dataset, Heads
from seed.rdf.fields import Fault
from seed.rdf.syntax import Statement, statements
from seed.rdf.things import Group, ReadClaim, ReadEntity, Reader, grouped
from seed.resolve import number

Tell = Callable[[str, str, str], None]
"""Id of a thing, field, and what is wrong with it."""

AT_ONCE, PIECE = 1000, 1 << 16
ENTITY, NAMED, ADDRESS, FACT = range(4)  # what is known of an entity
DOCUMENT, DECLARED, CLAIMED = range(3)  # what a document says


def sorted_statements(paths: Sequence[Path], heads: Heads, folder: Path) -> Iterator[Statement]:
    """Those of all files in the order of their subjects, each once; all are read before the first is had."""
    return (Statement(*orjson.loads(line)) for line in in_order(_lines(paths, heads), folder))


def _lines(paths: Sequence[Path], heads: Heads) -> Iterator[bytes]:
    """So many at a time: a line by itself may keep the room in which it was made."""
    for path in paths:
        found = statements(path)
        while some := [*islice(found, AT_ONCE)]:
            for statement in some:
                heads.note(path, statement)
            yield b"".join(_line(*statement) for statement in some)


class Sheets:
    """Writes claims files into a folder; what is wrong with a thing is told, and then it stands in none."""

    def __init__(self, dataset: Dataset, folder: Path, tell: Tell) -> None:
        self.dataset, self.folder, self.tell = dataset, folder, tell
        self.reader = Reader(dataset.things)
        self.claims = set[int]()
        self.challenged = set[str]()
        self._faulty = set[str]()
        self._expected = list[tuple[str, str]]()  # claims, and what challenges them

    def write(self, found: Iterable[Statement]) -> list[Path]:
        """The files, by the ids of their documents."""
        with (self.folder / "known").open("w+b") as known, (self.folder / "said").open("w+b") as said:
            for group in grouped(self.dataset.things, found):
                if ":" not in group.id:  # an id is what its address has more than those of all things
                    self._take_in(group, known, said)
                elif group.id != self.dataset.head:
                    self.tell(group.id, "", f"is no thing of {self.dataset.things}")
            for claim, challenger in self._expected:
                if number(challenger) not in self.claims:
                    told = f"follows from {challenger}, which is not here: an export has no claim that was superseded"
                    self.tell(claim, "standing", told)
            for id, lines in _by_first(in_order(_pieces(known), self.folder)):
                said.writelines(self._declarations(id, lines))
            return [self._sheet(id, lines) for id, lines in _by_first(in_order(_pieces(said), self.folder))]

    def _take_in(self, group: Group, known: BinaryIO, said: BinaryIO) -> None:
        try:
            thing = self.reader.thing(group)
        except Fault as fault:
            self._faulty.add(group.id)
            self.tell(group.id, fault.field, str(fault))
            return
        if isinstance(thing, ReadEntity):
            known.write(_line(group.id, ENTITY, [thing.type, thing.record, thing.facts, thing.addresses]))
            return
        self.claims.add(number(group.id))
        self.challenged.update(id for name in REFERENCES for id in thing.record.get(name, ()))
        if thing.standing != Standing.CURRENT:
            self._expected += [(group.id, each) for each in thing.challenged_by]
        for document, evidence in thing.evidence.items():
            record = thing.record | {"evidence": sorted(evidence, key=_place)}
            said.write(_line(document, CLAIMED, thing.relation, group.id, {"relation": thing.relation} | record))
            known.writelines(_line(id, NAMED, document) for id in _named(document, record))
        known.writelines(_about_subject(thing))

    def _declarations(self, id: str, lines: Iterator[list[Any]]) -> Iterator[bytes]:
        """The entity as each document that names it is to declare it."""
        entity: list[Any] | None = None
        documents, addresses, facts = [], set[str](), set[tuple[str, str]]()
        for kind, *told in lines:
            if kind == ENTITY:
                [entity] = told
            elif kind == NAMED:
                documents += told
            elif kind == ADDRESS:
                addresses.update(told)
            else:
                facts.add(tuple(told))
        if entity is None:
            if id not in self._faulty:
                self.tell(id, "", f"is named by {documents[0] if documents else 'a claim'} and not described")
            return
        cls, record, plain, same = entity
        if alone := sorted({tuple(each) for each in plain} - facts):
            self.tell(id, alone[0][0], f"{alone[0][1]} is told without a claim that says on whose word")
        if same := [each for each in same if each not in addresses]:
            record["same_as"] = same
        else:
            record.pop("same_as", None)
        if cls != Document.__name__ and id in documents:
            self.tell(id, "rdf:type", f"is what claims rest on, so must be a Document, and is a {cls}")
        if not documents:
            self.tell(id, "", "is named by no claim, so that no document says that it is")
        for document in documents:
            kind = DOCUMENT if document == id else DECLARED
            yield _line(document, kind, cls, id, record)

    def _sheet(self, document: str, lines: Iterator[list[Any]]) -> Path:
        path = self.folder / f"{document}.yaml"
        with path.open("w", encoding="utf-8") as file:
            for kind, of_kind in groupby(lines, key=itemgetter(0)):
                file.writelines(_section(kind, of_kind))
        return path


def _about_subject(claim: ReadClaim) -> Iterator[bytes]:
    """What the plain triples of its subject may say on the strength of the claim."""
    record = claim.record
    if "object" in record:
        yield _line(record["subject"], FACT, claim.relation, record["object"])
    elif address := identifier_address(record.get("scheme"), record["value"]):
        yield _line(record["subject"], ADDRESS, address)


def _named(document: str, record: dict[str, Any]) -> set[str]:
    meant = {referring(each)[1] for piece in record["evidence"] for each in piece.get("refers", ())}
    return meant | {document} | {record[end] for end in ("subject", "object", "attributed_to") if end in record}


def _place(piece: dict[str, Any]) -> tuple[Any, ...]:
    texts = [str(piece.get(name, "")) for name in ("column", "pointer", "absent")]
    return piece.get("path", ""), piece.get("start", 0), piece.get("sheet", ""), piece.get("row", 0), *texts


def _line(*told: Any) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file that was written, from its beginning, so many at a time."""
    file.seek(0)
    while lines := file.readlines(PIECE):
        yield b"".join(lines)


def _by_first(lines: Iterable[bytes]) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    for first, each in groupby(map(orjson.loads, lines), key=itemgetter(0)):
        yield first, (line[1:] for line in each)


def _section(kind: int, lines: Iterable[list[Any]]) -> Iterator[str]:
    """The records of one kind, a line each, which ends in a comment that tells the id."""
    if kind == DOCUMENT:
        yield from (f"document: {_yaml(record)} # {id}\n" for _, _, id, record in lines)
    elif kind == DECLARED:
        yield "entities:\n"
        for cls, each in groupby(lines, key=itemgetter(1)):
            yield f"  {cls}:\n"
            yield from (f"  - {_yaml(record)} # {id}\n" for _, _, id, record in each)
    else:
        yield "claims:\n"
        yield from (f"- {_yaml(record)} # {id}\n" for _, _, id, record in lines)


def _yaml(value: Any) -> str:
    """In one line that is YAML: what it takes for the end of a line is escaped, numbers have no exponent."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_yaml(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    if isinstance(value, str):
        return _quoted(value)
    digits = numeral(value)
    return f"{digits}.0" if isinstance(value, float) and "." not in digits else digits


def _quoted(text: str) -> str:
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in plain)
