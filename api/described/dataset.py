"""The dataset as VoID and DCAT tell it: what is in it, of which version, under which terms, and where to get it."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlencode

import rdflib
from fastapi import Request, Response

from api.described.document import RDF, held, told
from api.dumps.folder import Dumps
from api.formats.links import dataset
from api.pages.dataset import page
from api.site import Site
from graph.edition import Edition
from graph.holdings import Documents, Holdings
from schema import ENTITIES, RELATIONS
from schema.derive.rdf import Block, Pair, Words, block, build
from schema.vocabulary import DCAT, LICENCE, PREFIXES, TERMS, relation_term, type_term

TITLE = "civicgraph"
ABOUT = (
    "A sourced knowledge graph of how US cities, states and civic groups respond to federal immigration enforcement. "
    "Every claim says on whose word it stands; it takes no side."
)
RIGHTS = (
    "The licence is that of what we have put together. What a source says, quotes among it, stays under the source's "
    "own terms, which stand with each document (dct:rights) and, by publisher, with each subset here."
)
EXAMPLES = ("new-york-city", "mayors-for-america", "ice")
FEATURES = {
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}
LANGUAGE = "<http://id.loc.gov/vocabulary/iso639-1/en>"
COUNTRY = "<http://www.wikidata.org/entity/Q30>"


async def describe(request: Request) -> Response:
    """The dataset, as RDF or as a page; without counts where the store does not give them in time."""
    site = Site.of(request)
    edition = await site.reader.edition()
    found, dumps = await held(site), Dumps(site.dumps)
    return await told(
        request,
        lambda: graph(site.base, edition, found) + dumped(site.base, dumps),
        partial(page, request.state.root, edition, found, site.base),
    )


def graph(base: str, edition: Edition, found: Holdings | None) -> rdflib.Graph:
    """The description; every node of it has a name below `base`."""
    blocks = [*_documents(base), _catalogue(base), _dataset(base, edition, found), *_services(base)]
    if found:
        blocks += [*_classes(base, found), *_properties(base, found), *_subsets(base, found.documents)]
    return build(blocks, dcat=DCAT)


def dumped(base: str, dumps: Dumps) -> rdflib.Graph:
    """The versions of which there are dumps, and the files that hold all triples of the one written last."""
    versions = dumps.versions()
    files = [each["name"] for each in dumps.manifest(versions[0])["files"]] if versions else []
    whole = [name for name in files if re.search(r"\.(nt|ttl)\.(gz|zst)$", name)]
    about: list[Pair] = [
        ("dcat:hasVersion", [f"<{base}dumps/{version}/>" for version in versions]),
        ("void:dataDump", [f"<{base}dumps/{versions[0]}/{name}>" for name in whole]),
    ]
    return build([block(f"<{dataset(base)}>", about)], dcat=DCAT)


def _at(base: str, part: str) -> str:
    return f"<{base}#{part}>"


def _documents(base: str) -> Iterator[Block]:
    about: list[Pair] = [
        ("rdf:type", ["void:DatasetDescription", "foaf:Document"]),
        ("dct:title", [Words(f"Description of {TITLE}", language="en")]),
        ("foaf:primaryTopic", [f"<{dataset(base)}>"]),
        ("dct:license", [f"<{LICENCE}>"]),
        ("dct:creator", [_at(base, "publisher")]),
    ]
    yield block(f"<{base}>", about)
    name: list[Pair] = [("rdf:type", ["foaf:Agent", "prov:Agent"]), ("foaf:name", [Words(f"The editors of {TITLE}")])]
    yield block(_at(base, "publisher"), name)
    kind: list[Pair] = [("rdf:type", ["dct:RightsStatement"]), ("rdfs:label", [Words(RIGHTS, language="en")])]
    yield block(_at(base, "rights"), kind)


def _catalogue(base: str) -> Block:
    """The list that harvesters begin at, of this one dataset."""
    return block(
        _at(base, "catalog"),
        [
            ("rdf:type", ["dcat:Catalog"]),
            ("dct:title", [Words(f"Catalogue of {TITLE}", language="en")]),
            ("dct:description", [Words("One dataset, and the services that answer from it.", language="en")]),
            ("dct:publisher", [_at(base, "publisher")]),
            ("dct:license", [f"<{LICENCE}>"]),
            ("dct:language", [LANGUAGE]),
            ("foaf:homepage", [f"<{base}>"]),
            ("dcat:dataset", [f"<{dataset(base)}>"]),
            ("dcat:service", [_at(base, "api"), _at(base, "sparql")]),
        ],
    )


def _dataset(base: str, edition: Edition, found: Holdings | None) -> Block:
    day: list[Pair] = [("dct:modified", [Words(edition.instant, "xsd:dateTime")])] if edition.instant else []
    version: list[Pair] = [("dcat:version", [Words(edition.hash)])] if edition.hash else []
    counted: list[Pair] = []
    if found:
        counted += [
            ("void:entities", [sum(found.types.values())]),
            ("void:classPartition", [_at(base, f"class-{name}") for name in found.types]),
            ("void:propertyPartition", [_at(base, f"property-{name}") for name in _local(found.facts)]),
            ("void:subset", [_at(base, f"source-{number}") for number, _ in enumerate(found.documents, 1)]),
        ]
    return block(
        f"<{dataset(base)}>",
        [
            ("rdf:type", ["void:Dataset", "dcat:Dataset"]),
            ("dct:title", [Words(TITLE, language="en")]),
            ("dct:description", [Words(ABOUT, language="en")]),
            ("dct:license", [f"<{LICENCE}>"]),
            ("dct:rights", [_at(base, "rights")]),
            ("dct:publisher", [_at(base, "publisher")]),
            ("dct:creator", [_at(base, "publisher")]),
            ("dct:language", [LANGUAGE]),
            ("dct:spatial", [COUNTRY]),
            ("dct:identifier", [Words(dataset(base))]),
            ("dcat:keyword", [Words(word, language="en") for word in ("immigration", "local government", "287(g)")]),
            ("dcat:landingPage", [f"<{base}>"]),
            ("foaf:homepage", [f"<{base}>"]),
            ("dcat:distribution", [_at(base, f"graph-{suffix}") for suffix in FEATURES]),
            ("void:feature", [f"<http://www.w3.org/ns/formats/{name}>" for name in FEATURES.values()]),
            ("void:sparqlEndpoint", [f"<{base}sparql>"]),
            ("void:uriSpace", [Words(f"{base}id/")]),
            ("void:uriLookupEndpoint", [f"<{base}v1/search?{urlencode({'q': ''})}>"]),
            ("void:exampleResource", [f"<{base}id/{id}>" for id in EXAMPLES]),
            ("void:vocabulary", [f"<{_vocabulary(address)}>" for address in sorted(PREFIXES.values())]),
            *day,
            *version,
            *counted,
        ],
    )


def _vocabulary(address: str) -> str:
    return address.removesuffix("#") if address == TERMS else address


def _services(base: str) -> Iterator[Block]:
    """Where it is to be had: a page at a time in each syntax, and by the HTTP interface."""
    for suffix in FEATURES:
        form = next(form for form in RDF if form.suffix == suffix)
        about: list[Pair] = [
            ("rdf:type", ["dcat:Distribution"]),
            ("dct:title", [Words(f"All claims, a page at a time, as {form.media_type}", language="en")]),
            ("dcat:accessURL", [f"<{base}v1/graph.{suffix}>"]),
            ("dcat:accessService", [_at(base, "api")]),
            ("dcat:mediaType", [f"<https://www.iana.org/assignments/media-types/{form.media_type}>"]),
            ("dct:license", [f"<{LICENCE}>"]),
        ]
        yield block(_at(base, f"graph-{suffix}"), about)
    sparql: list[Pair] = [
        ("rdf:type", ["dcat:DataService"]),
        ("dct:title", [Words("SPARQL 1.1 over a snapshot of the newest version", language="en")]),
        ("dcat:endpointURL", [f"<{base}sparql>"]),
        ("dcat:endpointDescription", [f"<{base}sparql>"]),
        ("dcat:servesDataset", [f"<{dataset(base)}>"]),
        ("dct:license", [f"<{LICENCE}>"]),
    ]
    yield block(_at(base, "sparql"), sparql)
    api: list[Pair] = [
        ("rdf:type", ["dcat:DataService"]),
        ("dct:title", [Words("Named questions over HTTP", language="en")]),
        ("dcat:endpointURL", [f"<{base}v1/queries>"]),
        ("dcat:endpointDescription", [f"<{base}openapi.json>"]),
        ("dcat:servesDataset", [f"<{dataset(base)}>"]),
        ("dct:license", [f"<{LICENCE}>"]),
        ("dct:publisher", [_at(base, "publisher")]),
    ]
    yield block(_at(base, "api"), api)


def _local(relations: Iterable[str]) -> list[str]:
    return [relation_term(name).removeprefix("cg:") for name in relations]


def _classes(base: str, found: Holdings) -> Iterator[Block]:
    """Counts by most specific type: those of a wider one are their sum."""
    for name, count in found.types.items():
        assert name in ENTITIES
        yield block(
            _at(base, f"class-{name}"),
            [("rdf:type", ["void:Dataset"]), ("void:class", [type_term(name)]), ("void:entities", [count])],
        )


def _properties(base: str, found: Holdings) -> Iterator[Block]:
    for name, count in found.facts.items():
        assert name in RELATIONS
        term = relation_term(name)
        about: list[Pair] = [("void:property", [term]), ("void:triples", [count])]
        yield block(_at(base, f"property-{term.removeprefix('cg:')}"), [("rdf:type", ["void:Dataset"]), *about])


def _subsets(base: str, documents: Iterable[Documents]) -> Iterator[Block]:
    """What rests on the documents of one publisher, under its terms."""
    for number, each in enumerate(documents, 1):
        several = "document" if each.count == 1 else "documents"
        title = f"What rests on {each.count} {several} of {each.publisher or 'no named publisher'}"
        yield block(
            _at(base, f"source-{number}"),
            [
                ("rdf:type", ["void:Dataset"]),
                ("dct:title", [Words(title, language="en")]),
                ("dct:rights", [Words(each.licence)] if each.licence else []),
                ("schema:creditText", [Words(each.credit)] if each.credit else []),
            ],
        )
