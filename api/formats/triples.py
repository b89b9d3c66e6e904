"""An answer as RDF: one walk over its records that every RDF format writes in terms of its own."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

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
    Table,
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

Pairs = list[tuple[str, str]]
Block = tuple[str, Pairs]

AT_ONCE = 50  # claims whose lines are held together: some have a hundred places
CLAIM_TYPES = {False: ("cg:Claim", "rdf:Statement", "prov:Entity"), True: ("cg:Claim", "prov:Entity")}
NAMES_THINGS = {"entity", "entities", "few-entities", "claim"}


class Walk:
    """The blocks of one answer in one syntax; made anew for each, as predicates are rendered once."""

    def __init__(self, place: Place, terms: Terms) -> None:
        self.place, self.terms = place, terms
        self.a = terms.name("rdf:type")
        self.claim_table, self.entity_table = table(CLAIM_FIELDS, terms), table(ENTITY_FIELDS, terms)
        self.evidence_table, self.publisher_table = table(EVIDENCE_FIELDS[None], terms), table(OF_PUBLISHER, terms)
        self.selectors = [
            (f"-{on.name.lower()}{terms.part[1]}", self._types(on.value), table(EVIDENCE_FIELDS[on], terms))
            for on in Selector
        ]
        self.narrowed = cache(self._narrowed)
        self.renderers = renderers(terms)
        self.column = cache(lambda column: terms.name(column_term(column)))
        self.reified = place.profile is Profile.REIFIED
        self.claim_types = self._types(*CLAIM_TYPES[self.reified])
        self.of_statement = [terms.name(part) for part in ("rdf:subject", "rdf:predicate", "rdf:object")]
        self.specific = self._types("oa:SpecificResource")
        self.relation_names = {r: terms.name(relation_term(r)) for r in RELATIONS}

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
        pairs = _pairs(page_record(result, self.place), table(PAGE_FIELDS, self.terms))
        yield self.terms.address(self.place.here), [*self._types("cg:Result"), *pairs]
        if self.place.profile is not Profile.TRUTHY:  # a row rests on claims
            yield from self.members(result)

    def members(self, result: Result) -> Iterator[Block]:
        """Each row with its columns: what depends on the question stands here, and on no thing or claim."""
        fields, types = table(MEMBER_FIELDS, self.terms), self._types("cg:Member")
        for member in members(result, self.place):
            pairs = [*types, *_pairs(member.record, fields)]
            for cell in member.cells:
                predicate, render = self.column(cell.column), self._thing if cell.names else self.terms.plain
                pairs += [(predicate, render(value)) for value in cell.values]
            yield self.terms.address(member.address), pairs

    def entities(self, result: Result) -> Iterator[Block]:
        """Each entity with its fields and the facts about it."""
        direct = self._direct(result)
        for slug, record in result.entities.items():
            pairs = [*self._types(*entity_types(tuple(record["types"]), record.get("of", "")))]
            pairs += _pairs(record, self.entity_table)
            if "Document" in record["types"]:
                yield self.of_publisher(record)
                pairs.append((self.terms.name(PUBLISHER), self.publisher(slug)))
            yield self._thing(slug), pairs + sorted(direct.get(slug, ()))

    def facts(self, result: Result) -> Iterator[Block]:
        """The plain triples of the claims that may stand for themselves."""
        return ((self._thing(slug), sorted(pairs)) for slug, pairs in self._direct(result).items())

    def claim(self, record: Row, entities: Mapping[str, Row]) -> Iterator[Block]:
        """One claim and its evidence; `entities` names its ends and tells the language of its documents."""
        slug = record["id"]
        (before, after), name = self.terms.part, self.terms.name
        pieces = [(before + piece_name(slug, piece), piece) for piece in record["evidence"]]
        pairs = [*self.claim_types, *self._says(record)]
        pairs += _pairs(record | {"in_words": sentence(record, entities)}, self.claim_table)
        pairs += [(name("prov:wasAttributedTo"), agent) for agent in self.agents(record)]
        pairs += [(name("cg:evidence"), e + after) for e, _ in pieces]
        documents = dict.fromkeys(piece["document"] for _, piece in pieces)
        pairs += [(name("prov:wasDerivedFrom"), self._thing(d)) for d in documents]
        yield self._thing(slug), pairs
        for evidence, piece in pieces:
            yield from self._evidence(evidence, piece, entities.get(piece["document"], {}).get("language"))

    def _says(self, record: Row) -> Pairs:
        """What it is a statement of: three triples, or one with the triple term that they describe."""
        relation, subject = self.relation_names[record["relation"]], self._thing(record["subject"])
        value = self._thing(record["object"]) if "object" in record else self.terms.plain(record["value"])
        if self.reified:
            return [(self.terms.name("rdf:reifies"), f"<<( {subject} {relation} {value} )>>")]
        return [*zip(self.of_statement, (subject, relation, value), strict=True)]

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
        return self.publisher(document["id"]), self._types("prov:Agent") + _pairs(document, self.publisher_table)

    def _evidence(self, evidence: str, piece: Row, language: str | None) -> Iterator[Block]:
        has, selectors = self.terms.name("oa:hasSelector"), list[Block]()
        own, told = self.narrowed(tuple(piece))
        for ending, types, fields in told:
            if pairs := _pairs(piece, fields):
                if language and ending == self.selectors[0][0]:  # the words themselves
                    pairs = [(predicate, f"{words}@{language}") for predicate, words in pairs]
                selectors.append((evidence + ending, types + pairs))
        pairs = [*self.specific, *_pairs(piece, own), *((has, name) for name, _ in selectors)]
        yield evidence + self.terms.part[1], pairs
        yield from selectors

    def _narrowed(self, names: tuple[str, ...]) -> tuple[Table, list[tuple[str, Pairs, Table]]]:
        """Of the tables of a piece of evidence and of its selectors what a piece with these fields can fill."""

        def narrow(fields: Table) -> Table:
            return [each for each in fields if each[0] in names]

        told = ((ending, types, narrow(fields)) for ending, types, fields in self.selectors)
        return narrow(self.evidence_table), [each for each in told if each[2]]

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


def _pairs(record: Row, fields: Table) -> Pairs:
    pairs = []
    for field, predicate, render, many in fields:
        value = record.get(field)
        if value is None:
            continue
        if many:
            pairs += [(predicate, render(each)) for each in dict.fromkeys(value)]
        else:
            pairs.append((predicate, render(value)))
    return pairs
