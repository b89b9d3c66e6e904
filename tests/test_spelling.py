"""Whoever misspells a name is told the one that was meant, the same way at every door."""

import pytest

from schema.spelling import MOST_NAMES_TO_COMPARE, near
from tests.test_layers import MODULES, imported


@pytest.mark.parametrize(
    ("word", "names", "meant"),
    [
        ("limt", ["limit", "cursor"], ["limit"]),
        ("advices", ["ADVISES", "SIGNED"], ["ADVISES"]),
        ("ADVISES", ["advises", "advised"], ["advises"]),
        ("frobnicate", ["limit", "cursor"], []),
        ("", ["limit"], []),
        ("limit", [], []),
    ],
)
def test_the_likest_name_is_meant_whatever_its_capitals(word: str, names: list[str], meant: list[str]) -> None:
    assert near(word, names) == meant


def test_the_likest_of_several_comes_first() -> None:
    assert near("measures-by-ctiy", ["measures-by-issuer", "coverage", "measures-by-city"], 3)[0] == "measures-by-city"


def test_among_very_many_names_only_the_capitals_are_forgiven() -> None:
    names = [f"name-{number}" for number in range(MOST_NAMES_TO_COMPARE + 1)]
    assert (near("NAME-17", names), near("nome-17", names)) == (["name-17"], [])


def test_there_is_one_did_you_mean() -> None:
    assert {module for module in MODULES if "difflib" in imported(module)} == {"schema/spelling.py"}
