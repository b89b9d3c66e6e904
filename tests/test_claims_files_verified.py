"""Claims files and their documents: every quote stands there, and one changed character is noticed."""

from pathlib import Path

import pytest

from seed.read import read
from seed.verify import verify
from tests.paper import SAYS, TOP, reading

TESTS = Path(__file__).parent
WORLD = TESTS / "world.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def mutated_world(folder: Path, old: str, new: str) -> list[str]:
    text = (TESTS / "world.txt").read_text(encoding="utf-8")
    assert old in text
    (folder / "world.txt").write_text(text.replace(old, new, 1), encoding="utf-8")
    return [problem.message for problem in verify(read([WORLD]).files, folder)]


@pytest.mark.parametrize(("old", "new"), [("São", "Sao"), ("law.", "law!"), ("\n", "\r\n"), ("<b>", "<i>")])
def test_one_changed_character_in_the_document_fails_verification(folder: Path, old: str, new: str) -> None:
    [message] = mutated_world(folder, old, new)
    assert message.startswith("no file here has the bytes of document calder-report, sha256 ")


def test_verification_names_the_line_of_a_misplaced_quote_and_its_right_place(folder: Path) -> None:
    text = WORLD.read_text(encoding="utf-8").replace("start: 6, end: 17", "start: 7, end: 18")
    text = text.replace("end: 30}", "end: 31}").replace("start: 0,", "start: 1,")
    moved = reading(folder, text)
    problem = verify(moved.files, TESTS, moved.places)[0]
    assert (problem.line, problem.field) != (0, "")
    assert "does not stand at 1; write start: 0, end: 30" in problem.message


def test_verification_finds_a_wording_and_a_quote_that_the_document_does_not_have(folder: Path) -> None:
    text = WORLD.read_text(encoding="utf-8")
    text = text.replace("[could sue]", "[would sue]", 1).replace('"has 40 now"', '"had 40 now"')
    messages = [problem.message for problem in verify(reading(folder, text).files, TESTS)]
    assert messages == [
        "'would sue' stands nowhere in calder-report",
        "'had 40 now' stands nowhere in calder-report",
    ]


def test_a_document_without_sum_or_without_folder_cannot_be_verified(folder: Path) -> None:
    files = reading(folder, f"{TOP}  - {SAYS}\n").files
    assert [problem.message for problem in verify(files, folder)] == ["document paper is quoted and has no sha256"]
    assert "is no folder" in verify(files, folder / "none")[0].message
