"""How a claim's relation reads for people: what is no fact says so, with the source's own words."""

from graph.result import Row
from schema.values import FACTUAL_STATUSES


def reading(claim: Row) -> str:
    """`advises`, or `[hedged: “could prosecute”] prosecutes`."""
    verb = str(claim["relation"]).lower().replace("_", " ")
    if claim["status"] in FACTUAL_STATUSES:
        return verb
    words = ", ".join(f"“{words}”" for words in claim.get("wording", ()))
    return f"[{claim['status']}{': ' if words else ''}{words}] {verb}"
