"""The form of a question: a field for each parameter, of the kind that fits it, holding what was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any, get_args

from api.formats.columns import heading
from api.pages.rendering import Values
from graph.parameters import ROWS, TYPES, Parameter, label
from graph.query import Query
from graph.result import Result
from schema import RELATIONS
from schema.closed_lists import Standing, Status
from schema.values import CLAIM_ID_PATTERN

DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
INSTANT = rf"{DATE}(T.+)?"
MOST_NAMES = 20
UNSAID = {
    "temporal": "may have held",
    "status": "any",
    "standing": "current and disputed",
    "flag": "not followed",
}
SAID = {"certain": "must have held", "true": "followed"}
FOLDED = ("temporal", "status", "standing", "limit", "resolve")  # what a facet or the answer itself offers as well
LISTS: dict[str, Sequence[str]] = {"status": tuple(map(str, Status)), "standing": tuple(map(str, Standing))}


@dataclass(frozen=True)
class Filled:
    """What the fields hold: `given` by parameter, `faults` beside it, `counts` of an answer, `names` to choose from.

    `meant` are the things that were named, each its name and its page.
    """

    given: Mapping[str, Any]
    faults: Mapping[str, str]
    counts: Mapping[str, Mapping[str, int]]
    names: Sequence[tuple[str, Sequence[str]]] = ()
    meant: Mapping[str, tuple[str, str]] = default(default_factory=dict)


def form(query: Query, filled: Filled) -> Values:
    """Fields in the order of the question's header, then when, then what few people ask for, under `more`.

    `held` tells what the latter hold, so that they need be `unfolded` only where one is at fault.
    """
    own = [_own(p, filled) for p in query.parameters]
    known = [
        _date("as_of", DATE, "2026, 2026-02", filled),
        _date("known_at", INSTANT, "2026-11-23", filled),
        _chosen("temporal", ("certain",), filled),
        _field("limit", filled) | {"kind": "number", "pattern": r"\d{1,3}", "example": str(ROWS)},
        *(_several(name, words, filled) for name, words in LISTS.items()),
    ]
    fields = [*own, *known]
    more = [field for field in fields if field["name"] in FOLDED]
    return {
        "action": f"v1/queries/{query.name}/results.html",
        "fields": [field for field in fields if field["name"] not in FOLDED],
        "more": more,
        "held": [
            {"label": field["label"], "value": SAID.get(field["value"], field["value"])}
            for field in more
            if field["set"]
        ],
        "unfolded": any(field["fault"] for field in more),
    }


def names(query: Query, result: Result) -> list[tuple[str, Sequence[str]]]:
    """Names of the entities of an answer with their types, to choose from."""
    if not query.anchors:
        return []
    return sorted((entity["name"], (entity["type"], *entity["types"])) for entity in result.entities.values())


def _own(parameter: Parameter, filled: Filled) -> Values:
    field = _field(parameter.name, filled, parameter)
    match parameter.type:
        case "day":
            return field | {"kind": "text", "pattern": DATE, "example": f"{parameter.example}"}
        case "flag":
            return _chosen(parameter.name, ("true",), filled, parameter)
        case "stage" | "relation" | "entity-type" | "direction":
            return _chosen(parameter.name, get_args(TYPES[parameter.type]), filled, parameter)
        case "entity":
            fitting = [name for name, types in filled.names if not parameter.kinds or {*types} & {*parameter.kinds}]
            return field | {
                "kind": "entity",
                "names": list(dict.fromkeys(fitting))[:MOST_NAMES],
                "kinds": parameter.kinds,
            }
        case "claim":
            return field | {"kind": "text", "pattern": CLAIM_ID_PATTERN}
    return field


def _field(name: str, filled: Filled, parameter: Parameter | None = None) -> Values:
    given = filled.given.get(name, "")
    value = ", ".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
    return {
        "name": name,
        "kind": "text",
        "label": parameter.label if parameter else label(name),
        "told": _told(parameter),
        "meant": filled.meant.get(name),
        "required": bool(parameter and parameter.required),
        "value": value,
        "set": bool(value),
        "fault": filled.faults.get(name, ""),
        "pattern": "",
        "example": str(parameter.example) if parameter else "",
    }


def _told(parameter: Parameter | None) -> str:
    """What a form says beneath a field; where its label or its choices say it all, nothing."""
    if parameter is None or parameter.type not in ("day", "text", "flag"):
        return ""
    return parameter.description.replace("`", "").replace(": true or false.", ".")


def _date(name: str, pattern: str, example: str, filled: Filled) -> Values:
    return _field(name, filled) | {"pattern": pattern, "example": example}


def _chosen(name: str, words: Sequence[str], filled: Filled, parameter: Parameter | None = None) -> Values:
    """One of a closed list; what was given stays even where it is none of them."""
    field = _field(name, filled, parameter)
    value = "" if field["value"] in ("false", "possible") else field["value"]
    unsaid = UNSAID.get(parameter.type if parameter else name, "any")
    known = [("", unsaid), *((word, SAID.get(word, _word(name, word))) for word in words)]
    strange = [] if value in dict(known) else [(value, value)]
    counts = {} if value else filled.counts.get(name, {})
    options = [
        {"value": word, "label": told, "count": counts.get(word), "chosen": word == value}
        for word, told in [*known, *strange]
    ]
    return field | {"kind": "select", "options": options, "value": value, "set": bool(value)}


def _several(name: str, words: Sequence[str], filled: Filled) -> Values:
    """Any of a closed list."""
    field = _field(name, filled)
    given = [word.strip() for word in field["value"].split(",") if word.strip()]
    counts = {} if given else filled.counts.get(name, {})
    options = [
        {"value": word, "label": word, "count": counts.get(word), "chosen": word in given}
        for word in [*words, *(word for word in given if word not in words)]
    ]
    return field | {"kind": "several", "options": options, "unsaid": UNSAID[name]}


def _word(name: str, word: str) -> str:
    return RELATIONS[word].verb if name == "relation" and word in RELATIONS else heading(word)
