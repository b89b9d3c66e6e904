"""The types keep the rules of the house: each defined in a sentence, flat, and one term for one thing."""

import re
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.derive.constraints import CLAIM_EDGES
from schema.derive.fields import Kind, field_terms, models, own_field_terms
from schema.entities import HOLDERS
from schema.model import Thing
from schema.values import FACTUAL_STATUSES, LIVE_STATUSES, MEANINGS, SLUG_PATTERN, Role, Status
from schema.vocabulary import PREFIXES, iri, relation_term, role_term, status_term

ENTITY_TYPES = """
    Person Mayor Governor DistrictAttorney Sheriff Office Jurisdiction Country State County City Organization
    AdvocacyGroup FederalAgency LocalAgency Coalition PoliticalParty Campaign University NewsOutlet
    Administration Measure ExecutiveOrder Legislation Policy Agreement ModelLegislation Group Event Remark
    Document
"""
RELATION_TYPES = """
    ADVISES HOLDS_OFFICE LEADS FOUNDED MEMBER_OF EMPLOYED_BY WORKED_FOR ISSUED SIGNED SPONSORED VOTED_ON
    APPLIES_IN RESTRICTS REQUIRES TERMINATES PARTY_TO OPPOSES SUPPORTS WARNED INVITED COOPERATES_WITH SAID
    ABOUT PART_OF LOCATED_IN PUBLISHED AMENDS REPEALS FUNDED
"""

TYPES: list[type[Thing]] = [*ENTITIES.values(), *RELATIONS.values(), Evidence]
each_type = pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
each_relation = pytest.mark.parametrize("relation", RELATIONS.values(), ids=list(RELATIONS))
each_entity = pytest.mark.parametrize("entity", ENTITIES.values(), ids=list(ENTITIES))


def parts(annotation: Any) -> list[Any]:
    """What a field may hold, without None and without constraints."""
    if get_origin(annotation) is Annotated:
        return parts(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [part for choice in get_args(annotation) for part in parts(choice)]
    return [] if annotation is type(None) else [annotation]


def is_scalar(part: Any) -> bool:
    return part in (str, int, float) or (isinstance(part, type) and issubclass(part, StrEnum))


def is_flat(part: Any) -> bool:
    if get_origin(part) is tuple and get_args(part)[1:] == (...,):
        return all(map(is_scalar, parts(get_args(part)[0])))
    return is_scalar(part)


@each_type
def test_a_definition_is_one_sentence(model: type[Thing]) -> None:
    definition = vars(model)["__doc__"]
    assert re.fullmatch(r"[A-Z][^\n]*[^.\n]\.", definition), definition


@each_type
def test_every_field_is_described_and_only_the_id_has_no_rdf_property(model: type[Thing]) -> None:
    assert all(field.description for field in model.model_fields.values())
    assert set(model.model_fields) - {field.name for field in field_terms(model)} <= {"id"}


@each_type
def test_every_field_is_a_scalar_or_a_flat_list(model: type[Thing]) -> None:
    # A claim's evidence is the one list of records: each is an edge of its own in the store.
    fields = {name: field for name, field in model.model_fields.items() if name != "evidence"}
    nested = [name for name, field in fields.items() if not all(map(is_flat, parts(field.annotation)))]
    assert nested == []


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_the_kind_of_every_field_in_rdf_fits_what_it_holds(model: type[Thing]) -> None:
    kinds = {"^https?": Kind.ADDRESS, SLUG_PATTERN: Kind.RECORD, "integer": Kind.COUNT}
    given = model.model_json_schema()["properties"]
    for field in field_terms(model):
        found = {kind for sign, kind in kinds.items() if sign in str(given[field.name])}
        assert found in (set(), {field.kind}) or field.kind is Kind.VALUE, field.name


def test_no_rdf_term_of_ours_means_two_things() -> None:
    fields = {(field.term, f"field {field.name}") for model in models() for field in own_field_terms(model)}
    meanings = [(term, meaning) for term, meaning in sorted(fields) if term.startswith("cg:")]
    meanings += [(relation_term(name), f"relation {name}") for name in RELATIONS]
    meanings += [(f"cg:{name}", f"type {name}") for name in (*ENTITIES, "Claim", "Result")]
    meanings += [(role_term(role), role) for role in Role] + [(status_term(s), s) for s in Status]
    terms = [term for term, _ in meanings]
    assert [meaning for meaning in meanings if terms.count(meaning[0]) > 1] == []


def test_every_rdf_term_has_a_known_prefix() -> None:
    terms = {field.term for model in models() for field in field_terms(model)}
    terms |= {term for entity in ENTITIES.values() for term in entity.rdf_types()}
    terms |= {relation.broader for relation in RELATIONS.values() if relation.broader}
    assert all(iri(term).startswith("http") for term in terms)
    assert PREFIXES["schema"] == "https://schema.org/"


def test_no_two_names_in_the_store_differ_in_case_alone() -> None:
    names = [*ENTITIES, "Entity", "Claim", *RELATIONS, *CLAIM_EDGES]
    folded = [name.lower() for name in names]
    assert [name for name in names if folded.count(name.lower()) > 1] == []


def test_every_type_of_the_design_can_be_said() -> None:
    assert set(ENTITY_TYPES.split()) <= set(ENTITIES)
    assert set(RELATION_TYPES.split()) <= set(RELATIONS)


def test_every_type_is_found_by_its_name() -> None:
    assert all(name == entity.__name__ for name, entity in ENTITIES.items())
    assert all(relation_term(name) == f"cg:{camel(relation)}" for name, relation in RELATIONS.items())


def camel(relation: type[Claim]) -> str:
    return relation.__name__[0].lower() + relation.__name__[1:]


@each_relation
def test_the_ends_of_a_relation_are_known_types(relation: type[Claim]) -> None:
    assert relation.domain
    assert {*relation.domain, *relation.range} <= {*ENTITIES.values(), Entity}


@each_relation
def test_a_relation_between_entities_reads_backwards_too(relation: type[Claim]) -> None:
    assert bool(relation.inverse) is not relation.literal()


@each_entity
def test_a_type_stands_after_its_ancestors_in_its_labels(entity: type[Entity]) -> None:
    labels = entity.labels()
    assert labels[0] == "Entity" and labels[-1] == entity.__name__
    assert set(labels[1:]) <= set(ENTITIES)


def test_the_derived_types_are_those_of_the_office_holders() -> None:
    derived = {entity for entity in ENTITIES.values() if entity.derived}
    assert derived == set(HOLDERS.values())


def test_every_status_has_a_meaning_and_only_live_ones_can_be_facts() -> None:
    assert list(MEANINGS) == list(Status)
    assert set(FACTUAL_STATUSES) < set(LIVE_STATUSES)
