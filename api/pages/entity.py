"""The page of an entity: its name, what is known of it, and what is said of it, counted and read from its side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import orjson

from api.formats.columns import heading, text
from api.formats.jsonld import write_jsonld
from api.formats.links import alternates, elsewhere, identity
from api.pages.explored import explored
from api.pages.foot import version
from api.pages.pictures.kinds import kind
from api.pages.pictures.picture import neighbourhood
from api.pages.pictures.timeline import timeline
from api.pages.rendering import Values, render
from api.pages.sentence import Line, Part, line
from api.place import Place
from graph.result import Result, Row, in_one_part
from schema import RELATIONS
from schema.model import upper_snake

SUBJECT, OBJECT = "subject", "object"
MANY = 1000  # as far as claims are counted
OF_EVERY_ENTITY = {"id", "name", "type", "types", "aliases", "description"}
IN_THE_FACTS = {"HAS_NAME", "HAS_IDENTIFIER", "HOLDS_OFFICE"}


@dataclass(frozen=True)
class Group:
    """What one relation says of the entity: `words` from its side, `doubt` before them, how many claims, the first."""

    anchor: str
    doubt: str
    words: str
    count: str
    lines: tuple[Line, ...]
    href: str


@dataclass(frozen=True)
class Counted:
    """How often one relation has the entity at one end, with some of those claims."""

    relation: str
    direction: str
    known: int
    claims: tuple[str, ...]


def page(result: Result, counts: tuple[Counted, ...], place: Place, others: Mapping[str, str]) -> bytes:
    """The page; `result` holds the entity, and its claims unless there are more than a page of them."""
    id = result.parameters["id"]
    record = result.entities[id]
    groups = sorted(_groups(id, result, counts, place), key=lambda group: (-_order(group), group.words, group.doubt))
    total = sum(each.known for each in counts)
    values: Values = {
        "name": record["name"],
        "id": id,
        "type": upper_snake(record["type"]).replace("_", " ").lower(),
        "description": record.get("description", ""),
        "facts": _facts(id, result, place),
        "kind": kind(record["types"]),
        "picture": neighbourhood(result, place, [id], totals={(c.relation, c.direction): c.known for c in counts}),
        "timeline": timeline(result, place),
        "groups": groups,
        "total": f"{total:,}{' or more' if any(each.known >= MANY for each in counts) else ''}",
        "one": total == 1,
        "shortened": result.truncated,
        "permalink": identity(place, id),
        "here": place.link(identity(place, id)),
        "explorer": explored(place, [id]),
        "relations": place.link(f"{place.base}v1/entities/{id}/relations.html"),
        "linked_data": alone(result, [id], place),
        "version": version(result),
        "alternates": alternates(place, others),
    }
    return render("entity.html", place.root or place.base, values)


def alone(result: Result, ids: Iterable[str], place: Place, claims: Iterable[str] = ()) -> Any:
    """These entities and claims as JSON-LD, without the answer that they are part of."""
    kept = {id: result.entities[id] for id in ids}
    said = {id: result.claims[id] for id in claims}
    few = Result(**vars(result) | {"rows": [], "columns": (), "entities": kept, "claims": said})
    return orjson.loads(b"".join(write_jsonld(in_one_part(few), place)))


def _order(group: Group) -> int:
    return int(group.count.partition(" ")[0].replace(",", ""))


def _groups(id: str, result: Result, counts: Iterable[Counted], place: Place) -> Iterable[Group]:
    record = result.entities[id]
    short = min((record["name"], *record.get("aliases", ())), key=lambda name: (len(name), name))
    for each in counts:
        ids = each.claims if result.truncated else _all(each, id, result)
        lines = [_from(id, short, line(result.claims[claim], result, place)) for claim in ids]
        unsure = {told.modal for told in lines}
        if result.truncated or len(unsure) == 1:
            yield _group(each, each.known, lines, id, place)
            continue
        for modal in sorted(unsure):
            some = [told for told in lines if told.modal == modal]
            yield _group(each, len(some), some, id, place)


def _all(counted: Counted, id: str, result: Result) -> list[str]:
    told = (claim for claim in result.claims.values() if claim["relation"] == counted.relation)
    return [claim["id"] for claim in told if claim.get(counted.direction) == id]


def _from(id: str, short: str, told: Line) -> Line:
    """The line on the page of the entity, whose own name is short, leads nowhere there, and need not be told again."""
    here = f"/{id}.html"
    subject, object = (Part(short) if part.href.endswith(here) else part for part in (told.subject, told.object))
    quotes = (
        replace(quote, refers=tuple(each for each in quote.refers if not each[1].href.endswith(here)))
        for quote in told.quotes
    )
    return replace(told, subject=subject, object=object, quotes=tuple(quotes))


def _group(counted: Counted, count: int, lines: list[Line], id: str, place: Place) -> Group:
    cls = RELATIONS[counted.relation]
    modals = sorted({told.modal for told in lines})
    doubt = "" if modals == [""] else f"[{modals[0]}]" if len(modals) == 1 else "[some not as facts]"
    asked = urlencode({"relation": counted.relation, "direction": counted.direction})
    return Group(
        anchor=f"{counted.relation.lower()}-{counted.direction}{'-' + modals[0] if doubt and len(modals) == 1 else ''}",
        doubt=doubt,
        words=cls.verb if counted.direction == SUBJECT else cls.inverse,
        count=f"{count:,}{' or more' if count >= MANY else ''}",
        lines=tuple(lines),
        href=place.link(f"{place.base}v1/entities/{id}/relations.html?{asked}") if count > len(lines) else "",
    )


def _facts(id: str, result: Result, place: Place) -> list[tuple[str, list[Part]]]:
    """What its record and its claims of names, identifiers and offices tell, by label."""
    record = result.entities[id]
    facts: dict[str, list[Part]] = {}
    if "aliases" in record:
        facts["Also called"] = [Part(alias) for alias in record["aliases"]]
    for claim in result.claims.values():
        if claim["subject"] == id and claim["relation"] in IN_THE_FACTS and claim["standing"] == "current":
            label, part = _fact(claim, result, place)
            facts.setdefault(label, []).append(part)
        elif claim.get("object") == id and claim["relation"] == "HOLDS_OFFICE":
            told = line(claim, result, place)
            facts.setdefault("Held by", []).append(_dated(told.subject, told))
    for name in record.keys() - OF_EVERY_ENTITY:
        several = record[name] if isinstance(record[name], list | tuple) else [record[name]]
        facts[heading(name).capitalize()] = [_linked(text(value)) for value in several]
    facts["Identifier"] = [Part(id)]
    return [(label, list(dict.fromkeys(parts))) for label, parts in facts.items()]


def _fact(claim: Row, result: Result, place: Place) -> tuple[str, Part]:
    told = line(claim, result, place)
    if claim["relation"] == "HOLDS_OFFICE":
        return "Office", _dated(told.object, told)
    if claim["relation"] == "HAS_NAME":
        return "Also called", told.object
    return heading(str(claim.get("scheme", "identifier"))).capitalize(), Part(told.object.text, elsewhere(claim) or "")


def _dated(part: Part, told: Line) -> Part:
    """The name with its dates, and whatever keeps it from being a plain fact."""
    doubts = [word for word in (told.modal, *told.marks) if word]
    more = ", ".join(filter(None, [told.dates, *doubts]))
    return Part(f"{part.text} ({more})" if more else part.text, part.href)


def _linked(value: str) -> Part:
    return Part(value, value if value.startswith(("https://", "http://")) else "")
