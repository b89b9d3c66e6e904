"""What the shapes catch: right Turtle broken in one way is refused for that, and for nothing else."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
import rdflib
from rdflib import SH, Literal, URIRef

from api.formats.links import piece_name
from schema.closed_lists import Standing, Status
from schema.values import day_bounds
from schema.vocabulary import iri
from tests.reading_rdf import rdflib_graph
from tests.sample_result import PLACE, claim, entity, sample
from tests.shaping import Violation, violations

pytestmark = pytest.mark.slow

ID = f"{PLACE.base}id/"
OLDER = "http://schema.org/"
FACT, ENDED, ALLEGED = "c-0000000000000001", "c-0000000000000002", "c-000000000000000a"
EVIDENCE = piece_name(FACT, sample().claims[FACT]["evidence"][0])


def named(name: str) -> URIRef:
    """The IRI of `cg:advises`, of a thing of the sample by its id, or the one given."""
    if "//" in name:
        return URIRef(name)
    return URIRef(iri(name) if ":" in name else ID + name)


@pytest.fixture
def graph() -> rdflib.Graph:
    """The sample's Turtle, as rdflib reads it."""
    return rdflib_graph("ttl", sample())


def put(subject: str, predicate: str, value: Any) -> Callable[[rdflib.Graph], object]:
    """The one value of a property replaced, or given where there was none."""
    return lambda graph: graph.set((named(subject), named(predicate), value))


def add(subject: str, predicate: str, value: Any) -> Callable[[rdflib.Graph], object]:
    return lambda graph: graph.add((named(subject), named(predicate), value))


def rename(subject: str, before: str, after: str) -> Callable[[rdflib.Graph], object]:
    """A property under another name, its value kept."""

    def change(graph: rdflib.Graph) -> None:
        value = graph.value(named(subject), named(before))
        assert value is not None
        graph.remove((named(subject), named(before), value)).add((named(subject), named(after), value))

    return change


def day(text: str, kind: str) -> Literal:
    return Literal(text, datatype=named(f"xsd:{kind}"), normalize=False)


UNKNOWN = {
    "an entity": "vale",
    "a claim": ALLEGED,
    "evidence": EVIDENCE,
    "a quote": f"{EVIDENCE}-quote",
    "a position": f"{EVIDENCE}-position",
    "an answer": PLACE.here,
}
ROW = f"{PLACE.here}#1"
Case = tuple[Callable[[rdflib.Graph], object], str, str, str]
CORE: dict[str, Case] = {
    "a quote of 26 words": (
        put(f"{EVIDENCE}-quote", "oa:exact", Literal("word " * 26)),
        f"{EVIDENCE}-quote",
        "oa:exact",
        "Pattern",
    ),
    "a quote of nothing but blanks": (
        put(f"{EVIDENCE}-quote", "oa:exact", Literal(" \n ")),
        f"{EVIDENCE}-quote",
        "oa:exact",
        "Pattern",
    ),
    "the older schema.org in an entity": (
        rename("mira-vale", "schema:description", f"{OLDER}description"),
        "mira-vale",
        f"{OLDER}description",
        "Closed",
    ),
    "the older schema.org in a claim": (
        rename(FACT, "schema:startDate", f"{OLDER}startDate"),
        FACT,
        f"{OLDER}startDate",
        "Closed",
    ),
    "the older schema.org as a type": (
        lambda graph: graph.remove((named("vale"), rdflib.RDF.type, named("schema:City"))).add(
            (named("vale"), rdflib.RDF.type, URIRef(f"{OLDER}City"))
        ),
        "vale",
        "",
        "Class",
    ),
    "a property of another type": (add("vale", "cg:sha256", Literal("ab" * 32)), "vale", "", "Or"),
    "a digest that is none": (
        put("vale-gazette-2026", "cg:sha256", Literal("xy" * 32)),
        "vale-gazette-2026",
        "cg:sha256",
        "Pattern",
    ),
    "an address that a browser would run": (
        put("river-alliance", "schema:url", URIRef("javascript:alert(1)")),
        "river-alliance",
        "schema:url",
        "Pattern",
    ),
    "a disputer who is not told of": (
        add(ALLEGED, "cg:disputedBy", named("nobody")),
        ALLEGED,
        "cg:disputedBy",
        "Or",
    ),
    "a voice that is not told of": (
        add(FACT, "prov:wasAttributedTo", named("nobody")),
        FACT,
        "prov:wasAttributedTo",
        "Class",
    ),
    "what depends on the question, said of a claim": (
        add(FACT, "cg:temporalMatch", Literal("possible")),
        FACT,
        "cg:temporalMatch",
        "Closed",
    ),
    "a row on no word that is known": (put(ROW, "cg:temporalMatch", Literal("perhaps")), ROW, "cg:temporalMatch", "In"),
    "a row without a place": (
        lambda graph: graph.remove((named(ROW), named("cg:rank"), None)),
        ROW,
        "cg:rank",
        "MinCount",
    ),
    "a row that rests on what is no claim": (add(ROW, "cg:restsOn", named("vale")), ROW, "cg:restsOn", "Class"),
    "a row that is not told of": (
        add(PLACE.here, "hydra:member", named(f"{PLACE.here}#9")),
        PLACE.here,
        "hydra:member",
        "Class",
    ),
    "two standings": (add(FACT, "cg:standing", named("cg:standing-disputed")), FACT, "cg:standing", "MaxCount"),
    "a standing of another list": (
        put(ALLEGED, "cg:standing", named("cg:status-alleged")),
        ALLEGED,
        "cg:standing",
        "In",
    ),
    "two dates of publication": (
        add("minutes", "dct:issued", day("2026", "gYear")),
        "minutes",
        "dct:issued",
        "MaxCount",
    ),
} | {
    f"an unknown property of {what}": (add(thing, "cg:mood", Literal("good")), thing, "cg:mood", "Closed")
    for what, thing in UNKNOWN.items()
}


def test_what_we_write_is_right(graph: rdflib.Graph) -> None:
    assert violations(graph) == set()


def test_an_empty_quote_is_caught(graph: rdflib.Graph) -> None:
    put(f"{EVIDENCE}-quote", "oa:exact", Literal(""))(graph)
    found = {(each.focus, each.path, each.component) for each in violations(graph)}
    components = (SH.MinLengthConstraintComponent, SH.PatternConstraintComponent)
    assert found == {(ID + f"{EVIDENCE}-quote", iri("oa:exact"), str(component)) for component in components}


@pytest.mark.parametrize(("spoil", "focus", "path", "component"), CORE.values(), ids=list(CORE))
def test_core_catches(
    spoil: Callable[[rdflib.Graph], object], focus: str, path: str, component: str, graph: rdflib.Graph
) -> None:
    spoil(graph)
    found = {(each.focus, each.path, each.component) for each in violations(graph)}
    told = (str(named(focus)), str(named(path)) if path else "", str(SH[f"{component}ConstraintComponent"]))
    assert found == {told}


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (day("2024", "gYear"), day("2023", "gYear"), False),
        (day("2024-05", "gYearMonth"), day("2024-04", "gYearMonth"), False),
        (day("2024-05-02", "date"), day("2024-05-01", "date"), False),
        (day("2024-02", "gYearMonth"), day("2023", "gYear"), False),
        (day("2024", "gYear"), day("2023-12-31", "date"), False),
        (day("2024-05", "gYearMonth"), day("2024-04-30", "date"), False),
        (day("2024-02", "gYearMonth"), day("2024", "gYear"), True),
        (day("2024", "gYear"), day("2024-01-01", "date"), True),
        (day("2024-05-02", "date"), day("2024-05", "gYearMonth"), True),
        (day("2024-05-01", "date"), day("2024-05-01", "date"), True),
    ],
    ids=lambda value: str(value),
)
def test_an_end_before_the_start_is_caught(start: Literal, end: Literal, right: bool, graph: rdflib.Graph) -> None:
    put(ENDED, "schema:startDate", start)(graph)
    put(ENDED, "schema:endDate", end)(graph)
    message = f"{ID}{ENDED} ends with {end}, before it starts with {start}"
    told = Violation(iri("cg:Claim"), iri("schema:endDate"), str(SH.SPARQLConstraintComponent), str(end), message)
    assert violations(graph) == (set() if right else {told})


def no_claim_states(subject: str, predicate: str, target: str) -> set[Violation]:
    path, value = iri(predicate), ID + target
    message = f"no claim states as a fact that {ID}{subject} {path} {value}"
    return {Violation(iri("cg:Claim"), path, str(SH.SPARQLConstraintComponent), value, message)}


@pytest.mark.parametrize(
    ("subject", "predicate", "target"),
    [("vale", "cg:cooperatesWith", "river-alliance"), ("mira-vale", "org:memberOf", "river-alliance")],
)
def test_a_direct_triple_without_a_claim_is_caught(
    subject: str, predicate: str, target: str, graph: rdflib.Graph
) -> None:
    add(subject, predicate, named(target))(graph)
    assert violations(graph) == no_claim_states(subject, predicate, target)


OPPOSED = ("vale-gazette-2026", "cg:opposes", "order-7")


@pytest.fixture
def stated(graph: rdflib.Graph) -> rdflib.Graph:
    """The sample's Turtle with a direct triple more, and its claim made a fact of which no dates are known."""
    put(ALLEGED, "cg:status", named("cg:status-asserted"))(graph)
    put(ALLEGED, "cg:standing", named("cg:standing-current"))(graph)
    subject, predicate, target = OPPOSED
    add(subject, predicate, named(target))(graph)
    return graph


def test_a_direct_triple_stands_on_a_fact(stated: rdflib.Graph) -> None:
    assert violations(stated) == set()


NOW, START, END = "dct:modified", "schema:startDate", "schema:endDate"
NO_FACT = {
    "alleged": [put(ALLEGED, "cg:status", named("cg:status-alleged"))],
    "hedged": [put(ALLEGED, "cg:status", named("cg:status-hedged"))],
    "planned": [put(ALLEGED, "cg:status", named("cg:status-planned"))],
    "disputed": [put(ALLEGED, "cg:standing", named("cg:standing-disputed"))],
    "superseded": [put(ALLEGED, "cg:standing", named("cg:standing-superseded"))],
    "retracted": [put(ALLEGED, "cg:standing", named("cg:standing-retracted"))],
    "ended": [put(ALLEGED, END, day("2025", "gYear"))],
    "perhaps ended": [put(ALLEGED, END, day("2026-03", "gYearMonth"))],
    "not begun": [put(ALLEGED, START, day("2026-03-03", "date"))],
    "ended by a later version": [
        put(ALLEGED, END, day("2027", "gYear")),
        put(PLACE.here, NOW, Literal("2028-01-01T00:00:00Z", datatype=named("xsd:dateTime"))),
    ],
    "of an end, and no version": [
        put(ALLEGED, END, day("2027", "gYear")),
        lambda graph: graph.remove((named(PLACE.here), named(NOW), None)),
    ],
    "of an end, and the date of something else": [
        put(ALLEGED, END, day("2027", "gYear")),
        lambda graph: graph.remove((named(PLACE.here), named(NOW), None)),
        put("https://elsewhere.example/", NOW, Literal("2026-03-02T09:00:00Z", datatype=named("xsd:dateTime"))),
    ],
}


@pytest.mark.parametrize("spoil", NO_FACT.values(), ids=list(NO_FACT))
def test_a_direct_triple_of_what_is_no_fact_is_caught(
    spoil: list[Callable[[rdflib.Graph], object]], stated: rdflib.Graph
) -> None:
    for change in spoil:
        change(stated)
    assert violations(stated) == no_claim_states(*OPPOSED)


DAYS = (None, "2025", "2026", "2027", "2026-02", "2026-03", "2026-04", "2026-03-01", "2026-03-02", "2026-03-03")
TIMES = [
    {name: day for name, day in (("valid_from", start), ("valid_to", end)) if day}
    for start, end in product(DAYS, DAYS)
    if not (start and end) or day_bounds(start)[0] <= day_bounds(end)[1]
]
WORDS = [{"status": str(status), "standing": str(standing)} for status, standing in product(Status, Standing)]
ASKED = {
    "of a version": {},
    "without a version": {"version": "", "version_at": ""},
    "certain of a day": {"parameters": {"as_of": "2025"}},
    "possible on a day": {"parameters": {"as_of": "2025"}},
}


@pytest.mark.parametrize("asked", ASKED)
def test_the_shapes_let_just_those_direct_triples_stand_that_we_write(asked: str) -> None:
    match = {"temporal_match": asked.split()[0]} if "parameters" in ASKED[asked] else {}
    claims = [claim(n, "OPPOSES", f"group-{n}", "order-7", **said, **match) for n, said in enumerate(TIMES + WORDS, 1)]
    groups = {each["subject"]: entity(each["subject"], "AdvocacyGroup", "A group") for each in claims}
    told = {"claims": {each["id"]: each for each in claims}, "entities": sample().entities | groups}
    graph = rdflib_graph("nt", sample(rows=[], **told, **ASKED[asked]))
    written = {str(group).removeprefix(ID) for group in graph.subjects(named("cg:opposes"), named("order-7"))}
    for group in groups:
        add(group, "cg:opposes", named("order-7"))(graph)
    refused = [no_claim_states(group, "cg:opposes", "order-7") for group in groups.keys() - written]
    assert violations(graph) == set().union(*refused)
    assert written and refused
