"""The types keep the rules of the house: each defined in a sentence, flat, and one term for one thing."""

import re
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import Field, FiniteFloat, create_model

from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.closed_lists import (
    FACTUAL_STATUSES,
    LIVE_STANDINGS,
    MEANINGS,
    Profile,
    Role,
    Scheme,
    Standing,
    Status,
    Verdict,
    Vote,
)
from schema.derive.constraints import CLAIM_EDGES
from schema.derive.fields import closed_lists, field_terms, models, own_field_terms
from schema.entities import HOLDERS
from schema.model import Thing, described
from schema.relations import Advises
from schema.values import ClaimId, Day, DocumentId, Instant, Kind, RelationName, Sha256, Slug, Text, TypeName, Url
from schema.vocabulary import PREFIXES, concept_term, iri, relation_term, scheme_term

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


KINDS: list[tuple[Any, Kind]] = [
    (str, Kind.TEXT),
    (Text | None, Kind.TEXT),
    (Sha256, Kind.TEXT),
    (tuple[Text, ...], Kind.TEXT),
    (Literal["certain", "possible"] | None, Kind.TEXT),
    (int | None, Kind.INTEGER),
    (Annotated[int, Field(ge=-1)], Kind.INTEGER),
    (Annotated[int | None, Field(ge=0)], Kind.COUNT),
    (Annotated[int, Field(ge=1)], Kind.COUNT),
    (FiniteFloat | None, Kind.DECIMAL),
    (int | FiniteFloat, Kind.DECIMAL),
    (bool | None, Kind.BOOLEAN),
    (int | FiniteFloat | Text | None, Kind.VALUE),
    (Day | None, Kind.DAY),
    (tuple[Day, ...], Kind.DAY),
    (tuple[Day, ...] | None, Kind.DAY),
    (Instant, Kind.INSTANT),
    (Url, Kind.ADDRESS),
    (Slug, Kind.ENTITY),
    (tuple[ClaimId, ...], Kind.CLAIM),
    (DocumentId | None, Kind.DOCUMENT),
    (Role | None, Kind.CONCEPT),
    (TypeName, Kind.TYPE),
    (RelationName, Kind.RELATION),
    (tuple[Evidence, ...], Kind.PART),
]


def declaring(annotation: Any) -> type[Thing]:
    """A model with one field."""
    return create_model("Model", __base__=Thing, field=(Annotated[annotation, described("It.", "cg:it")], ...))


@pytest.mark.parametrize(("annotation", "kind"), KINDS, ids=map(str, range(len(KINDS))))
def test_the_kind_of_a_value_follows_from_its_annotation(annotation: Any, kind: Kind) -> None:
    (field,) = field_terms(declaring(annotation))
    assert (field.kind, field.many) == (kind, "tuple" in str(annotation))


UNKNOWN = {
    "a date": date,
    "bytes": bytes,
    "a mapping": dict[str, str],
    "a pair": tuple[int, str],
    "a day or a number": Day | int,
    "a role or an id": Role | Slug,
}


@pytest.mark.parametrize("annotation", UNKNOWN.values(), ids=UNKNOWN)
def test_a_field_of_no_known_kind_is_refused_by_name(annotation: Any) -> None:
    with pytest.raises(TypeError, match=r"^Model\.field: "):
        list(field_terms(declaring(annotation)))


def test_a_field_name_is_of_one_kind_wherever_it_stands() -> None:
    # A claims file is read by the name of a field alone, and so is our JSON-LD.
    told = {(field.name, field.kind, field.many) for model in models() for field in field_terms(model)}
    # A file names one voice or none; an answer names all that a claim has.
    told.remove(("attributed_to", Kind.ENTITY, False))
    names = [name for name, _, _ in told]
    assert [each for each in sorted(told) if names.count(each[0]) > 1] == []


def test_what_a_claim_says_makes_its_id_and_nothing_else_does() -> None:
    given = {"subject": "a", "object": "b", "attributed_to": "c", "evidence": [{"document": "d", "row": 1}]}
    id = Advises(**given).id
    other = {
        "wording": ["about"],
        "inferred": ["the year follows from the vote"],
        "recorded_at": "2026-01-01T00:00:00Z",
        "disputes": ["c-1"],
        "corrects": ["c-1"],
        "supersedes": ["c-1"],
        "evidence": [{"document": "d", "row": 2}],
    }
    assert set(other) == set(Claim.beside())
    assert {Advises(**given | {name: value}).id for name, value in other.items()} == {id}
    said = {"subject": "x", "object": "x", "detail": "x", "status": "hedged", "attributed_to": "x", "condition": "x"}
    said |= {"valid_from": "2026", "valid_to": "2026"}
    assert id not in {Advises(**given | {name: value}).id for name, value in said.items()}
    assert set(said) | set(other) | {"value", "unit"} == set(Claim.model_fields)


def test_no_rdf_term_of_ours_means_two_things() -> None:
    fields = {(field.term, f"field {field.name}") for model in models() for field in own_field_terms(model)}
    meanings = [(term, meaning) for term, meaning in sorted(fields) if term.startswith("cg:")]
    meanings += [(relation_term(name), f"relation {name}") for name in RELATIONS]
    meanings += [(f"cg:{name}", f"type {name}") for name in (*ENTITIES, "Claim", "Result", "Member")]
    meanings += [(concept_term(c, word), word) for c in closed_lists() for word in c]
    meanings += [(scheme_term(c), f"list {c.__name__}") for c in closed_lists()]
    terms = [term for term, _ in meanings]
    assert [meaning for meaning in meanings if terms.count(meaning[0]) > 1] == []


def test_every_rdf_term_has_a_known_prefix() -> None:
    terms = {field.term for model in models() for field in field_terms(model)}
    terms |= {term for entity in ENTITIES.values() for term in entity.rdf_types()}
    terms |= {term.removeprefix("^") for relation in RELATIONS.values() for term in relation.broader}
    assert all(iri(term).startswith("http") for term in terms)
    assert PREFIXES["schema"] == "https://schema.org/"


def test_no_two_names_in_the_store_differ_in_case_alone() -> None:
    names = [*ENTITIES, "Entity", "Claim", "Statement", "Edition", "Declared", *RELATIONS, *CLAIM_EDGES]
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


def test_every_word_of_a_closed_list_but_roles_has_a_meaning() -> None:
    assert list(MEANINGS) == [*Status, *Standing, *Profile, *Verdict, *Vote, *Scheme]
    assert set(closed_lists()) == {Role, Status, Standing, Profile, Verdict, Vote, Scheme}


def test_a_claim_is_put_and_stands_in_words_that_are_never_confused() -> None:
    assert {*map(str, Status)} & {*map(str, Standing)} == set()
    assert set(FACTUAL_STATUSES) == {Status.ASSERTED, Status.REPORTED}
    assert set(LIVE_STANDINGS) == {Standing.CURRENT, Standing.DISPUTED}
    assert (Claim.model_fields["status"].default, "standing" in Claim.model_fields) == (Status.ASSERTED, False)
