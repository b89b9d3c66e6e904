"""Pydantic's errors in words that say what would be right."""

from typing import Any

from pydantic import TypeAdapter
from pydantic_core import ErrorDetails

from schema.claims import Claim, Evidence
from schema.closed_lists import Standing
from schema.model import Thing
from schema.values import REFERENCE_PATTERN, SLUG_PATTERN, Sha256
from seed.problem import near_miss

_PATTERNS = {
    SLUG_PATTERN: "must be small letters and digits joined by hyphens, such as new-york-city",
    REFERENCE_PATTERN: "must be words of the quote, ` = ` and the id of what they mean: the city = lindby",
    TypeAdapter(Sha256).json_schema()["pattern"]: "must be 64 hexadecimal digits, as sha256sum prints them",
}
_PLAIN = {
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number",
    "tuple_type": "must be a list",
    "model_type": "must be a record of fields and values",
    "too_short": "must hold one item at least",
}


def explain(error: ErrorDetails, model: type[Thing], written: tuple[str, ...] = ()) -> str:
    """What is wrong with a field and what would be right; `written` are keys a file adds to the model's."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    name = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "missing":
        described = model.model_fields[name].description if name in model.model_fields else None
        return f"is missing: {described}" if described else "is missing"
    if kind == "extra_forbidden":
        names = (*model.model_fields, *written)
        return f"is no field here{near_miss(name, names)}; known are {', '.join(names)}"
    if kind == "enum":
        return _closed_list(name, value, context)
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], f"must match {context['pattern']}")
    if kind == "value_error":
        return str(context["error"])
    return _PLAIN.get(kind, error["msg"][:1].lower() + error["msg"][1:])


def model_of(model: type[Thing], location: tuple[int | str, ...]) -> type[Thing]:
    """The model whose field the location names: evidence stands within a claim."""
    nested = issubclass(model, Claim) and len(location) > 2 and location[0] == "evidence"
    return Evidence if nested else model


def _closed_list(name: str, value: Any, context: dict[str, Any]) -> str:
    if name == "status" and value in list(Standing):
        return f"{value} follows from other claims: write disputes, corrects or supersedes in the one that says so"
    values = [item.strip(" '") for item in context["expected"].replace(" or ", ", ").split(",")]
    return f"{value} is not known{near_miss(str(value), values)}; write one of {', '.join(values)}"
