"""Relations that hold a value in place of an object: sizes, shares, powers, what somebody is called."""

from schema.claims import Claim
from schema.entities import Group, Jurisdiction, Measure, Organization
from schema.relations import ACTOR

# fmt: off


class HasSize(Claim, domain=(Group, Organization), cues=()):
    """Number of members the source states, exact or vague."""


class HasShare(Claim, domain=(Jurisdiction, Organization, Group), cues=("%", "percent", "share")):
    """Share of a whole that the source states; the detail says of what."""


class HasAuthority(Claim, domain=ACTOR, cues=("authority", "control", "power", "may "), lasts="for long"):
    """Is said to have the power that the value describes."""


class DescribedAs(Claim, domain=(*ACTOR, Measure), reads=("is described as", ""), cues=()):
    """Is called so by the voice; the value holds what."""
