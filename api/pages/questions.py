"""The catalogue of named queries: as records, as a list by topic, and each as a form."""

from collections.abc import Mapping
from typing import Any

from api.formats import FORMATS
from api.formats.columns import heading
from api.pages import fields
from api.pages.fields import Filled
from api.pages.foot import Version
from api.pages.front import example
from api.pages.rendering import Values, render
from graph.query import TOPICS, Query


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


def page(queries: Mapping[str, Query], root: str, version: Version | None) -> bytes:
    """All questions by topic, each a link to its page."""
    topics = [(topic, [_listed(q) for q in queries.values() if q.topic == topic]) for topic in TOPICS]
    return render("questions.html", root, {"topics": topics, "version": version})


def _listed(query: Query) -> Values:
    return {"href": f"v1/queries/{query.name}.html", "text": query.question, "description": query.description.strip()}


def form(query: Query, root: str, version: Version | None) -> bytes:
    """One question that has to be told something before it is answered: its fields hold an example."""
    examples = {p.name: str(p.example) for p in query.parameters if p.required}
    values = fields.form(query, Filled(examples, {}, {})) | {
        "topic": query.topic,
        "text": query.question,
        "description": query.description.strip(),
        "columns": {heading(name): meaning for name, meaning in query.columns.items()},
        "cypher": query.shown(),
        "version": version,
    }
    return render("form.html", root, values)
