"""The vocabulary as documents: all of it, and each term by itself, so that whoever meets a term finds what it means."""

from functools import cache, partial

import rdflib
from fastapi import Request, Response
from rdflib import RDFS, Literal, URIRef

from api.described.document import OFFER, held, told
from api.negotiate import choose
from api.pages import term as pages
from api.site import Site
from graph.errors import NotFound
from graph.holdings import Holdings
from schema.derive import ontology
from schema.spelling import near
from schema.vocabulary import TERMS


async def all_terms(request: Request) -> Response:
    """The ontology; each term leads to its own document."""
    base = Site.of(request).base
    return await told(request, lambda: linked(base), partial(pages.listed, request.state.root, _ontology()))


async def one_term(request: Request) -> Response:
    """What the ontology says of one term; NotFound names those that are near."""
    name, site = request.path_params["term"], Site.of(request)
    if name not in names():
        raise NotFound(f"no term has the name {name}", near(name, names(), 3), name)
    found = await held(site) if choose(request, OFFER).suffix == "html" else None
    page = partial(pages.one, request.state.root, _ontology(), name, _known(name, found))
    return await told(request, partial(one, site.base, name), page)


@cache
def _ontology() -> rdflib.Graph:
    return ontology.graph()


@cache
def names() -> tuple[str, ...]:
    """The local names of all terms."""
    found = {str(subject).removeprefix(TERMS) for subject in _ontology().subjects() if str(subject).startswith(TERMS)}
    return tuple(sorted(found))


@cache
def linked(base: str) -> rdflib.Graph:
    """The ontology with, for each term, the address of the document that tells of it alone."""
    found = ontology.graph()  # made anew, as it is added to
    for name in names():
        found.add((URIRef(TERMS + name), RDFS.seeAlso, URIRef(f"{base}v1/vocabulary/{name}")))
    return found


def one(base: str, name: str) -> rdflib.Graph:
    """What is said of one term, nodes without a name among it, and the labels of the terms that it names."""
    whole, found = _ontology(), rdflib.Graph(bind_namespaces="none")
    for prefix, address in whole.namespaces():
        found.bind(prefix, address)
    waiting: list[rdflib.term.Node] = [URIRef(TERMS + name)]
    while waiting:
        subject = waiting.pop()
        for triple in whole.triples((subject, None, None)):
            found.add(triple)
            if isinstance(triple[2], rdflib.BNode):
                waiting.append(triple[2])
    for other in {o for o in found.objects() if isinstance(o, URIRef) and str(o).startswith(TERMS)}:
        found += whole.triples((other, RDFS.label, None))
    found.add((URIRef(TERMS + name), RDFS.seeAlso, URIRef(f"{base}v1/vocabulary")))
    return found


def _known(name: str, found: Holdings | None) -> pages.Known:
    """How many things or claims there are of it, where it is a type or a relation and the store has told in time."""
    if found is None:
        return pages.Known()
    label = _ontology().value(URIRef(TERMS + name), RDFS.label) or Literal(name)
    relation = str(label).upper().replace(" ", "_")
    return pages.Known(found.types.get(name), found.claims.get(relation), found.facts.get(relation))
