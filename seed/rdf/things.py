"""What some RDF says of one thing, as the record of a claims file: an entity, or a claim with its evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from graph.dialect import leaves
from schema import ENTITIES, RELATIONS, Entity, Evidence
from schema.answer import ToldClaim
from schema.derive.fields import FieldTerm, field_terms
from schema.vocabulary import PUBLISHER, TERMS, iri, relation_term
from seed.problem import near_miss
from seed.rdf.dataset import TYPE
from seed.rdf.fields import Fault, Fields, Node, Record, literal, one, terms
from seed.rdf.syntax import Statement

SAME_AS, PERSONAL = iri("owl:sameAs"), iri(PUBLISHER)
RELATION_OF = {iri(relation_term(name)): name for name in RELATIONS}
_SAYS = ("subject", "object", "value", "attributed_to", "evidence")
_SUBJECT, _PREDICATE, _OBJECT = (iri(f"rdf:{part}") for part in ("subject", "predicate", "object"))
_VOICE, _EVIDENCE, _SELECTOR = (iri(name) for name in ("prov:wasAttributedTo", "cg:evidence", "oa:hasSelector"))
_STANDING, _CHALLENGED = iri("cg:standing"), iri("cg:challengedBy")
# What follows from claims, and is written anew from them.
_FOLLOWS = {iri(term.lstrip("^")) for each in RELATIONS.values() for term in each.broader} | {TYPE, PERSONAL}
_TOLD = {iri(field.term) for field in field_terms(ToldClaim)} | {TYPE, _SUBJECT, _PREDICATE, _OBJECT}


@dataclass
class Group:
    """What is said of a thing with this id and of its parts; the part `` is the thing itself."""

    id: str
    parts: dict[str, Node] = field(default_factory=dict)

    def add(self, part: str, statement: Statement) -> None:
        """One more statement of the thing or its part."""
        node = self.parts.setdefault(part, defaultdict(list))
        node[statement.predicate].append((statement.value, statement.kind))

    @property
    def itself(self) -> Node:
        """The thing; nothing where only parts of it are described."""
        return self.parts.get("", {})


@dataclass(frozen=True)
class ReadEntity:
    """Its type as it is declared, its record, and what its plain triples say: relation and object, addresses."""

    type: str
    record: Record
    facts: list[tuple[str, str]]
    addresses: list[str]


@dataclass(frozen=True)
class ReadClaim:
    """Its relation and record, whose evidence is by document, and what the standing that is told follows from."""

    relation: str
    record: Record
    evidence: dict[str, list[Record]]
    standing: str
    challenged_by: list[str]


class Reader:
    """Reads the things of one base."""

    def __init__(self, things: str) -> None:
        self.things, self.fields = things, Fields(things)

    def thing(self, group: Group) -> ReadEntity | ReadClaim:
        """What it is; Fault says what is wrong with it."""
        self.fields.id(f"{self.things}{group.id}")
        types = [value.removeprefix(TERMS) for value, _ in group.itself.get(TYPE, ()) if value.startswith(TERMS)]
        if "Claim" in types:
            return self._claim(group)
        if not group.itself:
            raise Fault("", "has parts that are described, and is not described itself")
        return self._entity(group, types)

    def _entity(self, group: Group, types: list[str]) -> ReadEntity:
        if strange := sorted({*types} - ENTITIES.keys() - {Entity.__name__}):
            raise Fault("rdf:type", f"{strange[0]} is no entity type{near_miss(strange[0], ENTITIES)}")
        declared = {_declared(ENTITIES[name]).__name__ for name in leaves(types)}
        if len(declared) != 1:
            told = " and ".join(sorted(declared)) or "of no type of ours"
            raise Fault("rdf:type", f"must be of one type, and is {told}")
        [name] = declared
        cls = ENTITIES[name]
        known = terms(cls) | dict.fromkeys(_FOLLOWS | _also(cls) | RELATION_OF.keys())
        record = {"id": group.id} | self.fields.of(group.itself, known)
        facts = [
            (relation, self.fields.id(value))
            for predicate, relation in RELATION_OF.items()
            for value, kind in group.itself.get(predicate, ())
            if not kind
        ]
        return ReadEntity(name, record, facts, [value for value, _ in group.itself.get(SAME_AS, ())])

    def _claim(self, group: Group) -> ReadClaim:
        node = group.itself
        predicate = one(node, _PREDICATE, "rdf:predicate")[0]
        if (relation := RELATION_OF.get(predicate)) is None:
            near = near_miss(predicate.removeprefix(TERMS), [each.removeprefix(TERMS) for each in RELATION_OF])
            raise Fault("relation", f"{predicate} is no relation{near}")
        own = {term: f for term, f in terms(RELATIONS[relation]).items() if f.name not in _SAYS}
        record = self.fields.of(node, dict.fromkeys(_TOLD | {_EVIDENCE}) | own)
        record |= {"subject": self.fields.id(one(node, _SUBJECT, "rdf:subject")[0])} | self._object(node)
        voices = [value for value, _ in node.get(_VOICE, ()) if "#" not in value]
        if len(voices) > 1:
            raise Fault("attributed_to", f"names several voices: {', '.join(voices)}")
        record |= {"attributed_to": self.fields.id(voices[0])} if voices else {}
        evidence: dict[str, list[Record]] = defaultdict(list)
        for value, _ in node.get(_EVIDENCE, ()):
            piece = self._piece(group, value)
            evidence[piece.pop("document")].append(piece)
        self._refuse_loose(group, node)
        if not evidence:
            raise Fault("evidence", "is missing: each claim must say where it stands written")
        standing = one(node, _STANDING, "standing")[0].rpartition("-")[2]
        return ReadClaim(
            relation, record, evidence, standing, [self.fields.id(v) for v, _ in node.get(_CHALLENGED, ())]
        )

    def _refuse_loose(self, group: Group, node: Node) -> None:
        """Of what is described beside the claim all must belong to it."""
        named = {value for value, _ in node.get(_EVIDENCE, ())}
        named |= {value for part in group.parts.values() for value, _ in part.get(_SELECTOR, ())}
        if loose := sorted({f"{self.things}{group.id}#{part}" for part in group.parts if part} - named):
            raise Fault("evidence", f"{loose[0]} is described, and belongs to nothing")

    def _object(self, node: Node) -> Record:
        value, kind = one(node, _OBJECT, "rdf:object")
        return {"value": literal(value, kind)} if kind else {"object": self.fields.id(value)}

    def _piece(self, group: Group, address: str) -> Record:
        """A piece of evidence with what its selectors select."""
        fields: dict[str, FieldTerm | None] = {**terms(Evidence)}
        node = self._part(group, address)
        found = self.fields.of(node, dict.fromkeys((TYPE, _SELECTOR)) | fields)
        for value, _ in node.get(_SELECTOR, ()):
            found |= self.fields.of(self._part(group, value), {TYPE: None} | fields)
        if "document" not in found:
            raise Fault("evidence", f"{address} names no document (oa:hasSource)")
        return found

    def _part(self, group: Group, address: str) -> Node:
        node = group.parts.get(address.removeprefix(f"{self.things}{group.id}#"))
        if not node:
            raise Fault("evidence", f"{address} is named and not described")
        return node


def _declared(cls: type[Entity]) -> type[Entity]:
    """A type that follows from an office is declared as the one that it is derived from."""
    return next(each for each in cls.__mro__ if issubclass(each, Entity) and not each.derived)


@cache
def _also(cls: type[Entity]) -> frozenset[str]:
    return frozenset(iri(term.also) for term in field_terms(cls) if term.also)


def grouped(things: str, found: Iterable[Statement]) -> Iterator[Group]:
    """Statements by thing; they come in the order of their subjects."""
    group: Group | None = None
    for statement in found:
        id, _, part = statement.subject.removeprefix(things).partition("#")
        if group is None or group.id != id:
            if group:
                yield group
            group = Group(id)
        group.add(part, statement)
    if group:
        yield group
