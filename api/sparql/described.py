"""The OpenAPI description of `/sparql`, by each of its methods."""

from typing import Any

from api.openapi import describe_plain
from api.sparql.asked import FORM, QUERY
from api.sparql.syntaxes import GRAPHS, PAGE, TABLES

OFFER = (*TABLES, *GRAPHS, PAGE)
EXAMPLE = "ASK { ?s ?p ?o }"
TEXT = {"type": "string"}
MEANINGS = {
    "query": "A query in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE; without it the endpoint says what it is.",
    "default-graph-uri": "The graph that is asked; there is one, v1/graph.",
    "named-graph-uri": "A graph that GRAPH may name; there is none.",
}


def describe_get() -> dict[str, Any]:
    """Parameters and responses where the query stands in the address."""
    told = describe_plain([each.media_type for each in OFFER], {}, [each.suffix for each in OFFER])
    return told | {"parameters": [*(_parameter(name) for name in MEANINGS), *told["parameters"]]}


def describe_post() -> dict[str, Any]:
    """The same where it is sent as a form, or by itself."""
    told = describe_get()
    fields = {name: TEXT | {"description": meaning} for name, meaning in MEANINGS.items()}
    form = {"type": "object", "required": ["query"], "properties": fields | {"format": TEXT}}
    content = {
        FORM: {"schema": form, "example": {"query": EXAMPLE}},
        QUERY: {"schema": TEXT, "example": EXAMPLE},
    }
    return {"requestBody": {"required": True, "content": content}, "responses": told["responses"]}


def _parameter(name: str) -> dict[str, Any]:
    told = {"name": name, "in": "query", "required": False, "allowEmptyValue": True, "description": MEANINGS[name]}
    return told | {"schema": TEXT} | ({"example": EXAMPLE} if name == "query" else {})
