"""Every relation type, one class each: a claim that reads subject, verb, object.

`domain` and `range` name the permitted ends (no `range`: a literal value), `reads` how the edge reads from the subject
and from the object, `cues` are word stems one of which a supporting quote should show, `lasts` marks what stays true
once it has happened (`for good`), and what may hold for longer than people live (`for long`). `broader` are well-known
properties that say less and are true of every such pair; with `^` they lead from object to subject.
"""

from typing import Annotated

from pydantic import FiniteFloat

from schema.claims import Claim
from schema.closed_lists import Vote
from schema.entities import (
    Agreement,
    Campaign,
    Document,
    Event,
    Group,
    Jurisdiction,
    Measure,
    NewsOutlet,
    Office,
    Organization,
    Person,
    PoliticalParty,
    Remark,
)
from schema.model import Entity, described
from schema.values import Text

# One relation, one compact block: the formatter would spread each over eight lines.
# fmt: off
ACTOR = (Person, Office, Organization, Jurisdiction, Group)
VOICE = (*ACTOR, Document)


class Advises(Claim, domain=(Person, Organization, Group), range=ACTOR, reads=("advises", "is advised by"),
              cues=("advis", "working with", "counsel")):
    """Counsels the object, or works with it on what it is to do."""


class HoldsOffice(Claim, domain=(Person,), range=(Office,),
                  reads=("holds the office of", "is held by"), broader="org:holds",
                  cues=("mayor", "governor", "attorney", "sheriff", "president", "advis", "holds", "elected")):
    """Holds, or held, the office; the dates say when."""


class Leads(Claim, domain=(Person, Office, Organization, Group), range=(Organization, Group, Jurisdiction),
            reads=("leads", "is led by"), cues=("lead", "led by", "head", "administration", "direct", "chair")):
    """Is at the head of the object."""


class Founded(Claim, domain=(Person, Organization), range=(Organization,),
              reads=("founded", "was founded by"), broader="^schema:founder", cues=("found",), lasts="for good"):
    """Brought the object into being."""


class MemberOf(Claim, domain=ACTOR, range=(Organization, Group),
               reads=("is a member of", "has as member"), broader="org:memberOf schema:memberOf",
               cues=("member", "democrat", "republican", "one of", "joined", "including", "of ", "agent", "officer",
                     "authorit", "likewise"), lasts="for long"):
    """Belongs to the object."""

    function: Annotated[Text | None, described("In which function, as the source calls it.", "cg:function")] = None


class EmployedBy(Claim, domain=(Person,), range=(Organization, Office, Person, Jurisdiction),
                 reads=("is employed by", "employs"), broader="schema:worksFor",
                 cues=("advisor", "adviser", "professor", "staff", "works for", "employ", "at ")):
    """Works for the object, in a post that is not a public office."""


class WorkedFor(Claim, domain=(Person,), range=(Organization, Office, Person, Jurisdiction),
                reads=("worked for", "was served by"), cues=("former", "worked", "served", "was "), lasts="for good"):
    """Once worked for the object, and no longer does."""


class CandidateFor(Claim, domain=(Person,), range=(Office, PoliticalParty),
                   reads=("is a candidate for", "is sought by"),
                   cues=("contender", "candidate", "campaign", "running", "race")):
    """Stands for the office or the nomination."""


class Serves(Claim, domain=(Office, Organization), range=(Jurisdiction,), reads=("serves", "is served by"),
             broader="schema:areaServed",
             cues=("mayor", "governor", "attorney", "president", "sheriff", "police", "local", "city", "state"),
             lasts="for long"):
    """Is an office or body of the territory."""


class Issued(Claim, domain=ACTOR, range=(Measure,), reads=("issued", "was issued by"),
             broader="^schema:legislationPassedBy",
             cues=("issued", "banned", "order", "sign", "announc", "prohibit"), lasts="for good"):
    """Put the measure forth by its own authority."""


class Signed(Claim, domain=ACTOR, range=(Measure, Group),
             reads=("signed", "was signed by"), cues=("sign",), lasts="for good"):
    """Put a signature under the measure."""


class Prepares(Claim, domain=ACTOR, range=(Measure, Group), reads=("prepares", "is being prepared by"),
               cues=("prepar", "draft", "craft", "develop", "working with")):
    """Drafts or plans the measure."""


class Sponsored(Claim, domain=ACTOR, range=(Measure,),
                reads=("sponsored", "was sponsored by"), cues=("sponsor", "introduc"), lasts="for good"):
    """Introduced the measure or put a name to it."""


class VotedOn(Claim, domain=(Person, Organization), range=(Measure,),
              reads=("voted on", "was voted on by"), cues=("vote",), lasts="for good"):
    """Cast a vote on the measure."""

    vote: Annotated[Vote | None, described("Which vote.", "cg:vote", strict=False)] = None


class AppliesIn(Claim, domain=(Measure, Group), range=(Jurisdiction, Group), reads=("applies in", "is subject to"),
                broader="schema:legislationJurisdiction",
                cues=("in ", "city", "state", "county", "across"), lasts="for long"):
    """Has force in the territory."""


class Restricts(Claim, domain=(Measure, Group, Office), range=ACTOR, reads=("restricts", "is restricted by"),
                cues=("restrict", "limit", "ban", "prohibit", "bar", "affect"), lasts="for long"):
    """Limits what the object may do, or where."""


class Requires(Claim, domain=(Measure, Group), range=ACTOR, reads=("requires", "is required by"),
               cues=("requir", "instruct", "must", "oblig", "order"), lasts="for long"):
    """Obliges the object to do what the detail says."""


class Terminates(Claim, domain=(Measure, *ACTOR), range=(Agreement, Group), reads=("terminates", "is ended by"),
                 cues=("terminat", "end", "cancel", "revok")):
    """Brings the agreement to an end."""


class Affects(Claim, domain=(Measure, Group, Event), range=ACTOR, reads=("affects", "is affected by"),
              cues=("affect", "impact", "influence", "prohibit")):
    """Changes what the object can do, without binding it."""


class PartyTo(Claim, domain=(Organization, Jurisdiction, Office, Group), range=(Agreement, Group),
              reads=("is party to", "is entered into by"), cues=("agreement", "part", "between"), lasts="for long"):
    """Has entered into the agreement."""

    model: Annotated[Text | None, described("Kind of agreement, as the source calls it.", "cg:model")] = None


class Opposes(Claim, domain=VOICE, range=(*ACTOR, Measure), reads=("opposes", "is opposed by"),
              cues=("oppos", "against", "odds", "push back", "reject", "conflict")):
    """Stands against the object."""


class Supports(Claim, domain=VOICE, range=(*ACTOR, Measure), reads=("supports", "is supported by"),
               cues=("support", "back", "endors", "campaign")):
    """Stands behind the object."""


class Warned(Claim, domain=ACTOR, range=ACTOR, reads=("warned", "was warned by"), cues=("warn",), lasts="for good"):
    """Told the object of a step it might take; the detail says which."""


class Prosecutes(Claim, domain=ACTOR, range=ACTOR,
                 reads=("prosecutes", "is prosecuted by"), cues=("prosecut", "charge")):
    """Brings, or would bring, criminal charges against the object."""


class Targets(Claim, domain=ACTOR, range=ACTOR, reads=("targets", "is targeted by"), cues=("target", "aim", "worried")):
    """Directs its measures at the object."""


class Enforces(Claim, domain=ACTOR, range=(Measure, Group), reads=("enforces", "is enforced by"),
               cues=("enforc", "crackdown", "carry")):
    """Carries the policy out."""


class Invited(Claim, domain=ACTOR, range=ACTOR, reads=("invited", "was invited by"), cues=("invit",), lasts="for good"):
    """Asked the object to come; the detail says what for."""


class CooperatesWith(Claim, domain=ACTOR, range=ACTOR, reads=("cooperates with", "cooperates with"),
                     cues=("cooperat", "working with", "join", "together", "discuss")):
    """Acts together with the object."""


class Said(Claim, domain=VOICE, range=(Remark,), reads=("said", "was said by"), broader="^schema:creator",
           cues=("said", "say", "told", '"', "adding", "worried", "considered", "seen"), lasts="for good"):
    """Uttered the remark; the quote holds the words."""


class About(Claim, domain=(Remark, Event, Document), range=(Entity,), reads=("is about", "is the topic of"),
            broader="schema:about"):
    """Has the object as its topic."""


class TookPartIn(Claim, domain=ACTOR, range=(Event,), reads=("took part in", "had as participant"),
                 cues=("invit", "warn", "sign", "report", "discuss", "took part", "attend"), lasts="for good"):
    """Was an actor in the event."""


class PartOf(Claim, domain=(Organization, Jurisdiction, Group, Measure, Office), reads=("is part of", "has as part"),
             broader="dct:isPartOf", range=(Organization, Jurisdiction, Group, Measure, Campaign),
             cues=("of ", "part", "in ", ",", "series", "includ", "u.s."), lasts="for long"):
    """Is a part or unit of the object."""


class LocatedIn(Claim, domain=(Organization, Jurisdiction, Event, Group), range=(Jurisdiction,),
                reads=("is located in", "is the place of"),
                broader="schema:location", cues=("in ", "at ", ","), lasts="for long"):
    """Lies, or happened, in the territory."""


class Published(Claim, domain=(NewsOutlet, Organization, Person), range=(Document,),
                reads=("published", "was published by"), broader="^schema:publisher",
                cues=("according to", "report", "publish", "post"), lasts="for good"):
    """Brought the document before the public."""


class Amends(Claim, domain=(Measure,), range=(Measure,), reads=("amends", "is amended by"),
             broader="eli:amends schema:legislationAmends", cues=("amend",), lasts="for good"):
    """Changes the text of the other measure."""


class Repeals(Claim, domain=(Measure,), range=(Measure,), reads=("repeals", "is repealed by"),
              broader="eli:repeals schema:legislationRepeals", cues=("repeal", "revok", "rescind"), lasts="for good"):
    """Ends the force of the other measure."""


class Funded(Claim, domain=ACTOR, range=(Organization, Group, Campaign), reads=("funded", "was funded by"),
             broader="^schema:funder", cues=("fund", "grant", "award"), lasts="for good"):
    """Gave money to the object."""

    amount: Annotated[int | FiniteFloat | None, described("How much.", "cg:amount")] = None
    currency: Annotated[Text | None, described("Of which currency, by ISO 4217.", "cg:currency")] = None
