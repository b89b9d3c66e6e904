"""ontology.ttl: our classes, properties and closed lists in OWL and SKOS, tied to well-known ones."""

from collections.abc import Iterable, Iterator

from schema import ENTITIES, RELATIONS, Claim, Entity
from schema.derive.fields import FieldTerm, Kind, models, own_field_terms
from schema.derive.turtle import Pair, block, document, quoted
from schema.model import Thing
from schema.values import MEANINGS, Role, Status
from schema.vocabulary import TERMS, relation_term, role_term, status_term

FILE = "ontology.ttl"
MEDIA_TYPE = "text/turtle"

_HOME = f"<{TERMS.removesuffix('#')}>"

_RANGES = {
    Kind.TEXT: ("xsd:string",),
    Kind.COUNT: ("xsd:nonNegativeInteger",),
    Kind.INSTANT: ("xsd:dateTime",),
    Kind.DAY: ("xsd:gYear", "xsd:gYearMonth", "xsd:date"),
    Kind.VALUE: ("xsd:integer", "xsd:decimal", "xsd:string"),
}

_FIELD_RANGES = {
    "evidence": ("oa:SpecificResource",),
    "of": ("owl:Class",),
    "role": ("skos:Concept",),
    "status": ("skos:Concept",),
    "disputes": ("cg:Claim",),
    "corrects": ("cg:Claim",),
    "supersedes": ("cg:Claim",),
}

# Terms that belong to an answer, not to a model.
_ANSWER_TERMS = (
    ("query", "Name of the question that was asked.", "cg:Result", "xsd:string"),
    ("truncated", "Whether the answer goes on beyond what is here.", "cg:Result", "xsd:boolean"),
    ("temporalMatch", "Whether it held on the day asked for: certain or possible.", "cg:Claim", "xsd:string"),
)


def render() -> str:
    """The ontology as Turtle."""
    return document([_header(), *_classes(), *_relations(), *_fields(), *_answer_terms(), *_lists()])


def words(name: str) -> str:
    """`HoldsOffice`, `HOLDS_OFFICE` and `holds-office` → `holds office`."""
    spaced = "".join(f" {c}" if c.isupper() and not name.isupper() and "_" not in name else c for c in name)
    return spaced.replace("_", " ").replace("-", " ").strip().lower()


def sentence(cls: type) -> str:
    """The first paragraph of the docstring on one line."""
    return " ".join((cls.__doc__ or "").split("\n\n")[0].split())


def class_terms(classes: Iterable[type[Entity]]) -> tuple[str, ...]:
    """Compact names of the classes; the kernel `Entity` is no class of ours and stands for anything."""
    return tuple("owl:Thing" if cls is Entity else f"cg:{cls.__name__}" for cls in classes)


def _header() -> str:
    about = "Who advises, governs, issues, restricts and says what in public life, each claim sourced."
    return block(
        _HOME,
        [
            ("a", ["owl:Ontology"]),
            ("rdfs:label", [quoted("civicgraph terms")]),
            ("rdfs:comment", [quoted(about)]),
        ],
    )


def _term(name: str, kind: str, label: str, definition: str, *more: Pair) -> str:
    about: list[Pair] = [
        ("a", [kind]),
        ("rdfs:label", [quoted(label)]),
        ("skos:definition", [quoted(definition)] if definition else []),
    ]
    return block(name, [*about, *more, ("rdfs:isDefinedBy", [_HOME])])


def _classes() -> Iterator[str]:
    for name, cls in sorted(ENTITIES.items()):
        parents = [*class_terms([cls.__mro__[1]]), *cls.rdf] if cls.__mro__[1] is not Entity else cls.rdf
        yield _term(f"cg:{name}", "owl:Class", words(name), sentence(cls), ("rdfs:subClassOf", parents))
    parents = ("rdf:Statement", "prov:Entity")
    yield _term("cg:Claim", "owl:Class", "claim", sentence(Claim), ("rdfs:subClassOf", parents))
    yield _term("cg:Result", "owl:Class", "result", "One page of the answer to a question.")


def _relations() -> Iterator[str]:
    inverse = "How the relation reads from object to subject."
    yield _term("cg:inversePhrase", "owl:AnnotationProperty", "inverse phrase", inverse)
    for name, cls in sorted(RELATIONS.items()):
        yield _term(
            relation_term(name),
            "owl:DatatypeProperty" if cls.literal() else "owl:ObjectProperty",
            words(name),
            sentence(cls),
            ("rdfs:subPropertyOf", [cls.broader] if cls.broader else []),
            ("schema:domainIncludes", class_terms(cls.domain)),
            ("schema:rangeIncludes", _RANGES[Kind.VALUE] if cls.literal() else class_terms(cls.range)),
            ("cg:inversePhrase", [quoted(cls.inverse)] if cls.inverse else []),
        )


def _fields() -> Iterator[str]:
    owners = ((field, model) for model in models() for field in own_field_terms(model))
    ours = {field.term: (field, model) for field, model in owners if field.term.startswith("cg:")}
    return (_field(field, model) for _, (field, model) in sorted(ours.items()))


def _field(field: FieldTerm, model: type[Thing]) -> str:
    domain = f"cg:{model.__name__}" if issubclass(model, (Entity, Claim)) else "oa:SpecificResource"
    return _term(
        field.term,
        "owl:ObjectProperty" if field.is_iri else "owl:DatatypeProperty",
        words(field.name),
        field.description,
        ("schema:domainIncludes", [domain]),
        ("schema:rangeIncludes", _FIELD_RANGES.get(field.name) or _RANGES[field.kind]),
    )


def _answer_terms() -> Iterator[str]:
    for name, definition, domain, span in _ANSWER_TERMS:
        ends = (("schema:domainIncludes", [domain]), ("schema:rangeIncludes", [span]))
        yield _term(f"cg:{name}", "owl:DatatypeProperty", words(name), definition, *ends)


def _lists() -> Iterator[str]:
    yield _term("cg:roles", "skos:ConceptScheme", "roles", "Kinds of public post.")
    for role in sorted(Role):
        yield _concept(role_term(role), role, "cg:roles")
    yield _term("cg:statuses", "skos:ConceptScheme", "statuses", "How far a claim is to be taken.")
    for status in Status:
        yield _concept(status_term(status), status, "cg:statuses", MEANINGS[status])


def _concept(name: str, value: str, scheme: str, definition: str = "") -> str:
    more = (("skos:notation", [quoted(value)]), ("skos:inScheme", [scheme]), ("skos:topConceptOf", [scheme]))
    return _term(name, "skos:Concept", words(value), definition, *more)
