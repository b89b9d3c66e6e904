"""The claim: one sentence of the graph, its dates, its status, on whose word, and the words that support it."""

import hashlib
import json
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, FiniteFloat, ValidationInfo, field_validator, model_validator

from schema.closed_lists import FACTUAL_STATUSES, Status
from schema.model import Entity, Thing, described, upper_snake
from schema.values import (
    EARLIEST,
    LATEST,
    REFERS,
    ClaimId,
    Day,
    DocumentId,
    English,
    Instant,
    Pattern,
    Reference,
    Selector,
    Slug,
    Text,
    day_bounds,
    years_from,
)

MOST_QUOTE_WORDS = 25
LIFETIME = 122  # years: nobody is known to have lived longer
# One of these must say where the evidence stands; a quote has its position beside it.
PLACES = ("quote", "row", "pointer", "absent")
QUOTED = ("quote", "start", "end")

BESIDE = "stands beside what the claim says, and so does not enter its id"
# What has entered the id from the first, given or not; a field declared later enters it where it is given.
_SAID_FIRST = ("subject", "object", "value", "unit", "detail", "status", "attributed_to", "valid_from", "valid_to")
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
EXTENT = ("from_min", "from_max", "to_min", "to_max")
KEYS = ("by_relation", "by_subject", "by_object", "by_date", "by_status", "outgoing", "incoming")


def _short_quote(quote: str) -> str:
    if (words := len(quote.split())) > MOST_QUOTE_WORDS:
        raise ValueError(f"has {words} words; quote the {MOST_QUOTE_WORDS} or fewer that carry the claim")
    return quote


Quote = Annotated[Text, AfterValidator(_short_quote), Pattern(rf"^\s*\S+(\s+\S+){{0,{MOST_QUOTE_WORDS - 1}}}\s*$")]


def referring(reference: str) -> tuple[str, str]:
    """The words of a quote and the id of what they mean."""
    words, _, id_ = reference.rpartition(REFERS)
    return words, id_


class Evidence(Thing):
    """The place in one document that supports a claim: a quote with offsets, a table row, a JSON pointer or a gap."""

    document: Annotated[DocumentId, described("Id of the document.", "oa:hasSource")]
    quote: Annotated[Quote | None, described("Verbatim words, 25 at most.", "oa:exact"), Selector.QUOTE] = None
    start: Annotated[
        int | None, described("First character of the quote, counted from 0.", "oa:start", ge=0), Selector.POSITION
    ] = None
    end: Annotated[int | None, described("Character after the quote.", "oa:end", ge=0), Selector.POSITION] = None
    refers: Annotated[
        tuple[Reference, ...],
        described("Words of the quote and the id of what they mean: `the city = lindby`.", "cg:refers", strict=False),
    ] = ()
    path: Annotated[Text | None, described("File within an archive.", "cg:path")] = None
    sheet: Annotated[Text | None, described("Worksheet, where a table has several.", "cg:sheet")] = None
    row: Annotated[int | None, described("Row of a table, the header being row 1.", "cg:row", ge=1)] = None
    column: Annotated[Text | None, described("Heading of the column, or its letter.", "cg:column")] = None
    pointer: Annotated[Text | None, described("JSON pointer (RFC 6901).", "cg:pointer")] = None
    raw: Annotated[Text | None, described("The value there as it is written.", "cg:raw")] = None
    absent: Annotated[
        Text | None, described("What a list that is to be complete does not hold, as listed before.", "cg:absent")
    ] = None

    @model_validator(mode="after")
    def _points_somewhere(self) -> "Evidence":
        if self.quote is not None:
            if self.start is None or self.end != self.start + len(self.quote):
                raise ValueError(f"start and end must be {len(self.quote)} characters apart, as the quote is long")
        elif all(getattr(self, place) is None for place in PLACES):
            raise ValueError("needs a quote with start and end, a row, a pointer or what is absent")
        if (self.column or self.sheet) and self.row is None and not (self.sheet and self.absent):
            raise ValueError("has a sheet or column and no row; write the row, the header being row 1")
        return self

    @field_validator("refers")
    @classmethod
    def _of_its_words(cls, refers: tuple[str, ...], beside: ValidationInfo) -> tuple[str, ...]:
        quote = beside.data.get("quote") or ""
        for words, _ in map(referring, refers):
            # Of a faulty quote it was said already that it is faulty.
            if "quote" in beside.data and words not in quote:
                raise ValueError(f"{words!r} is not in the quote; write words of it, then{REFERS}and an id")
        return refers


class Claim(Thing):
    """One statement of one relation, on somebody's word; the typed edge is derived from it."""

    domain: ClassVar[tuple[type[Entity], ...]] = ()
    range: ClassVar[tuple[type[Entity], ...]] = ()
    verb: ClassVar[str] = ""
    inverse: ClassVar[str] = ""
    cues: ClassVar[tuple[str, ...]] = ()
    lasting: ClassVar[bool] = False
    enduring: ClassVar[bool] = False
    broader: ClassVar[tuple[str, ...]] = ()

    subject: Annotated[Slug, described("Id of the entity the claim is about.", "rdf:subject")]
    object: Annotated[Slug | None, described("Id of the entity it is related to.", "rdf:object")] = None
    value: Annotated[int | FiniteFloat | Text | None, described("Literal in place of an object.", "rdf:object")] = None
    unit: Annotated[Text | None, described("Unit of the value: `%`, `people`, `cities`.", "cg:unit")] = None
    detail: Annotated[English | None, described("What exactly, in neutral words.", "cg:detail")] = None
    status: Annotated[Status, described("How the source puts it.", "cg:status", strict=False)] = Status.ASSERTED
    attributed_to: Annotated[
        Slug | None, described("Id of whoever asserts it, where that is not the document.", "prov:wasAttributedTo")
    ] = None
    valid_from: Annotated[Day | None, described("True from this partial date on.", "schema:startDate")] = None
    valid_to: Annotated[Day | None, described("True up to this partial date.", "schema:endDate")] = None
    condition: Annotated[
        Text | None,
        described("The source's own words for when it holds, or would be done: `in some cases`.", "cg:condition"),
    ] = None
    wording: Annotated[
        tuple[Text, ...],
        described("The source's own words for a hedge, a vague date or number.", "cg:wording", strict=False),
        BESIDE,
    ] = ()
    inferred: Annotated[
        tuple[Text, ...],
        described("What the document does not say in so many words, and why it is so.", "cg:inferred", strict=False),
        BESIDE,
    ] = ()
    recorded_at: Annotated[
        Instant | None, described("When the graph took it in, UTC.", "prov:generatedAtTime"), BESIDE
    ] = None
    disputes: Annotated[
        tuple[ClaimId, ...], described("Claims it contradicts.", "cg:disputes", strict=False), BESIDE
    ] = ()
    corrects: Annotated[
        tuple[ClaimId, ...], described("Claims it shows wrong.", "cg:corrects", strict=False), BESIDE
    ] = ()
    supersedes: Annotated[
        tuple[ClaimId, ...], described("Claims it replaces.", "cg:supersedes", strict=False), BESIDE
    ] = ()
    evidence: Annotated[
        tuple[Evidence, ...],
        described("Where it stands written.", "cg:evidence", min_length=1, strict=False),
        BESIDE,
    ]

    def __init_subclass__(
        cls,
        domain: tuple[type[Entity], ...] = (),
        range: tuple[type[Entity], ...] = (),
        reads: tuple[str, str] = ("", ""),
        cues: tuple[str, ...] = (),
        lasts: Literal["", "for good", "for long"] = "",
        broader: str = "",
        **options: Any,
    ) -> None:
        super().__init_subclass__(**options)
        cls.domain, cls.range, cls.cues = domain, range, cues
        cls.verb, cls.inverse = reads[0] or cls.relation().lower().replace("_", " "), reads[1]
        cls.lasting, cls.enduring, cls.broader = lasts == "for good", lasts == "for long", tuple(broader.split())

    @classmethod
    def relation(cls) -> str:
        """Name of the relation, as edge type: `ADVISES`."""
        return upper_snake(cls.__name__)

    @classmethod
    def literal(cls) -> bool:
        """Whether the relation holds a value instead of an object."""
        return not cls.range

    @classmethod
    @cache
    def beside(cls) -> tuple[str, ...]:
        """Names of the fields that may change while the claim stays the same."""
        return tuple(name for name, field in cls.model_fields.items() if BESIDE in field.metadata)

    @model_validator(mode="after")
    def _whole(self) -> "Claim":
        if self.literal() and (self.value is None or self.object is not None):
            raise ValueError(f"{self.relation()} holds a value, not an object")
        if not self.literal() and (self.object is None or self.value is not None or self.unit is not None):
            raise ValueError(f"{self.relation()} needs an object, and no value or unit")
        if self.valid_from and self.valid_to and day_bounds(self.valid_to)[1] < day_bounds(self.valid_from)[0]:
            raise ValueError(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        return self

    @cached_property
    def id(self) -> str:
        """`c-` and 16 hex digits of the SHA-256 of what the claim says; its evidence does not enter."""
        says: list[Any] = [self.relation(), *(getattr(self, name) for name in _SAID_FIRST)]
        says += ([name, value] for name in self._said_later() if (value := getattr(self, name)) not in (None, ()))
        return "c-" + hashlib.sha256(_AS_JSON(says).encode()).hexdigest()[:16]

    @classmethod
    @cache
    def _said_later(cls) -> tuple[str, ...]:
        return tuple(sorted({*cls.model_fields} - {*_SAID_FIRST, *cls.beside()}))

    def extent(self, published: str | None) -> dict[str, str]:
        """Earliest and latest days on which it may have begun and ended, by its dates and its document's date.

        What is about people reaches no further than a lifetime from a day on which it was so.
        """
        first, last = day_bounds(published) if published else (EARLIEST, LATEST)
        to_min, to_max = day_bounds(self.valid_to) if self.valid_to else (first, LATEST)
        from_min, from_max = day_bounds(self.valid_from) if self.valid_from else (self._before(to_min), last)
        if self.lasting and not self.valid_to:
            to_min = LATEST
        elif not self.valid_to:
            to_min, to_max = max(first, from_min), self._after(from_max)
        return dict(zip(EXTENT, (from_min, from_max, to_min, to_max), strict=True))

    def _before(self, day: str) -> str:
        return EARLIEST if self.enduring else years_from(day, -LIFETIME)

    def _after(self, day: str) -> str:
        return LATEST if self.enduring else years_from(day, LIFETIME)

    def keys(self) -> dict[str, str | None]:
        """What claims are found by, indexed in the store: words joined by blanks.

        Those that end in the claim's id cut pages; an entity's claims of one relation share `outgoing` or `incoming`.
        """
        relation, id = self.relation(), self.id
        return {
            "by_relation": f"{relation} {self.subject} {self.object or ''} {id}",
            "by_subject": f"{self.subject} {relation} {id}",
            "by_object": self.object and f"{self.object} {relation} {id}",
            "by_date": self.valid_from and f"{self.valid_from} {id}",
            "outgoing": f"{self.subject} {relation}",
            "incoming": self.object and f"{self.object} {relation}",
            "by_status": None if self.status in FACTUAL_STATUSES else f"{self.status} {id}",
        }
