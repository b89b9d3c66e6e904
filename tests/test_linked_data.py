"""The whole graph as linked data: shapes hold, parsers agree, syntaxes are one graph, on both stores."""

from urllib.parse import urlencode

import pytest
import rdflib
from pyshacl import validate

from api.place import Place
from graph.connection import Reader
from graph.query import read_queries
from graph.result import Result
from graph.run import run
from schema import ENTITIES, Evidence
from schema.derive import ARTEFACTS
from schema.derive.fields import claim_field_terms
from schema.vocabulary import iri
from tests.conftest import Store
from tests.consumers import javascript_lines
from tests.plain_world import first_day
from tests.reading_rdf import SYNTAXES, digest, own_digest, oxigraph_lines, rdflib_graph, rdflib_lines, write
from tests.sample_result import PLACE

pytestmark = pytest.mark.slow

EVERYTHING = read_queries()["claims"]


async def whole(graph: Reader, **given: object) -> Result:
    """Every claim of the store in one result."""
    found = await run(graph, EVERYTHING, EVERYTHING.check({"limit": 500} | given))
    assert not found.truncated
    return found


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_the_export_keeps_the_shapes(what: str, store: Store) -> None:
    exported = rdflib_graph("ttl", await whole(await store.hold(what)))
    shapes = rdflib.Graph().parse(data=ARTEFACTS["shapes"].render(), format="turtle")
    conforms, _, report = validate(exported, shacl_graph=shapes)
    assert conforms, report


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_answers_of_different_days_merged_keep_the_shapes(what: str, store: Store) -> None:
    held, merged, matches = await store.hold(what), rdflib.Graph(), set()
    for given in ({}, {"as_of": "2000"}, {"as_of": "2100"}):
        result = await whole(held, **given)
        here = f"{PLACE.base}v1/graph?{urlencode(given)}"
        merged += rdflib_graph("nt", result, Place(PLACE.base, here))
        matches |= {(id, claim.get("temporal_match")) for id, claim in result.claims.items()}
    told = [id for id, match in matches if match]
    assert any(told.count(id) > 1 for id in told), "no claim is certain on one day and possible on another"
    shapes = rdflib.Graph().parse(data=ARTEFACTS["shapes"].render(), format="turtle")
    conforms, _, report = validate(merged, shacl_graph=shapes)
    assert conforms, report


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_two_parsers_read_every_syntax_to_the_same_lines(
    what: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # rdflib would rewrite `Z` as `+00:00`
    result = await whole(await store.hold(what))
    for suffix in SYNTAXES:
        graph = rdflib_graph(suffix, result)
        assert digest(oxigraph_lines(suffix, result)) == digest(rdflib_lines(graph)) == own_digest(result), suffix
        assert not [o for o in graph.objects() if isinstance(o, rdflib.BNode) or getattr(o, "ill_typed", False)]


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_n3js_and_jsonldjs_read_the_same_lines(what: str, embedded: Store) -> None:
    result = await whole(await embedded.hold(what))
    files = {f"graph.{suffix}": write(suffix, result) for suffix in SYNTAXES if suffix != "rdf"}
    read = {file: digest(lines) for file, lines in javascript_lines(files).items()}
    assert read == dict.fromkeys(files, own_digest(result))


@pytest.mark.parametrize("what", ["world", "seed"])
async def test_every_field_that_a_store_hands_over_is_declared(what: str, store: Store) -> None:
    result = await whole(await store.hold(what), as_of="2031")
    declared = {field.name for field in claim_field_terms()} | {"id", "temporal_match"}
    assert {name for claim in result.claims.values() for name in claim} <= declared
    pieces = [piece for claim in result.claims.values() for piece in claim["evidence"]]
    assert {name for piece in pieces for name in piece} <= set(Evidence.model_fields)
    for entity in result.entities.values():
        assert entity.keys() - {"type", "types"} <= ENTITIES[entity["type"]].model_fields.keys()


async def test_both_stores_export_the_same_bytes(embedded: Store, neo4j: Store) -> None:
    one, other = await whole(await embedded.hold("seed")), await whole(await neo4j.hold("seed"))
    assert own_digest(one) == own_digest(other)


async def test_a_plain_triple_stands_exactly_for_the_facts(world: Reader) -> None:
    result = await whole(world)
    exported = rdflib_graph("ttl", result)
    plain = {
        (s, p, o) for s, p, o in exported if str(p).startswith(iri("cg:")) and (None, rdflib.RDF.subject, s) in exported
    }
    relations = {t for t in plain if (t[0], None, None) in exported and (None, rdflib.RDF.predicate, t[1]) in exported}
    names = ("cg:status", "cg:standing", "schema:startDate", "schema:endDate")
    told = {name: rdflib.URIRef(iri(name)) for name in names}
    [today] = {str(day)[:10] for day in exported.objects(None, rdflib.DCTERMS.modified)}
    facts = {
        tuple(exported.value(c, part) for part in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object))
        for c in exported.subjects(rdflib.RDF.type, rdflib.URIRef(iri("cg:Claim")))
        if str(exported.value(c, told["cg:status"])).endswith(("-asserted", "-reported"))
        and str(exported.value(c, told["cg:standing"])).endswith("-current")
        and first_day(exported.value(c, told["schema:startDate"])) <= today
        and today <= first_day(exported.value(c, told["schema:endDate"], default="9999"))
        and isinstance(exported.value(c, rdflib.RDF.object), rdflib.URIRef)
    }
    assert relations == facts


async def test_as_of_moves_a_claim_between_fact_possibility_and_absence(world: Reader) -> None:
    dated = [c for c in (await whole(world)).claims.values() if c.get("valid_from") and c.get("valid_to")]
    for claim in dated:
        before = await whole(world, as_of=str(int(claim["valid_from"][:4]) - 1))
        after = await whole(world, as_of=str(int(claim["valid_to"][:4]) + 1))
        assert claim["id"] not in before.claims | after.claims
        during = await whole(world, as_of=claim["valid_from"])
        assert during.claims[claim["id"]]["temporal_match"] in ("certain", "possible")
    assert dated
