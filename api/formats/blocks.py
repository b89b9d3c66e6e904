"""Blocks of RDF: what is said of one subject, by shapes worked out once for all records with the same fields."""

from collections.abc import Callable
from functools import cache, partial
from operator import call, itemgetter
from typing import Any

from graph.result import Row

Pairs = list[tuple[str, str]]
Block = tuple[str, Pairs]
"""A subject, its predicates and their terms."""

Render = Callable[[Any], str]
Table = list[tuple[str, str, Render, bool]]
"""Name, predicate and renderer of each field, once for each of its properties; whether it is a list."""


class Shape:
    """Records with these fields: the pairs of their types, what the table has for each field, lists last."""

    def __init__(self, types: Pairs, table: Table, names: tuple[str, ...]) -> None:
        filled = [row for row in table if row[0] in names]
        ones = [(field, predicate, write) for field, predicate, write, many in filled if not many]
        self.lists = [(field, predicate, write) for field, predicate, write, many in filled if many]
        self.types, self.predicates = types, [predicate for _, predicate, _ in ones]
        self.values, self.writes = _several([field for field, _, _ in ones]), [write for _, _, write in ones]

    def pairs(self, record: Row) -> Pairs:
        """What such a record says; a list says the same once."""
        told = [*self.types, *zip(self.predicates, map(call, self.writes, self.values(record)), strict=True)]
        for field, predicate, write in self.lists:
            told += [(predicate, write(each)) for each in dict.fromkeys(record[field])]
        return told


def _several(fields: list[str]) -> Callable[[Row], tuple[Any, ...]]:
    """What takes the values of these fields out of a record, however many they are."""
    if len(fields) > 1:
        return itemgetter(*fields)
    return lambda record: tuple(record[field] for field in fields)


class Fields:
    """All that records of one kind may say in one syntax, of which each says what it has."""

    def __init__(self, table: Table, types: Pairs) -> None:
        self.shape = cache(partial(Shape, types, table))

    def pairs(self, record: Row) -> Pairs:
        """What the record says; its fields hold no None."""
        return self.shape(tuple(record)).pairs(record)
