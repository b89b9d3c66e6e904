"""An answer on a terminal: columns in line, cut to its width, a source beside each row, nothing it would obey."""

import unicodedata

import pytest

from api.terminal import write_table
from tests.sample_result import CLAIM_RECORDS, empty, sample

WIDTHS = (200, 120, 80, 60, 40)


def columns(line: str) -> int:
    """How many columns of the terminal the line takes."""
    marks = sum(unicodedata.category(c) in ("Mn", "Me", "Cf") for c in line)
    return len(line) - marks + sum(unicodedata.east_asian_width(c) in "WF" for c in line)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_longer_than_the_terminal_and_every_column_begins_in_line(width: int) -> None:
    head, rule, *rows, count = write_table(sample(), width).splitlines()
    assert max(map(columns, (head, rule, *rows))) <= width
    starts = [at for at, c in enumerate(rule) if c == "-" and rule[at - 1 : at] != "-"]
    assert len(starts) == 6 and all(head[at - 1] == " " != head[at] for at in starts[1:])
    assert len(rows) == 2 and count == "2 rows"


def test_wide_letters_take_two_columns_and_accents_none() -> None:
    claims = [CLAIM_RECORDS[0]["id"]]
    rows = [{"group": name, "person": "x", "claims": claims} for name in ("東京都", "e\u0301a")]
    table = write_table(sample(columns=("group", "person"), rows=rows), 120).splitlines()
    assert [columns(line[: line.index("x  ")]) for line in table[2:4]] == [8, 8]


def test_each_row_names_a_quote_its_document_and_how_far_to_take_it() -> None:
    first, second = write_table(sample(), 300).splitlines()[2:4]
    assert "[hedged] “quote 1” (vale-gazette-2026) +2" in first
    disputed = 'disputed by Ana "Ani" Silva'
    assert f"[{disputed}, Mira Vale; retracted; alleged; {disputed}] “quote 4”" in second
    assert second.endswith("(vale-gazette-2026, minutes, mira-vale) +8")


def test_an_id_beside_its_name_is_left_out() -> None:
    row = {"group_id": "river-alliance", "group": "The Alliance", "claims": [CLAIM_RECORDS[0]["id"]]}
    assert "river-alliance" not in write_table(sample(columns=("group_id", "group"), rows=[row]), 120)


@pytest.mark.parametrize("text", ["\x1b[2Jx", "a\nb", "a\rb", "\x9b31mx", "a\u202eb", "a\u2066b", "tab\there", "\x00"])
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    rows = [{"group": text, "claims": [CLAIM_RECORDS[0]["id"]]}]
    table = write_table(sample(columns=("group",), rows=rows), 120)
    assert [c for c in table if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"] == []
    assert len(table.splitlines()) == 4


def test_more_rows_and_none_are_said() -> None:
    assert write_table(sample(next_cursor="abc"), 120).endswith("\n2 rows; more exist: cursor=abc\n")
    assert write_table(empty(), 120) == "No claim in the graph answers this.\n"
