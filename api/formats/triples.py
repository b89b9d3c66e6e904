"""An answer as RDF: one walk over its records that every RDF format writes in terms of its own."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from api.formats.blocks import Block, Fields, Pairs, Render, Shape, Table
from api.formats.facts import is_fact, plain_triples
from api.formats.links import agent_names, dataset, piece_name, publisher_name
from api.formats.members import addresses, members
from api.formats.terms import (
    CLAIM_FIELDS,
    ENTITY_FIELDS,
    EVIDENCE_FIELDS,
    MEMBER_FIELDS,
    OF_PUBLISHER,
    PAGE_FIELDS,
    WRITTEN_APART,
    Terms,
    renderers,
    table,
)
from api.formats.wording import sentence
from api.place import Place
from graph.query import read_queries
from graph.result import Answer, Result, Row
from schema import ENTITIES, RELATIONS
from schema.closed_lists import Profile
from schema.entities import ACTS
from schema.values import Selector
from schema.vocabulary import LICENCE, PUBLISHER, column_term, relation_term

AT_ONCE = 50  # claims whose lines are held together: some have a hundred places
CLAIM_TYPES = {False: ("cg:Claim", "rdf:Statement", "prov:Entity"), True: ("cg:Claim", "prov:Entity")}
NAMES_THINGS = {"entity", "entities", "few-entities", "claim"}


class Walk:
    """The blocks of one answer in one syntax; made anew for each, as predicates are rendered once."""

    def __init__(self, place: Place, terms: Terms) -> None:
        self.place, self.terms = place, terms
        self.a = terms.name("rdf:type")
        self.has = terms.name("oa:hasSelector")
        self.renderers = renderers(terms)
        self.column = cache(lambda column: terms.name(column_term(column)))
        self.relation_names = {r: terms.name(relation_term(r)) for r in RELATIONS}
        self.reified = place.profile is Profile.REIFIED
        self.entity_table = table(ENTITY_FIELDS, terms)
        self.entity_fields, self.piece_shapes = cache(self._entity_fields), cache(self._piece_shapes)
        self.claim_fields = Fields(self._claim_table(), self._types(*CLAIM_TYPES[self.reified]))
        self.publisher_fields = Fields(table(OF_PUBLISHER, terms), self._types("prov:Agent"))

    def parts(self, answer: Answer) -> Iterator[Iterator[Block]]:
        """The answer and its rows; its entities with their direct triples; its claims with their evidence."""
        yield self.heading(answer.head)
        yield from map(self.entities, answer.things())
        if self.place.profile is not Profile.TRUTHY:
            for part in answer.claims():
                records = iter(part.claims.values())
                while some := tuple(islice(records, AT_ONCE)):
                    yield (block for record in some for block in self.claim(record, part.entities))

    def heading(self, result: Result) -> Iterator[Block]:
        """The node of the answer, which declares whether more rows exist, and its rows."""
        record = {field: value for field, value in page_record(result, self.place).items() if value is not None}
        fields = Fields(table(PAGE_FIELDS, self.terms), self._types("cg:Result"))
        yield self.terms.address(self.place.here), fields.pairs(record)
        if self.place.profile is not Profile.TRUTHY:  # a row rests on claims
            yield from self.members(result)

    def members(self, result: Result) -> Iterator[Block]:
        """Each row with its columns: what depends on the question stands here, and on no thing or claim."""
        fields = Fields(table(MEMBER_FIELDS, self.terms), self._types("cg:Member"))
        for member in members(result, self.place):
            pairs = fields.pairs(member.record)
            for column, values, named in member.cells:
                predicate, write = self.column(column), self._thing if named else self.terms.plain
                pairs += [(predicate, write(value)) for value in values]
            yield self.terms.address(member.address), pairs

    def entities(self, result: Result) -> Iterator[Block]:
        """Each entity with its fields and the facts about it."""
        direct = self._direct(result)
        for slug, record in result.entities.items():
            pairs = self.entity_fields(tuple(record["types"]), record.get("of", "")).pairs(record)
            if "Document" in record["types"]:
                yield self.of_publisher(record)
                pairs.append((self.terms.name(PUBLISHER), self.publisher(slug)))
            yield self._thing(slug), pairs + sorted(direct.get(slug, ()))

    def facts(self, result: Result) -> Iterator[Block]:
        """The plain triples of the claims that may stand for themselves."""
        return ((self._thing(slug), sorted(pairs)) for slug, pairs in self._direct(result).items())

    def claim(self, record: Row, entities: Mapping[str, Row]) -> Iterator[Block]:
        """One claim and its evidence; `entities` names its ends and tells the language of its documents."""
        slug, (before, after) = record["id"], self.terms.part
        pieces = [(before + piece_name(slug, piece), piece) for piece in record["evidence"]]
        told = record | {
            "in_words": sentence(record, entities),
            "attributed_to": self.agents(record),
            "evidence": [name + after for name, _ in pieces],
            "derived_from": [self._thing(piece["document"]) for _, piece in pieces],
        }
        if self.reified:
            told["says"] = self._triple_term(record)
        yield self._thing(slug), self.claim_fields.pairs(told)
        for name, piece in pieces:
            yield from self._evidence(name, piece, entities.get(piece["document"], {}).get("language"))

    def _claim_table(self) -> Table:
        """A claim is a statement of three triples, or of one with the triple term that it is about."""
        name, thing = self.terms.name, self._thing
        says: Table = [
            ("subject", name("rdf:subject"), thing, False),
            ("relation", name("rdf:predicate"), self.relation_names.__getitem__, False),
            ("object", name("rdf:object"), thing, False),
            ("value", name("rdf:object"), self.terms.plain, False),
        ]
        if self.reified:
            says = [("says", name("rdf:reifies"), str, False)]
        return says + table(CLAIM_FIELDS, self.terms) + [(field, name(of), str, True) for field, of in WRITTEN_APART]

    def _triple_term(self, record: Row) -> str:
        value = self._thing(record["object"]) if "object" in record else self.terms.plain(record["value"])
        return f"<<( {self._thing(record['subject'])} {self.relation_names[record['relation']]} {value} )>>"

    def plain(self, record: Row) -> Iterator[tuple[str, tuple[str, str]]]:
        """Its plain triples, each by the id of the thing that it is of."""
        for fact in plain_triples(record):
            yield fact.subject, (self.terms.name(fact.term), self.renderers[fact.kind](fact.object))

    def agents(self, record: Row) -> list[str]:
        """Whoever says so."""
        return [self._part(name) if "#" in name else self._thing(name) for name in agent_names(record)]

    def publisher(self, document: str) -> str:
        """What stands for whoever has published a document."""
        return self._part(publisher_name(document))

    def of_publisher(self, document: Row) -> Block:
        """What is known of whoever has published it."""
        return self.publisher(document["id"]), self.publisher_fields.pairs(document)

    def _evidence(self, name: str, piece: Row, language: str | None) -> Iterator[Block]:
        own, selectors = self.piece_shapes(tuple(piece), language)
        yield name + self.terms.part[1], own.pairs(piece) + [(self.has, name + ending) for ending, _ in selectors]
        for ending, shape in selectors:
            yield name + ending, shape.pairs(piece)

    def _piece_shapes(self, names: tuple[str, ...], language: str | None) -> tuple[Shape, list[tuple[str, Shape]]]:
        """That of a piece of evidence with these fields; those of the selectors that they make, by their endings."""
        selectors = []
        for on in Selector:
            if any(field.name in names for field in EVIDENCE_FIELDS[on]):
                rows = table(EVIDENCE_FIELDS[on], self.terms)
                if language and on is Selector.QUOTE:
                    rows = [(field, name, _in_language(write, language), many) for field, name, write, many in rows]
                shape = Shape(self._types(on.value), rows, names)
                selectors.append((f"-{on.name.lower()}{self.terms.part[1]}", shape))
        return Shape(self._types("oa:SpecificResource"), table(EVIDENCE_FIELDS[None], self.terms), names), selectors

    def _entity_fields(self, labels: tuple[str, ...], of: str) -> Fields:
        return Fields(self.entity_table, self._types(*entity_types(labels, of)))

    def _direct(self, result: Result) -> dict[str, dict[tuple[str, str], None]]:
        """The facts about each thing, as subject or where a well-known property leads back as object."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for record in result.claims.values():
            if is_fact(record, result):
                for thing, pair in self.plain(record):
                    found.setdefault(thing, {})[pair] = None
        return found

    def _thing(self, slug: str) -> str:
        before, after = self.terms.thing
        return before + slug + after

    def _part(self, name: str) -> str:
        before, after = self.terms.part
        return before + name + after

    def _types(self, *compact: str) -> Pairs:
        return [(self.a, self.terms.name(name)) for name in compact]


@cache
def entity_types(labels: tuple[str, ...], of: str) -> tuple[str, ...]:
    """Compact names of the RDF classes of an entity with these labels; `of` is the type of a group's members."""
    acting = ("foaf:Group", "prov:Agent") if of and issubclass(ENTITIES[of], ACTS) else ()
    return tuple(sorted({*acting, *(name for label in labels for name in ENTITIES[label].rdf_types())}))


def page_record(result: Result, place: Place) -> Row:
    """What the page says of itself."""
    told = {"query": result.query, "truncated": result.truncated, "label": result.question or None}
    told |= {name: result.parameters.get(name) for name in ("as_of", "known_at")}
    told |= {"version": result.version or None, "version_at": result.version_at or None}
    told |= {"dataset": dataset(place.base), "terms_of_use": LICENCE, "profile": place.profile, **_asked(result)}
    rows = [] if place.profile is Profile.TRUTHY else addresses(result, place)
    return told | {"next": place.next or None, "members": rows}


def _asked(result: Result) -> Row:
    """Which things the question names, and which it is about, where it is about one."""
    query = read_queries().get(result.query)
    given = [
        (parameter, value)
        for parameter in (query.parameters if query else ())
        if (value := result.parameters.get(parameter.name)) is not None and parameter.type in NAMES_THINGS
    ]
    about = [id for _, value in given for id in (value if isinstance(value, list) else [value])]
    return {"about": about, "topic": about[0] if query and query.not_found and len(about) == 1 else None}


def _in_language(write: Render, language: str) -> Render:
    return lambda words: f"{write(words)}@{language}"
