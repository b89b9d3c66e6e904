"""What the RDF says: which claims become plain triples, and how values and dates are typed."""

from typing import Any

import pytest

from api.formats.terms import CLAIM_FIELDS, ENTITY_FIELDS
from graph.result import Result
from schema import ENTITIES
from schema.closed_lists import Standing, Status
from schema.derive.fields import field_terms
from schema.vocabulary import TERMS, iri
from tests.reading_rdf import SYNTAXES, oxigraph_lines, write
from tests.sample_result import PLACE, claim, sample

ID = f"{PLACE.base}id/"
WIKIDATA, OWN_SAME_AS = "<http://www.wikidata.org/entity/Q42>", "https://id.example/"


def asserted(subject: str, predicate: str, target: str, result: Result) -> bool:
    return f"<{ID}{subject}> <{iri(predicate)}> <{ID}{target}> ." in write("nt", result).decode().splitlines()


def test_the_plain_triple_stands_for_facts_alone() -> None:
    assert asserted("river-alliance", "cg:advises", "mira-vale", sample())
    assert asserted("mira-vale", "org:holds", "mayor-of-vale", sample())
    assert not asserted("vale", "cg:cooperatesWith", "vale", sample())
    assert not asserted("vale-gazette-2026", "cg:opposes", "order-7", sample())
    assert f"<{ID}vale> <{TERMS}hasShare>" not in write("nt", sample()).decode()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"scheme": "wikidata", "value": "Q42"}, {("dct:identifier", '"Q42"'), ("owl:sameAs", WIKIDATA)}),
        ({"scheme": "bioguide", "value": "V000001"}, {("dct:identifier", '"V000001"')}),
        ({"scheme": "wikidata", "value": "Q42", "standing": "disputed"}, set()),
        ({"scheme": "wikidata", "value": "Q42", "status": "hedged"}, set()),
    ],
)
def test_an_identifier_is_told_of_the_thing_and_as_the_address_that_it_has(
    fields: dict[str, Any], told: set[tuple[str, str]]
) -> None:
    record = claim(1, "HAS_IDENTIFIER", "mira-vale", **fields)
    result = sample(rows=[], claims={record["id"]: record})
    lines = [line.removesuffix(" .").split(" ", 2) for line in write("nt", result).decode().splitlines()]
    found = {(p, o) for s, p, o in lines if s == f"<{ID}mira-vale>" and (OWN_SAME_AS not in o)}
    names = {f"<{iri(name)}>": name for name in ("dct:identifier", "owl:sameAs")}
    assert {(names[p], o) for p, o in found if p in names} == told
    assert oxigraph_lines("jsonld", result) == oxigraph_lines("nt", result) == oxigraph_lines("ttl", result)


def stands(fields: dict[str, Any], **answer: Any) -> bool:
    """Whether a claim that is a fact but for these fields is told as a plain triple, which all syntaxes agree on."""
    record = claim(1, "ADVISES", "river-alliance", "mira-vale", **fields)
    result = sample(rows=[], claims={record["id"]: record}, **answer)
    told = asserted("river-alliance", "cg:advises", "mira-vale", result)
    assert oxigraph_lines("jsonld", result) == oxigraph_lines("nt", result)
    return told


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("status", Status)
def test_the_plain_triple_stands_for_what_is_put_as_a_fact_and_is_unchallenged(
    status: Status, standing: Standing
) -> None:
    fact = status in ("asserted", "reported") and standing == "current"
    assert stands({"status": str(status), "standing": str(standing)}) is fact


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"valid_from": "2026"}, True),
        ({"valid_from": "2027"}, False),
        ({"valid_from": "2026-03"}, True),
        ({"valid_from": "2026-04"}, False),
        ({"valid_from": "2026-03-02"}, True),
        ({"valid_from": "2026-03-03"}, False),
        ({"valid_to": "2027"}, True),
        ({"valid_to": "2026"}, False),
        ({"valid_to": "2026-04"}, True),
        ({"valid_to": "2026-03"}, False),
        ({"valid_to": "2026-03-02"}, True),
        ({"valid_to": "2026-03-01"}, False),
        ({"valid_from": "2026-03-02", "valid_to": "2026-03-02"}, True),
        ({"valid_from": "2024", "valid_to": "2025"}, False),
        ({"valid_from": "2027", "valid_to": "2028"}, False),
    ],
)
def test_with_no_day_asked_about_the_plain_triple_holds_on_the_day_of_the_version(
    fields: dict[str, str], holds: bool
) -> None:
    assert stands(fields, version_at="2026-03-02T09:00:00Z") is holds


@pytest.mark.parametrize(
    ("fields", "holds"), [({}, True), ({"valid_from": "2999"}, True), ({"valid_to": "2999"}, False)]
)
def test_of_an_answer_without_a_version_whatever_has_an_end_has_ended(fields: dict[str, str], holds: bool) -> None:
    assert stands(fields, version="", version_at="") is holds


@pytest.mark.parametrize("match", ["certain", "possible"])
@pytest.mark.parametrize("fields", [{}, {"valid_to": "2025"}, {"valid_from": "2027"}])
def test_the_day_asked_about_changes_no_plain_triple(fields: dict[str, str], match: str) -> None:
    asked = {"parameters": {"as_of": "2025"}, "version_at": "2026-03-02T09:00:00Z"}
    assert stands(fields | {"temporal_match": match}, **asked) is (fields == {})


def test_an_answer_of_what_was_known_at_another_time_states_no_plain_triple() -> None:
    assert stands({}, parameters={}) and not stands({}, parameters={"known_at": "2026-01-01T00:00:00Z"})


def test_a_piece_of_evidence_keeps_its_name_whatever_stands_beside_it() -> None:
    first, second = (
        {"document": "minutes", "quote": words, "start": n, "end": n + 5} for n, words in enumerate(["a few", "words"])
    )
    records = [claim(1, "ADVISES", "vale", "vale", evidence=pieces) for pieces in ([first, second], [second])]
    both, one = (oxigraph_lines("nt", sample(rows=[], claims={r["id"]: r})) for r in records)

    assert one < both and any("words" in line for line in one)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (14, f'"14"^^<{iri("xsd:integer")}>'),
        (14.5, f'"14.5"^^<{iri("xsd:decimal")}>'),
        (1e-07, f'"0.0000001"^^<{iri("xsd:decimal")}>'),
        (1e22, f'"10000000000000000000000"^^<{iri("xsd:decimal")}>'),
        (-3, f'"-3"^^<{iri("xsd:integer")}>'),
        ("dozens", '"dozens"'),
    ],
)
def test_a_value_has_the_datatype_of_its_kind_in_every_syntax(value: float | str, written: str) -> None:
    record = claim(1, "HAS_SIZE", "vale-mayors", value=value, unit="people")
    result = sample(rows=[], claims={record["id"]: record})

    assert f"<{iri('rdf:object')}> {written} ." in write("nt", result).decode()
    assert all(oxigraph_lines(suffix, result) == oxigraph_lines("nt", result) for suffix in SYNTAXES)


@pytest.mark.parametrize(("day", "kind"), [("2026", "gYear"), ("2026-02", "gYearMonth"), ("2026-02-17", "date")])
def test_a_date_is_as_exact_as_the_source(day: str, kind: str) -> None:
    record = claim(1, "ADVISES", "vale", "vale", valid_from=day)
    result = sample(rows=[], claims={record["id"]: record})

    assert f'startDate> "{day}"^^<{iri("xsd:" + kind)}>' in write("nt", result).decode()
    assert oxigraph_lines("jsonld", result) == oxigraph_lines("nt", result)


def test_no_field_name_stands_for_two_terms() -> None:
    told = {(f.name, f.term) for cls in ENTITIES.values() for f in field_terms(cls)}

    assert len(told) == len(ENTITY_FIELDS)
    assert len({field.name for field in CLAIM_FIELDS}) == len(CLAIM_FIELDS)
