"""The OpenAPI description of each route, taken from the headers of the query files and the table of formats."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.errors import MEDIA_TYPE, PROBLEMS
from api.formats import FORMATS
from api.pages.alone import OFFERED
from graph.query import Query
from schema import ENTITIES, RELATIONS
from schema.closed_lists import MEANINGS, Profile, Standing, Status
from schema.values import CLAIM_ID_PATTERN

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}
CLAIM_ID = {"type": "string", "pattern": f"^{CLAIM_ID_PATTERN}$"}
EVIDENCE = {"type": "object", "required": ["document"], "properties": {"document": {"type": "string"}}}
CLAIM: dict[str, Any] = {
    "type": "object",
    "required": ["id", "relation", "subject", "status", "standing", "attributed_to", "recorded_at", "evidence"],
    "properties": {
        "id": CLAIM_ID,
        "relation": {"type": "string", "enum": sorted(RELATIONS)},
        "subject": {"type": "string"},
        "object": {"type": "string"},
        "status": {"type": "string", "enum": list(map(str, Status))},
        "standing": {"type": "string", "enum": list(map(str, Standing))},
        "attributed_to": {"type": "array", "items": {"type": "string"}},
        "recorded_at": {"type": "string", "format": "date-time"},
        "evidence": {"type": "array", "items": EVIDENCE},
    },
}
ENTITY = {
    "type": "object",
    "required": ["id", "type", "types", "name"],
    "properties": {
        "id": {"type": "string"},
        "type": {"type": "string", "enum": sorted(ENTITIES)},
        "types": {"type": "array", "items": {"type": "string"}},
        "name": {"type": "string"},
    },
}
# A column has one type in all questions: text, but for these.
LISTS = (
    "applies_in",
    "asserted_by",
    "challengers",
    "challenges",
    "made_by",
    "models",
    "parties",
    "places",
    "resolved",
    "wording",
)
COLUMNS: dict[str, dict[str, Any]] = {
    "status": CLAIM["properties"]["status"],
    "standing": CLAIM["properties"]["standing"],
    "id": {"type": "string"},
    "step": {"type": "integer"},
    "known": {"type": "integer"},
    "resting": {"type": "integer"},
    "alone": {"type": "integer"},
    "gap": {"type": "integer"},
    **{name: {"type": "array", "items": {"type": "string"}} for name in LISTS},
}
TEXT = {"type": "string"}
NODES = {"type": ["object", "array"]}
PROFILE = {
    "name": "profile",
    "in": "query",
    "required": False,
    "description": f"Of RDF alone. {' '.join(f'`{each}`: {MEANINGS[each]}' for each in Profile)}",
    "schema": {"type": "string", "enum": [*map(str, Profile)]},
}


def describe(query: Query, path: str) -> dict[str, Any]:
    """Parameters and responses of a route that asks this query."""
    model = query.model.model_json_schema()
    listed = [_parameter(name, about, model, path) for name, about in model["properties"].items()]
    content = {
        f.media_type: {"schema": _answer(query) if f.suffix == "json" else _kind(f.media_type)}
        for f in OFFERED.values()
    }
    return {
        "parameters": [*listed, _format(list(OFFERED)), PROFILE],
        "responses": {
            "200": {"description": query.question, "content": content},
            "304": {"description": "Unchanged"},
            **_problems(),
        },
    }


def _answer(query: Query) -> dict[str, Any]:
    """The answer of this query as JSON: rows with its columns, and what its rows name."""
    told: dict[str, dict[str, Any]] = {
        "query": {"type": "string", "enum": [query.name]},
        "question": {"type": "string"},
        "columns": {"type": "array", "items": {"type": "string", "enum": list(query.columns)}},
        "data": {"type": "array", "items": row(query)},
        "claims": {"type": "object", "additionalProperties": CLAIM},
        "entities": {"type": "object", "additionalProperties": ENTITY},
        "page": {"type": "object", "required": ["limit", "next_cursor", "next"]},
        "total": {"type": "object"},
        "truncated": {"type": "boolean"},
        "meta": {"type": "object", "required": ["parameters", "base", "sources"]},
    }
    return {"title": f"Answer of {query.name}", "type": "object", "required": list(told), "properties": told}


def row(query: Query) -> dict[str, Any]:
    """A row of this query: those of its columns that are not empty, and the claims that it rests on."""
    cells = {name: COLUMNS.get(name, TEXT) | {"description": meaning} for name, meaning in query.columns.items()}
    claims = {"claims": {"type": "array", "items": CLAIM_ID, "description": "Ids of the claims that the row rests on."}}
    return {"type": "object", "required": ["claims"], "properties": cells | claims}


def describe_plain(content: Sequence[str], examples: Mapping[str, str], suffixes: Sequence[str]) -> dict[str, Any]:
    """Parameters and responses of a route that asks no query by itself; without content it redirects."""
    listed = [
        {"name": n, "in": "path", "required": True, "example": e, "schema": {"type": "string"}}
        for n, e in examples.items()
    ]
    # A document in JSON-LD may be a list of nodes: an answer alone always has its context round it.
    told = {media: {"schema": NODES if media == FORMATS["jsonld"].media_type else _kind(media)} for media in content}
    answers = {"200": {"description": "What was asked for", "content": told}, "304": {"description": "Unchanged"}}
    redirects = {"303": {"description": "See there", "headers": {"Location": {"schema": {"type": "string"}}}}}
    return {
        "parameters": [*listed, *([_format(suffixes)] if suffixes else [])],
        "responses": (answers if content else redirects) | _problems(),
    }


def _kind(media_type: str) -> dict[str, str]:
    return {"type": "object" if media_type.endswith(("/json", "+json")) else "string"}


def _format(suffixes: Sequence[str]) -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "allowEmptyValue": True,
        "example": suffixes[0],
        "description": "Format of the answer; a suffix on the path does the same, and so does Accept.",
        "schema": {"type": "string", "enum": list(suffixes)},
    }


def _parameter(name: str, about: dict[str, Any], model: dict[str, Any], path: str) -> dict[str, Any]:
    within = "path" if f"{{{name}}}" in path else "query"
    schema = _without_null(about, model.get("$defs", {}))
    example = (about.get("examples") or [None])[0]
    if schema.get("type") == "array" and isinstance(example, str):
        example = example.split(",")
    described = {
        "name": name,
        "in": within,
        "required": within == "path" or name in model.get("required", ()),
        "description": about["description"],
        "schema": schema,
    }
    if not described["required"]:
        described["allowEmptyValue"] = True  # counts as not given, as forms send those
    return described | ({"example": example} if example is not None else {})


def _without_null(about: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    choices = [c for c in about.get("anyOf", [about]) if c.get("type") != "null"]
    schema = {k: v for k, v in choices[0].items() if k not in ("title", "description", "examples")}
    if "items" in schema and "$ref" in schema["items"]:
        named = definitions[schema["items"]["$ref"].rpartition("/")[2]]
        schema["items"] = {"type": "string", "enum": named["enum"]}
    return schema


def _problems() -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": PROBLEM}, FORMATS["html"].media_type: {"schema": {"type": "string"}}}
    statuses = sorted({(str(status), title) for status, title, _ in PROBLEMS.values()})
    return {status: {"description": title, "content": content} for status, title in statuses}
