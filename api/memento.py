"""What was known at another time, as a version of the document (RFC 7089): by Accept-Datetime, or asked for itself."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, urlencode

from fastapi import Request, Response

from graph.errors import BadRequest
from graph.result import Result

ASKED = "known_at"


def redirect(request: Request) -> Response | None:
    """To what was known at the time that the client wants, unless the address names one; BadRequest if it is none."""
    wanted = request.headers.get("accept-datetime")
    if wanted is None or ASKED in request.query_params:
        return None
    try:
        moment = parsedate_to_datetime(wanted).astimezone(UTC)
    except (ValueError, OverflowError):
        detail = f"{wanted[:100]!r} is no date of HTTP; write {_http_date('2026-02-18T09:00:00Z')}"
        raise BadRequest([{"parameter": "Accept-Datetime", "detail": detail}]) from None
    given = [*request.query_params.multi_items(), (ASKED, f"{moment.replace(tzinfo=None).isoformat()}Z")]
    there = f"{quote(request.state.address.rpartition('/')[2])}?{urlencode(given)}"
    return Response(status_code=302, headers={"Location": there, "Vary": "Accept-Datetime"})


def headers(result: Result) -> dict[str, str]:
    """When what the answer tells was all that was known; nothing of an answer that tells what is known now."""
    if not (known := result.parameters.get(ASKED)):
        return {}
    return {"Memento-Datetime": _http_date(min(known, result.version_at or known))}


def original(here: str) -> str:
    """The address of the same document as it is now."""
    path, _, query = here.partition("?")
    kept = [part for part in query.split("&") if not part.startswith(f"{ASKED}=")]
    return path + ("?" + "&".join(kept) if kept and query else "")


def _http_date(instant: str) -> str:
    return format_datetime(datetime.fromisoformat(instant).astimezone(UTC), usegmt=True)
