"""FollowTheMoney, one JSON object a line: entities, a link for each plain fact between two, a note for every claim.

Its schemata: https://followthemoney.tech. It knows no hedge, dispute, condition or plan, and no voice but a
document's: a claim with one of these, or about a figure, has its note alone, whose text says so. A link cannot name
its documents, so the note does (`proof`), with the quotes. Texts are as the library's own cleaning leaves them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlparse

import orjson

from api.formats.columns import heading
from api.formats.columns import text as plain
from api.formats.links import identity
from api.formats.wording import reading
from api.place import Place
from graph.result import ENDS, Answer, Row
from schema import RELATIONS
from schema.closed_lists import FACTUAL_STATUSES, Standing
from schema.values import numeral

Entities = Mapping[str, Row]
Properties = dict[str, list[str]]

SCHEMATA = {
    "Person": "Person",
    "Office": "Position",
    "Jurisdiction": "PublicBody",
    "District": "LegalEntity",
    "Organization": "Organization",
    "GovernmentBody": "PublicBody",
    "Group": "LegalEntity",
    "Measure": "Project",
    "Event": "Event",
    "Remark": "Note",
    "Document": "Article",
}
"""By our type, for those below it too: a territory stands for its government, a measure for what is done by it."""

ORGANIZATIONS = ("Organization", "PublicBody")
PARTIES = ("Person", "LegalEntity", *ORGANIZATIONS)
LINKS = {
    "HOLDS_OFFICE": ("Occupancy", "holder", ("Person",), "post", ("Position",)),
    "MEMBER_OF": ("Membership", "member", PARTIES, "organization", ORGANIZATIONS),
    "EMPLOYED_BY": ("Employment", "employee", ("Person",), "employer", ORGANIZATIONS),
    "ABOUT": ("Documentation", "document", ("Article",), "entity", (*PARTIES, "Position", "Project", "Event", "Note")),
}
"""By relation: schema, then property and schemata of either end; what is not here is an UnknownLink."""

_UNSAFE = re.compile("^\ufeff|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200d]")
_QUOTED = re.compile("^[\"'](.*)[\"']$")
_OF_WEBSITE, _OF_IDENTIFIER = ("Organization", "PublicBody"), ("Project",)
# What a note says elsewhere than among its notes, or what depends on the question.
_SAID = (
    *("id", "subject", "object", "value", "unit", "detail", "relation", "evidence", "recorded_at", "derived_from"),
    "temporal_match",
)
_VOICES = ("attributed_to", "disputed_by")
_TOLD = ("name", "aliases", "description", "type", "types", "id", "role", "of", "url", "publisher", "published")
_NO_NOTE = ("retrieved", "paragraphs", "precedence", "shown_under")


def write_ftm(answer: Answer, place: Place) -> Iterator[bytes]:
    """Entities first, so that whoever reads a link has met its ends."""
    for part in answer.things():
        for record in part.entities.values():
            yield _line(record["id"], schema(record), _of_entity(record, place))
    for part in answer.claims():
        for claim in part.claims.values():
            if says_a_fact(claim):
                yield _line(claim["id"], *_link(claim, part.entities))
            yield _line(f"{claim['id']}-note", "Note", _note(claim, part.entities))


def schema(record: Row) -> str:
    """The schema of an entity, by the most specific of its types that has one."""
    return next(SCHEMATA[name] for name in reversed(record["types"]) if name in SCHEMATA)


def says_a_fact(claim: Row) -> bool:
    """Whether a link may stand for it: of two things, said to be so by its documents themselves, and unchallenged."""
    documents = {piece["document"] for piece in claim["evidence"]}
    plain_fact = claim["status"] in FACTUAL_STATUSES and claim["standing"] == Standing.CURRENT
    unbound = "object" in claim and not claim.get("condition") and not claim.get("inferred")
    return plain_fact and unbound and documents.issuperset(claim["attributed_to"])


def _line(id: str, name: str, properties: Properties) -> bytes:
    told = {field: list(dict.fromkeys(values)) for field, values in sorted(properties.items()) if any(values)}
    return orjson.dumps({"id": id, "schema": name, "properties": told}, option=orjson.OPT_APPEND_NEWLINE)


def _of_entity(record: Row, place: Place) -> Properties:
    kind = schema(record)
    told: Properties = {
        "name": [_name(record["name"]) or record["id"]],
        "alias": _each(_name, record.get("aliases")),
        "description": _each(_text, record.get("description")),
        "keywords": _each(_text, [record["type"], record.get("role"), record.get("of")]),
        "sourceUrl": _each(_url, [record.get("url"), identity(place, record["id"])]),
    }
    moved = {"website": _OF_WEBSITE, "identifier": _OF_IDENTIFIER}
    if kind in _OF_WEBSITE:
        told["website"] = _each(_url, record.get("website"))
    if kind in _OF_IDENTIFIER:
        told["projectId"] = _each(_text, record.get("identifier"))
    if kind == "Article":
        told |= {"title": told["name"], "publishedAt": _each(_text, record.get("published"))}
        told["publisher"] = _each(_text, record.get("publisher"))
        told["retrievedAt"] = _each(_instant, record.get("retrieved"))
    kept = {*_TOLD, *_NO_NOTE, *(field for field, kinds in moved.items() if kind in kinds)}
    told["notes"] = [
        _text(f"{heading(field)}: {plain(value)}") for field, value in sorted(record.items()) if field not in kept
    ]
    return told


def _link(claim: Row, entities: Entities) -> tuple[str, Properties]:
    relation, subject, target = claim["relation"], claim["subject"], claim["object"]
    name, source, sources, end, ends = LINKS.get(relation, ("UnknownLink", "subject", (), "object", ()))
    if not (schema(entities[subject]) in sources and schema(entities[target]) in ends):
        name, source, end = "UnknownLink", "subject", "object"
    told: Properties = {
        source: [subject],
        end: [target],
        "startDate": _each(_text, claim.get("valid_from")),
        "endDate": _each(_text, claim.get("valid_to")),
        "summary": [_sentence(claim, entities)],
        "description": _each(_text, _quotes(claim)),
        "recordId": [claim["id"]],
        "modifiedAt": [_instant(claim["recorded_at"])],
        **_sources(claim, entities),
    }
    if name != "Occupancy":
        told["role"] = [RELATIONS[relation].verb]
    return name, told


def _note(claim: Row, entities: Entities) -> Properties:
    told = {field: value for field, value in claim.items() if field not in _SAID}
    told |= {field: [entities[id]["name"] for id in claim[field]] for field in _VOICES if field in claim}
    places = (
        "; ".join(f"{n}: {plain(v)}" for n, v in sorted(piece.items()) if n != "quote") for piece in claim["evidence"]
    )
    return {
        "entity": [claim[end] for end in ENDS if end in claim],
        "summary": [_sentence(claim, entities)],
        "description": _each(_text, _quotes(claim)),
        "keywords": [claim["relation"]],
        "notes": [
            *(_text(f"{heading(field)}: {plain(value)}") for field, value in sorted(told.items())),
            *(_text(f"evidence: {place}") for place in places),
        ],
        "proof": [piece["document"] for piece in claim["evidence"]],
        "createdAt": [_instant(claim["recorded_at"])],
        **_sources(claim, entities),
    }


def _sentence(claim: Row, entities: Entities) -> str:
    """The claim in words, with whatever keeps it from being a plain fact, and whose it is where not its documents'."""
    documents = {piece["document"] for piece in claim["evidence"]}
    voices = [entities[id]["name"] for id in claim["attributed_to"] if id not in documents]
    end = entities[claim["object"]]["name"] if "object" in claim else _figure(claim)
    told = f"According to {', '.join(voices)}: " if voices else ""
    told += f"{entities[claim['subject']]['name']} {reading(claim, entities)} {end}"
    return _text(f"{told}: {claim['detail']}" if "detail" in claim else told)


def _figure(claim: Row) -> str:
    value = claim["value"]
    return f"{value if isinstance(value, str) else numeral(value)} {claim.get('unit', '')}".strip()


def _quotes(claim: Row) -> list[str]:
    return [words for piece in claim["evidence"] if (words := piece.get("quote") or piece.get("raw"))]


def _sources(claim: Row, entities: Entities) -> Properties:
    documents = [entities[piece["document"]] for piece in claim["evidence"]]
    return {
        "sourceUrl": _each(_url, [document.get("url") for document in documents]),
        "publisher": _each(_text, [document.get("publisher") for document in documents]),
    }


def _each(clean: Callable[[str], str], values: Any) -> list[str]:
    several = values if isinstance(values, list | tuple) else [values]
    return [cleaned for value in several if value and (cleaned := clean(str(value)))]


def _text(value: str) -> str:
    return _UNSAFE.sub("", unicodedata.normalize("NFC", value.strip())).strip()


def _name(value: str) -> str:
    return " ".join(_QUOTED.sub(r"\1", _text(value)).split())


def _url(value: str) -> str:
    parts = urlparse(value)
    return parts._replace(path=parts.path or "/").geturl()


def _instant(value: str) -> str:
    return value.removesuffix("Z")
