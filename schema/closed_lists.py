"""The closed lists that fields take their words from, and what each word means."""

from enum import StrEnum


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


class Profile(StrEnum):
    """How much of the graph an RDF document tells, and by which means."""

    FULL = "full"
    TRUTHY = "truthy"
    REIFIED = "reified"


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
    Profile.FULL: "Claims are statements (rdf:subject, rdf:predicate, rdf:object) with evidence; facts, plain triples.",
    Profile.TRUTHY: "Plain triples alone: what is a fact, said so, disputed by nobody, on no condition, and now.",
    Profile.REIFIED: "As full, but that each claim reifies a triple term of RDF 1.2 (rdf:reifies).",
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
