"""A small RDF document that is held in memory: in every syntax of RDF, or as a page."""

from collections.abc import Callable

import pyoxigraph
import rdflib
from fastapi import Request, Response
from pyoxigraph import RdfFormat

from api.answer import respond
from api.formats import FORMATS
from api.negotiate import choose
from api.pages.foot import Version, newest
from api.site import Site
from graph.holdings import Holdings, holdings
from schema.derive.rdf import turtle
from schema.vocabulary import LICENCE

RDF = tuple(form for form in FORMATS.values() if form.kind == "rdf")
OFFER = (FORMATS["html"], *RDF)
"""A page where a client leaves the choice to us: these documents have addresses that people type."""


def written(graph: rdflib.Graph, suffix: str) -> bytes:
    """The graph in that syntax, the same bytes each time."""
    if suffix in ("ttl", "trig"):  # TriG holds the same text as Turtle
        return turtle(graph).encode()
    parsed = pyoxigraph.parse(graph.serialize(format="nt"), RdfFormat.N_TRIPLES, rename_blank_nodes=False)
    triples = sorted((quad.triple for quad in parsed), key=str)
    prefixes = {prefix: str(address) for prefix, address in graph.namespaces()}
    found = pyoxigraph.serialize(triples, format=RdfFormat.from_extension(suffix), prefixes=prefixes)
    assert found is not None  # None only when an output file is given
    return found


async def held(site: Site) -> Holdings | None:
    """What the newest edition holds, counted once an edition; None where that takes too long for once."""
    edition = await site.reader.edition()
    found: Holdings | None = await site.kept.get(
        (edition.number, edition.hash, "holdings"), lambda: holdings(site.reader, edition)
    )
    return found


async def told(
    request: Request, graph: Callable[[], rdflib.Graph], page: Callable[[Version | None], bytes]
) -> Response:
    """The document in the format that the client wants; NotAcceptable if it is none of ours.

    `page` is given the version that its foot tells.
    """
    form = choose(request, OFFER)
    body = page(await newest(request)) if form.suffix == "html" else written(graph(), form.suffix)
    answer = respond(request, body, form.content_type)
    answer.headers["Link"] = f'<{LICENCE}>; rel="license"'
    return answer
