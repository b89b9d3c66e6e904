"""The front page: one question answered, what there is to find, what is new, and all questions by topic."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import Request

from api.discovery import modules
from api.opening import Opening, Parting, opening
from api.pages.foot import version
from api.pages.pictures.kinds import KINDS, kind, widest
from api.pages.pictures.picture import bipartite
from api.pages.rendering import Page, Values
from api.pages.rows import rows
from api.pages.sentence import Line, Part, entity, line
from api.pages.spot import source_page
from api.place import Place
from api.site import Site
from graph.overview import Document, Overview
from graph.query import TOPICS, Query
from graph.result import Result
from schema import ENTITIES

MOST_NAMES, MOST_MISSES, MOST_REASONS = 6, 3, 3


def example(query: Query) -> str:
    """The query's example as a query string, empty where it needs no parameter."""
    given = {p.name: p.example for p in query.parameters if p.required}
    return "?" + urlencode(given) if given else ""


def pages() -> list[Page]:
    """Every page that has an address of its own, by title."""
    found = (getattr(module, "PAGE", None) for module in modules("api.pages").values())
    return sorted((page for page in found if page), key=lambda page: page.title)


async def values(request: Request) -> Values:
    """All that the template asks for; what the store does not tell in time is left out."""
    site = Site.of(request)
    place = Place(site.base, site.base, root=request.state.root)
    known = await opening(site)
    told, found = known.answered, known.overview
    return {
        "flagship": _flagship(known, told.result, place) if told and told.result.rows else None,
        "parting": _parting(known.parting, place) if known.parting else None,
        "examples": _examples(known, told.result, place) if told else [],
        "kinds": _kinds(found, place) if found else [],
        "claims": f"{found.claims:,}" if found else "",
        "newest": [_document(each, place) for each in found.newest] if found else [],
        "topics": _topics(site.queries, known.names),
        "pages": [page for page in pages() if page is not PAGE],
        "version": version(told.result) if told else None,
    }


def _flagship(known: Opening, result: Result, place: Place) -> Values:
    near = [
        line(miss.result.claims[row["claims"][0]], miss.result, place)
        for miss in known.near
        for row in miss.result.rows
    ]
    return {
        "question": result.question,
        "told": rows(result, place),
        "picture": bipartite(result, place),
        "near": near[:MOST_MISSES],
        "href": f"v1/queries/{result.query}/results.html",
    }


def _parting(parting: Parting, place: Place) -> Values:
    """What one source counts beside what others name, the same verdict for the same reason told once."""
    stated, judged = parting.stated, parting.judged
    by_reason: dict[tuple[str, ...], list[Line]] = {}
    for row in judged.rows:
        claim = judged.claims[row["claims"][0]]
        reason = claim["verdict"], claim["status"], claim["detail"]
        by_reason.setdefault(reason, []).append(line(claim, judged, place))
    found = sorted(by_reason.items(), key=lambda each: (-len(each[1]), each[0]))
    about = urlencode({"relation": "COMPARED_WITH", "direction": "object"})
    return {
        "counted": [line(stated.claims[row["claims"][0]], stated, place) for row in stated.rows],
        "named": [{"verdict": why[0], "detail": why[2], "lines": lines} for why, lines in found[:MOST_REASONS]],
        "href": place.link(f"{place.base}v1/entities/{parting.group}/relations.html?{about}"),
        "more": sum(len(lines) for _, lines in found[MOST_REASONS:]),
    }


def _examples(known: Opening, result: Result, place: Place) -> list[Part]:
    """Names to look for: those of who is in the answer, or nearly was."""
    found: dict[str, Part] = {}
    for told in (result, *(miss.result for miss in known.near)):
        for claim in told.claims.values():
            ends = [claim[end] for end in ("subject", "object") if end in claim]
            found |= {id: entity(id, told, place) for id in ends if id not in found}
    return list(found.values())[:MOST_NAMES]


def _kinds(found: Overview, place: Place) -> list[Values]:
    """How many entities there are of each kind, the most first."""
    counts: dict[str, int] = {}
    for type, count in found.types.items():
        each = kind(ENTITIES[type].labels())
        counts[each] = counts.get(each, 0) + count
    told = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        {
            "kind": each,
            "word": KINDS[each],
            "count": f"{count:,}",
            "href": place.link(f"{place.base}v1/entities.html?type={widest(each)}") if widest(each) else "",
        }
        for each, count in told
    ]


def _document(each: Document, place: Place) -> Values:
    told = ", ".join(filter(None, [each.publisher, each.published]))
    return {"part": Part(each.name, source_page(each.id, place)), "about": told}


def _topics(queries: Mapping[str, Query], names: Mapping[str, str]) -> dict[str, list[Values]]:
    asked = sorted(queries.values(), key=lambda query: len(example(query)))
    return {topic: [_question(query, names) for query in asked if query.topic == topic] for topic in TOPICS}


def _question(query: Query, names: Mapping[str, str]) -> Values:
    told = [each for p in query.parameters if p.required for each in str(p.example).split(",")]
    return {
        "text": query.question,
        "about": ", ".join(names.get(each, each) for each in told),
        "answer": f"v1/queries/{query.name}/results.html{example(query)}",
        "form": f"v1/queries/{query.name}.html",
    }


PAGE = Page("/", "civicgraph", "front.html", values)
