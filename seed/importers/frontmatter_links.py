"""Which measure of a corpus amends or repeals which, out of the one file that says so."""

from collections.abc import Set
from typing import Any

import orjson

from schema import ENTITIES
from seed.importers.frontmatter_mapping import Corpus, Links
from seed.importers.writing import Place, Writing

# Relation, both ends, whether in part.
Saying = tuple[str, str, str, bool]


def declare(corpus: Corpus, writing: Writing, key: str) -> str:
    """Declares the measure of a key, which alone makes its id and name; a ValueError says that it is no key."""
    parts = corpus.parts(key)
    id = f"{corpus.prefix}-{key}".lower().replace(".", "-")
    return writing.entity(ENTITIES[corpus.type], id, corpus.name.format(**parts), identifier=parts.get("number"))


def links(corpus: Corpus, writing: Writing, content: bytes, known: Set[str]) -> None:
    """Claims what the file says; `known` are the keys of which there is a file."""
    declared = corpus.links
    try:
        file = orjson.loads(content)
        records = file[declared.records] if declared else []
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        writing.doubt({"pointer": "/"}, "", f"is no list of links: {error}", "file left out")
        return
    assert declared is not None  # or the file would not have been read
    found: dict[Saying, tuple[list[Place], list[str]]] = {}
    for number, record in enumerate(records):
        place = {"pointer": f"/{declared.records}/{number}"}
        if saying := _saying(corpus, declared, writing, place, record):
            places, verbs = found.setdefault(saying, ([], []))
            places.append(place)
            verbs.append(record[declared.verb])
    for (relation, subject, object, part), (places, verbs) in found.items():
        for key in (subject, object):
            if known and key not in known:
                writing.doubt(places[0], key, "is a measure of which there is no file", "kept by its key")
        ends = declare(corpus, writing, subject), declare(corpus, writing, object)
        detail = "in part" if part else None
        writing.claim(relation, *ends, *places, detail=detail, wording=list(dict.fromkeys(verbs)))
    for number, record in enumerate(file.get(declared.dangling, ()) if declared.dangling else ()):
        what = " ".join(map(str, record.values())) if isinstance(record, dict) else record
        why = "is a citation that the source itself calls dangling"
        writing.doubt({"pointer": f"/{declared.dangling}/{number}"}, what, why)


def _saying(corpus: Corpus, declared: Links, writing: Writing, place: Place, record: dict[str, Any]) -> Saying | None:
    try:
        verb, subject, object = (record[name] for name in (declared.verb, declared.subject, declared.object))
        for key in (subject, object):
            corpus.parts(key)
        part = bool(record.get(declared.part)) if declared.part else False
        return declared.relations[verb], subject, object, part
    except (KeyError, TypeError, ValueError) as error:
        writing.doubt(place, record, f"is no link of the declared kind: {error}")
        return None
