"""Field types shared by entities and claims: each says how it is checked and what it is in RDF."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, GetJsonSchemaHandler, StringConstraints

from schema.addresses import ADDRESS_PATTERN, web_address

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_SLUG = 120
CLAIM_ID_PATTERN = r"c-[0-9a-f]{16}"
# Parts the words of a quote from the id of what they mean.
REFERS = " = "
REFERENCE_PATTERN = rf"^\S(.*\S)?{REFERS}{SLUG_PATTERN[1:]}"
DAY_PATTERN = r"^\d{4}(-\d{2}){0,2}$"

EARLIEST = "0001-01-01"
LATEST = "9999-12-31"


class Kind(StrEnum):
    """What stands as object of the triple; where the value is plain Python, it follows from the type alone."""

    TEXT = "xsd:string"
    ENGLISH = "rdf:langString"
    INTEGER = "xsd:integer"
    COUNT = "xsd:nonNegativeInteger"
    DECIMAL = "xsd:decimal"
    BOOLEAN = "xsd:boolean"
    INSTANT = "xsd:dateTime"
    DAY = "partial date"
    VALUE = "number or text"
    ENTITY = "id of an entity"
    DOCUMENT = "id of a document"
    CLAIM = "id of a claim"
    PART = "record of its own"
    ADDRESS = "address on the Web"
    CONCEPT = "term of the vocabulary"
    TYPE = "entity type"
    RELATION = "relation"


class Selector(StrEnum):
    """The node within a piece of evidence that a field stands on, where it is not the piece itself."""

    QUOTE = "oa:TextQuoteSelector"
    POSITION = "oa:TextPositionSelector"


@dataclass(frozen=True)
class Pattern:
    """A regular expression for those who cannot run our checks; the check itself stands beside it."""

    expression: str

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema with the expression, wherever a field of this type stands."""
        return handler(core) | {"pattern": self.expression}


@lru_cache(4096)
def day_bounds(day: str) -> tuple[str, str]:
    """First and last day that a partial date (`2026`, `2026-02`, `2026-02-17`) can mean, as ISO days."""
    year, month, date = (*map(int, day.split("-")), 0, 0)[:3]
    if not month:
        return f"{day}-01-01", f"{day}-12-31"
    if not date:
        return f"{day}-01", f"{day}-{monthrange(year, month)[1]:02d}"
    return day, day


def years_from(day: str, years: int) -> str:
    """The ISO day so many years later, or earlier; EARLIEST or LATEST where it would lie beyond."""
    year = int(day[:4]) + years
    return EARLIEST if year < 1 else LATEST if year > 9999 else f"{year:04d}{day[4:]}"


def _real_day(day: str) -> str:
    try:
        first, last = day_bounds(day) if re.fullmatch(DAY_PATTERN, day) else ("", "")
        datetime.fromisoformat(first), datetime.fromisoformat(last)
    except ValueError:
        raise ValueError(f"{day!r} is no date; write 2026, 2026-02 or 2026-02-17") from None
    return day


def _utc_instant(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # overflow: the first or last hours of all years, seen from elsewhere
        raise ValueError(f"{text!r} is no instant; write 2026-02-18T09:00:00Z") from None
    return moment.replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def _recorded_instant(text: str) -> str:
    if (instant := _utc_instant(text)) > LATEST:
        raise ValueError(
            f"{text!r} lies on the last of all days, which stands for ever; write when the graph took it in"
        )
    return instant


def _known_instant(text: str) -> str:
    if re.fullmatch(DAY_PATTERN, text):
        return day_bounds(_real_day(text))[1] + "T23:59:59Z"
    return _utc_instant(text)


# Controls, halves of characters, and the code points that Unicode keeps from being characters.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


def _clean_text(text: str) -> str:
    # Nearly every text is printable, which is known sooner.
    if not text.isprintable() and (found := _NO_TEXT.search(text)):
        raise ValueError(f"holds U+{ord(found[0]):04X}, a control or no character, which HTML, XML or RDF cannot carry")
    return text


def _no_claims_name(slug: str) -> str:
    if re.match(rf"{CLAIM_ID_PATTERN}(-|$)", slug):
        raise ValueError(f"{slug} begins like the id of a claim; choose a word")
    return slug


Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=LONGEST_SLUG), Kind.ENTITY]
# Claims, and what the formats name after them, stand beside entities under one address.
EntityId = Annotated[Slug, AfterValidator(_no_claims_name), Pattern(rf"^(?!{CLAIM_ID_PATTERN}(-|$)){SLUG_PATTERN[1:]}")]
# A document that supports a claim, and so stands in every answer beside it.
DocumentId = Annotated[Slug, Kind.DOCUMENT]
ClaimId = Annotated[Slug, Kind.CLAIM]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True), AfterValidator(_clean_text)
]
English = Annotated[Text, Kind.ENGLISH]  # words of ours, not of a source
Reference = Annotated[Text, StringConstraints(pattern=REFERENCE_PATTERN)]
TypeName = Annotated[Text, Kind.TYPE]
RelationName = Annotated[Text, Kind.RELATION]
Day = Annotated[str, AfterValidator(_real_day), Kind.DAY]
Instant = Annotated[str, AfterValidator(_recorded_instant), Kind.INSTANT]
KnownAt = Annotated[str, AfterValidator(_known_instant)]
Url = Annotated[str, AfterValidator(web_address), Pattern(ADDRESS_PATTERN), Kind.ADDRESS]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def numeral(value: float) -> str:
    """A number in digits, as every format and every row has it: without an exponent."""
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")
