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
    required = {p.name: p.example for p in query.parameters if p.required}
    fields = [_field(n, f.description or "", required.get(n)) for n, f in query.model.model_fields.items()]
    values = {
        "text": query.question,
        "description": query.description.strip(),
        "action": f"v1/queries/{query.name}/results.html",
        "fields": fields,
        "columns": query.columns,
        "cypher": query.shown(),
    }
    return render("form.html", root, values)


def _field(name: str, description: str, example: Any) -> Values:
    required = example is not None
    return {"name": name, "description": description, "required": required, "value": example if required else ""}
