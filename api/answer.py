"""The one path from request to response: negotiate, ask the named query once, write the format, add the headers."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from starlette.datastructures import QueryParams

from api import memento
from api.around import around
from api.formats import FORMATS, OTHERS, Format
from api.negotiate import choose
from api.pages.alone import ALONE, OFFERED, SVG
from api.pages.answer import page
from api.place import Place
from api.profiles import NEWER, address, choose_profile, content_type
from api.site import Site
from api.things import OWN, Asking, has_page
from graph.edition import Edition
from graph.errors import BadRequest
from graph.query import Query
from graph.result import Result
from graph.run import run
from schema.closed_lists import Profile
from schema.spelling import near
from schema.vocabulary import LICENCE

OFFER = tuple(FORMATS.values())
SHOWN = OTHERS | {SVG.suffix: SVG.media_type}
# A proxy takes a head of 4096 bytes unless told otherwise: what would not fit is left out, and is in the body.
MOST_UNKNOWN = 20
MOST_OF_AN_ADDRESS, MOST_OF_LINKS = 500, 2400
OF_A_PAGE = ("sort",)  # what a page takes besides, and no other format
BESIDES = ("format", "profile")  # what every answer takes
VARY = "Accept, Accept-Profile, Accept-Datetime"
CACHING = "public, max-age=0, must-revalidate"


async def answer(request: Request, query: Query) -> Response:
    """The query's answer in the format the client wants; parameters come from the path and the query string."""
    site = Site.of(request)
    request.state.query = query  # should it fail, a person gets the form back
    given = gather(request.query_params, query, request.path_params, OF_A_PAGE)
    given.pop("format", None)
    given.pop("profile", None)
    form = choose(request, tuple(OFFERED.values()))
    profile = choose_profile(request, form)
    told = {"profile": str(profile)} if profile is not Profile.FULL else {}
    sorting = {"sort": given.pop("sort")} if "sort" in given else {}
    if form.kind != "page":
        refuse_unknown(sorting, (*query.model.model_fields, *BESIDES))
    values = query.check(given | request.path_params, by_id=bool(request.path_params))
    if elsewhere := memento.redirect(request):
        return elsewhere
    edition = await site.reader.edition()
    path = quote(request.scope["path"])
    location, root = _address(path, form.suffix, given | sorting | told), request.state.root
    headers = _caching(_tag(site.build, site.base, edition.hash, edition.instant, location)) | {"Vary": VARY}
    headers |= ALONE if form is SVG else {}  # on a 304 too, which would else take the policy back
    if len(location) <= MOST_OF_AN_ADDRESS:
        headers["Content-Location"] = location.rpartition("/")[2]
    if headers["ETag"] in _held(request):
        return Response(status_code=304, headers=headers)
    result = await run(site.reader, query, values, edition)
    here = replace(place(site.base, path, given | told, result, root), texts=site.texts, profile=profile)
    if form.kind == "page":
        body, whole = await _page(request, query, result, here, edition, given | sorting | request.path_params)
        headers = headers if whole else {"Cache-Control": "no-store", "Vary": headers["Vary"]}
    else:
        body = form.write(result, here)
    headers |= {"Link": ", ".join(_links(here, form, profile)), **_about(result), **memento.headers(result)}
    return _unless_held(request, body, content_type(form, profile), headers)


def _about(result: Result) -> dict[str, str]:
    return {
        "Result-Count": str(len(result.rows)),
        "Result-Truncated": "?1" if result.truncated else "?0",
        "Result-Version": result.version,
        "Result-Version-At": result.version_at,
    }


async def _page(
    request: Request, query: Query, result: Result, here: Place, edition: Edition, asked: dict[str, Any]
) -> tuple[bytes, bool]:
    """The page, and whether all of it could be worked out in time: what could not may be another time."""
    site = Site.of(request)
    if has_page(query.name, request.scope["path"], "cursor" in asked):
        return await OWN[query.name](Asking(site, edition, result.parameters), result, here, SHOWN), True
    told = await around(site, query, result, asked, edition)
    return page(told.result, here, SHOWN, told), told.in_time


async def unasked(request: Request, query: Query) -> bytes:
    """The page of a question that need not be told anything, with its answer."""
    site = Site.of(request)
    edition = await site.reader.edition()
    result = await run(site.reader, query, query.check({}), edition)
    here = place(site.base, f"/v1/queries/{query.name}/results", {}, result, request.state.root)
    told = await around(site, query, result, {}, edition)
    return page(told.result, here, SHOWN, told)


def respond(request: Request, body: bytes, content_type: str) -> Response:
    """A response with an ETag of its bytes, or 304 if the client holds them already."""
    return _unless_held(request, body, content_type, _caching(_tag(body)))


def _unless_held(request: Request, body: bytes, content_type: str, headers: dict[str, str]) -> Response:
    if "ETag" in headers and {headers["ETag"], "*"} & _held(request):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"Content-Type": content_type})


def _tag(*parts: str | bytes) -> str:
    whole = b"\n".join(part.encode() if isinstance(part, str) else part for part in parts)
    return f'"{hashlib.sha256(whole).hexdigest()[:32]}"'


def _caching(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": CACHING, "Vary": "Accept"}


def _held(request: Request) -> set[str]:
    """The tags of what the client holds."""
    return {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}


def gather(
    given: QueryParams, query: Query, fixed: Collection[str] = (), besides: Collection[str] = ()
) -> dict[str, Any]:
    """Values by parameter, the query's and those `besides`; an empty one counts as not given, as forms send those.

    A list is given by repeating its name or with commas: its values are words of a closed list, which hold none.
    """
    known = (*query.model.model_fields, *BESIDES)
    refuse_unknown([name for name in given if name not in besides], known)
    found = {n: [value for value in given.getlist(n) if value] for n in given}
    for n in query.lists & found.keys():
        found[n] = [word.strip() for value in found[n] for word in value.split(",") if word.strip()]
    twice = [n for n, values in found.items() if n not in query.lists and len(values) + (n in fixed) > 1]
    if twice:
        raise BadRequest([{"parameter": n, "detail": "is given more than once"} for n in twice])
    return {n: values if n in query.lists else values[0] for n, values in found.items() if values}


def refuse_unknown(names: Collection[str], known: Sequence[str]) -> None:
    """BadRequest where one of the names is not known, with the known one that is near."""
    unknown = [n for n in names if n not in known]
    if unknown:
        told = f"is not a parameter; there {'are' if known else 'is'} {', '.join(known) or 'none'}"
        raise BadRequest([{"parameter": n, "detail": told, **_suggestion(n, known)} for n in unknown[:MOST_UNKNOWN]])


def _suggestion(name: str, known: Sequence[str]) -> dict[str, str]:
    return {"suggestion": found[0]} if (found := near(name, known)) else {}


def _address(path: str, suffix: str, given: dict[str, Any], **more: str) -> str:
    return path + (f".{suffix}" if suffix else "") + _tail(given | more)


def _tail(given: dict[str, Any]) -> str:
    return "?" + urlencode(sorted(given.items()), doseq=True) if given else ""


def place(base: str, path: str, given: dict[str, Any], result: Result, root: str = "") -> Place:
    """Where the answer stands; `path` is quoted and begins with `/`, `root` leads from it to where all begins."""
    onward = base + _address(path, "", given, cursor=result.next_cursor)[1:] if result.next_cursor else None
    return Place(base, base + _address(path, "", given)[1:], onward, root)


def _links(here: Place, form: Format, profile: Profile) -> Sequence[str]:
    """Relative, as those of a page are; the canonical address alone is the published one. All of a kind or none."""
    beside = here.here.rpartition("/")[2]
    kinds = [[f'<{here.root}v1/schema/shapes.ttl>; rel="describedby"', f'<{LICENCE}>; rel="license"']]
    kinds += [[f'<{address(profile)}>; rel="profile"']] if form.kind == "rdf" else []
    kinds += [[f'<{memento.original(here.here)}>; rel="original timegate"']] if memento.ASKED in here.here else []
    kinds += [[f'<{_with(here.next.rpartition("/")[2], form)}>; rel="next"']] if here.next else []
    kinds += [[f'<{here.here}>; rel="canonical"']]
    kinds += [[f'<{_with(beside, f)}>; rel="alternate"; type="{f.media_type}"' for f in OFFER if f is not form]]
    kinds += [[*_profiles(beside, form, profile)]] if form.kind == "rdf" else []
    links: list[str] = []
    for kind in kinds:
        links += kind if sum(map(len, links + kind)) <= MOST_OF_LINKS else []
    return links


def _profiles(beside: str, form: Format, profile: Profile) -> Iterator[str]:
    path, _, query = beside.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("profile=")]
    for other in Profile:
        if other is not profile and (other is not Profile.REIFIED or form.suffix in NEWER):
            there = f"{path}.{form.suffix}?{'&'.join([*kept, f'profile={other}'])}"
            yield f'<{there}>; rel="alternate"; type="{content_type(form, other)}"; profile="{address(other)}"'


def _with(address: str, form: Format) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.{form.suffix}{mark}{query}"
