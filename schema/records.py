"""Relations between records of sources and what they are of: names, identifiers, stages, judgements, searches."""

from typing import Annotated

from pydantic import model_validator

from schema.claims import Claim
from schema.closed_lists import Scheme, Stage, Verdict
from schema.entities import Document, Jurisdiction, Measure, Organization
from schema.model import Entity, described
from schema.values import Day, RelationName, day_bounds


class HasName(Claim, domain=(Entity,), lasts="for long"):
    """Is called so by the source."""


class HasIdentifier(Claim, domain=(Entity,), broader="dct:identifier", lasts="for long"):
    """Is told from others by the value, which the scheme gives."""

    scheme: Annotated[Scheme, described("Who gives it.", "cg:scheme", strict=False)]


class HasStage(Claim, domain=(Measure,)):
    """Has come as far as the value says: introduced, enacted, filed, pending, signed or ended."""

    not_before: Annotated[
        Day | None, described("Earliest day of its beginning, where no partial date tells it.", "cg:notBefore")
    ] = None
    not_after: Annotated[Day | None, described("Latest day of its beginning, likewise.", "cg:notAfter")] = None

    @model_validator(mode="after")
    def _of_the_list(self) -> "HasStage":
        if self.value not in [*Stage]:
            raise ValueError(f"value {self.value!r} is no stage; write one of {', '.join(Stage)}")
        return self

    @model_validator(mode="after")
    def _between_two_days(self) -> "HasStage":
        first, last = self.not_before, self.not_after
        if (first is None) != (last is None) or (first and self.valid_from):
            raise ValueError("has not_before and not_after together, and instead of valid_from")
        if first and last and day_bounds(last)[1] < day_bounds(first)[0]:
            raise ValueError(f"not_after {last} lies before not_before {first}")
        return self

    def extent(self, published: str | None) -> dict[str, str]:
        """As of any claim; where it began between two days, from the first to the last of them."""
        extent = super().extent(published)
        if self.not_before and self.not_after:
            extent |= {"from_min": day_bounds(self.not_before)[0], "from_max": day_bounds(self.not_after)[1]}
            extent["to_min"] = max(extent["to_min"], extent["from_min"])
        return extent

    def keys(self) -> dict[str, str | None]:
        """As of any claim; by its first possible day where it has no other date."""
        return super().keys() | ({"by_date": f"{self.not_before} {self.id}"} if self.not_before else {})


class ComparedWith(
    Claim, domain=(Entity,), range=(Entity,), reads=("compared with", "was compared with"), lasts="for long"
):
    """A reviewer's judgement on two records: whether one is the other or a part of it; the detail says why."""

    verb = "was compared with"

    verdict: Annotated[Verdict, described("What the reviewer holds.", "cg:verdict", strict=False)]
    judged_on: Annotated[Day, described("When.", "cg:judgedOn")]

    @model_validator(mode="after")
    def _signed_with_its_reason(self) -> "ComparedWith":
        for name, what in (("detail", "the reason"), ("attributed_to", "who judged")):
            if getattr(self, name) is None:
                raise ValueError(f"a judgement needs {name}, {what}")
        return self


class Searched(
    Claim,
    domain=(Document,),
    range=(Jurisdiction, Organization),
    reads=("searched", "was searched in"),
    lasts="for long",
):
    """Was gone through for claims of a relation about the object, and what lies in it, on the day of `valid_to`."""

    sought: Annotated[RelationName, described("The relation.", "cg:sought")]
