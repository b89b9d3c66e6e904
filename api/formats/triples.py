"""An answer as RDF: one walk over its records that every RDF format writes in terms of its own."""

from collections.abc import Iterator
from functools import cache

from api.formats.links import elsewhere, piece_name
from api.formats.members import Cell, addresses, members
from api.formats.terms import (
    CLAIM_FIELDS,
    ENTITY_FIELDS,
    EVIDENCE_FIELDS,
    MEMBER_FIELDS,
    PAGE_FIELDS,
    Table,
    Terms,
    table,
)
from api.place import Place
from graph.result import Answer, Result, Row
from schema import ENTITIES, RELATIONS
from schema.closed_lists import FACTUAL_STATUSES, Standing
from schema.values import EARLIEST, LATEST, Selector, day_bounds
from schema.vocabulary import column_term, relation_term

Pairs = list[tuple[str, str]]
Block = tuple[str, Pairs]


class Walk:
    """The blocks of one answer in one syntax; made anew for each, as predicates are rendered once."""

    def __init__(self, place: Place, terms: Terms) -> None:
        self.place, self.terms = place, terms
        self.a = terms.name("rdf:type")
        self.claim_table, self.entity_table = table(CLAIM_FIELDS, terms), table(ENTITY_FIELDS, terms)
        self.evidence_table = table(EVIDENCE_FIELDS[None], terms)
        self.selectors = [
            (f"-{on.name.lower()}{terms.part[1]}", self._types(on.value), table(EVIDENCE_FIELDS[on], terms))
            for on in Selector
        ]
        self.claim_types = self._types("cg:Claim", "rdf:Statement", "prov:Entity")
        self.relation_names = {r: terms.name(relation_term(r)) for r in RELATIONS}
        self.direct_names = {
            r: [*([] if cls.literal() else [self.relation_names[r]]), *self._broader(r)] for r, cls in RELATIONS.items()
        }

    def parts(self, answer: Answer) -> Iterator[Iterator[Block]]:
        """The answer and its rows; its entities with their direct triples; its claims with their evidence."""
        yield self.heading(answer.head)
        yield from map(self.entities, answer.things())
        for part in answer.claims():
            yield (block for record in part.claims.values() for block in self.claim(record))

    def heading(self, result: Result) -> Iterator[Block]:
        """The node of the answer, which declares whether more rows exist, and its rows."""
        pairs = _pairs(page_record(result, self.place), table(PAGE_FIELDS, self.terms))
        yield self.terms.address(self.place.here), [*self._types("cg:Result"), *pairs]
        yield from self.members(result)

    def members(self, result: Result) -> Iterator[Block]:
        """Each row with its columns: what depends on the question stands here, and on no thing or claim."""
        fields, types = table(MEMBER_FIELDS, self.terms), self._types("cg:Member")
        for member in members(result, self.place):
            pairs = [*types, *_pairs(member.record, fields)]
            for cell in member.cells:
                predicate = self.terms.name(column_term(cell.column))
                pairs += [(predicate, value) for value in self._values(cell)]
            yield self.terms.address(member.address), pairs

    def _values(self, cell: Cell) -> Iterator[str]:
        return (self._thing(value) if cell.names else self.terms.plain(value) for value in cell.values)

    def entities(self, result: Result) -> Iterator[Block]:
        """Each entity with its fields and the facts it is the subject of."""
        direct = self._direct(result)
        for slug, record in result.entities.items():
            pairs = [*self._entity_types(tuple(record["types"])), *_pairs(record, self.entity_table)]
            yield self._thing(slug), pairs + direct.get(slug, [])

    def claim(self, record: Row) -> Iterator[Block]:
        """One claim and its evidence."""
        slug = record["id"]
        (before, after), name = self.terms.part, self.terms.name
        pieces = [(before + piece_name(slug, piece), piece) for piece in record["evidence"]]
        pairs = [*self.claim_types, (name("rdf:predicate"), self.relation_names[record["relation"]])]
        pairs += _pairs(record, self.claim_table)
        pairs += [(name("cg:evidence"), e + after) for e, _ in pieces]
        documents = dict.fromkeys(piece["document"] for _, piece in pieces)
        pairs += [(name("prov:wasDerivedFrom"), self._thing(d)) for d in documents]
        yield self._thing(slug), pairs
        for evidence, piece in pieces:
            yield from self._evidence(evidence, piece)

    def _evidence(self, evidence: str, piece: Row) -> Iterator[Block]:
        has = self.terms.name("oa:hasSelector")
        told = [(evidence + ending, types, _pairs(piece, fields)) for ending, types, fields in self.selectors]
        selectors = [(name, types + pairs) for name, types, pairs in told if pairs]
        own = self._types("oa:SpecificResource") + _pairs(piece, self.evidence_table)
        yield evidence + self.terms.part[1], own + [(has, name) for name, _ in selectors]
        yield from selectors

    def _direct(self, result: Result) -> dict[str, Pairs]:
        found: dict[str, dict[tuple[str, str], None]] = {}
        for record in result.claims.values():
            if is_fact(record, result):
                facts = found.setdefault(record["subject"], {})
                value = self._thing(record["object"]) if "object" in record else self.terms.plain(record["value"])
                for predicate in self.direct_names[record["relation"]]:
                    facts[predicate, value] = None
                if address := elsewhere(record):
                    facts[self.terms.name("owl:sameAs"), self.terms.address(address)] = None
        return {subject: list(facts) for subject, facts in found.items()}

    def _broader(self, relation: str) -> list[str]:
        broader = RELATIONS[relation].broader
        return [self.terms.name(broader)] if broader else []

    def _thing(self, slug: str) -> str:
        before, after = self.terms.thing
        return before + slug + after

    def _types(self, *compact: str) -> Pairs:
        return [(self.a, self.terms.name(name)) for name in compact]

    def _entity_types(self, labels: tuple[str, ...]) -> Pairs:
        return self._types(*entity_types(labels))


@cache
def entity_types(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Compact names of the RDF classes of an entity with these labels."""
    return tuple(sorted({name for label in labels for name in ENTITIES[label].rdf_types()}))


def is_fact(claim: Row, result: Result) -> bool:
    """Whether the plain triple may stand without its claim: a fact, said so, unchallenged, on no condition, and now."""
    if "object" not in claim and not RELATIONS[claim["relation"]].broader:
        return False
    if claim["status"] not in FACTUAL_STATUSES or claim["standing"] != Standing.CURRENT:
        return False
    if "condition" in claim or "inferred" in claim:
        return False
    if result.parameters.get("known_at"):  # what was known then says nothing of now
        return False
    today = result.version_at[:10] or LATEST  # with no version there is no today, and whatever has an end has ended
    return day_bounds(claim.get("valid_from", EARLIEST))[0] <= today <= day_bounds(claim.get("valid_to", LATEST))[0]


def page_record(result: Result, place: Place) -> Row:
    """What the page says of itself."""
    told = {"query": result.query, "truncated": result.truncated, "label": result.question or None}
    told |= {name: result.parameters.get(name) for name in ("as_of", "known_at")}
    told |= {"version": result.version or None, "version_at": result.version_at or None}
    return told | {"next": place.next or None, "members": addresses(result, place)}


def _pairs(record: Row, fields: Table) -> Pairs:
    pairs = []
    for field, predicate, render in fields:
        value = record.get(field)
        if value is None:
            continue
        if isinstance(value, list | tuple):
            pairs += [(predicate, render(each)) for each in dict.fromkeys(value)]
        else:
            pairs.append((predicate, render(value)))
    return pairs
