"""Nanopublications: each claim with what it says, on whose word, and how it was published, under a trusty URI.

Guidelines: https://nanopub.net/guidelines/working_draft/. What is asserted is the claim's statement, and besides it the
plain triple where nothing keeps that from being a fact for good. Nothing depends on the question, the day or the
edition: the same claim has the same address in every answer, until something about it changes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from api.formats.blocks import Block, Pairs
from api.formats.facts import is_fact
from api.formats.licences import licence_address
from api.formats.links import dataset
from api.formats.terms import full_terms, prefixes, safe_iri, text_term
from api.formats.triples import Walk
from api.formats.trusty import BLANK, artifact_code
from api.place import Place
from graph.result import ENDS, Answer, Result, Row
from schema.closed_lists import Profile
from schema.vocabulary import PUBLISHER

Entities = Mapping[str, Row]
Graphs = dict[str, list[Block]]

PROFILE = "http://www.nanopub.org/nschema#"
"""What tells them from other TriG, whose media type they share."""

_NAMES = {"np": PROFILE, "npx": "http://purl.org/nanopub/x/"}
_HEAD, _ASSERTION, _PROVENANCE, _PUBINFO = "Head", "assertion", "provenance", "pubinfo"
# How a claim came about is told of the assertion, and when it was taken in of the publication.
_TOLD_APART = ("cg:evidence", "prov:wasDerivedFrom", "prov:generatedAtTime")
_OF_DOCUMENT = ("name", "url", "licence")
_EDITORS = "Editors of this graph"
_UTC = re.compile('Z("\\^\\^<[^>]*#dateTime>)$')


def write_nanopubs(answer: Answer, place: Place) -> Iterator[str]:
    """TriG, four graphs a claim; which edition they are from stands in a comment, for they are those of any."""
    pen = _Pen(place)
    yield pen.opening(answer.head, place.next)
    for part in answer.claims():
        for claim in part.claims.values():
            yield pen.write(claim, part.entities)


def nanopub_address(claim: Row, entities: Entities, place: Place) -> str:
    """The trusty URI of a claim as it stands now."""
    pen = _Pen(place)
    return pen.home(claim) + pen.code(pen.graphs(claim, entities))


class _Pen:
    """Writes the claims of one answer; terms are those of N-Triples until they are written."""

    def __init__(self, place: Place) -> None:
        self.base, self.walk = safe_iri(place.base), Walk(replace(place, profile=Profile.FULL), full_terms(place))
        self.prefixes = prefixes(place) | _NAMES
        self.apart = {self._name(each) for each in _TOLD_APART}
        self.of_document = [row for row in self.walk.entity_table if row[0] in _OF_DOCUMENT]
        self.spaces = {space: f"{name}:" for name, space in self.prefixes.items()}
        longest_first = sorted(map(re.escape, self.spaces), key=len, reverse=True)
        self.known = re.compile(f"<({'|'.join(longest_first)})([A-Za-z0-9][A-Za-z0-9_-]*)>")

    def opening(self, head: Result, onward: str | None) -> str:
        """What stands once before all nanopublications."""
        told = [f"Version {head.version} of {head.version_at}"] if head.version else []
        told += [f"truncated: more at {onward}"] if head.truncated else []
        prefixes = (f"@prefix {name}: <{space}> .\n" for name, space in self.prefixes.items())
        return "".join([*(f"# {line}\n" for line in told), *prefixes])

    def home(self, claim: Row) -> str:
        """What the addresses of a claim's nanopublications begin with."""
        return f"{self.base}np/{claim['id']}/"

    def write(self, claim: Row, entities: Entities) -> str:
        """One nanopublication."""
        graphs, home = self.graphs(claim, entities), self.home(claim)
        this = home + self.code(graphs)
        text = f"\n@prefix this: <{this}> .\n@prefix sub: <{this}#> .\n"
        for graph, blocks in graphs.items():
            lines = "".join(f"    {self._block(block, home + BLANK)} .\n" for block in blocks)
            text += f"{self._short(graph, home + BLANK)} {{\n{lines}}}\n"
        return text

    def code(self, graphs: Graphs) -> str:
        """What the trusty URI ends in."""
        return artifact_code(
            (graph, subject, predicate, value)
            for graph, blocks in graphs.items()
            for subject, pairs in blocks
            for predicate, value in pairs
        )

    def graphs(self, claim: Row, entities: Entities) -> Graphs:
        """The four graphs by name, with a blank where the code is to stand."""
        this = self.home(claim) + BLANK
        head, assertion, provenance, pubinfo = (
            f"<{this}#{part}>" for part in (_HEAD, _ASSERTION, _PROVENANCE, _PUBINFO)
        )
        documents = [entities[id] for id in dict.fromkeys(piece["document"] for piece in claim["evidence"])]
        statement, *pieces = self.walk.claim(claim, entities)
        return {
            head: [(f"<{this}>", self._head(assertion, provenance, pubinfo))],
            assertion: _in_full_time(self._assertion(claim, statement)),
            provenance: _in_full_time([*self._provenance(claim, statement, assertion, documents), *pieces]),
            pubinfo: _in_full_time([*self._pubinfo(claim, f"<{this}>", documents), *self._labels(claim, entities)]),
        }

    def _head(self, *parts: str) -> Pairs:
        links = ("np:hasAssertion", "np:hasProvenance", "np:hasPublicationInfo")
        return [(self.walk.a, self._name("np:Nanopublication")), *zip(map(self._name, links), parts, strict=True)]

    def _assertion(self, claim: Row, statement: Block) -> Iterator[Block]:
        subject, pairs = statement
        if _is_fact_for_good(claim):
            yield from self._fact(claim)
        yield subject, [pair for pair in pairs if pair[0] not in self.apart]

    def _fact(self, claim: Row) -> Iterator[Block]:
        found: dict[str, Pairs] = {}
        for thing, pair in self.walk.plain(claim):
            found.setdefault(thing, []).append(pair)
        return ((self._thing(thing), pairs) for thing, pairs in found.items())

    def _provenance(self, claim: Row, statement: Block, assertion: str, documents: list[Row]) -> Iterator[Block]:
        subject, pairs = statement
        evidence = [pair for pair in pairs if pair[0] == self._name("cg:evidence")]
        sources = [self._thing(document["id"]) for document in documents]
        derived = [(self._name("prov:wasDerivedFrom"), each) for each in (*(piece for _, piece in evidence), *sources)]
        voices = [(self._name("prov:wasAttributedTo"), agent) for agent in self.walk.agents(claim)]
        yield assertion, voices + derived
        yield subject, evidence
        for source, document in zip(sources, documents, strict=True):
            told = [(name, write(document[field])) for field, name, write, _ in self.of_document if document.get(field)]
            publisher = self.walk.publisher(document["id"])
            yield source, [*told, *self._licence([document]), (self._name(PUBLISHER), publisher)]
            yield self.walk.of_publisher(document)

    def _labels(self, claim: Row, entities: Entities) -> Iterator[Block]:
        """The names of all that the claim names."""
        label, ends = self._name("rdfs:label"), [claim[end] for end in ENDS if end in claim]
        for id in dict.fromkeys([*ends, *claim["attributed_to"], *claim.get("disputed_by", ())]):
            yield self._thing(id), [(label, text_term(entities[id]["name"]))]

    def _pubinfo(self, claim: Row, this: str, documents: list[Row]) -> Iterator[Block]:
        editors = f"<{self.base}#editors>"
        told = [
            (self._name("dct:created"), self.walk.terms.typed(claim["recorded_at"], "xsd:dateTime")),
            (self._name("dct:creator"), editors),
            (self._name("dct:isPartOf"), f"<{safe_iri(dataset(self.base))}>"),
            (self._name("npx:introduces"), self._thing(claim["id"])),
        ]
        yield this, told + self._licence(documents)
        yield editors, [(self.walk.a, self._name("prov:Agent")), (self._name("rdfs:label"), text_term(_EDITORS))]

    def _licence(self, documents: list[Row]) -> Pairs:
        """None where one of them names none that we know, or two differ: both would read as a choice."""
        named = {licence_address(document.get("licence")) for document in documents}
        [address] = named if len(named) == 1 else [None]
        return [(self._name("dct:license"), f"<{address}>")] if address else []

    def _name(self, compact: str) -> str:
        prefix, _, name = compact.partition(":")
        return f"<{self.prefixes[prefix]}{name}>"

    def _thing(self, id: str) -> str:
        before, after = self.walk.terms.thing
        return before + id + after

    def _block(self, block: Block, this: str) -> str:
        subject, pairs = block
        told = (f"{self._short(each, this)} {self._short(value, this)}" for each, value in dict.fromkeys(pairs))
        return f"{self._short(subject, this)} " + " ;\n        ".join(told)

    def _short(self, term: str, this: str) -> str:
        """The term in TriG, `this` being the nanopublication itself."""
        if term[0] == '"':
            text, mark, kind = term.rpartition('"')
            return text + mark + (f"^^{self._short(kind[2:], this)}" if kind[:1] == "^" else kind)
        if term.startswith(f"<{this}"):
            return "this:" if term == f"<{this}>" else f"sub:{term[len(this) + 2 : -1]}"
        found = self.known.fullmatch(term)
        return self.spaces[found[1]] + found[2] if found else term


def _is_fact_for_good(claim: Row) -> bool:
    """A fact on the day it was taken in, in nobody's name but its documents', and with no end to come."""
    then = Result("", "", (), [], version_at=claim["recorded_at"])
    documents = {piece["document"] for piece in claim["evidence"]}
    return is_fact(claim, then) and "valid_to" not in claim and documents.issuperset(claim["attributed_to"])


def _in_full_time(blocks: Iterable[Block]) -> list[Block]:
    # rdflib rewrites `Z` when it reads, and who checks the hash by it would find another.
    return [(subject, [(each, _UTC.sub(r"+00:00\1", value)) for each, value in pairs]) for subject, pairs in blocks]
