"""Every entity type, one class each; the docstring is its definition."""

from typing import Annotated

from annotated_types import Ge
from pydantic import AfterValidator

from schema.closed_lists import Role
from schema.model import Entity, described
from schema.values import Day, Instant, Language, Sha256, Text, TypeName, Url


class Person(Entity, rdf=("schema:Person", "prov:Agent")):
    """A named human being, in a public role only."""


class President(Person, derived=True):
    """A person who holds or held the office of president."""


class Governor(Person, derived=True):
    """A person who holds or held a governor's office."""


class Mayor(Person, derived=True):
    """A person who holds or held a mayor's office."""


class AttorneyGeneral(Person, derived=True):
    """A person who holds or held an attorney general's office."""


class DistrictAttorney(Person, derived=True):
    """A person who holds or held a district attorney's office."""


class Sheriff(Person, derived=True):
    """A person who holds or held a sheriff's office."""


class CouncilMember(Person, derived=True):
    """A person who holds or held a seat on a city or county council."""


class Legislator(Person, derived=True):
    """A person who holds or held a seat in a state or federal legislature."""


class Judge(Person, derived=True):
    """A person who holds or held a judge's office."""


HOLDERS: dict[Role, type[Person]] = {
    Role.PRESIDENT: President,
    Role.GOVERNOR: Governor,
    Role.MAYOR: Mayor,
    Role.ATTORNEY_GENERAL: AttorneyGeneral,
    Role.DISTRICT_ATTORNEY: DistrictAttorney,
    Role.SHERIFF: Sheriff,
    Role.COUNCIL_MEMBER: CouncilMember,
    Role.LEGISLATOR: Legislator,
    Role.JUDGE: Judge,
}


class Office(Entity, rdf=("org:Post", "prov:Agent")):
    """A public post that outlives its holder; it stands for a holder whom the source does not name."""

    role: Annotated[Role, described("Kind of post, from a closed list.", "cg:role", strict=False)]


class Jurisdiction(Entity, rdf=("schema:AdministrativeArea", "prov:Agent")):
    """A territory with a government."""


class Country(Jurisdiction, rdf=("schema:Country",)):
    """A sovereign state."""


class State(Jurisdiction, rdf=("schema:State",)):
    """A state of the United States, or a territory or district treated as one."""


class County(Jurisdiction):
    """A county or its equivalent."""


class City(Jurisdiction, rdf=("schema:City",)):
    """A city, town or other municipality."""


class District(Jurisdiction):
    """A part of a territory that elects a member of a legislature or council, or is served by one court or office."""


class Organization(Entity, rdf=("org:Organization", "prov:Agent")):
    """A body that acts under a name of its own."""

    website: Annotated[Url | None, described("Official home page.", "schema:url")] = None


class AdvocacyGroup(Organization, rdf=("schema:NGO",)):
    """A private group that works for a public cause."""


class Coalition(Organization):
    """Several bodies or officials acting together under one name."""


class PoliticalParty(Organization, rdf=("schema:PoliticalParty",)):
    """A party that puts up candidates."""


class Campaign(Organization):
    """An effort to win one election or one decision."""


class University(Organization, rdf=("schema:CollegeOrUniversity",)):
    """An institution of higher education."""


class NewsOutlet(Organization, rdf=("schema:NewsMediaOrganization",)):
    """A publisher of news."""


class GovernmentBody(Organization, rdf=("schema:GovernmentOrganization",)):
    """A body of public authority."""


class FederalAgency(GovernmentBody):
    """An agency of the United States government."""


class LocalAgency(GovernmentBody):
    """A police force, sheriff's office, prosecutor's office or other agency below the federal level."""


class Administration(GovernmentBody):
    """The executive under one head of government."""


class LegislativeBody(GovernmentBody):
    """A legislature, council or one of their committees."""


class Committee(LegislativeBody):
    """A part of a legislature or council that prepares its work."""


class Court(GovernmentBody):
    """A body that decides cases."""


class Measure(Entity, rdf=("prov:Entity",)):
    """An act of public authority, in force or proposed."""

    identifier: Annotated[Text | None, described("Official number.", "schema:identifier")] = None


class ExecutiveOrder(Measure, rdf=("schema:Legislation",)):
    """An order issued by a mayor, governor or president."""


class Legislation(Measure, rdf=("schema:Legislation",)):
    """A bill, ordinance, resolution or law of a legislature or council."""


class Policy(Measure):
    """A rule or practice of an authority that is neither order nor law."""


class Agreement(Measure):
    """A written arrangement between authorities, such as one under section 287(g)."""


class ModelLegislation(Measure):
    """A draft meant to be taken over by several legislatures."""


class Group(Entity, rdf=("skos:Collection",)):
    """A set whose members the source does not name one by one."""

    of: Annotated[TypeName, described("Entity type of the members.", "cg:of")]


ACTS = (Person, Office, Jurisdiction, Organization)
"""What acts in public life; a group of such acts as well."""


class Event(Entity, rdf=("schema:Event",)):
    """Something that happened at a time."""


class Remark(Entity, rdf=("schema:Quotation",)):
    """One thing somebody said; its words are the evidence of the SAID claim."""


def _ascending(starts: tuple[int, ...]) -> tuple[int, ...]:
    if list(starts) != sorted(set(starts)):
        raise ValueError("must ascend; `civicgraph verify --fix` writes them")
    return starts


class Document(Entity, rdf=("prov:Entity", "schema:CreativeWork")):
    """A source as it was read; its identity is its bytes."""

    sha256: Annotated[Sha256 | None, described("SHA-256 of the bytes that were read.", "cg:sha256")] = None
    published: Annotated[Day | None, described("Date of publication, as exact as known.", "dct:issued")] = None
    url: Annotated[Url | None, described("Where it was published.", "schema:url")] = None
    publisher: Annotated[Text | None, described("Who published it.", "dc:publisher")] = None
    retrieved: Annotated[Instant | None, described("When these bytes were fetched, UTC.", "cg:retrieved")] = None
    language: Annotated[Language | None, described("Language of its text, by BCP 47.", "schema:inLanguage")] = None
    licence: Annotated[Text | None, described("Terms of use.", "dct:rights")] = None
    credit: Annotated[Text | None, described("Whom its terms want named.", "schema:creditText")] = None
    shown_under: Annotated[
        Text | None, described("The terms under which anybody may show its text, if any do.", "cg:shownUnder")
    ] = None
    paragraphs: Annotated[
        tuple[Annotated[int, Ge(0)], ...],
        described("Where its paragraphs begin, in characters from 0.", "cg:paragraph", strict=False),
        AfterValidator(_ascending),
    ] = ()
    precedence: Annotated[
        int | None,
        described("How early its wording of a name is shown, 0 first; without it last.", "cg:precedence", ge=0),
    ] = None
