"""Field types shared by entities and claims: each says how it is checked and what it is in RDF."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, GetJsonSchemaHandler, StringConstraints

from schema.addresses import ADDRESS_PATTERN, web_address

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
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
    if found := _NO_TEXT.search(text):
        raise ValueError(f"holds U+{ord(found[0]):04X}, a control or no character, which HTML, XML or RDF cannot carry")
    return text


def _no_claims_name(slug: str) -> str:
    if re.match(rf"{CLAIM_ID_PATTERN}(-|$)", slug):
        raise ValueError(f"{slug} begins like the id of a claim; choose a word")
    return slug


Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=120), Kind.ENTITY]
# Claims, and what the formats name after them, stand beside entities under one address.
EntityId = Annotated[Slug, AfterValidator(_no_claims_name), Pattern(rf"^(?!{CLAIM_ID_PATTERN}(-|$)){SLUG_PATTERN[1:]}")]
# A document that supports a claim, and so stands in every answer beside it.
DocumentId = Annotated[Slug, Kind.DOCUMENT]
ClaimId = Annotated[Slug, Kind.CLAIM]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True), AfterValidator(_clean_text)
]
Reference = Annotated[Text, StringConstraints(pattern=REFERENCE_PATTERN)]
TypeName = Annotated[Text, Kind.TYPE]
RelationName = Annotated[Text, Kind.RELATION]
Day = Annotated[str, AfterValidator(_real_day), Kind.DAY]
Instant = Annotated[str, AfterValidator(_recorded_instant), Kind.INSTANT]
KnownAt = Annotated[str, AfterValidator(_known_instant)]
Url = Annotated[str, AfterValidator(web_address), Pattern(ADDRESS_PATTERN), Kind.ADDRESS]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def numeral(value: float) -> str:
    """A number in digits, as every format and every row has it: without an exponent."""
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")


class Role(StrEnum):
    """Kinds of public post."""

    PRESIDENT = "president"
    GOVERNOR = "governor"
    MAYOR = "mayor"
    ATTORNEY_GENERAL = "attorney-general"
    DISTRICT_ATTORNEY = "district-attorney"
    SHERIFF = "sheriff"
    COUNCIL_MEMBER = "council-member"
    LEGISLATOR = "legislator"
    JUDGE = "judge"
    ADVISOR = "advisor"
    OTHER = "other"


class Scheme(StrEnum):
    """Who gives an identifier, and what it is unique among."""

    BIOGUIDE = "bioguide"
    EIN = "ein"
    GEOID = "geoid"
    LEGISTAR = "legistar"
    NYC_ORDER = "nyc-order"
    OCD_DIVISION = "ocd-division"
    OCD_JURISDICTION = "ocd-jurisdiction"
    OCD_ORGANIZATION = "ocd-organization"
    OCD_PERSON = "ocd-person"
    ORI = "ori"
    WIKIDATA = "wikidata"


# What makes an identifier an address on the Web that means the thing itself, and not a page about it.
ADDRESSES: dict[str, str] = {Scheme.WIKIDATA: "http://www.wikidata.org/entity/{}"}


class Stage(StrEnum):
    """How far a measure or an agreement has come."""

    INTRODUCED = "introduced"
    ENACTED = "enacted"
    FILED = "filed"
    PENDING = "pending"
    SIGNED = "signed"
    ENDED = "ended"


class Vote(StrEnum):
    """How somebody voted."""

    AFFIRMATIVE = "affirmative"
    NEGATIVE = "negative"
    ABSTAINED = "abstained"
    ABSENT = "absent"


class Verdict(StrEnum):
    """What a reviewer holds of two things that sources tell of."""

    SAME = "same"
    PART_OF = "part-of"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Status(StrEnum):
    """How the source puts a claim: written once, and never changed by what others say."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    HEDGED = "hedged"
    ALLEGED = "alleged"
    PLANNED = "planned"


FACTUAL_STATUSES = (Status.ASSERTED, Status.REPORTED)


class Standing(StrEnum):
    """What has become of a claim since: it follows from the claims that challenge it, as known at a time."""

    CURRENT = "current"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


LIVE_STANDINGS = (Standing.CURRENT, Standing.DISPUTED)

MEANINGS: dict[StrEnum, str] = {
    Status.ASSERTED: "The voice it is attributed to states it as a fact.",
    Status.REPORTED: "The document passes it on, as something that is so, from the voice it is attributed to.",
    Status.HEDGED: "The source itself holds it open: could, would, is considered, is worried.",
    Status.ALLEGED: "One side says it of another, and the source leaves it at that.",
    Status.PLANNED: "It is to be: the source says that somebody means to do it, and not that it was done.",
    Standing.CURRENT: "No claim that is known challenges it.",
    Standing.DISPUTED: "Another claim contradicts it.",
    Standing.SUPERSEDED: "Another claim has taken its place: it was so.",
    Standing.RETRACTED: "It was taken back or shown wrong, and is kept for the record alone.",
    Verdict.SAME: "Both are one thing.",
    Verdict.PART_OF: "The subject is one of those, or a part of that, which the object stands for.",
    Verdict.DIFFERENT: "They are two things, however alike they look.",
    Verdict.UNSURE: "It was looked into, and remains open.",
    Vote.AFFIRMATIVE: "For it.",
    Vote.NEGATIVE: "Against it.",
    Vote.ABSTAINED: "Present, and neither for nor against it.",
    Vote.ABSENT: "Not there when it was voted on.",
    Scheme.BIOGUIDE: "Members of the United States Congress, by its Biographical Directory.",
    Scheme.EIN: "Employers, by the Internal Revenue Service; several bodies may share one.",
    Scheme.GEOID: "Territories, by the Census Bureau.",
    Scheme.LEGISTAR: "People, bodies and matters of one council, by its Legistar system.",
    Scheme.NYC_ORDER: "Executive orders of the mayors of New York City, by BetaNYC.",
    Scheme.OCD_DIVISION: "Territories, by Open Civic Data.",
    Scheme.OCD_JURISDICTION: "Governments, by Open Civic Data.",
    Scheme.OCD_ORGANIZATION: "Bodies and committees, by Open Civic Data.",
    Scheme.OCD_PERSON: "People in public office, by Open Civic Data.",
    Scheme.ORI: "Law-enforcement agencies, by the Federal Bureau of Investigation.",
    Scheme.WIKIDATA: "Anything, by Wikidata.",
}
