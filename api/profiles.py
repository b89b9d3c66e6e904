"""Which profile of our RDF a client gets: `profile=`, else the version that Accept names, else Accept-Profile."""

import re

from starlette.requests import Request

from api.formats import Format
from api.negotiate import NotAcceptable, quality
from graph.errors import BadRequest
from schema.closed_lists import Profile
from schema.spelling import near
from schema.vocabulary import concept_term, iri

NEWER = ("ttl", "nt", "nq", "trig")  # syntaxes that RDF 1.2 has given triple terms
_NAMED = re.compile(r"<([^>]*)>\s*(?:;\s*q\s*=\s*([0-9.]+))?")


def address(profile: Profile) -> str:
    """The IRI of a profile."""
    return iri(concept_term(Profile, profile))


def choose_profile(request: Request, form: Format) -> Profile:
    """The profile for this request; BadRequest where `profile=` names none, NotAcceptable where the syntax has no such.

    A header that asks for what there is not leaves the choice to us.
    """
    if form.kind != "rdf":
        if request.query_params.get("profile"):
            raise BadRequest([{"parameter": "profile", "detail": f"is of RDF; {form.suffix} has no profiles"}])
        return Profile.FULL
    if named := request.query_params.get("profile"):
        profile = _named(named)
        if profile is Profile.REIFIED and form.suffix not in NEWER:
            raise NotAcceptable(f"profile=reified in {form.suffix}, which has no triple terms", ())
        return profile
    wanted = _newer(request, form) or _by_header(request)
    return Profile.FULL if wanted is Profile.REIFIED and form.suffix not in NEWER else wanted


def content_type(form: Format, profile: Profile) -> str:
    """As of the format, with the version of RDF where that is not the one that all readers know."""
    return f"{form.media_type};version=1.2" if profile is Profile.REIFIED else form.content_type


def _named(text: str) -> Profile:
    known = {word: profile for profile in Profile for word in (str(profile), address(profile))}
    if text not in known:
        close = near(text, [*Profile])
        told = {"parameter": "profile", "detail": f"is none of {', '.join(Profile)}"}
        raise BadRequest([told | ({"suggestion": close[0]} if close else {})])
    return known[text]


def _newer(request: Request, form: Format) -> Profile | None:
    accept = ",".join(request.headers.getlist("accept")).lower()
    kinds = "|".join(map(re.escape, (form.media_type, *form.aliases)))
    asked = re.search(rf'(?:{kinds})\s*;[^,]*\bversion\s*=\s*"?1\.2\b', accept)
    return Profile.REIFIED if asked and not request.state.suffix else None


def _by_header(request: Request) -> Profile:
    known = {address(profile): profile for profile in Profile}
    header = ",".join(request.headers.getlist("accept-profile"))
    weighed = [(quality(q or "1"), known[name]) for name, q in _NAMED.findall(header) if name in known]
    best, profile = max(weighed, key=lambda pair: pair[0], default=(0.0, Profile.FULL))
    return profile if best else Profile.FULL
