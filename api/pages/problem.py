"""An error as a page: what is wrong with which parameter, what may be meant, and the form as it was filled."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

from api.pages.fields import Filled, form
from api.pages.rendering import Values, render
from graph.parameters import label
from graph.query import Query


def page(request: Request, problem: Mapping[str, Any], sought: str) -> bytes:
    """The page of a problem; where something sought was not found, what is like it leads to the same question of it."""
    query: Query | None = getattr(request.state, "query", None)
    told = {each["parameter"]: _told(each) for each in problem.get("errors", ())}
    values: Values = {
        "title": problem["title"],
        "detail": "" if told else problem["detail"].partition("; near: ")[0],
        "faults": [{"parameter": _label(query, name), "told": text} for name, text in told.items()],
        "near": [{"name": name, "href": _beside(request, sought, name)} for name in problem.get("near", ())],
        "available": problem.get("available", ()),
        "fields": (),
    }
    if query:
        values |= form(query, Filled(_given(request), told, {})) | {"question": query.question}
    return render("problem.html", request.state.root, values)


def _label(query: Query | None, name: str) -> str:
    """What the form calls it; what it does not know is told as it was written."""
    if query is None or name not in query.model.model_fields:
        return name
    return next((p.label for p in query.parameters if p.name == name), "") or label(name)


def _told(fault: Mapping[str, str]) -> str:
    meant = f"; did you mean {fault['suggestion']}?" if "suggestion" in fault else ""
    return fault["detail"] + meant


def _given(request: Request) -> dict[str, str]:
    """What was asked, as a person would write it into the fields."""
    asked = request.query_params
    return {n: ", ".join(filter(None, asked.getlist(n))) for n in asked} | request.path_params


def _beside(request: Request, sought: str, other: str) -> str:
    """The address that was asked with something else in the place of what was sought, from where all begin."""
    parts: Sequence[str] = request.scope["path"].split("/")[1:]
    path = "/".join(quote(other if part == sought else part) for part in parts)
    suffix = f".{request.state.suffix}" if request.state.suffix else ""
    query = urlencode([(n, other if value == sought else value) for n, value in request.query_params.multi_items()])
    return path + suffix + (f"?{query}" if query else "")
