"""Claims files with faults: each is reported at once, with its line and what would be right."""

from pathlib import Path

import pytest

from schema.closed_lists import Standing
from seed.read import read
from seed.resolve import MOST_COMPARED
from tests.paper import EVIDENCE, SAYS, TOP, faults, reading

TESTS = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_twelve_different_faults_are_reported_all_at_once_with_their_lines() -> None:
    problems = read([TESTS / "faulty.yaml"]).problems
    assert [(problem.line, problem.field) for problem in problems] == [
        (2, "document.published"),
        (4, "entities.Mayor"),
        (6, "entities.Citty"),
        (9, "entities.Office[0].role"),
        (11, "entities.Person[0].alias"),
        (13, "claims[0].relation"),
        (18, "claims[1].subject"),
        (23, "claims[2].object"),
        (28, "claims[3].disputes[0]"),
        (30, "claims[3].evidence[0]"),
        (38, "claims[4].evidence[0].refers"),
        (48, "claims[5].evidence[0].refers[0]"),
    ]


def test_a_problem_prints_as_file_line_field_and_message() -> None:
    problem = read([TESTS / "faulty.yaml"]).problems[5]
    assert str(problem).endswith("faulty.yaml:13: claims[0].relation: ADVICES is no relation (did you mean ADVISES?)")


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        ("{relation: advises, " + SAYS[20:], 7, "advises is no relation (did you mean ADVISES?)"),
        ("{subject: ada, object: crowd, " + EVIDENCE + "}", 7, "is missing"),
        ("{relation: ADVISES, object: crowd, " + EVIDENCE + "}", 7, "is missing: Id of the entity the claim"),
        ("{relation: ADVISES, subject: ada, " + EVIDENCE + "}", 7, "ADVISES needs an object"),
        ("{relation: HAS_SIZE, subject: crowd, object: ada, " + EVIDENCE + "}", 7, "holds a value, not an"),
        (SAYS.replace("evidence", "detial: so, evidence"), 7, "is no field here (did you mean detail?)"),
        (SAYS.replace("ada", "Ada Lind", 1), 7, "must be small letters and digits joined by hyphens"),
        (SAYS.replace("ada", "adda", 1), 7, "adda is declared nowhere (did you mean ada?)"),
        (
            SAYS.replace("subject: ada", "subject: lindby"),
            7,
            "must be of type Person or Organization or Group",
        ),
        (SAYS.replace("evidence", "status: disputed, evidence"), 7, "disputed follows from other claims"),
        (
            SAYS.replace("evidence", "status: hegded, evidence"),
            7,
            "hegded is not known (did you mean hedged?)",
        ),
        (
            SAYS.replace("evidence", "valid_from: 2026-02-30, evidence"),
            7,
            "'2026-02-30' is no date; write 2026",
        ),
        (SAYS.replace("evidence", "valid_from: 2027, valid_to: 2026, evidence"), 7, "2026 lies before valid"),
        (SAYS.replace("evidence", "attributed_to: ida, evidence"), 7, "ida is declared nowhere"),
        (SAYS.replace("evidence", "recorded_at: noon, evidence"), 7, "'noon' is no instant; write 2026-"),
        (SAYS.replace("evidence", "wording: often, evidence"), 7, "must be a list"),
        (SAYS.replace("evidence", "supersedes: [older], evidence"), 7, "older is no claim of the files read"),
        (SAYS.replace("evidence", "key: it, corrects: [it], evidence"), 7, "is the claim itself"),
        (SAYS.replace("end: 3", "end: 4"), 7, "start and end must be 3 characters apart"),
        (
            SAYS.replace("quote: Ada, start: 0, end: 3", "document: ada, row: 2"),
            7,
            "ada is not paper, the document of this file; leave it out, or write the same claim with its words in the",
        ),
        (SAYS.replace("quote", "document: papre, quote"), 7, "papre is not paper, the document of this file (did you"),
        (SAYS.replace("quote: Ada, ", ""), 7, "needs a quote with start and end, a row, a pointer or what is absent"),
        (SAYS.replace("{quote: Ada, start: 0, end: 3}", ""), 7, "must hold one item at least"),
        (SAYS.replace("quote: Ada", f"quote: {'a ' * 26}"), 7, "has 26 words; quote the 25 or fewer"),
        (SAYS.replace("start: 0", "start: nought"), 7, "must be a whole number"),
        (SAYS.replace("end: 3", "end: 3, refers: [Ada]"), 7, "must be words of the quote, ` = ` and the id of what"),
        (SAYS.replace("end: 3", "end: 3, refers: [she = ada]"), 7, "'she' is not in the quote; write words of it"),
        (SAYS.replace("end: 3", "end: 3, refers: [Ada = adda]"), 7, "adda is declared nowhere (did you mean ada?)"),
        (SAYS.replace("end: 3", "end: 3, refers: Ada = ada"), 7, "must be a list"),
        (SAYS.replace("evidence", "inferred: so, evidence"), 7, "must be a list"),
        (f"{SAYS}\n  - {SAYS}", 8, "says the same as line 7"),
        ("just words", 7, "must be a record of fields and values"),
    ],
)
def test_a_broken_claim_names_its_line_and_what_would_be_right(
    folder: Path, written: str, line: int, message: str
) -> None:
    found = faults(folder, f"{TOP}  - {written}\n")
    assert [(at, message in said) for at, said in found] == [(line, True)], found


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: [b\nc: d", 2, "cannot be read as YAML"),
        ("", 1, "must hold document, recorded_at, entities, claims"),
        ("claims: []", 1, "must say which source the claims are from"),
        (TOP + "people: []", 7, "is not read here"),
        (TOP + "---\nmore: 1", 7, "a second document starts"),
        (TOP + "claims: []", 7, "was given already in line 6"),
        (TOP.replace("Group:", "Gruop:"), 5, "is no entity type (did you mean Group?)"),
        (TOP.replace("of: Person", "of: Persom"), 5, "Persom is no entity type (did you mean Person?)"),
        (TOP.replace("of: Person", "off: Person"), 5, "is missing: Entity type of the members."),
        (TOP.replace("lindby,", "ada,"), 4, "ada is declared already in line 3"),
        (TOP.replace("id: paper", "id: paper, sha256: 12ab"), 1, "must be 64 hexadecimal digits"),
        (TOP.replace("A paper", "!!str paper"), 1, "tags such as tag:yaml.org,2002:str are not read"),
        (TOP.replace("A paper", "&a paper"), 1, "anchors and aliases"),
        (TOP.replace("[{id: ada, name: Ada}]", "{id: ada}"), 3, "must be a list, each item with a dash"),
        (TOP.replace("[{id: ada, name: Ada}]", "[[[[[[[[[]]]]]]]]]"), 3, "nested more than 8 deep"),
        (f"recorded_at: today\n{TOP}", 1, "'today' is no instant"),
        (f"recorded_at: 9999-12-31T23:59:59Z\n{TOP}", 1, "lies on the last of all days, which stands for ever"),
        (TOP.replace("id: ada", "id: c-0123456789abcdef"), 3, "begins like the id of a claim; choose a word"),
        (TOP.replace("id: ada", "id: c-0123456789abcdef-value"), 3, "begins like the id of a claim; choose a word"),
        (TOP.replace("id: paper", "id: c-0123456789abcdef"), 1, "begins like the id of a claim; choose a word"),
        (TOP.replace("A paper", r'"A\uFDD0"'), 1, "holds U+FDD0, a control or no character, which HTML, XML or RDF"),
        (TOP.replace("A paper", r'"A\U0001FFFE"'), 1, "holds U+1FFFE, a control or no character"),
        (TOP.replace("A paper", r'"A\x9b2J"'), 1, "holds U+009B, a control or no character"),
        (TOP.replace("name: A paper", "name: A, url: 'http://x/[a]'"), 1, "holds '[', which cannot stand there in an"),
        (TOP.replace("name: Ada", "name: Ada, same_as: ['https://x/%zz']"), 3, "holds '%', which cannot stand there"),
    ],
)
def test_a_broken_file_names_the_line_of_the_fault(folder: Path, text: str, line: int, message: str) -> None:
    assert any(at == line and message in said for at, said in faults(folder, text)), faults(folder, text)


def test_of_very_many_faults_not_each_is_compared_with_very_many_names(folder: Path) -> None:
    names, faulty = 500, 250
    people = ", ".join(f"{{id: person-{number}, name: Ada}}" for number in range(names))
    claims = "".join(f"  - {SAYS.replace('ada', f'parson-{number}')}\n" for number in range(faulty))
    told = [message for _, message in faults(folder, TOP.replace("{id: ada, name: Ada}", people) + claims)]
    assert len(told) == faulty and all("is declared nowhere" in message for message in told)
    guessed = [message for message in told if "did you mean person-" in message]
    assert guessed == told[: len(guessed)] and MOST_COMPARED // 2 < len(guessed) * names <= MOST_COMPARED


def test_two_faults_of_one_claim_are_both_reported(folder: Path) -> None:
    written = "{relation: ADVISES, subject: ada, objekt: crowd, " + EVIDENCE + "}"
    assert [message.split(" (")[0] for _, message in faults(folder, f"{TOP}  - {written}\n")] == [
        "ADVISES needs an object, and no value or unit",
        "is no field here",
    ]


def test_a_faulty_claim_does_not_make_others_faulty_that_refer_to_it(folder: Path) -> None:
    broken = SAYS.replace("evidence", "key: first, status: sure, evidence")
    second = SAYS.replace("ADVISES", "OPPOSES").replace("evidence", "disputes: [first], evidence")
    assert [line for line, _ in faults(folder, f"{TOP}  - {broken}\n  - {second}\n")] == [7]


@pytest.mark.parametrize("written", ["9007199254740992", "0.1234567890123456789", "123456789012345678.0", "9" * 500])
def test_a_number_that_would_be_rounded_is_refused_unless_it_is_text(folder: Path, written: str) -> None:
    claim = f"{{relation: HAS_SIZE, subject: crowd, value: {written}, {EVIDENCE}}}"
    [(line, message)] = faults(folder, f"{TOP}  - {claim}\n")
    assert line == 7 and message.startswith(f"{written} cannot be kept exactly: ")
    [file] = reading(folder, f"{TOP}  - {claim.replace(written, repr(written))}\n").files
    assert file.claims[0].value == written


@pytest.mark.parametrize("standing", Standing)
def test_a_standing_is_no_status(folder: Path, standing: Standing) -> None:
    written = SAYS.replace("evidence", f"status: {standing}, evidence")
    [(line, message)] = faults(folder, f"{TOP}  - {written}\n")
    assert (line, message.split(":")[0]) == (7, f"{standing} follows from other claims")


def test_evidence_of_another_document_is_refused_with_its_place(folder: Path) -> None:
    other = "{id: letter, name: A letter}"
    other_file = f"document: {other}\n"
    (folder / "letter.yaml").write_text(other_file, encoding="utf-8")
    evidence = "\n    evidence:\n      - {row: 1}\n      - {document: letter, row: 2}\n"
    text = f"{TOP}  - relation: ADVISES\n    subject: ada\n    object: crowd{evidence}"
    (folder / "paper.yaml").write_text(text, encoding="utf-8")
    [problem] = read([folder]).problems
    assert str(problem) == (
        f"{folder / 'paper.yaml'}:12: claims[0].evidence[1].document: letter is not paper, the document of this file; "
        "leave it out, or write the same claim with its words in the file of letter"
    )


def test_a_file_that_is_not_there_or_not_text_or_no_claims_is_a_problem(folder: Path) -> None:
    (folder / "latin.yaml").write_bytes("claims: []\n# S\xe3o\n".encode("latin-1"))
    (folder / "empty").mkdir()
    found = [str(p) for p in read([folder / "none.yaml", folder / "latin.yaml", folder / "empty"]).problems]
    assert [message.removeprefix(f"{folder}/") for message in found] == [
        "none.yaml: cannot be read: No such file or directory",
        "latin.yaml:2: is not UTF-8: byte 0xe3 is out of place",
        "empty: is a folder without .yaml files",
    ]


def test_of_a_file_that_ends_in_what_is_no_yaml_that_alone_is_told(folder: Path) -> None:
    found = faults(folder, f"{TOP}  - {SAYS.replace('ADVISES', 'ADVICES')}\n  - [\n")
    assert [message.split(":")[0] for _, message in found] == ["cannot be read as YAML"]
