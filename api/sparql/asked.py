"""What a client asks of the endpoint, by the three ways of the SPARQL 1.1 protocol; within bounds of size and time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request

from api.answer import refuse_unknown
from api.errors import Refusal
from graph.errors import BadRequest

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
LONGEST = 65_535  # bytes of what is posted, as of an address
SECONDS = 10.0
PARAMETERS = ("query", "default-graph-uri", "named-graph-uri", "format")
_READS_ONLY = "is for changing data, and here is only read; ask a query"


@dataclass(frozen=True)
class Asked:
    """The query as it was given, None where there is none, and the format that was named, empty where none was."""

    query: str | None
    format: str


async def asked(request: Request, graph: str) -> Asked:
    """What the request asks; `graph` is the IRI of the one graph there is.

    BadRequest where a parameter is wrong, Refusal where the body is too large, too slow or of another kind.
    """
    given = request.query_params.multi_items()
    if request.state.method == "POST":
        given = given + await _posted(request)
    refuse_unknown([name for name, _ in given if name != "update"], PARAMETERS)
    values = {name: [value for each, value in given if each == name] for name, _ in given}
    faults = [{"parameter": "update", "detail": _READS_ONLY}] if "update" in values else []
    faults += [
        _other(name, graph) for name in PARAMETERS[1:3] for value in values.get(name, ()) if value not in ("", graph)
    ]
    faults += [_other("named-graph-uri", graph)] if graph in values.get("named-graph-uri", ()) else []
    for name in ("query", "format"):
        if len(values.get(name, ())) > 1:
            faults.append({"parameter": name, "detail": "is given more than once"})
    query = _one(values.get("query", ()))
    if request.state.method == "POST" and query is None and not faults:
        faults = [{"parameter": "query", "detail": "is required"}]
    if faults:
        raise BadRequest(faults)
    return Asked(query, _one(values.get("format", ())) or "")


def _one(values: Sequence[str]) -> str | None:
    return values[0] if values and values[0].strip() else None


def _other(name: str, graph: str) -> dict[str, str]:
    told = "there is no named graph" if name == "named-graph-uri" else "no graph has this name"
    return {"parameter": name, "detail": f"{told}; <{graph}> is the default graph"}


async def _posted(request: Request) -> list[tuple[str, str]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise BadRequest([{"parameter": "Content-Type", "detail": f"{UPDATE} {_READS_ONLY}"}])
    if kind not in (FORM, QUERY):
        raise Refusal("unsupported-media-type", f"{kind or 'nothing'} is no way to ask; {FORM} and {QUERY} are")
    try:
        text = (await _body(request)).decode("utf-8")
        if kind == QUERY:
            return [("query", text)]
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:  # of which those about letters are
        raise BadRequest([{"parameter": "body", "detail": f"cannot be read: {error}"}]) from None


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > LONGEST:
                    raise Refusal("content-too-large", f"a body has at most {LONGEST} bytes")
    except TimeoutError:
        raise Refusal("request-timeout", f"Within {SECONDS:g} seconds it is here, with all of its body.") from None
    return bytes(body)
