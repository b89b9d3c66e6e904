"""Right offsets written into a claims file, which stays as it is to the byte in everything else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from seed.verify import occurrences


def fix(path: Path, read: Mapping[str, str]) -> int:
    """Gives every misplaced quote of the file the place where it stands, and returns how many were misplaced.

    `read` holds the documents by their ids. A quote that stands nowhere, or more than once, is left for `verify` to
    tell.
    """
    text = path.read_bytes().decode()
    found = list(_misplaced(yaml.compose(text, yaml.SafeLoader), read))
    marks = sorted(
        ((node, number) for each in found for node, number in each), key=lambda mark: -mark[0].start_mark.index
    )
    for node, number in marks:
        text = f"{text[: node.start_mark.index]}{number}{text[node.end_mark.index :]}"
    if found:
        path.write_bytes(text.encode())
    return len(found)


def _misplaced(file: Any, read: Mapping[str, str]) -> Iterator[list[tuple[yaml.Node, int]]]:
    """The nodes of start and end of each misplaced quote, with the numbers that are right."""
    top = _fields(file)
    document = read.get(_fields(top["document"])["id"].value, "")
    for claim in top["claims"].value if "claims" in top else ():
        for piece in map(_fields, _fields(claim)["evidence"].value):
            if "quote" not in piece:
                continue
            quote, start = piece["quote"].value.strip(), int(piece["start"].value)
            if document[start : start + len(quote)] != quote and len(at := occurrences(quote, document)) == 1:
                yield [(piece["start"], at[0]), (piece["end"], at[0] + len(quote))]


def _fields(record: yaml.Node) -> dict[str, Any]:
    return {key.value: value for key, value in record.value}
