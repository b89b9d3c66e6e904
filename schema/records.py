"""Relations between records of sources and what they are of: names, identifiers, stages, judgements, searches."""

from typing import Annotated

from pydantic import model_validator

from schema.claims import Claim
from schema.closed_lists import Scheme, Stage, Verdict
from schema.entities import Document, Jurisdiction, Measure, Organization
from schema.model import Entity, described
from schema.values import Day, RelationName


class HasName(Claim, domain=(Entity,), lasts="for long"):
    """Is called so by the source."""


class HasIdentifier(Claim, domain=(Entity,), broader="dct:identifier", lasts="for long"):
    """Is told from others by the value, which the scheme gives."""

    scheme: Annotated[Scheme, described("Who gives it.", "cg:scheme", strict=False)]


class HasStage(Claim, domain=(Measure,)):
    """Has come as far as the value says: introduced, enacted, filed, pending, signed or ended."""

    @model_validator(mode="after")
    def _of_the_list(self) -> "HasStage":
        if self.value not in [*Stage]:
            raise ValueError(f"value {self.value!r} is no stage; write one of {', '.join(Stage)}")
        return self


class ComparedWith(Claim, domain=(Entity,), range=(Entity,), inverse="was compared with", lasts="for long"):
    """A reviewer's judgement on two records: whether one is the other or a part of it; the detail says why."""

    verdict: Annotated[Verdict, described("What the reviewer holds.", "cg:verdict", strict=False)]
    judged_on: Annotated[Day, described("When.", "cg:judgedOn")]

    @model_validator(mode="after")
    def _signed_with_its_reason(self) -> "ComparedWith":
        for name, what in (("detail", "the reason"), ("attributed_to", "who judged")):
            if getattr(self, name) is None:
                raise ValueError(f"a judgement needs {name}, {what}")
        return self


class Searched(
    Claim, domain=(Document,), range=(Jurisdiction, Organization), inverse="was searched in", lasts="for long"
):
    """Was gone through for claims of a relation about the object, and what lies in it, on the day of `valid_to`."""

    sought: Annotated[RelationName, described("The relation.", "cg:sought")]
