"""What people who know schema.org, ORG, PROV, FOAF and ELI find in our RDF without learning a word of ours."""

from typing import Any

import pytest
import rdflib
from rdflib import DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SDO, SKOS, Literal, URIRef

from api.place import Place
from graph.result import Result
from schema.derive import ontology
from schema.vocabulary import PREFIXES, TERMS, iri
from tests.reading_rdf import SYNTAXES, oxigraph_lines, rdflib_graph
from tests.sample_result import ENTITY_RECORDS, PLACE, claim, entity, sample

ELI, SCHEMA, VOID = (rdflib.Namespace(PREFIXES[name]) for name in ("eli", "schema", "void"))  # newer than rdflib's
GAZETTE = "vale-gazette-2026"

# Relation, subject, object, and what else the plain triples say: subject, property, object.
FACTS: dict[str, list[tuple[str, URIRef, str]]] = {
    "FOUNDED ana-silva river-alliance": [("river-alliance", SDO.founder, "ana-silva")],
    "EMPLOYED_BY ana-silva vale-office": [("ana-silva", SDO.worksFor, "vale-office")],
    "MEMBER_OF ana-silva river-alliance": [
        ("ana-silva", ORG.memberOf, "river-alliance"),
        ("ana-silva", SDO.memberOf, "river-alliance"),
    ],
    "HOLDS_OFFICE mira-vale mayor-of-vale": [("mira-vale", ORG.holds, "mayor-of-vale")],
    "ISSUED mayor-of-vale order-7": [("order-7", SDO.legislationPassedBy, "mayor-of-vale")],
    "APPLIES_IN order-7 vale": [("order-7", SDO.legislationJurisdiction, "vale")],
    "SERVES mayor-of-vale vale": [("mayor-of-vale", SDO.areaServed, "vale")],
    "AMENDS order-7 order-6": [
        ("order-7", ELI.amends, "order-6"),
        ("order-7", SCHEMA.legislationAmends, "order-6"),
    ],
    "REPEALS order-7 order-6": [
        ("order-7", ELI.repeals, "order-6"),
        ("order-7", SCHEMA.legislationRepeals, "order-6"),
    ],
    "FUNDED ana-silva river-alliance": [("river-alliance", SDO.funder, "ana-silva")],
    "PUBLISHED river-alliance minutes": [("minutes", SDO.publisher, "river-alliance")],
    "ABOUT minutes order-7": [("minutes", SDO.about, "order-7")],
    "SAID ana-silva word": [("word", SDO.creator, "ana-silva")],
    "PART_OF vale state": [("vale", DCTERMS.isPartOf, "state")],
    "LOCATED_IN river-alliance vale": [("river-alliance", SDO.location, "vale")],
    "ADVISES river-alliance mira-vale": [],
    "SPONSORED ana-silva order-7": [],
}
MORE = [
    entity("order-6", "ExecutiveOrder", "Order 6"),
    entity("rule", "Policy", "Rule"),
    entity("pact", "Agreement", "Pact"),
    entity("bill", "Legislation", "Bill"),
    entity("six-orders", "Group", "Six orders", of="ExecutiveOrder"),
    entity("state", "State", "State"),
    entity("vale-office", "LocalAgency", "Vale Office"),
    entity("word", "Remark", "Word"),
]


def thing(id: str) -> URIRef:
    return URIRef(f"{PLACE.base}id/{id}")


def told(*claims: dict[str, Any], entities: tuple[dict[str, Any], ...] = (), **changes: Any) -> Result:
    """An answer of these claims about the sample's entities and a few more, of which some are told otherwise."""
    records = {each["id"]: each for each in (*ENTITY_RECORDS, *MORE, *entities)}
    return sample(rows=[], claims={each["id"]: each for each in claims}, entities=records, **changes)


def graph(result: Result, place: Place = PLACE) -> rdflib.Graph:
    """The Turtle as rdflib reads it; the other syntaxes say the same."""
    for suffix in SYNTAXES:
        assert oxigraph_lines(suffix, result, place) == oxigraph_lines("ttl", result, place), suffix
    return rdflib_graph("ttl", result, place)


def types(graph: rdflib.Graph, id: str) -> set[Any]:
    return set(graph.objects(thing(id), RDF.type))


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_told_in_well_known_words_too_and_in_the_direction_that_they_have(fact: str) -> None:
    relation, subject, target = fact.split()
    found = graph(told(claim(1, relation, subject, target)))
    known = {
        (s, p, o) for s, p, o in found if {s, o} == {thing(subject), thing(target)} and not str(p).startswith(TERMS)
    }
    assert known == {(thing(s), p, thing(o)) for s, p, o in FACTS[fact]}


@pytest.mark.parametrize("changes", [{"status": "hedged"}, {"standing": "disputed"}, {"valid_to": "2020"}])
def test_what_is_no_fact_is_told_in_nobody_elses_words(changes: dict[str, str]) -> None:
    found = graph(told(claim(1, "FOUNDED", "ana-silva", "river-alliance", **changes)))
    assert not list(found.triples((thing("river-alliance"), SDO.founder, None)))


def test_the_ontology_says_that_a_founder_is_one_who_founded() -> None:
    found = ontology.graph()
    broader = found.value(URIRef(f"{TERMS}founded"), RDFS.subPropertyOf)
    assert found.value(broader, rdflib.OWL.inverseOf) == SDO.founder
    assert found.value(URIRef(f"{TERMS}employedBy"), RDFS.subPropertyOf) == SDO.worksFor


def test_a_name_is_a_label_and_a_name_of_schema_org() -> None:
    found = graph(told())
    assert found.value(thing("vale"), RDFS.label) == found.value(thing("vale"), SDO.name) == Literal("Vale")


def test_an_order_and_a_law_are_legislation_a_policy_and_an_agreement_are_not() -> None:
    found = graph(told())
    legislation = {id for id in ("order-6", "bill", "rule", "pact") if SDO.Legislation in types(found, id)}
    assert legislation == {"order-6", "bill"}
    assert found.value(thing("order-7"), SDO.identifier) == Literal("EO 7")


def test_a_group_of_those_who_act_is_an_agent_and_one_of_orders_is_none() -> None:
    found = graph(told())
    assert {SKOS.Collection, FOAF.Group, PROV.Agent} <= types(found, "vale-mayors")
    assert types(found, "six-orders") == {SKOS.Collection, URIRef(f"{TERMS}Group")}


def test_whoever_says_so_is_an_agent_and_the_document_is_what_it_was_derived_from() -> None:
    gazette = entity(GAZETTE, "Document", "Vale Gazette", publisher="Gazette Press")
    own, named = claim(1, "ADVISES", "ana-silva", "mira-vale"), claim(2, "ADVISES", "ana-silva", "vale")
    found = graph(told(own, named | {"attributed_to": ["mira-vale"]}, entities=(gazette,)))
    publisher = URIRef(f"{thing(GAZETTE)}#publisher")
    assert found.value(thing(own["id"]), PROV.wasAttributedTo) == publisher
    assert found.value(thing(named["id"]), PROV.wasAttributedTo) == thing("mira-vale")
    assert set(found.objects(None, PROV.wasDerivedFrom)) == {thing(GAZETTE)}
    assert all((agent, RDF.type, PROV.Agent) in found for agent in found.objects(None, PROV.wasAttributedTo))
    assert found.value(thing(GAZETTE), DCTERMS.publisher) == publisher
    assert found.value(publisher, SDO.name) == Literal("Gazette Press")
    assert (URIRef(f"{thing('minutes')}#publisher"), SDO.name, None) not in found  # nobody knows who


def test_a_claim_is_labelled_in_words_that_keep_its_hedges() -> None:
    hedged = {"status": "hedged", "wording": ["may"], "condition": "if asked"}
    plain, other = claim(1, "ADVISES", "ana-silva", "mira-vale"), claim(2, "ADVISES", "ana-silva", "vale", **hedged)
    figure = claim(3, "HAS_SHARE", "vale", value=1e-07, unit="%")
    found = graph(told(plain, other, figure))
    assert found.value(thing(plain["id"]), RDFS.label) == Literal('Ana "Ani" Silva advises Mira Vale', lang="en")
    assert found.value(thing(other["id"]), RDFS.label) == Literal(
        'Ana "Ani" Silva [hedged: “may”; condition: “if asked”] advises Vale', lang="en"
    )
    assert found.value(thing(figure["id"]), RDFS.label) == Literal("Vale has share 0.0000001 %", lang="en")


@pytest.mark.parametrize("language", [None, "en", "es-US"])
def test_a_quote_is_of_the_language_of_its_document_where_that_is_known(language: str | None) -> None:
    gazette = entity(GAZETTE, "Document", "Vale Gazette", **({"language": language} if language else {}))
    found = graph(told(claim(1, "ADVISES", "ana-silva", "mira-vale"), entities=(gazette,)))
    assert set(found.objects(None, URIRef(iri("oa:exact")))) == {Literal("quote 1", lang=language)}
    assert found.value(thing(GAZETTE), SDO.inLanguage) == (Literal(language) if language else None)


def test_a_document_says_what_it_is_of_and_about_and_under_which_terms() -> None:
    asked = {"query": "entity", "parameters": {"id": "mira-vale"}, "version_at": "2026-03-02T09:00:00Z"}
    here, found = URIRef(PLACE.here), graph(told(**asked))
    assert found.value(here, FOAF.primaryTopic) == found.value(here, SDO.about) == thing("mira-vale")
    assert found.value(here, VOID.inDataset) == URIRef(f"{PLACE.base}#dataset")
    assert found.value(here, DCTERMS.license) == URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    assert found.value(here, DCTERMS.conformsTo) == URIRef(f"{TERMS}profile-full")
    assert str(found.value(here, DCTERMS.modified)) == "2026-03-02T09:00:00+00:00"


def test_a_question_of_two_things_is_about_both_and_has_no_one_topic() -> None:
    asked = {"query": "shortest-path", "parameters": {"from": "vale", "to": "mira-vale"}}
    found = graph(told(**asked))
    assert set(found.objects(URIRef(PLACE.here), SDO.about)) == {thing("vale"), thing("mira-vale")}
    assert (URIRef(PLACE.here), FOAF.primaryTopic, None) not in found
