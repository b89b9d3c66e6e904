"""The two constraints of shapes.ttl that core cannot say: a fact is stated by a claim, an end lies after its start.

Each is one query over all claims, with the class of claims as its focus: validators run a query anew for every focus.
"""

from schema import RELATIONS, Claim
from schema.answer import Result, ToldClaim
from schema.closed_lists import FACTUAL_STATUSES, Standing, Status
from schema.derive.fields import field_terms
from schema.derive.rdf import Block, Nested, Pair, Words, block, nested
from schema.values import EARLIEST, LATEST
from schema.vocabulary import PREFIXES, TERMS, concept_term, relation_term

HOME = f"<{TERMS.replace('terms#', 'shapes')}>"

_TERMS = {field.name: field.term for model in (Claim, ToldClaim, Result) for field in field_terms(model)}

# Partial dates are compared as far as both are known: 2026 does not lie before 2026-02.
_ENDS_AFTER_IT_STARTS = """
SELECT $this ?claim ?path ?value ?from WHERE {{
  ?claim {valid_from} ?from ; {valid_to} ?value .
  BIND ({valid_to} AS ?path)
  BIND (STRLEN(STR(?from)) AS ?one) BIND (STRLEN(STR(?value)) AS ?other)
  BIND (IF(?one < ?other, ?one, ?other) AS ?known)
  FILTER (SUBSTR(STR(?value), 1, ?known) < SUBSTR(STR(?from), 1, ?known))
}}
"""
# A fact is told of a named thing; to look at these alone is four times as fast. A claim has to hold on the day of the
# answer's version: a partial date counts from its first day, as SUBSTR makes it whole.
_IS_STATED = """
SELECT $this ?subject ?path ?value WHERE {{
  ?subject rdfs:label ?name ; ?path ?value .
  FILTER (?path IN ({paths}))
  FILTER NOT EXISTS {{ ?subject a cg:Result }}
  FILTER NOT EXISTS {{
    ?claim {subject} {one} ; {object} {other} ; {relation} ?relation ; {status} ?status ; {standing} ?standing .
    FILTER (?relation = ?path || {broader})
    FILTER (?status IN ({statuses}) && ?standing = {current})
    FILTER NOT EXISTS {{ ?claim {condition}|{inferred} ?caveat }}
    OPTIONAL {{ ?claim {valid_from} ?start }}
    OPTIONAL {{ ?claim {valid_to} ?end }}
    OPTIONAL {{ ?page a cg:Result ; {version_at} ?instant }}
    BIND (COALESCE(SUBSTR(STR(?instant), 1, 10), "{latest}") AS ?today)
    BIND (COALESCE(CONCAT(STR(?start), SUBSTR("-01-01", STRLEN(STR(?start)) - 3)), "{earliest}") AS ?begun)
    BIND (COALESCE(CONCAT(STR(?end), SUBSTR("-01-01", STRLEN(STR(?end)) - 3)), "{latest}") AS ?ended)
    FILTER (?begun <= ?today && ?today <= ?ended)
  }}
}}
"""


def direct_terms() -> tuple[str, ...]:
    """The properties that facts are written with beside their claims."""
    return tuple(dict.fromkeys(path for path, _ in (*_direct(), *_direct(back=True))))


def blocks() -> list[Block]:
    """The shape that holds both, and the prefixes that they use."""
    claims: list[Pair] = [
        ("rdf:type", ["sh:NodeShape"]),
        ("sh:targetNode", ["cg:Claim"]),
        ("sh:sparql", [_ends(), _facts(_direct()), _facts(_direct(back=True), back=True)]),
    ]
    prefixes = (
        nested(("sh:prefix", [Words(name)]), ("sh:namespace", [Words(address, "xsd:anyURI")]))
        for name, address in sorted(PREFIXES.items())
    )
    return [block("shape:all-claims", claims), block(HOME, [("rdf:type", ["owl:Ontology"]), ("sh:declare", prefixes)])]


def _direct(back: bool = False) -> list[tuple[str, str]]:
    """Property and relation of each kind of direct triple, or of those that lead back from the object."""
    terms = [(relation_term(name), cls) for name, cls in sorted(RELATIONS.items())]
    own = [] if back else [(term, term) for term, cls in terms if not cls.literal()]
    broader = ((path, term) for term, cls in terms for path in cls.broader if path.startswith("^") is back)
    return sorted([*own, *((path.removeprefix("^"), term) for path, term in broader)])


def _ends() -> Nested:
    return _constraint("{?claim} ends with {?value}, before it starts with {?from}", _ENDS_AFTER_IT_STARTS)


def _facts(direct: list[tuple[str, str]], back: bool = False) -> Nested:
    statuses = ", ".join(concept_term(Status, status) for status in FACTUAL_STATUSES)
    broader = " || ".join(f"?path = {path} && ?relation = {term}" for path, term in direct if path != term)
    more = {"paths": ", ".join(dict.fromkeys(path for path, _ in direct)), "statuses": statuses, "broader": broader}
    more |= {"one": "?value", "other": "?subject"} if back else {"one": "?subject", "other": "?value"}
    more |= {"current": concept_term(Standing, Standing.CURRENT), "earliest": EARLIEST, "latest": LATEST}
    return _constraint("no claim states as a fact that {?subject} {?path} {?value}", _IS_STATED, **more)


def _constraint(message: str, select: str, **more: str) -> Nested:
    text = select.format(**_TERMS, **more)
    return nested(("sh:message", [Words(message)]), ("sh:prefixes", [HOME]), ("sh:select", [Words(text)]))
