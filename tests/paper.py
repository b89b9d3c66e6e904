"""A claims file of a few lines, as tests write it to read it with one thing otherwise."""

from pathlib import Path

from seed.read import Reading, read

TOP = """\
document: {id: paper, name: A paper}
entities:
  Person: [{id: ada, name: Ada}]
  City: [{id: lindby, name: Lindby}]
  Group: [{id: crowd, name: A crowd, of: Person}]
claims:
"""
EVIDENCE = "evidence: [{quote: Ada, start: 0, end: 3}]"
SAYS = "{relation: ADVISES, subject: ada, object: crowd, " + EVIDENCE + "}"


def reading(folder: Path, text: str, name: str = "paper.yaml") -> Reading:
    """What is read of a file of this text."""
    (folder / name).write_text(text, encoding="utf-8")
    return read([folder / name])


def faults(folder: Path, text: str) -> list[tuple[int, str]]:
    """Line and message of every fault of the text."""
    return [(problem.line, problem.message) for problem in reading(folder, text).problems]
