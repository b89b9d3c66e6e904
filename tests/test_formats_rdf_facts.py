"""What the RDF says: which claims become plain triples, and how values and dates are typed."""

import pytest

from api.formats.terms import CLAIM_FIELDS, ENTITY_FIELDS
from graph.result import Result
from schema import ENTITIES
from schema.derive.fields import field_terms
from schema.vocabulary import TERMS, iri
from tests.reading_rdf import SYNTAXES, oxigraph_lines, write
from tests.sample_result import PLACE, claim, sample

ID = f"{PLACE.base}id/"


def asserted(subject: str, predicate: str, target: str, result: Result) -> bool:
    return f"<{ID}{subject}> <{iri(predicate)}> <{ID}{target}> ." in write("nt", result).decode().splitlines()


def test_the_plain_triple_stands_for_facts_alone() -> None:
    assert asserted("river-alliance", "cg:advises", "mira-vale", sample())
    assert asserted("mira-vale", "org:holds", "mayor-of-vale", sample())
    assert not asserted("vale", "cg:cooperatesWith", "vale", sample())
    assert not asserted("vale-gazette-2026", "cg:opposes", "order-7", sample())
    assert f"<{ID}vale> <{TERMS}hasShare>" not in write("nt", sample()).decode()


@pytest.mark.parametrize(
    ("fields", "as_of", "stands"),
    [
        ({}, None, True),
        ({"status": "reported"}, None, True),
        ({"status": "hedged"}, None, False),
        ({"status": "retracted"}, None, False),
        ({"valid_to": "2030"}, None, False),
        ({"valid_to": "2030", "temporal_match": "certain"}, "2026", True),
        ({"temporal_match": "possible"}, "2026", False),
    ],
)
def test_the_plain_triple_heeds_status_and_time(fields: dict[str, str], as_of: str | None, stands: bool) -> None:
    record = claim(1, "ADVISES", "river-alliance", "mira-vale", **fields)
    result = sample(rows=[], claims={record["id"]: record}, parameters={"as_of": as_of})

    assert asserted("river-alliance", "cg:advises", "mira-vale", result) is stands
    assert oxigraph_lines("jsonld", result) == oxigraph_lines("nt", result)


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
