"""The front page: the canned questions, each a link to its answer as a table."""

from html import escape
from urllib.parse import urlencode

from api.formats.page import layout
from graph.query import TOPICS, Query


def example(query: Query) -> str:
    """The query's example as a query string, empty where it needs no parameter."""
    given = {p.name: p.example for p in query.parameters if p.required}
    return "?" + urlencode(given) if given else ""


def page(queries: dict[str, Query]) -> bytes:
    """The front page."""
    sections = "\n".join(_section(topic, [q for q in queries.values() if q.topic == topic]) for topic in TOPICS)
    body = f"""<h1>How cities, states and civic groups respond to federal immigration enforcement</h1>
<p>Every answer names, row by row, the document and the words it rests on, and whose words they are.</p>
<form action="/v1/search.html"><label for="q">Search people, groups, places and measures</label>
<input id="q" name="q" required maxlength="200"> <button>Search</button></form>
<div class="topics">
{sections}
</div>
<p><a href="/docs">The HTTP interface</a> · <a href="/openapi.json">OpenAPI</a> ·
<a href="/v1/schema.html">The vocabulary</a> · <a href="/v1/graph.ttl">The graph as Turtle</a></p>"""
    return layout("civicgraph", body).encode()


def _section(topic: str, queries: list[Query]) -> str:
    items = "\n".join(map(_item, sorted(queries, key=lambda q: len(example(q)))))
    return f"<section><h2>{topic}</h2>\n<ul>\n{items}\n</ul></section>"


def _item(query: Query) -> str:
    link = f"/v1/queries/{query.name}/results.html{example(query)}"
    about = ", ".join(str(p.example) for p in query.parameters if p.required)
    asked = f" <small>{escape(about)}</small>" if about else ""
    own = escape(f"ask it your way: {query.question}")
    form = f'<a class="ask" href="/v1/queries/{query.name}.html" aria-label="{own}">ask it your way</a>'
    return f'<li><a href="{escape(link)}">{escape(query.question)}</a>{asked} {form}</li>'
