"""claims.schema.json: JSON Schema of claims files, so that editors complete and check them."""

import json
from typing import Any

from schema import ENTITIES, RELATIONS, Claim, Evidence
from schema.claims import MOST_QUOTE_WORDS
from schema.derive.fields import Kind, field_terms
from schema.derive.ontology import sentence
from schema.model import Thing
from schema.values import DAY_PATTERN, MEANINGS, WRITTEN_STATUSES, Role
from schema.vocabulary import TERMS

FILE = "claims.schema.json"
MEDIA_TYPE = "application/schema+json"

Schema = dict[str, Any]

# YAML reads an unquoted 2026 as a number.
_YEAR: Schema = {"type": "integer", "minimum": 1000, "maximum": 9999}
_DAY: Schema = {"anyOf": [{"type": "string", "pattern": DAY_PATTERN}, _YEAR]}
_REFERENCES: Schema = {"type": "array", "items": {"type": "string", "description": "Key or id of a claim."}}
_NOT_OF_VALUE = ("anyOf", "default", "description", "rdf", "title")
_WORDS: dict[str, Schema] = {"role": {"enum": sorted(Role)}, "of": {"enum": sorted(ENTITIES)}, "status": {}}
_FEW_WORDS = rf"^\s*\S+(\s+\S+){{0,{MOST_QUOTE_WORDS - 1}}}\s*$"


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
    days = {field.name for field in field_terms(model) if field.kind is Kind.DAY}
    given = model.model_json_schema()["properties"]
    values = {name: _DAY if name in days else _value(name, field) for name, field in given.items()}
    return {name: {"description": given[name]["description"]} | value for name, value in values.items()}


def _value(name: str, field: Schema) -> Schema:
    """The field as a person writes it: absent rather than null, with the words of closed lists in place."""
    if name in _WORDS:
        return _WORDS[name]
    choices = [choice for choice in field.get("anyOf", ()) if choice != {"type": "null"}]
    plain = {key: value for key, value in field.items() if key not in _NOT_OF_VALUE}
    return plain | (choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {})


def _claim() -> Schema:
    """A claim as written: where it names no voice and no document, those of the file are meant."""
    relations = [{"const": name, "description": sentence(cls)} for name, cls in sorted(RELATIONS.items())]
    literal = sorted(name for name, cls in RELATIONS.items() if cls.literal())
    statuses = [{"const": str(status), "description": MEANINGS[status]} for status in WRITTEN_STATUSES]
    references = {name: _fields(Claim)[name] | _REFERENCES for name in ("disputes", "corrects", "supersedes")}
    record = _record(Claim, status=_fields(Claim)["status"] | {"oneOf": statuses}, **references)
    added = {
        "relation": {"description": "What the claim says of its subject.", "oneOf": relations},
        "key": {"description": "Name by which other claims refer to this one.", "type": "string"},
    }
    return record | {
        "required": ["relation", "subject", "evidence"],
        "properties": added | record["properties"],
        "if": {"properties": {"relation": {"enum": literal}}, "required": ["relation"]},
        "then": {"required": ["value"], "properties": {"object": False}},
        "else": {"required": ["object"], "properties": {"value": False, "unit": False}},
    }


def _evidence() -> Schema:
    record = _record(Evidence)
    record["properties"]["quote"] |= {"pattern": _FEW_WORDS}
    return record | {
        "required": [],
        "anyOf": [{"required": [name]} for name in ("quote", "row", "pointer")],
        "dependentRequired": {"quote": ["start", "end"], "start": ["quote"], "end": ["quote"]},
    }
