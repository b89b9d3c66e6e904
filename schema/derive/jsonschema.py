"""claims.schema.json: JSON Schema of claims files, so that editors complete and check them."""

import json
from typing import Any

from schema import ENTITIES, RELATIONS, Claim, Evidence
from schema.claims import PLACES, QUOTED
from schema.closed_lists import MEANINGS, Status
from schema.derive.fields import FieldTerm, field_terms
from schema.derive.ontology import sentence
from schema.model import Thing
from schema.values import DAY_PATTERN, Kind
from schema.vocabulary import TERMS

FILE = "claims.schema.json"
MEDIA_TYPE = "application/schema+json"

Schema = dict[str, Any]

# YAML reads an unquoted 2026 as a number.
_YEAR: Schema = {"type": "integer", "minimum": 1000, "maximum": 9999}
_DAY: Schema = {"anyOf": [{"type": "string", "pattern": DAY_PATTERN}, _YEAR]}
_REFERENCE: Schema = {"type": "string", "description": "Key or id of a claim."}
_NOT_OF_VALUE = ("anyOf", "default", "description", "rdf", "title")


def render() -> str:
    """The schema as JSON."""
    return json.dumps(_file(), indent=2, ensure_ascii=False) + "\n"


def _file() -> Schema:
    writable = {name: cls for name, cls in sorted(ENTITIES.items()) if not cls.derived}
    lists = {name: _list_of(name, sentence(cls)) for name, cls in writable.items()}
    records = {name: _record(cls) for name, cls in writable.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": TERMS.replace("terms#", FILE),
        "title": "Claims file",
        "description": "What one document says: the entities it names and the claims it supports.",
        "type": "object",
        "additionalProperties": False,
        "required": ["document"],
        "properties": {
            "document": {"$ref": "#/$defs/Document"},
            "recorded_at": _fields(Claim)["recorded_at"],
            "entities": {"type": "object", "additionalProperties": False, "properties": lists},
            "claims": _list_of("Claim", "The claims, in the order of the document."),
        },
        "$defs": {"Claim": _claim(), "Evidence": _evidence()} | records,
    }


def _list_of(name: str, description: str) -> Schema:
    return {"description": description, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _record(model: type[Thing], **changed: Schema) -> Schema:
    return {
        "description": sentence(model),
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
        "properties": _fields(model) | changed,
    }


def _fields(model: type[Thing]) -> dict[str, Schema]:
    terms = {field.name: field for field in field_terms(model)}
    given = model.model_json_schema()["properties"]
    return {
        name: {"description": schema["description"]} | (_as_written(terms.get(name)) or _value(schema))
        for name, schema in given.items()
    }


def _as_written(field: FieldTerm | None) -> Schema | None:
    """What a person may write where that is more, or less, than the model takes."""
    if field is None:
        return None
    words = {"enum": list(field.words)} if field.words else None
    found = {Kind.DAY: _DAY, Kind.CLAIM: _REFERENCE}.get(field.kind, words)
    return {"type": "array", "items": found} if found and field.many else found


def _value(schema: Schema) -> Schema:
    """The field as Pydantic tells it, but absent rather than null."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    plain = {key: value for key, value in schema.items() if key not in _NOT_OF_VALUE}
    return plain | (choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {})


def _claim() -> Schema:
    """A claim as written: where it names no voice and no document, those of the file are meant."""
    relations = [{"const": name, "description": sentence(cls)} for name, cls in sorted(RELATIONS.items())]
    literal = sorted(name for name, cls in RELATIONS.items() if cls.literal())
    statuses = [{"const": str(status), "description": MEANINGS[status]} for status in Status]
    status = {"description": _fields(Claim)["status"]["description"], "oneOf": statuses}
    qualifiers = {name: field for cls in RELATIONS.values() for name, field in _fields(cls).items()}
    record = _record(Claim, status=status)
    added = {
        "relation": {"description": "What the claim says of its subject.", "oneOf": relations},
        "key": {"description": "Name by which other claims refer to this one.", "type": "string"},
    }
    return record | {
        "required": ["relation", "subject", "evidence"],
        "properties": added | qualifiers | record["properties"],
        "if": {"properties": {"relation": {"enum": literal}}, "required": ["relation"]},
        "then": {"required": ["value"], "properties": {"object": False}},
        "else": {"required": ["object"], "properties": {"value": False, "unit": False}},
    }


def _evidence() -> Schema:
    quote, *ends = QUOTED
    return _record(Evidence) | {
        "required": [],
        "anyOf": [{"required": [name]} for name in PLACES],
        "dependentRequired": {quote: ends} | {end: [quote] for end in ends},
    }
