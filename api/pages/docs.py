"""The HTTP interface as a page, from the OpenAPI description; it loads nothing from other hosts."""

import re
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

from api.errors import PROBLEMS
from api.pages.alone import OFFERED
from api.pages.rendering import Page, Values
from api.protocol import HEADERS, LONGEST, SECONDS
from api.site import Site
from api.sparql.pool import Limits
from graph.gate import AT_ONCE, LONGEST_WAIT
from graph.parameters import MOST_ROWS, ROWS, STANDARD
from graph.tally import MOST
from schema import ENTITIES, RELATIONS
from schema.closed_lists import Stage, Standing, Status
from schema.vocabulary import concept_term, relation_term, type_term

TAGS = {"queries": "Questions", "graph": "The graph", "service": "The service"}
SPARQL = Limits()
TERMS: dict[str, dict[str, str]] = {
    "status": {word: concept_term(Status, word) for word in Status},
    "standing": {word: concept_term(Standing, word) for word in Standing},
    "temporal": dict.fromkeys(("possible", "certain"), ""),
    "stage": dict.fromkeys(Stage, ""),
    "relation": {name: relation_term(name) for name in sorted(RELATIONS)},
    "type": {name: type_term(name) for name in sorted(ENTITIES)},
}
WORDS = {name: {str(word): term.removeprefix("cg:") for word, term in words.items()} for name, words in TERMS.items()}
"""What parameters of a closed list take, each with the term that says what it means, if one does."""
BEGIN = {
    "An answer as a table": "v1/queries/groups-advising-mayors/results.csv",
    "About one thing, by its name": "v1/queries/advisors/results.json?of=Zohran Mamdani",
    "What a name may mean": "v1/search.json?q=ICE&limit=3",
    "A thing with its claims, as a graph": "v1/entities/ice/relations.graph.json",
    "Two rows, and where the next are": "v1/graph.json?limit=2",
    "What is wrong, and what fits": "v1/graph.json?as_of=yesterday",
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
    described, base = request.app.openapi()["paths"].items(), Site.of(request).base
    routes = [_route(path, about["get"]) for path, about in described]
    return {
        "parts": [(title, [r for r in routes if r["tag"] == tag]) for tag, title in TAGS.items()],
        "begin": {what: f"curl '{base}{quote(path, safe='/?=&')}'" for what, path in BEGIN.items()},
        "standard": [{"name": n, "told": told} for n, (_, told, _) in STANDARD.items()],
        "words": {name: [*words.items()] for name, words in WORDS.items()},
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
