"""The lint: the quotes of a claim, taken together, say all that it says; and offsets are written where they belong."""

from hashlib import sha256
from pathlib import Path

import pytest

from api.__main__ import main
from seed.lint import lint
from seed.read import read

TEXT = """\
Ada Lind, mayor of Lindby, advises the Wharf League. The league could sue the port, if it is asked. “It advises us,”
said Bo Berg of the port. Members of the league met in policed rooms of the port.
"""
TOP = f"""\
document: {{id: paper, name: A paper, sha256: {sha256(TEXT.encode()).hexdigest()}}}
entities:
  Person: [{{id: ada, name: Ada Lind}}, {{id: bo, name: Bo Berg}}]
  Office: [{{id: mayor-of-lindby, name: Mayor of Lindby, role: mayor}}]
  AdvocacyGroup: [{{id: wharf-league, name: Wharf League}}]
  FederalAgency: [{{id: ice, name: Ice Office, aliases: [ICE]}}, {{id: port, name: Port of Lindby}}]
  Remark: [{{id: bo-on-advice, name: Bo Berg on advice}}]
claims:  # what it says
"""
LEAGUE = "'the league = wharf-league'"
PORT = "'the port = port'"
SUES = "OPPOSES, subject: wharf-league, object: port, status: hedged, wording: [could sue], condition: if it is asked"


def quoted(*quotes: str) -> str:
    """Evidence of these words, each with what they refer to after a bar."""
    pieces = []
    for each in quotes:
        quote, _, refers = each.partition(" | ")
        at = max(0, TEXT.find(quote))
        pieces.append(f'{{quote: "{quote}", start: {at}, end: {at + len(quote)}, refers: [{refers}]}}')
    return ", ".join(pieces)


def written(folder: Path, *claims: str) -> Path:
    (folder / "paper.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "paper.yaml"
    path.write_text(TOP + "".join(f"  - {claim}\n" for claim in claims), encoding="utf-8")
    return path


def doubts(folder: Path, *claims: str) -> list[tuple[str, str]]:
    found = read([written(folder, *claims)])
    assert found.problems == ()
    return [(problem.field, problem.message) for problem in lint(found.files, found.places)]


ADVISES = "ADVISES, subject: ada, object: wharf-league"
HOLDS = "HOLDS_OFFICE, subject: ada, object: mayor-of-lindby"
SAYS = "SAID, subject: bo, object: bo-on-advice"
MEMBER = "MEMBER_OF, subject: wharf-league, object: ice"


@pytest.mark.parametrize(
    ("relation", "quotes", "fields"),
    [
        (ADVISES, ["Ada Lind, mayor of Lindby, advises the Wharf League"], []),
        (ADVISES, ["Lind, mayor of Lindby, advises the Wharf League"], []),  # the last name is enough
        (ADVISES, ["Ada Lind", "advises the Wharf League"], []),
        (ADVISES, ["advises the Wharf League"], ["subject"]),
        (ADVISES, ["Ada Lind, mayor of Lindby, advises"], ["object"]),
        (ADVISES, ["Ada Lind", "the Wharf League"], ["relation"]),
        (ADVISES + ", attributed_to: bo", ["Ada Lind, mayor of Lindby, advises the Wharf League"], ["attributed_to"]),
        (ADVISES, ["mayor of Lindby, advises the Wharf League | mayor of Lindby = ada"], []),
        (HOLDS, ["Ada Lind, mayor of Lindby"], []),
        (HOLDS, ["Ada Lind, mayor of"], ["object"]),  # every word of a name of our making
        (SAYS, ["said Bo Berg"], []),  # a remark is the words themselves
        (SAYS, ["Bo Berg of the port"], ["relation"]),
        (MEMBER, [f"Members of the league met in policed rooms | {LEAGUE}"], ["object"]),  # `ice` is no word of it
        (SUES, [f"The league could sue the port, if it is asked | 'The league = wharf-league', {PORT}"], ["relation"]),
        (
            SUES.replace("OPPOSES", "PROSECUTES"),
            ["The league could sue the port"],
            ["subject", "object", "relation", "condition"],
        ),
        (
            SUES,
            [f"if it is asked | {LEAGUE.replace('the league', 'it')}", "the port"],
            ["object", "relation", "wording[0]"],
        ),
        (ADVISES + ", status: planned", ["Ada Lind, mayor of Lindby, advises the Wharf League"], ["status"]),
        (
            ADVISES + ", status: alleged, wording: [advises]",
            ["Ada Lind, mayor of Lindby, advises the Wharf League"],
            [],
        ),
    ],
)
def test_the_lint_warns_of_what_the_quotes_do_not_say(
    folder: Path, relation: str, quotes: list[str], fields: list[str]
) -> None:
    claim = f"{{relation: {relation}, evidence: [{quoted(*quotes)}]}}"
    assert [field for field, _ in doubts(folder, claim)] == fields


def test_a_warning_says_what_would_be_right(folder: Path) -> None:
    claim = f"{{relation: {ADVISES}, evidence: [{quoted('advises the Wharf League')}]}}"
    [(_, message)] = doubts(folder, claim)
    assert message == "Ada Lind is not named in the quotes; add words that do, or refers: [words = ada]"


def test_a_claim_of_a_table_has_no_words_to_judge(folder: Path) -> None:
    assert doubts(folder, f"{{relation: {ADVISES}, evidence: [{{row: 3}}]}}") == []


def test_one_quote_that_carries_many_statements_is_told_but_not_one_that_names_an_end(folder: Path) -> None:
    whole, short = "Ada Lind, mayor of Lindby, advises the Wharf League", "advises the Wharf League"
    relations = ("ADVISES", "OPPOSES", "SUPPORTS", "WARNED", "TARGETS")
    for quotes, told in (((whole,), 1), ((short, whole), 1), ((whole, short), 1)):
        claims = [f"{{relation: {ADVISES.replace('ADVISES', r)}, evidence: [{quoted(*quotes)}]}}" for r in relations]
        assert [m for _, m in doubts(folder, *claims) if "carries 5 claims" in m] == [
            f"{quotes[0]!r} carries 5 claims; quote what carries each"
        ] * told


def test_two_quotes_that_cannot_both_be_the_first_words_are_told(folder: Path) -> None:
    claims = [
        f"{{relation: {ADVISES}, evidence: [{quoted('Ada Lind', 'advises the Wharf League')}]}}",
        f"{{relation: {HOLDS}, evidence: [{quoted('Ada Lind, mayor of Lindby')}]}}",
    ]
    assert doubts(folder, *claims) == []
    misplaced = f"{{relation: {SAYS}, evidence: [{{quote: said Bo Berg, start: 0, end: 12}}]}}"
    first, *others = doubts(folder, *claims, misplaced)
    assert first == (
        "evidence[0].start",
        "'Ada Lind' and 'said Bo Berg' cannot both stand at 0; verify --fix writes where they do",
    )
    assert len(others) == 2


FIXED = {
    "said Bo Berg, start: 0, end: 12}": f"start: {TEXT.index('said Bo')}, end: {TEXT.index('said Bo') + 12}",
    "Ada Lind, start: 5, end: 13}": "start: 0, end: 8",
    "Ada Lind, start: 0, end: 8}": "start: 0, end: 8",
}


@pytest.mark.parametrize(("quote", "right"), FIXED.items())
def test_fix_writes_the_right_offsets_and_nothing_else(folder: Path, quote: str, right: str) -> None:
    line = f"{{relation: {SAYS},  evidence: [{{quote: {quote}]}}  # said — aloud"
    path = written(folder, line)
    before = path.read_bytes()
    assert main(["verify", str(path), "--documents", str(folder), "--fix"]) == 0
    written_now = quote.partition(", ")[2].rstrip("}")
    assert path.read_bytes() == before.replace(written_now.encode(), right.encode())


def test_fix_tells_of_a_quote_that_stands_twice_and_guesses_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = f"{{relation: {SAYS}, evidence: [{{quote: the port, start: 0, end: 8}}]}}"
    path = written(folder, line)
    before = path.read_bytes()
    assert main(["verify", str(path), "--documents", str(folder), "--fix"]) != 0
    assert path.read_bytes() == before
    places = " and ".join(str(at) for at in range(len(TEXT)) if TEXT.startswith("the port", at))
    assert (
        f"does not stand at 0 but at {places}; write start and end of the one that is meant" in capsys.readouterr().err
    )


def test_fix_keeps_the_line_ends_of_the_file(folder: Path) -> None:
    path = written(folder, f"{{relation: {SAYS}, evidence: [{{quote: said Bo Berg, start: 0, end: 12}}]}}")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["verify", str(path), "--documents", str(folder), "--fix"]) == 0
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n") > 5


PARTS = "The league met.\nAda Lind advises it.\n"
DECLARED = {
    "flow": "document: {{id: paper, name: A paper, sha256: {sum}}}",
    "block": "document:\n  id: paper\n  sha256: {sum}\n  name: A paper  # as received",
    "wrong": "document: {{id: paper, paragraphs: [0, 5], name: A paper, sha256: {sum}}}",
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("way", DECLARED)
def test_fix_writes_where_the_paragraphs_begin_and_a_second_time_nothing(folder: Path, way: str, ends: str) -> None:
    (folder / "parts.txt").write_bytes(PARTS.encode())
    claim = f"{{relation: {ADVISES}, evidence: [{{quote: Ada Lind advises it, start: 16, end: 35}}]}}"
    top = DECLARED[way].format(sum=sha256(PARTS.encode()).hexdigest())
    path = folder / "parts.yaml"
    text = top + TOP[TOP.index("\nentities") :] + f"  - {claim}\n"
    path.write_bytes(text.replace("\n", ends).encode())
    command = ["verify", str(path), "--documents", str(folder)]
    assert main(command) == (1 if way == "wrong" else 0)
    assert main([*command, "--fix"]) == 0
    fixed = path.read_bytes()
    assert fixed.count(b"paragraphs: [0, 16]") == 1 and fixed.count(b"\n") == fixed.count(ends.encode())
    assert read([path]).files[0].document.paragraphs == (0, 16)
    assert main([*command, "--fix"]) == 0 and path.read_bytes() == fixed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
