"""RDF told as plain values, built as an rdflib graph and written as Turtle that is the same to the byte each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from schema.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True)
class Words:
    """A string literal, one of another datatype, or words of a language."""

    text: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Nested:
    """A node without a name, written where it is used."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Listed:
    """An RDF list."""

    items: tuple[Object, ...]


# A string is the compact name of an IRI, or a whole one in angle brackets.
Object = str | bool | int | float | Words | Nested | Listed
Pair = tuple[str, Iterable[Object]]
Block = tuple[str, tuple[Pair, ...]]


def block(subject: str, pairs: Iterable[Pair]) -> Block:
    """One subject with its predicates; a predicate without objects says nothing."""
    return subject, tuple(pairs)


def nested(*pairs: Pair) -> Nested:
    """An anonymous node."""
    return Nested(pairs)


def listed(items: Iterable[Object]) -> Listed:
    """An RDF list."""
    return Listed(tuple(items))


def build(blocks: Iterable[Block], **more_prefixes: str) -> rdflib.Graph:
    """The blocks as a graph that knows our prefixes."""
    pen = _Pen(PREFIXES | more_prefixes)
    for subject, pairs in blocks:
        pen.add(pen.name(subject), pairs)
    return pen.graph


def turtle(graph: rdflib.Graph) -> str:
    """The graph as text that ends with one newline."""
    return graph.serialize(format="turtle").strip("\n") + "\n"


class _Pen:
    """Adds to one graph; nodes without a name are numbered, as the order in which they are written follows theirs."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        import rdflib  # late, as it takes a fifth of a second that most commands do not need

        self.rdflib, self.prefixes, self.numbers = rdflib, prefixes, count()
        self.graph = rdflib.Graph(bind_namespaces="none")
        for prefix, address in prefixes.items():
            self.graph.bind(prefix, address)

    def name(self, text: str) -> rdflib.URIRef:
        if text.startswith("<"):
            return self.rdflib.URIRef(text[1:-1])
        prefix, _, local = text.partition(":")
        return self.rdflib.URIRef(self.prefixes[prefix] + local)

    def add(self, subject: rdflib.term.Node, pairs: Iterable[Pair]) -> None:
        for predicate, objects in pairs:
            for each in objects:
                self.graph.add((subject, self.name(predicate), self._node(each)))

    def _node(self, told: Object) -> rdflib.term.Node:
        if isinstance(told, str):
            return self.name(told)
        if isinstance(told, Words):
            return self.rdflib.Literal(told.text, told.language, told.datatype and self.name(told.datatype))
        if isinstance(told, Nested):
            node = self._anonymous()
            self.add(node, told.pairs)
            return node
        if isinstance(told, Listed):
            return self._list(told.items)
        return self.rdflib.Literal(told)

    def _list(self, items: tuple[Object, ...]) -> rdflib.term.Node:
        rdf = self.rdflib.RDF
        cells = [self._anonymous() for _ in items]
        for cell, rest, item in zip(cells, [*cells[1:], rdf.nil], items, strict=True):
            self.graph.add((cell, rdf.first, self._node(item)))
            self.graph.add((cell, rdf.rest, rest))
        return cells[0] if cells else rdf.nil

    def _anonymous(self) -> rdflib.BNode:
        return self.rdflib.BNode(f"n{next(self.numbers):06}")
