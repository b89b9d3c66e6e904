"""The HTTP interface as a page, from the OpenAPI description; it loads nothing from other hosts."""

import re
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

from api.errors import PROBLEMS
from api.pages.alone import OFFERED
from api.pages.rendering import Page, Values
from api.protocol import HEADERS, LONGEST, SECONDS
from api.sparql.pool import Limits
from graph.gate import AT_ONCE, LONGEST_WAIT
from graph.parameters import MOST_ROWS, ROWS, STANDARD
from graph.tally import MOST
from schema import ENTITIES, RELATIONS
from schema.closed_lists import Stage, Standing, Status

TAGS = {"queries": "Questions", "graph": "The graph", "service": "The service"}
SPARQL = Limits()
WORDS = {
    "status": Status,
    "standing": Standing,
    "temporal": ("possible", "certain"),
    "stage": Stage,
    "relation": sorted(RELATIONS),
    "type": sorted(ENTITIES),
}
LIMITS = {
    "rows in one answer": f"{ROWS} unless limit says otherwise, {MOST_ROWS} at the most; page.next leads on",
    "rows that are counted": f"{MOST:,}, on pages alone; beyond, a page says more than that",
    "letters of a name": "200",
    "letters of an address": f"{LONGEST:,}",
    "letters of all headers": f"{HEADERS:,}",
    "seconds until a request has arrived": f"{SECONDS:g}",
    "a query in SPARQL": f"{SPARQL.seconds:g} seconds, {SPARQL.memory >> 20} MB of memory",
    "an answer to it": f"{SPARQL.rows:,} rows, {SPARQL.bytes >> 20} MB",
    "reads in the store at once": f"{AT_ONCE}; a wait of over {LONGEST_WAIT:g} seconds is refused, with Retry-After",
}


def example(path: str, parameters: list[dict[str, Any]]) -> str:
    """An address that works: the path with the examples of its required parameters."""
    needed = {p["name"]: p["example"] for p in parameters if p["required"]}
    inside = {n: v for n, v in needed.items() if f"{{{n}}}" in path}
    outside = {n: v for n, v in needed.items() if n not in inside}
    for name, value in inside.items():
        path = path.replace(f"{{{name}}}", quote(str(value)))
    return path + (f"?{urlencode(outside, doseq=True)}" if outside else "")


def values(request: Request) -> Values:
    """Every route with an example that works and its own parameters, and once what is the same for many."""
    described = request.app.openapi()["paths"].items()
    routes = [_route(path, about["get"]) for path, about in described]
    return {
        "parts": [(title, [r for r in routes if r["tag"] == tag]) for tag, title in TAGS.items()],
        "standard": [{"name": n, "told": told.replace("`", "")} for n, (_, told, _) in STANDARD.items()],
        "words": {name: [*map(str, words)] for name, words in WORDS.items()},
        "limits": LIMITS,
        "offered": [{"suffix": f.suffix, "type": f.media_type, "kind": f.kind} for f in OFFERED.values()],
        "problems": [
            {"slug": slug, "status": status, "title": title, "told": told}
            for slug, (status, title, told) in PROBLEMS.items()
        ],
    }


def _route(path: str, about: dict[str, Any]) -> Values:
    taken = about.get("parameters", [])
    asked = re.fullmatch(r"/(v1/queries/[\w-]+)/results", path)
    told = [
        {"name": p["name"], "required": p["required"], "within": p["in"], "meaning": p.get("description", "")}
        for p in taken
        if p["name"] not in (*STANDARD, "format", "profile")
    ]
    return {
        "path": path,
        "anchor": path.strip("/").translate(str.maketrans("/", "-", "{}")),
        "tag": about["tags"][0],
        "summary": about.get("summary", ""),
        "example": example(path, taken),
        "form": f"{asked[1]}.html" if asked else "",
        "parameters": told,
    }


PAGE = Page("/docs", "The HTTP interface", "docs.html", values)
