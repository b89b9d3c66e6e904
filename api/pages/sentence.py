"""A claim as one line for people: who does what to whom, in whose words, where they stand, and how far to take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.formats.columns import heading, text
from api.formats.wording import doubts, modal
from api.pages.spot import Spot as Spot
from api.pages.spot import source_page, spot
from api.place import Place
from graph.result import Result, Row
from schema import RELATIONS
from schema.derive.fields import own_fields


@dataclass(frozen=True)
class Part:
    """A piece of text, a link where it has an address."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Quote:
    """`words` of the source, or of its cell; what the source lacks is `absent`; `refers` tells whom some words mean."""

    words: str
    spot: Spot
    source: Part
    refers: tuple[tuple[str, Part], ...] = ()
    absent: str = ""


@dataclass(frozen=True)
class Line:
    """A claim, read from subject to object; `modal` is its status where that is no fact, `hedge` its source's words for
    it, `marks` whatever else keeps it from being a plain fact. `kind_subject` and `kind_object` are types of entities.
    """

    id: str
    kind_subject: tuple[str, ...]
    kind_object: tuple[str, ...]
    subject: Part
    modal: str
    hedge: tuple[str, ...]
    marks: tuple[str, ...]
    verb: Part
    object: Part
    detail: str
    quotes: tuple[Quote, ...]
    voices: tuple[Part, ...]
    status: str
    standing: str
    since: str
    dates: str
    disputing: tuple[Part, ...]
    challengers: tuple[Part, ...]
    inferred: tuple[str, ...]

    @property
    def leading(self) -> Quote:
        """The longest of its quotes, which mostly carries it."""
        return max(self.quotes, key=lambda quote: len(quote.words))

    @property
    def others(self) -> tuple[Quote, ...]:
        """Its quotes without the leading one."""
        return tuple(quote for quote in self.quotes if quote is not self.leading)

    @property
    def sources(self) -> tuple[Part, ...]:
        """The documents of its quotes, each once."""
        return tuple(dict.fromkeys(quote.source for quote in self.quotes))


def line(claim: Row, result: Result, place: Place) -> Line:
    """The claim as the answer tells it; its ends, voices and sources lead to their pages, its verb to its own."""
    unsure = modal(claim)
    return Line(
        id=claim["id"],
        kind_subject=_types(claim["subject"], result),
        kind_object=_types(claim.get("object", ""), result),
        subject=entity(claim["subject"], result, place),
        modal=unsure,
        hedge=tuple(claim.get("wording", ())) if unsure else (),
        marks=tuple(doubts(claim, result.entities)[1 if unsure else 0 :]),
        verb=Part(RELATIONS[claim["relation"]].verb, claim_page(claim["id"], place)),
        object=_object(claim, result, place),
        detail="; ".join([*_qualifiers(claim), *filter(None, [claim.get("detail")])]),
        quotes=tuple(_quote(piece, result, place) for piece in claim["evidence"]),
        voices=_entities(claim["attributed_to"], result, place),
        status=claim["status"],
        standing=claim["standing"],
        since=claim.get(f"{claim['standing']}_at", "")[:10],
        dates=_dates(claim),
        disputing=_entities(claim.get("disputed_by", ()), result, place),
        challengers=tuple(Part(id, claim_page(id, place)) for id in claim.get("challenged_by", ())),
        inferred=tuple(claim.get("inferred", ())),
    )


def claim_page(id: str, place: Place) -> str:
    """The page of a claim."""
    return place.link(f"{place.base}v1/claims/{id}.html")


def entity_page(id: str, result: Result, place: Place) -> str:
    """The page of an entity; that of a document is a source's."""
    if "Document" in _types(id, result):
        return source_page(id, place)
    return place.link(f"{place.base}v1/entities/{id}.html")


def entity(id: str, result: Result, place: Place) -> Part:
    """An entity's name, which leads to its page."""
    return Part(result.entities[id]["name"] if id in result.entities else id, entity_page(id, result, place))


def _entities(ids: Iterable[str], result: Result, place: Place) -> tuple[Part, ...]:
    return tuple(entity(id, result, place) for id in ids)


def _types(id: str, result: Result) -> tuple[str, ...]:
    return tuple(result.entities[id]["types"]) if id in result.entities else ()


def _object(claim: Row, result: Result, place: Place) -> Part:
    if "object" in claim:
        return entity(claim["object"], result, place)
    return Part(f"{text(claim.get('value'))} {claim.get('unit', '')}".strip())


def _qualifiers(claim: Row) -> list[str]:
    """What its relation says beside the object: `verdict same`, `model Task Force Model`."""
    own = own_fields(RELATIONS[claim["relation"]])
    return [f"{heading(name)} {claim[name]}" for name in own if name in claim]


def _dates(claim: Row) -> str:
    ends = (("from", "valid_from"), ("to", "valid_to"))
    told = [f"{word} {claim[name]}" for word, name in ends if name in claim]
    if claim.get("temporal_match") == "possible":
        told.append("(possibly then)")
    return " ".join(told)


def _quote(piece: Row, result: Result, place: Place) -> Quote:
    words: Any = piece.get("quote", piece.get("raw", ""))
    refers = tuple(
        (words, entity(id, result, place)) for words, _, id in (r.rpartition(" = ") for r in piece.get("refers", ()))
    )
    source = entity(piece["document"], result, place)
    return Quote(str(words), spot(piece, result, place), source, refers, str(piece.get("absent", "")))
