"""The one path from request to response: negotiate, ask the named query once, write the format, add the headers."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from starlette.datastructures import QueryParams

from api.formats import FORMATS, Format
from api.negotiate import choose
from api.place import Place
from api.site import Site
from graph.errors import BadRequest
from graph.query import Query
from graph.result import Result
from graph.run import run
from schema.spelling import near

OFFER = tuple(FORMATS.values())
CACHING = "public, max-age=0, must-revalidate"


async def answer(request: Request, query: Query) -> Response:
    """The query's answer in the format the client wants; parameters come from the path and the query string."""
    site = Site.of(request)
    given = gather(request.query_params, query, request.path_params)
    given.pop("format", None)
    form = choose(request, OFFER)
    values = query.check(given | request.path_params)
    result = await run(site.reader, query, values)
    path = quote(request.scope["path"])
    where = place(site.base, path, given, result)
    headers = {
        "Content-Location": _address(path, form.suffix, given),
        "Link": ", ".join(_links(path, form, given, result)),
        "Result-Count": str(len(result.rows)),
        "Result-Truncated": "?1" if result.truncated else "?0",
    }
    return respond(request, form.write(result, where), form.content_type, headers)


def respond(request: Request, body: bytes, content_type: str, headers: dict[str, str] | None = None) -> Response:
    """A response with a strong ETag of its bytes, or 304 if the client holds them already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    all_headers = {"ETag": tag, "Cache-Control": CACHING, "Vary": "Accept"} | (headers or {})
    held = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=304, headers=all_headers)
    return Response(body, headers=all_headers | {"Content-Type": content_type})


def gather(given: QueryParams, query: Query, fixed: Collection[str] = ()) -> dict[str, Any]:
    """Values by parameter; an empty one counts as not given, as forms send those."""
    refuse_unknown(given, (*query.model.model_fields, "format"))
    found = {n: [value for value in given.getlist(n) if value] for n in given}
    twice = [n for n, values in found.items() if n not in query.lists and len(values) + (n in fixed) > 1]
    if twice:
        raise BadRequest([{"parameter": n, "detail": "is given more than once"} for n in twice])
    return {n: values if n in query.lists else values[0] for n, values in found.items() if values}


def refuse_unknown(names: Collection[str], known: Sequence[str]) -> None:
    """BadRequest where one of the names is not known, with the known one that is near."""
    unknown = [n for n in names if n not in known]
    if unknown:
        told = f"is not a parameter; there {'are' if known else 'is'} {', '.join(known) or 'none'}"
        raise BadRequest([{"parameter": n, "detail": told, **_suggestion(n, known)} for n in unknown])


def _suggestion(name: str, known: Sequence[str]) -> dict[str, str]:
    return {"suggestion": found[0]} if (found := near(name, known)) else {}


def _address(path: str, suffix: str, given: dict[str, Any], **more: str) -> str:
    return path + (f".{suffix}" if suffix else "") + _tail(given | more)


def _tail(given: dict[str, Any]) -> str:
    return "?" + urlencode(sorted(given.items()), doseq=True) if given else ""


def place(base: str, path: str, given: dict[str, Any], result: Result) -> Place:
    """Where the answer stands; `path` is quoted and begins with `/`."""
    onward = base + _address(path, "", given, cursor=result.next_cursor)[1:] if result.next_cursor else None
    return Place(base, base + _address(path, "", given)[1:], onward)


def _links(path: str, form: Format, given: dict[str, Any], result: Result) -> Sequence[str]:
    tail = _tail(given)
    links = [f'<{path}.{f.suffix}{tail}>; rel="alternate"; type="{f.media_type}"' for f in OFFER if f is not form]
    links += [f'<{path}{tail}>; rel="canonical"', '</v1/schema/shapes.ttl>; rel="describedby"']
    if result.next_cursor:
        links.append(f'<{_address(path, form.suffix, given, cursor=result.next_cursor)}>; rel="next"')
    return links
