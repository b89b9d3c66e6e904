"""Claims files: what is read from them."""

from decimal import Decimal
from pathlib import Path

import pytest

from schema import Claim
from schema.claims_file import ClaimsFile
from schema.closed_lists import Status
from seed.read import read, spooled
from seed.verify import verify
from tests.paper import EVIDENCE, SAYS, TOP, faults, reading

TESTS = Path(__file__).parent
WORLD, WORLD2 = TESTS / "world.yaml", TESTS / "world2.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def the_claims(files: tuple[ClaimsFile, ...]) -> list[Claim]:
    return [claim for file in files for claim in file.claims]


def test_the_fictional_world_has_no_fault_and_every_quote_stands() -> None:
    world = read([WORLD, WORLD2])
    assert world.problems == ()
    assert verify(world.files, TESTS, world.places) == []
    assert len(the_claims(world.files)) >= 50


def test_dates_and_versions_stay_text_quoted_or_not(folder: Path) -> None:
    written = SAYS.replace("evidence", 'valid_from: 2026, valid_to: "2026-03", detail: no, evidence')
    [file] = reading(folder, f"{TOP}  - {written}\n").files
    assert (file.claims[0].valid_from, file.claims[0].valid_to, file.claims[0].detail) == (
        "2026",
        "2026-03",
        "no",
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [("9", 9), ("1.5", 1.5), ('"9"', "9"), ("dozens", "dozens"), ("-2", -2), ("007", "007")],
)
def test_a_value_is_a_number_only_when_written_as_one(folder: Path, written: str, value: object) -> None:
    claim = f"{{relation: HAS_SIZE, subject: crowd, value: {written}, {EVIDENCE}}}"
    [file] = reading(folder, f"{TOP}  - {claim}\n").files
    assert (file.claims[0].value, type(file.claims[0].value)) == (value, type(value))


@pytest.mark.parametrize("written", ["9007199254740991", "-9007199254740991", "0.10", "123456.789", "-0.5"])
def test_a_number_that_can_be_kept_is_kept_to_the_last_digit(folder: Path, written: str) -> None:
    claim = f"{{relation: HAS_SIZE, subject: crowd, value: {written}, {EVIDENCE}}}"
    [file] = reading(folder, f"{TOP}  - {claim}\n").files
    assert Decimal(repr(file.claims[0].value)) == Decimal(written)


@pytest.mark.parametrize("status", Status)
def test_every_status_may_be_written(folder: Path, status: Status) -> None:
    written = SAYS.replace("evidence", f"status: {status}, evidence")
    [file] = reading(folder, f"{TOP}  - {written}\n").files
    assert [claim.status for claim in file.claims] == [status]


def test_the_documents_own_name_may_stand_by_its_evidence(folder: Path) -> None:
    named = reading(folder, f"{TOP}  - {SAYS.replace('quote', 'document: paper, quote')}\n")
    assert named.problems == () and named.files == reading(folder, f"{TOP}  - {SAYS}\n").files


def test_a_document_without_a_usable_id_is_one_fault_whatever_its_evidence_names(folder: Path) -> None:
    named = SAYS.replace("quote", "document: paper, quote")
    assert [line for line, _ in faults(folder, f"{TOP.replace('id: paper', 'id: A paper')}  - {named}\n")] == [1]


def test_the_voice_of_the_document_is_the_same_named_or_not(folder: Path) -> None:
    named = SAYS.replace("evidence", "attributed_to: paper, evidence")
    claims = [the_claims(reading(folder, f"{TOP}  - {says}\n").files) for says in (SAYS, named)]
    assert claims[0] == claims[1] and claims[0][0].attributed_to is None
    other = SAYS.replace("evidence", "attributed_to: ada, evidence")
    assert the_claims(reading(folder, f"{TOP}  - {other}\n").files)[0].id != claims[0][0].id


def test_two_documents_that_say_one_thing_in_their_own_voice_state_one_claim(folder: Path) -> None:
    own = SAYS.replace("evidence", "attributed_to: letter, evidence")
    for name, says in (("paper", SAYS), ("letter", own)):
        text = f"{TOP.replace('id: paper, name: A paper', f'id: {name}, name: A {name}')}  - {says}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = read([folder])
    assert found.problems == ()
    assert [file.document.id for file in found.files] == ["letter", "paper"]
    assert len(the_claims(found.files)) == 2 and len({claim.id for claim in the_claims(found.files)}) == 1
    assert {e.document for claim in the_claims(found.files) for e in claim.evidence} == {"letter", "paper"}


def test_a_claim_is_the_documents_own_unless_it_says_whose_it_is() -> None:
    [file] = read([WORLD]).files
    by = {claim.attributed_to for claim in file.claims if claim.relation() == "HAS_SIZE"}
    assert by == {None, "calder-gazette"}
    assert {evidence.document for claim in file.claims for evidence in claim.evidence} == {"calder-report"}


def test_keys_become_the_ids_of_claims_also_across_files() -> None:
    files = read([WORLD, WORLD2]).files
    ids = {claim.id: claim for claim in the_claims(files)}
    disputed = [(ids[id_].subject, ids[id_].relation()) for claim in files[1].claims for id_ in claim.disputes]
    assert disputed == [
        ("sao-bento-order-12", "RESTRICTS"),
        ("quist-on-tickets", "ABOUT"),
        ("viktor-nagy", "LEADS"),
        ("lena-ortiz", "HOLDS_OFFICE"),
    ]
    assert ids[files[1].claims[2].disputes[0]].detail == "access to the parks alone"
    assert any(claim.corrects for claim in files[0].claims)
    assert any(claim.supersedes for claim in files[0].claims)


def test_two_documents_may_support_one_claim() -> None:
    first, second = read([WORLD, WORLD2]).files
    shared = {claim.id for claim in first.claims} & {claim.id for claim in second.claims}
    assert len(shared) == 4


def test_the_same_entity_may_be_declared_alike_in_two_files_but_not_otherwise(folder: Path) -> None:
    (folder / "a.yaml").write_text(TOP, encoding="utf-8")
    other = TOP.replace("id: paper", "id: letter").replace("name: Ada", "name: Ada Lind")
    (folder / "b.yaml").write_text(other, encoding="utf-8")
    [problem] = read([folder]).problems
    assert (problem.line, problem.field) == (3, "entities.Person[0].id")
    assert f"ada is declared otherwise in {folder / 'a.yaml'}:3" in problem.message


def test_reading_twice_gives_the_same_values_and_places() -> None:
    assert read([WORLD, WORLD2]) == read([WORLD, WORLD2])


def test_every_claim_has_the_place_where_it_is_written() -> None:
    world = read([WORLD])
    lines = WORLD.read_text(encoding="utf-8").splitlines()
    for claim in the_claims(world.files):
        file, line = world.places["calder-report", claim.id]
        assert (file, lines[line - 1]) == (str(WORLD), f"  - relation: {claim.relation()}")


def test_two_files_of_one_document_are_refused_and_one_file_named_twice_is_read_once(folder: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(TOP, encoding="utf-8")
    [problem] = read([folder]).problems
    assert str(problem) == (
        f"{folder / 'b.yaml'}:1: document.id: paper is the document of {folder / 'a.yaml'} already; "
        "write what it says in one"
    )
    twice = read([folder / "a.yaml", folder / "a.yaml"])
    assert twice.problems == () and len(twice.files) == 1


@pytest.mark.parametrize("paths", [[WORLD, WORLD2], [TESTS / "faulty.yaml"], [TESTS.parent / "seed" / "claims"]])
def test_what_is_spooled_is_what_is_read(paths: list[Path]) -> None:
    whole, apart = read(paths), spooled(paths)
    assert apart.problems == whole.problems
    assert not whole.files or dict(apart.places) == whole.places
    for one, other in zip(whole.files, apart.files, strict=True):
        assert (other.document, other.recorded_at, tuple(other.entities)) == (
            one.document,
            one.recorded_at,
            one.entities,
        )
        assert sorted(other.claims, key=lambda c: c.id) == sorted(one.claims, key=lambda c: c.id)
        assert len(other.claims) == len(one.claims) and other.claims[-1] in one.claims


def test_a_document_that_stands_last_in_its_file_is_read_like_one_that_stands_first(folder: Path) -> None:
    document, rest = TOP.split("\n", 1)
    named = SAYS.replace("evidence", "attributed_to: paper, key: one, evidence")
    doubt = SAYS.replace("ADVISES", "OPPOSES").replace("evidence", "disputes: [one], evidence")
    claims = f"  - {named}\n  - {doubt}\n"
    first, last = reading(folder, f"{TOP}{claims}"), reading(folder, f"{rest}{claims}{document}\n")
    assert first.files == last.files and first.problems == last.problems == ()
    assert first.files[0].claims[1].disputes == (first.files[0].claims[0].id,)
