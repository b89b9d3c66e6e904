"""RDF of ours that says what cannot be, or what no claim carries, is told with subject and line, and not read."""

from pathlib import Path

import pytest

from schema.vocabulary import iri
from tests.export_lines import ADVICE, CG, LANTERN, REPORT, THINGS, Change, besides, instead, of, problems, without

ORTIZ, PIECE = "lena-ortiz", f"{ADVICE}#ea0b87d1f"


def turned(line: str) -> str:
    """The line about a document in the place of a mayor."""
    return line.replace(f"<{THINGS}{ORTIZ}>", f"<{THINGS}{REPORT}>")


FAULTS: dict[str, tuple[Change, str, str]] = {
    "no evidence": (without(of(ADVICE, "cg:evidence")), ADVICE, "belongs to nothing"),
    "evidence gone whole": (without(f"<{THINGS}{PIECE}"), ADVICE, "is named and not described"),
    "none at all": (
        lambda lines: [x for x in lines if PIECE not in x],
        ADVICE,
        "evidence: is missing: each claim must say where it stands written",
    ),
    "evidence without document": (without(of(PIECE, "oa:hasSource")), ADVICE, "names no document (oa:hasSource)"),
    "quote and its length": (
        instead(f"<{THINGS}{PIECE}-position> <{iri('oa:end')}> ", f'"3169"^^<{iri("xsd:nonNegativeInteger")}>'),
        ADVICE,
        "start and end must be 35 characters apart",
    ),
    "another object": (
        instead(of(ADVICE, "rdf:object"), f"<{THINGS}ines-araujo>"),
        LANTERN,
        "ADVISES: lena-ortiz is told without a claim",
    ),
    "another detail": (
        besides(f'{of(ADVICE, "cg:detail")}"on parks"@en'),
        ADVICE,
        "says something else than its id",
    ),
    "ends of the wrong type": (
        lambda lines: [turned(line) if ADVICE in line or "terms#advises>" in line else line for line in lines],
        ADVICE,
        "the object of ADVISES must be of type",
    ),
    "two objects": (besides(f"{of(ADVICE, 'rdf:object')}<{THINGS}x>"), ADVICE, "rdf:object: has several values"),
    "no relation": (
        instead(of(ADVICE, "rdf:predicate"), f"<{CG}advise>"),
        ADVICE,
        "no relation (did you mean advises?)",
    ),
    "unknown status": (instead(of(ADVICE, "cg:status"), f"<{CG}status-true>"), ADVICE, "is no word of it; there are"),
    "undescribed object": (without(f"<{THINGS}{ORTIZ}> "), ORTIZ, "and not described"),
    "undescribed document": (without(f"<{THINGS}{REPORT}> "), REPORT, "not described"),
    "no name": (without(of(LANTERN, "rdfs:label")), LANTERN, "name: is missing"),
    "two names": (besides(f'{of(LANTERN, "rdfs:label")}"x"'), LANTERN, "name: has several values"),
    "unknown type": (besides(f"{of(LANTERN, 'rdf:type')}<{CG}Advocacygroup>"), LANTERN, "did you mean AdvocacyGroup?"),
    "two types": (besides(f"{of(LANTERN, 'rdf:type')}<{CG}City>"), LANTERN, "must be of one type"),
    "unknown property": (besides(f'{of(LANTERN, "foaf:mbox")}"x"'), LANTERN, "is no property of it that we know"),
    "text for an address": (instead(of(LANTERN, "schema:url"), '"x"'), LANTERN, "website: must be an IRI"),
    "fact on nobody's word": (
        besides(f"{of(LANTERN, 'cg:founded')}<{THINGS}{ORTIZ}>"),
        LANTERN,
        "FOUNDED: lena-ortiz is told without a claim",
    ),
    "named by no claim": (
        besides(f"{of('nobody', 'rdf:type')}<{CG}Person>", f'{of("nobody", "rdfs:label")}"Nobody"'),
        "nobody",
        "is named by no claim",
    ),
    "not described": (besides(f'{of("nobody#publisher", "schema:name")}"x"'), "nobody", "is not described itself"),
    "an id that climbs": (
        lambda lines: [line.replace(f"{THINGS}{REPORT}", f"{THINGS}../../{REPORT}") for line in lines],
        "",
        "ends in no id of ours",
    ),
    "foreign subject": (besides(f'<https://x.example/a> <{iri("rdfs:label")}> "x"'), "", "is no thing of"),
    "foreign object": (instead(of(ADVICE, "rdf:object"), "<https://x.example/a>"), ADVICE, "names https://x.example/a"),
    "standing without a cause": (
        besides(
            f"{of(ADVICE, 'cg:challengedBy')}<{THINGS}c-0000000000000000>",
            f"{of(ADVICE, 'cg:standing')}<{CG}standing-disputed>",
        ),
        ADVICE,
        "standing: ",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_told_with_its_subject_and_line_and_nothing_is_read(
    lines: list[str], tmp_path: Path, fault: str
) -> None:
    change, subject, words = FAULTS[fault]
    spoilt = change(lines)
    found = problems(tmp_path, spoilt)
    told = [each for each in found if words in each.message]
    assert told, list(map(str, found))
    if subject:
        assert told[0].field == f"<{THINGS}{subject}>" and told[0].file == str(tmp_path / "graph.nt")
        assert told[0].line and subject in spoilt[told[0].line - 1]
        described = [n for n, line in enumerate(spoilt, 1) if line.startswith(f"<{THINGS}{subject}> ")]
        assert told[0].line == described[0] if described else True
        assert len(found) < 12, list(map(str, found))
