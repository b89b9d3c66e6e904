"""The HTTP interface as a page, from the OpenAPI description; it loads nothing from other hosts."""

from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from api.formats.page import layout


def page(openapi: dict[str, Any]) -> bytes:
    """Every route with its parameters and an example that works."""
    sections = "\n".join(_route(path, about["get"]) for path, about in openapi["paths"].items())
    intro = '<p>The same as <a href="/openapi.json">OpenAPI</a>. Every route under /v1 takes a format suffix.</p>'
    return layout("The HTTP interface", f"<h1>The HTTP interface</h1>\n{intro}\n{sections}").encode()


def _route(path: str, about: dict[str, Any]) -> str:
    link = escape(example(path, about.get("parameters", [])))
    return (
        f"<section><h2><code>{escape(path)}</code></h2><p>{escape(about.get('summary', ''))}</p>"
        f'<p>Example: <a href="{link}">{link}</a></p>{_table(path, about.get("parameters", []))}</section>'
    )


def _table(path: str, parameters: list[dict[str, Any]]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(p["name"])}{" *" if p["required"] else ""}</th><td>{p["in"]}</td>'
        f"<td>{escape(p.get('description', ''))}</td></tr>"
        for p in parameters
    )
    head = '<tr><th scope="col">parameter</th><th scope="col">in</th><th scope="col">meaning</th></tr>'
    region = f'<div class="wide" tabindex="0" role="region" aria-label="Parameters of {escape(path)}">'
    return f"{region}<table><thead>{head}</thead><tbody>{rows}</tbody></table></div>" if rows else ""


def example(path: str, parameters: list[dict[str, Any]]) -> str:
    """An address that works: the path with the examples of its required parameters."""
    needed = {p["name"]: p["example"] for p in parameters if p["required"]}
    inside = {n: v for n, v in needed.items() if f"{{{n}}}" in path}
    outside = {n: v for n, v in needed.items() if n not in inside}
    for name, value in inside.items():
        path = path.replace(f"{{{name}}}", quote(str(value)))
    return path + (f"?{urlencode(outside)}" if outside else "")
