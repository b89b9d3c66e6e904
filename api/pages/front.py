"""The front page: the canned questions, each a link to its answer as a table."""

from urllib.parse import urlencode

from fastapi import Request

from api.discovery import modules
from api.pages.rendering import Page, Values
from api.site import Site
from graph.query import TOPICS, Query


def example(query: Query) -> str:
    """The query's example as a query string, empty where it needs no parameter."""
    given = {p.name: p.example for p in query.parameters if p.required}
    return "?" + urlencode(given) if given else ""


def pages() -> list[Page]:
    """Every page that has an address of its own, by title."""
    found = (getattr(module, "PAGE", None) for module in modules("api.pages").values())
    return sorted((page for page in found if page), key=lambda page: page.title)


def values(request: Request) -> Values:
    """Questions by topic, and the other pages."""
    asked = sorted(Site.of(request).queries.values(), key=lambda query: len(example(query)))
    topics = {topic: [_question(query) for query in asked if query.topic == topic] for topic in TOPICS}
    return {"topics": topics, "pages": [page for page in pages() if page is not PAGE]}


def _question(query: Query) -> Values:
    return {
        "text": query.question,
        "about": ", ".join(str(p.example) for p in query.parameters if p.required),
        "answer": f"v1/queries/{query.name}/results.html{example(query)}",
        "form": f"v1/queries/{query.name}.html",
    }


PAGE = Page("/", "civicgraph", "front.html", values)
