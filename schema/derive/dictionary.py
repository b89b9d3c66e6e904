"""README.md of `schema/`: the data dictionary, every type and relation with its meaning."""

from collections.abc import Iterable, Iterator

from schema import ENTITIES, RELATIONS, Claim, Entity, Evidence
from schema.answer import Member, ToldClaim
from schema.closed_lists import MEANINGS
from schema.derive.fields import closed_lists, field_terms, own_fields
from schema.derive.ontology import sentence, words
from schema.model import Thing
from schema.vocabulary import relation_term, scheme_term

FILE = "README.md"
MEDIA_TYPE = "text/markdown"

_HEAD = """\
# What can be said

Written by `civicgraph derive` from the classes in this folder: change those, not this page.

A graph holds **entities** and **claims**. A claim is one sentence: a subject, a relation and an object, or a
value in place of the object; with it stand its dates, its status, who asserts it and the words of the source
that carry it. Names are the same in claims files, in the store, in JSON and in Python; beside each stands its
RDF term. To add a type or a relation, write one class in `entities.py` or `relations.py`; to add a field, one
annotated line in its class; then run `civicgraph derive`.
"""
_ENTITIES = """\
## Entity types

An entity is of its own type and of every type that it is a kind of. A *derived* type is never written: a
person has it through HOLDS_OFFICE.
"""
_RELATIONS = """\
## Relations

Read a row as subject, relation, object; backwards, with the inverse phrase. A supporting quote should show
one of the cue words. What lasts *for good* stays true once it has happened; what lasts *for long* may hold
for longer than people live.
"""


def render() -> str:
    """The dictionary as Markdown."""
    return "\n".join([_HEAD, *_entities(), *_relations(), *_claims(), *_lists()])


def _entities() -> Iterator[str]:
    yield _ENTITIES
    head = ("type", "meaning", "is a kind of", "well-known RDF types", "derived")
    yield _table(head, map(_entity, sorted(ENTITIES)))
    yield "## Fields of entities\n"
    yield _fields([Entity, *(cls for _, cls in sorted(ENTITIES.items()))])


def _entity(name: str) -> list[str]:
    cls = ENTITIES[name]
    known = (term for term in cls.rdf_types() if not term.startswith("cg:"))
    kinds = cls.labels()[1:-1]
    return [f"`{name}`", sentence(cls), _codes(kinds), _codes(known), "yes" if cls.derived else ""]


def _relations() -> Iterator[str]:
    yield _RELATIONS
    head = ("relation", "meaning", "subject", "object", "inverse", "cue words", "lasts", "RDF property")
    yield _table(head, map(_relation, sorted(RELATIONS)))


def _relation(name: str) -> list[str]:
    cls = RELATIONS[name]
    return [
        f"`{name}`",
        sentence(cls),
        _codes(end.__name__ for end in cls.domain),
        "a value" if cls.literal() else _codes(end.__name__ for end in cls.range),
        cls.inverse,
        _codes(cue.strip() for cue in cls.cues),
        "for good" if cls.lasting else "for long" if cls.enduring else "",
        _codes((relation_term(name), *cls.broader)),
    ]


def _claims() -> Iterator[str]:
    yield f"## Fields of claims\n\n{sentence(Claim)}\n"
    yield _fields([Claim, *RELATIONS.values()])
    yield f"## Fields that answers add to claims\n\n{sentence(ToldClaim)}\n"
    yield _fields([ToldClaim])
    yield f"## Fields of an answer's rows\n\n{sentence(Member)}\n"
    yield _fields([Member])
    yield f"## Fields of evidence\n\n{sentence(Evidence)}\n"
    yield _fields([Evidence])


def _lists() -> Iterator[str]:
    for concepts in closed_lists():
        heading = words(scheme_term(concepts).removeprefix("cg:")).capitalize()
        yield f"## {heading}\n\n{sentence(concepts)}\n"
        if any(word in MEANINGS for word in concepts):
            yield _table(("word", "meaning"), ([f"`{word}`", MEANINGS[word]] for word in concepts))
        else:
            yield f"{_codes(sorted(concepts))}\n"


def _fields(models: Iterable[type[Thing]]) -> str:
    head = ("type", "field", "meaning", "required", "RDF property", "holds")
    return _table(head, (row for model in models for row in _own_fields(model)))


def _own_fields(model: type[Thing]) -> Iterator[list[str]]:
    terms = {field.name: field for field in field_terms(model)}
    for name, field in own_fields(model).items():
        term = terms.get(name)
        holds = f"{'several: ' if term.many else ''}{term.kind}" if term else "its IRI"
        rdf = _codes(filter(None, (term.term, term.also))) if term else ""
        required = "yes" if field.is_required() else ""
        yield [f"`{model.__name__}`", f"`{name}`", field.description or "", required, rdf, holds]


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [head, ("---",) * len(head), *rows]
    return "".join(_line(cell.replace("|", r"\|") for cell in line) for line in lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
