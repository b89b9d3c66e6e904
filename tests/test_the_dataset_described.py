"""What a stranger finds out at the door: the dataset as VoID and DCAT, and each term of the vocabulary."""

from collections.abc import Awaitable, Callable, Iterable

import httpx
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, RDFS, SDO, SKOS, VOID, Literal, URIRef

from api.app import create_app
from api.described.dataset import graph
from api.described.terms import names
from api.site import Site
from graph.edition import Edition
from schema.vocabulary import LICENCE, TERMS
from tests.conftest import BASE, Store
from tests.reading_rdf import SYNTAXES, canonical

Get = Callable[..., Awaitable[httpx.Response]]

VOID_PATH, DATASET = "/.well-known/void", URIRef(f"{BASE}#dataset")
DCAT_VERSION = URIRef("http://www.w3.org/ns/dcat#version")  # newer than rdflib
# What VoID (sections 2 and 6) and DCAT 3 (section 6.4 to 6.9) want said of each, by class.
WANTED: dict[URIRef, Iterable[URIRef]] = {
    VOID.DatasetDescription: (DCTERMS.title, DCTERMS.creator, FOAF.primaryTopic),
    DCAT.Dataset: (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCTERMS.modified, DCTERMS.identifier),
        *(DCTERMS.language, DCTERMS.spatial, DCAT.keyword, DCAT.landingPage, DCAT.distribution, DCAT_VERSION),
        *(FOAF.homepage, VOID.feature, VOID.uriSpace, VOID.vocabulary, VOID.exampleResource, VOID.entities),
    ),
    DCAT.Catalog: (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCTERMS.language, FOAF.homepage),
        *(DCAT.dataset, DCAT.service),
    ),
    DCAT.Distribution: (DCTERMS.title, DCTERMS.license, DCAT.accessURL, DCAT.mediaType, DCAT.accessService),
    DCAT.DataService: (DCTERMS.title, DCTERMS.license, DCAT.endpointURL, DCAT.endpointDescription, DCAT.servesDataset),
}


def lines(text: bytes, suffix: str) -> set[str]:
    return canonical(text, SYNTAXES[suffix][0])


def read(answer: httpx.Response) -> rdflib.Graph:
    return rdflib.Graph().parse(data=answer.content, format="turtle")


@pytest.fixture
async def door(embedded: Store) -> Get:
    """A client of an application over what is seeded, on the sources besides the article too."""
    transport = httpx.ASGITransport(create_app(Site(await embedded.hold("sourced"), BASE)))
    return httpx.AsyncClient(transport=transport, base_url=BASE).get


async def test_every_syntax_describes_the_same_dataset_without_a_blank_node(door: Get) -> None:
    told = {suffix: lines((await door(f"{VOID_PATH}?format={suffix}")).content, suffix) for suffix in SYNTAXES}
    assert all(found == told["nt"] for found in told.values())
    assert not [line for line in told["nt"] if "_:" in line]


@pytest.mark.parametrize("kind", WANTED)
async def test_whatever_void_and_dcat_want_said_is_said_of_each(door: Get, kind: URIRef) -> None:
    found = read(await door(VOID_PATH, headers={"Accept": "text/turtle"}))
    things = list(found.subjects(RDF.type, kind))
    assert things
    assert [(thing, term) for thing in things for term in WANTED[kind] if (thing, term, None) not in found] == []


async def test_a_description_leads_to_addresses_that_answer(door: Get) -> None:
    found = read(await door(VOID_PATH, headers={"Accept": "text/turtle"}))
    terms = (DCAT.accessURL, DCAT.endpointURL, DCAT.endpointDescription, DCAT.landingPage, VOID.exampleResource)
    own = [str(o) for term in terms for o in found.objects(None, term)]
    assert len(own) > 10 and all(address.startswith(BASE) for address in own)
    for address in own:
        assert (await door(address)).status_code in (200, 303), address


async def test_the_front_door_is_a_page_for_people_and_the_description_for_programs(door: Get) -> None:
    page = await door("/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html") and b"<h1" in page.content
    assert (await door("/")).headers["content-type"].startswith("text/html")
    for accept in ("text/turtle", "application/rdf+xml, text/rdf;q=0.6", "application/ld+json"):
        there = await door("/", headers={"Accept": accept})
        assert there.content == (await door(VOID_PATH, headers={"Accept": accept})).content
    assert (await door(VOID_PATH, headers={"Accept": "text/html"})).headers["content-type"].startswith("text/html")


async def test_classes_are_counted_as_the_list_of_each_counts_them(door: Get) -> None:
    found = read(await door(VOID_PATH, headers={"Accept": "text/turtle"}))
    counts = {str(found.value(each, VOID["class"])): found.value(each, VOID.entities) for each in _parts(found)}
    assert counts[f"{TERMS}AdvocacyGroup"] == Literal(2)  # the Public Rights Project and Mayors for America
    assert counts[f"{TERMS}ExecutiveOrder"] == Literal(2)  # 50 of 2025 and 13 of 2026
    assert found.value(DATASET, VOID.entities) == Literal(sum(int(n) for n in counts.values() if n is not None))


def _parts(found: rdflib.Graph) -> list[rdflib.term.Node]:
    return list(found.objects(DATASET, VOID.classPartition))


@pytest.mark.parametrize("what", ["world", "sourced"])
async def test_properties_are_counted_as_truthy_has_them(store: Store, what: str) -> None:
    transport = httpx.ASGITransport(create_app(Site(await store.hold(what), BASE)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as asking:
        described = read(await asking.get(VOID_PATH, headers={"Accept": "text/turtle"}))
        truthy = read(await asking.get("/v1/graph.ttl", params={"profile": "truthy", "limit": "500"}))
        assert (await asking.get("/v1/graph.csv?limit=500")).headers["result-truncated"] == "?0"
    told = {
        described.value(part, VOID.property): int(str(described.value(part, VOID.triples)))
        for part in described.objects(DATASET, VOID.propertyPartition)
    }
    things = set(truthy.subjects(RDFS.label, None))
    counted: dict[rdflib.term.Node | None, int] = {}
    for _, predicate, value in truthy:
        if str(predicate).startswith(TERMS) and value in things:
            counted[predicate] = counted.get(predicate, 0) + 1
    assert told == counted and sum(told.values()) > 50


async def test_the_terms_of_each_publisher_stand_with_what_rests_on_it(door: Get) -> None:
    found = read(await door(VOID_PATH, headers={"Accept": "text/turtle"}))
    subsets = list(found.objects(DATASET, VOID.subset))
    rights = {(str(found.value(s, DCTERMS.title)), str(found.value(s, DCTERMS.rights))) for s in subsets}
    assert ("What rests on 1 document of Open States", "CC0 1.0") in rights
    assert any("CC BY-SA 4.0" in licence for _, licence in rights)
    assert set(found.objects(DATASET, DCTERMS.license)) == {URIRef(LICENCE)}


def test_of_a_store_that_is_empty_or_slow_all_but_the_counts_is_told() -> None:
    found = graph(BASE, Edition(), None)
    assert (DATASET, DCTERMS.license, URIRef(LICENCE)) in found
    assert not list(found.objects(DATASET, VOID.entities)) and not list(found.objects(DATASET, DCAT_VERSION))


# The vocabulary


async def test_the_ontology_is_the_same_in_every_syntax_and_says_its_version_and_terms(door: Get) -> None:
    told = read(await door("/v1/vocabulary.ttl"))
    home = URIRef(TERMS.removesuffix("#"))
    assert told.value(home, DCTERMS.license) == URIRef(LICENCE) and told.value(home, OWL.versionInfo)
    for suffix, (_, name) in SYNTAXES.items():
        other = rdflib.Dataset(default_union=True).parse(
            data=(await door(f"/v1/vocabulary.{suffix}")).content, format=name
        )
        found = set(other.subjects(SKOS.definition, None))
        assert found == set(told.subjects(SKOS.definition, None)) and len(found) > 100, suffix


async def test_every_term_has_a_document_and_a_page_and_the_ontology_leads_to_it(door: Get) -> None:
    whole = read(await door("/v1/vocabulary.ttl"))
    for name in ("advises", "Mayor", "status-hedged", "profiles", "evidence", "founded"):
        address = whole.value(URIRef(TERMS + name), RDFS.seeAlso)
        assert str(address) == f"{BASE}v1/vocabulary/{name}"
        one = read(await door(f"{address}.ttl"))
        assert one.value(URIRef(TERMS + name), RDFS.label) and len(one) < 40
        page = await door(f"{address}.html")
        assert page.status_code == 200 and TERMS + name in page.text
    assert len(names()) > 150


async def test_a_page_of_a_relation_tells_its_ends_its_claims_and_what_others_call_it(door: Get) -> None:
    page = (await door("/v1/vocabulary/founded.html")).text
    assert "Brought the object into being." in page and "schema:founder, from object to subject" in page
    assert "was founded by" in page and "cg:Organization" in page
    advises = (await door("/v1/vocabulary/advises.html")).text
    assert 'relation=ADVISES">3</a>, all of them plain facts' in advises
    assert 'relation=SIGNED">8</a>, of which 1 is a plain fact' in (await door("/v1/vocabulary/signed.html")).text
    mayor = read(await door("/v1/vocabulary/Person.ttl"))
    assert (URIRef(f"{TERMS}Person"), RDFS.subClassOf, SDO.Person) in mayor


async def test_a_term_that_is_none_is_told_with_one_that_is_near(door: Get) -> None:
    answer = await door("/v1/vocabulary/advise")
    assert answer.status_code == 404 and "advises" in answer.text
