"""The lines of an export of ours, and changes to them that somebody may have made."""

from collections.abc import Callable
from pathlib import Path

from schema.vocabulary import iri
from seed.problem import Problem
from seed.rdf.read import read_rdf
from tests.whole_graph import PLACE

Change = Callable[[list[str]], list[str]]

HEAD, THINGS, CG = f"<{PLACE.here}>", f"{PLACE.base}id/", iri("cg:")
ADVICE, LANTERN, REPORT = "c-15859a4f34ab60f6", "civic-lantern", "calder-report"


def of(id: str, name: str) -> str:
    """How a line begins that tells this property of a thing."""
    return f"<{THINGS}{id}> <{iri(name)}> "


def without(beginning: str) -> Change:
    def change(lines: list[str]) -> list[str]:
        kept = [line for line in lines if not line.startswith(beginning)]
        assert len(kept) < len(lines)
        return kept

    return change


def instead(beginning: str, term: str) -> Change:
    return lambda lines: [*without(beginning)(lines), f"{beginning}{term} .\n"]


def besides(*more: str) -> Change:
    return lambda lines: [*lines, *(f"{line} .\n" for line in more)]


def problems(folder: Path, lines: list[str]) -> tuple[Problem, ...]:
    path = folder / "graph.nt"
    path.write_text("".join(lines), encoding="utf-8")
    found = read_rdf([path])
    assert not (found.problems and found.files)
    return found.problems
