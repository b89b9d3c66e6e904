"""The catalogue of named queries: as records, as a list, and each as a form."""

from collections.abc import Mapping
from typing import Any

from api.formats import FORMATS
from api.pages.front import example
from api.pages.rendering import Values, render
from graph.query import Query


def about(query: Query, base: str) -> dict[str, Any]:
    """A query as a record: question, parameters as JSON Schema, columns, Cypher, addresses by suffix."""
    results = f"{base}v1/queries/{query.name}/results"
    return {
        "name": query.name,
        "question": query.question,
        "description": query.description.strip(),
        "parameters": query.model.model_json_schema(),
        "columns": query.columns,
        "cypher": query.shown(),
        "example": f"{results}{example(query)}",
        "formats": {suffix: f"{results}.{suffix}" for suffix in FORMATS},
    }


def page(queries: Mapping[str, Query], root: str) -> bytes:
    """All questions as a list of links to their forms."""
    listed = [
        {"form": f"v1/queries/{q.name}.html", "text": q.question, "description": q.description.strip()}
        for q in queries.values()
    ]
    return render("questions.html", root, {"questions": listed})


def form(query: Query, root: str) -> bytes:
    """One question with a field for each parameter, its columns and its Cypher."""
    examples = {p.name: str(p.example) for p in query.parameters if p.required}
    values = filled(query, examples) | {
        "text": query.question,
        "description": query.description.strip(),
        "columns": query.columns,
        "cypher": query.shown(),
    }
    return render("form.html", root, values)


def filled(query: Query, given: Mapping[str, str], faults: Mapping[str, str] | None = None) -> Values:
    """The form of a question with these values in its fields, and beside each what is wrong with it."""
    required, wrong = {p.name for p in query.parameters if p.required}, faults or {}
    fields = [
        {
            "name": name,
            "description": about.description or "",
            "required": name in required,
            "value": given.get(name, ""),
            "fault": wrong.get(name, ""),
        }
        for name, about in query.model.model_fields.items()
    ]
    return {"action": f"v1/queries/{query.name}/results.html", "fields": fields}
