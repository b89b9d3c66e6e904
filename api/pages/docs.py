"""The HTTP interface as a page, from the OpenAPI description; it loads nothing from other hosts."""

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

from api.pages.rendering import Page, Values


def example(path: str, parameters: list[dict[str, Any]]) -> str:
    """An address that works: the path with the examples of its required parameters."""
    needed = {p["name"]: p["example"] for p in parameters if p["required"]}
    inside = {n: v for n, v in needed.items() if f"{{{n}}}" in path}
    outside = {n: v for n, v in needed.items() if n not in inside}
    for name, value in inside.items():
        path = path.replace(f"{{{name}}}", quote(str(value)))
    return path + (f"?{urlencode(outside, doseq=True)}" if outside else "")


def values(request: Request) -> Values:
    """Every route with its parameters and an example that works."""
    described = request.app.openapi()["paths"].items()
    return {"routes": [_route(path, about["get"]) for path, about in described]}


def _route(path: str, about: dict[str, Any]) -> Values:
    taken = about.get("parameters", [])
    told = [
        {"name": p["name"], "required": p["required"], "within": p["in"], "meaning": p.get("description", "")}
        for p in taken
    ]
    return {"path": path, "summary": about.get("summary", ""), "example": example(path, taken), "parameters": told}


PAGE = Page("/docs", "The HTTP interface", "docs.html", values)
