"""How a claim reads for people: what is no plain fact says so, with the source's own words and who disputes it."""

from collections.abc import Mapping, Sequence

from graph.result import Row
from schema import RELATIONS
from schema.closed_lists import FACTUAL_STATUSES, Standing
from schema.values import numeral

Entities = Mapping[str, Row]

LICENCE = "Claims under Apache-2.0; the words quoted are their authors’."


def names(ids: Sequence[str], entities: Entities) -> list[str]:
    """Their names, in the order of the ids."""
    return [entities[id]["name"] for id in ids]


def modal(claim: Row) -> str:
    """How its source puts a claim that it does not say to be so: `hedged`; nothing of what it does."""
    return "" if claim["status"] in FACTUAL_STATUSES else str(claim["status"])


def reading(claim: Row, entities: Entities) -> str:
    """`advises`, or `[alleged: “could prosecute”; disputed by Ana Silva] prosecutes`."""
    verb = RELATIONS[claim["relation"]].verb
    if not (told := doubts(claim, entities)):
        return verb
    if modal(claim) and (words := ", ".join(f"“{words}”" for words in claim.get("wording", ()))):
        told[0] += f": {words}"
    return f"[{'; '.join(told)}] {verb}"


def sentence(claim: Row, entities: Entities) -> str:
    """`River Alliance advises Mira Vale`: the claim in words; an end that is not told of by its id."""
    about = _named(claim["object"], entities) if "object" in claim else _figure(claim)
    return f"{_named(claim['subject'], entities)} {reading(claim, entities)} {about}"


def _named(id: str, entities: Entities) -> str:
    return entities[id]["name"] if id in entities else id


def _figure(claim: Row) -> str:
    value, unit = claim["value"], claim.get("unit")
    told = numeral(value) if isinstance(value, int | float) else value
    return f"{told} {unit}" if unit else str(told)


def doubts(claim: Row, entities: Entities) -> list[str]:
    """What keeps the claim from being a plain fact: how its source puts it, what has become of it, who disputes it."""
    told = [unsure] if (unsure := modal(claim)) else []
    if claim["standing"] in (Standing.SUPERSEDED, Standing.RETRACTED):
        told.append(str(claim["standing"]))
    if "condition" in claim:
        told.append(f"condition: “{claim['condition']}”")
    if claim.get("inferred"):
        told.append("inferred")
    disputing = ", ".join(names(claim["disputed_by"], entities)) if "disputed_by" in claim else ""
    if disputing or claim["standing"] == Standing.DISPUTED:
        told.append(f"disputed by {disputing}" if disputing else "disputed")
    return told
