"""shapes.ttl: what our RDF exports hold to, in SHACL core."""

from collections.abc import Iterable, Iterator, Sequence

from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.derive.fields import FieldTerm, Kind, field_terms, own_field_terms
from schema.derive.turtle import Pair, block, document, listed, nested, quoted
from schema.values import Role, Status
from schema.vocabulary import TERMS, relation_term, role_term, status_term

FILE = "shapes.ttl"
MEDIA_TYPE = "text/turtle"

SHAPES = TERMS.replace("terms#", "shapes#")
SHACL = "http://www.w3.org/ns/shacl#"

# Validators often look no further into a partial date than its datatype.
_DAYS = {
    "xsd:gYear": r"^\d{4}$",
    "xsd:gYearMonth": r"^\d{4}-(0[1-9]|1[0-2])$",
    "xsd:date": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
}
_VALUES = ("xsd:integer", "xsd:decimal", "xsd:string")
_WORDS = {
    "role": tuple(map(role_term, sorted(Role))),
    "status": tuple(map(status_term, sorted(Status))),
    "of": tuple(f"cg:{name}" for name in sorted(ENTITIES)),
}


def render() -> str:
    """The shapes as Turtle."""
    blocks = [*_entities(), _claim(), *_evidence(), *_relations(), _result()]
    return document(blocks, sh=SHACL, shape=SHAPES)


def _property(path: str, least: int, most: int | None, value: Sequence[Pair]) -> str:
    bounds: list[Pair] = [
        ("sh:minCount", [str(least)] if least else []),
        ("sh:maxCount", [str(most)] if most else []),
    ]
    return nested([("sh:path", [path]), *bounds, *value])


def _field(field: FieldTerm) -> str:
    return _property(field.term, int(field.required), None if field.many else 1, [_value(field)])


def _value(field: FieldTerm) -> Pair:
    if words := _WORDS.get(field.name):
        return "sh:in", [listed(words)]
    if field.is_iri:
        return "sh:nodeKind", ["sh:IRI"]
    return _day() if field.kind is Kind.DAY else ("sh:datatype", [str(field.kind)])


def _day() -> Pair:
    kinds = (nested([("sh:datatype", [kind]), ("sh:pattern", [quoted(form)])]) for kind, form in _DAYS.items())
    return "sh:or", [listed(kinds)]


def _one_of(constraint: str, terms: Iterable[str]) -> Pair:
    return "sh:or", [listed(nested([(constraint, [term])]) for term in terms)]


def _instance_of(classes: Iterable[type[Entity]]) -> Pair:
    roots = [cls for cls in ENTITIES.values() if cls.__mro__[1] is Entity]
    named = dict.fromkeys(cls for given in classes for cls in (roots if given is Entity else [given]))
    return _one_of("sh:class", (f"cg:{cls.__name__}" for cls in named))


def _shape(name: str, target: Pair, *more: Pair) -> str:
    return block(f"shape:{name}", [("a", ["sh:NodeShape"]), target, *more])


def _entities() -> Iterator[str]:
    for name, cls in sorted(ENTITIES.items()):
        fields = field_terms(cls) if cls.__mro__[1] is Entity else own_field_terms(cls)
        yield _shape(
            name,
            ("sh:targetClass", [f"cg:{name}"]),
            ("sh:nodeKind", ["sh:IRI"]),
            ("sh:class", [term for term in cls.rdf_types() if term != f"cg:{name}"]),
            ("sh:property", [_field(field) for field in fields]),
        )


def _closed() -> tuple[Pair, Pair]:
    return ("sh:closed", ["true"]), ("sh:ignoredProperties", [listed(["rdf:type"])])


def _claim() -> str:
    special = dict(_of_every_claim())
    fields = [_field(field) for field in field_terms(Claim) if field.term not in special]
    return _shape(
        "Claim",
        ("sh:targetClass", ["cg:Claim"]),
        ("sh:nodeKind", ["sh:IRI"]),
        ("sh:class", ["rdf:Statement", "prov:Entity"]),
        ("sh:property", [*fields, *special.values()]),
        *_closed(),
    )


def _of_every_claim() -> Iterator[tuple[str, str]]:
    """What the model does not say of a claim: fields it derives, and defaults that are always written."""
    # The kind of rdf:object depends on the relation, so it is left to the shape of the relation.
    instant, concept = ("sh:datatype", ["xsd:dateTime"]), ("sh:in", [listed(_WORDS["status"])])
    relation = ("sh:in", [listed(map(relation_term, sorted(RELATIONS)))])
    match = ("sh:in", [listed(map(quoted, ("certain", "possible")))])
    bounds: dict[str, tuple[int, int | None, list[Pair]]] = {
        "rdf:object": (1, 1, []),
        "rdf:predicate": (1, 1, [relation]),
        "cg:evidence": (1, None, [("sh:class", ["oa:SpecificResource"])]),
        "cg:status": (1, 1, [concept]),
        "cg:temporalMatch": (0, 1, [match]),
        "prov:generatedAtTime": (1, 1, [instant]),
        "prov:invalidatedAtTime": (0, None, [instant]),
        "prov:wasAttributedTo": (1, 1, [_instance_of([Entity])]),
        "prov:wasDerivedFrom": (1, None, [("sh:class", ["cg:Document"])]),
    }
    return ((path, _property(path, *bound)) for path, bound in bounds.items())


def _evidence() -> Iterator[str]:
    fields = {field.name: field for field in field_terms(Evidence)}
    selectors = ("oa:TextQuoteSelector", "oa:TextPositionSelector")
    source = _property("oa:hasSource", 1, 1, [("sh:class", ["cg:Document"])])
    selector = _property("oa:hasSelector", 0, 2, [_one_of("sh:class", selectors)])
    places = ("oa:hasSelector", "cg:row", "cg:pointer")
    somewhere = ("sh:or", [listed(_property(path, 1, None, []) for path in places)])
    place = [source, selector, _field(fields["row"]), _field(fields["pointer"])]
    yield _node("Evidence", "oa:SpecificResource", place, somewhere)
    yield _node("Quote", selectors[0], [_property("oa:exact", 1, 1, [_value(fields["quote"])])])
    start = _property("oa:start", 1, 1, [_value(fields["start"]), ("sh:lessThan", ["oa:end"])])
    yield _node("Position", selectors[1], [start, _property("oa:end", 1, 1, [_value(fields["end"])])])


def _node(name: str, cls: str, properties: Sequence[str], *more: Pair) -> str:
    return _shape(
        name,
        ("sh:targetClass", [cls]),
        ("sh:nodeKind", ["sh:IRI"]),
        ("sh:property", properties),
        *more,
        *_closed(),
    )


def _relations() -> Iterator[str]:
    """Two shapes a relation: one for its claims, one for its direct triples."""
    for name, cls in sorted(RELATIONS.items()):
        term = relation_term(name)
        local = term.removeprefix("cg:")
        subject, value = _instance_of(cls.domain), _one_of("sh:datatype", _VALUES)
        end = value if cls.literal() else _instance_of(cls.range)
        # The relation itself is the focus and its claims are reached backwards: each is tested once.
        ends = [_of_claims("rdf:subject", subject), _of_claims("rdf:object", end)]
        yield _shape(f"{local}-claims", ("sh:targetNode", [term]), ("sh:property", ends))
        if not cls.literal():
            direct = [_property(term, 0, None, [end])]
            yield _shape(f"{local}-direct", ("sh:targetSubjectsOf", [term]), subject, ("sh:property", direct))


def _of_claims(end: str, value: Pair) -> str:
    claims = nested([("sh:inversePath", ["rdf:predicate"])])
    return _property(listed([claims, end]), 0, None, [value])


def _result() -> str:
    properties = [
        _property("cg:query", 1, 1, [("sh:datatype", ["xsd:string"])]),
        _property("cg:truncated", 1, 1, [("sh:datatype", ["xsd:boolean"])]),
        _property("hydra:next", 0, 1, [("sh:nodeKind", ["sh:IRI"])]),
    ]
    target = ("sh:targetClass", ["cg:Result"])
    return _shape("Result", target, ("sh:nodeKind", ["sh:IRI"]), ("sh:property", properties))
