"""Profiles of our RDF: plain triples alone, claims as statements, or as reifiers of RDF 1.2; and versions in time."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat

from api.formats import FORMATS
from api.profiles import NEWER
from schema.closed_lists import Profile
from schema.vocabulary import TERMS, iri
from tests.reading_rdf import SYNTAXES, oxigraph_lines
from tests.sample_result import PLACE, sample

Get = Callable[..., Awaitable[httpx.Response]]

RESULTS = "/v1/queries/groups-advising-mayors/results"
TRUTHY, REIFIED = (replace(PLACE, profile=profile) for profile in (Profile.TRUTHY, Profile.REIFIED))
IRI = {profile: f"{TERMS}profile-{profile}" for profile in Profile}
PARTS = [iri(f"rdf:{part}") for part in ("subject", "predicate", "object")]
REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_truthy_is_the_full_document_without_its_claims_and_rows(suffix: str) -> None:
    full, truthy = oxigraph_lines(suffix, sample()), oxigraph_lines(suffix, sample(), TRUTHY)
    own = {line for line in full ^ truthy if line.startswith(f"<{PLACE.base}v1/")}  # what the answer says of itself
    left_out = full - truthy - own
    assert truthy - full <= own
    assert left_out and all("/id/c-" in line.split(" ")[0] for line in left_out)
    assert not [line for line in truthy if "/id/c-" in line]


def test_a_fact_stands_in_truthy_and_what_is_none_does_not() -> None:
    lines = oxigraph_lines("nt", sample(), TRUTHY)
    assert f"<{PLACE.base}id/river-alliance> <{TERMS}advises> <{PLACE.base}id/mira-vale> ." in lines
    assert not [line for line in lines if f"<{TERMS}opposes>" in line]


@pytest.mark.parametrize("suffix", NEWER)
def test_a_reifier_says_in_one_triple_term_what_a_statement_says_in_three_triples(suffix: str) -> None:
    form = SYNTAXES[suffix][0]
    full = [*pyoxigraph.parse(FORMATS[suffix].write(sample(), PLACE), form)]
    reified = [*pyoxigraph.parse(FORMATS[suffix].write(sample(), REIFIED), form)]
    said: dict[str, dict[str, object]] = {}
    for quad in full:
        if quad.predicate.value in PARTS:
            said.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object
    terms = {str(quad.subject): quad.object for quad in reified if quad.predicate == REIFIES}
    assert len(terms) == len(sample().claims) and terms.keys() == said.keys()
    for claim, term in terms.items():
        assert isinstance(term, pyoxigraph.Triple)
        assert [term.subject, term.predicate, term.object] == [said[claim][part] for part in PARTS]
    assert not [quad for quad in reified if quad.predicate.value in PARTS]


@pytest.mark.parametrize("suffix", NEWER)
def test_the_version_of_rdf_is_asked_for_and_told(suffix: str) -> None:
    assert FORMATS[suffix].kind == "rdf" and SYNTAXES[suffix][0] in (
        RdfFormat.TURTLE,
        RdfFormat.TRIG,
        RdfFormat.N_TRIPLES,
        RdfFormat.N_QUADS,
    )


async def test_turtle_of_version_1_2_is_had_by_accept_and_no_other_reader_gets_it(client: Get) -> None:
    asked = await client(RESULTS, headers={"Accept": "text/turtle;version=1.2"})
    assert asked.headers["content-type"] == "text/turtle;version=1.2" and b"rdf:reifies <<(" in asked.content
    assert asked.headers["content-location"] == "results.ttl?profile=reified"
    for accept in ("text/turtle", "text/turtle;version=1.1", "application/ld+json;version=1.2"):
        told = await client(RESULTS, headers={"Accept": accept})
        assert b"reifies" not in told.content and ";version=1.2" not in told.headers["content-type"]


@pytest.mark.parametrize("profile", Profile)
async def test_a_profile_is_asked_for_by_name_by_address_and_by_header(client: Get, profile: Profile) -> None:
    by_name = await client(f"{RESULTS}.ttl", params={"profile": str(profile)})
    by_address = await client(f"{RESULTS}.ttl", params={"profile": IRI[profile]})
    header = f"<https://example.org/unknown>, <{IRI[profile]}>;q=0.9, <{IRI[Profile.FULL]}>;q=0.1"
    by_header = await client(f"{RESULTS}.ttl", headers={"Accept-Profile": header})
    assert by_name.content == by_address.content == by_header.content
    assert IRI[profile].encode() in by_name.content.replace(b"cg:", TERMS.encode())
    links = by_name.headers["link"]
    assert f'<{IRI[profile]}>; rel="profile"' in links
    for other in Profile:
        assert (f'profile="{IRI[other]}"' in links) is (other is not profile)
    assert "Accept-Profile" in by_header.headers["vary"]
    assert (await client(f"{RESULTS}.ttl")).headers["etag"] == by_name.headers["etag"] or profile is not Profile.FULL


@pytest.mark.parametrize(("weight", "truthy"), [("", True), (";q=0.9", True), (";q=1.1.1", False), (";q=.", False)])
async def test_a_weight_that_is_none_asks_for_nothing(client: Get, weight: str, truthy: bool) -> None:
    header = f"<{IRI[Profile.TRUTHY]}>{weight}, <{IRI[Profile.FULL]}>;q=0.5"
    told = await client(f"{RESULTS}.ttl", headers={"Accept-Profile": header})
    assert told.status_code == 200
    assert (f'<{IRI[Profile.TRUTHY]}>; rel="profile"' in told.headers["link"]) is truthy


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        (f"{RESULTS}.ttl?profile=truth", 400, "truthy"),
        (f"{RESULTS}.json?profile=truthy", 400, "json has no profiles"),
        (f"{RESULTS}.jsonld?profile=reified", 406, "no triple terms"),
        (f"{RESULTS}.rdf?profile=reified", 406, "no triple terms"),
    ],
)
async def test_a_profile_that_is_not_to_be_had_is_refused(client: Get, address: str, status: int, words: str) -> None:
    answer = await client(address)
    assert answer.status_code == status and words in answer.text


async def test_a_document_as_it_was_known_is_a_version_of_it(client: Get) -> None:
    then = await client(f"{RESULTS}.ttl", params={"known_at": "2026-11-23T00:00:00Z", "limit": "9"})
    assert then.headers["memento-datetime"] == "Mon, 23 Nov 2026 00:00:00 GMT"
    assert then.links["original timegate"]["url"].endswith(f"{RESULTS}?limit=9")
    now = await client(f"{RESULTS}.ttl")
    assert "memento-datetime" not in now.headers and "original timegate" not in now.links


async def test_a_client_is_led_to_the_version_of_the_time_that_it_wants(client: Get) -> None:
    asked = {"Accept-Datetime": "Mon, 23 Nov 2026 00:00:00 GMT"}
    told = await client(f"{RESULTS}.ttl?limit=9", headers=asked)
    there = "results.ttl?limit=9&known_at=2026-11-23T00%3A00%3A00Z"
    assert (told.status_code, told.headers["location"]) == (302, there)
    assert "Accept-Datetime" in told.headers["vary"]
    there = await client(f"/v1/queries/groups-advising-mayors/{told.headers['location']}", headers=asked)
    assert there.status_code == 200 and there.headers["memento-datetime"] == asked["Accept-Datetime"]
    wrong = await client(RESULTS, headers={"Accept-Datetime": "yesterday"})
    assert wrong.status_code == 400 and "Accept-Datetime" in wrong.text and "GMT" in wrong.text
