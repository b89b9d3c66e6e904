"""Turtle text, written by hand so that it is the same to the byte each time."""

import json
from collections.abc import Iterable, Sequence

from schema.vocabulary import PREFIXES

Pair = tuple[str, Sequence[str]]


def document(blocks: Iterable[str], **more_prefixes: str) -> str:
    """A Turtle file: the prefixes, sorted, then the blocks with an empty line before each."""
    prefixes = sorted((PREFIXES | more_prefixes).items())
    head = "\n".join(f"@prefix {name}: <{address}> ." for name, address in prefixes)
    return "\n\n".join([head, *blocks]) + "\n"


def block(subject: str, pairs: Iterable[Pair]) -> str:
    """One subject with its predicates, in the order given; a predicate without objects is left out."""
    return f"{subject}\n    " + " ;\n    ".join(_lines(pairs)) + " ."


def nested(pairs: Iterable[Pair]) -> str:
    """An anonymous node, on one line."""
    return "[ " + " ; ".join(_lines(pairs)) + " ]"


def listed(items: Iterable[str]) -> str:
    """An RDF list."""
    return f"( {' '.join(items)} )"


def quoted(text: str) -> str:
    """A string literal; JSON escapes what Turtle does."""
    return json.dumps(text, ensure_ascii=False)


def _lines(pairs: Iterable[Pair]) -> list[str]:
    return [f"{predicate} {_objects(objects)}" for predicate, objects in pairs if objects]


def _objects(objects: Sequence[str]) -> str:
    """On one line, or one a line where they are long."""
    return (", " if sum(map(len, objects)) < 80 else ",\n        ").join(objects)
