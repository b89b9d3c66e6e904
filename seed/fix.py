"""Right offsets and paragraphs written into a claims file, which stays as it is to the byte in everything else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from seed.paragraphs import paragraphs
from seed.verify import occurrences

Change = tuple[int, int, str]  # from where to where in the file, and what is to stand there


def fix(path: Path, read: Mapping[str, str]) -> int:
    """Gives every misplaced quote of the file the place where it stands, and returns how many were misplaced.

    `read` holds the documents by their ids. A quote that stands nowhere, or more than once, is left for `verify` to
    tell. The file's document is given the places where its paragraphs begin.
    """
    text = path.read_bytes().decode()
    top: Any = yaml.compose(text, yaml.SafeLoader)
    found = list(_misplaced(top, read))
    changes = [(node.start_mark.index, node.end_mark.index, str(number)) for each in found for node, number in each]
    changes += _paragraphs(_fields(top)["document"], read, text)
    for start, end, right in sorted(changes, reverse=True):
        text = f"{text[:start]}{right}{text[end:]}"
    if changes:
        path.write_bytes(text.encode())
    return len(found)


def _paragraphs(document: yaml.MappingNode, read: Mapping[str, str], text: str) -> Iterator[Change]:
    fields = _fields(document)
    starts = list(paragraphs(read.get(fields["id"].value, "")))
    if len(starts) < 2:  # of one paragraph there is nothing to tell
        return
    told = fields.get("paragraphs")
    if told is not None:
        if [int(each.value) for each in told.value] != starts:
            yield told.start_mark.index, told.end_mark.index, str(starts)
    elif document.flow_style:
        at = document.end_mark.index - 1
        yield at, at, f", paragraphs: {starts}"
    else:
        # behind the line of the last field, whatever is written beside it
        last = document.value[-1][1].end_mark.index
        at = text.find("\n", len(text[:last].rstrip()))
        at = len(text) if at < 0 else at + 1
        end = "\r\n" if "\r\n" in text else "\n"
        yield at, at, f"{' ' * document.start_mark.column}paragraphs: {starts}{end}"


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
