"""The catalogue of named queries: as records, as a list, and each as a form."""

from html import escape
from typing import Any

from api.formats import FORMATS
from api.formats.page import layout
from api.pages.front import example
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


def page(queries: dict[str, Query]) -> bytes:
    """All questions as a list of links to their forms."""
    items = "\n".join(
        f'<li><a href="/v1/queries/{q.name}.html">{escape(q.question)}</a> <p>{escape(q.description)}</p></li>'
        for q in queries.values()
    )
    return layout("Questions", f'<h1>Questions</h1>\n<ul class="questions">\n{items}\n</ul>').encode()


def form(query: Query) -> bytes:
    """One question with a field for each parameter, its columns and its Cypher."""
    required = {p.name: p.example for p in query.parameters if p.required}
    fields = "\n".join(_field(n, f.description or "", required.get(n)) for n, f in query.model.model_fields.items())
    columns = "".join(f"<dt>{escape(n)}</dt><dd>{escape(d)}</dd>" for n, d in query.columns.items())
    body = f"""<h1>{escape(query.question)}</h1>
<p>{escape(query.description)}</p>
<form action="/v1/queries/{query.name}/results.html" class="parameters">
{fields}
<button>Ask</button>
</form>
<h2>Columns</h2>
<dl>{columns}</dl>
<h2>Cypher</h2>
<pre tabindex="0"><code>{escape(query.shown())}</code></pre>"""
    return layout(query.question, body).encode()


def _field(name: str, description: str, value: Any) -> str:
    need = f' required value="{escape(str(value))}"' if value is not None else ""
    return (
        f'<p><label for="{name}">{name}</label> <input id="{name}" name="{name}" aria-describedby="{name}-help"{need}>'
        f' <small id="{name}-help">{escape(description)}</small></p>'
    )
