"""Whatever is asked at `/sparql`, well or ill formed, is answered or told as a problem, the same by each way to ask."""

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.sparql.asked import QUERY

pytestmark = pytest.mark.slow

PREFIXES = "PREFIX cg: <https://w3id.org/civicgraph/terms#> PREFIX schema: <https://schema.org/>"
SUBJECTS = ("?s", "?o", "_:b", "[]", "<a>")
PREDICATES = ("?p", "a", "cg:advises", "cg:evidence/cg:source*", "^schema:name|!a", "cg:advises{2}", "1.5")
OBJECTS = ("?o", "?s", "cg:Person", '"\u00e9"@en', "1.5", "( ?o true )", "[ a ?x ]", "nothing:here")
CLAUSES = (
    "FILTER ( ?o < 1.5 || REGEX(STR(?s), '(a+)+$') )",
    "FILTER NOT EXISTS {{ {} }}",
    "OPTIONAL {{ {} }}",
    "{{ {} }} UNION {{ ?s a ?o }}",
    "MINUS {{ {} }}",
    "GRAPH ?g {{ {} }}",
    "BIND (STRLEN(?o) + 1 AS ?n)",
    "{{ SELECT ?s {{ {} }} LIMIT 2 }}",
    "SERVICE <http://x.test/> {{ {} }}",
)
FORMS = ("SELECT *", "SELECT (COUNT(*) AS ?n)", "SELECT DISTINCT ?s", "ASK", "DESCRIBE ?s", "CONSTRUCT { ?s ?p ?o }")
ENDS = ("", "LIMIT 3", "ORDER BY ?s OFFSET 1", "GROUP BY ?s", "VALUES ?s { <a> UNDEF }", "}", "\x00", "\\u0022")
triples = st.tuples(*map(st.sampled_from, (SUBJECTS, PREDICATES, OBJECTS))).map(" ".join)
clauses = st.builds(str.format, st.sampled_from(CLAUSES), triples)
patterns = st.lists(triples | clauses, min_size=1, max_size=4).map(" . ".join)
parts = st.sampled_from(FORMS), patterns, st.sampled_from(ENDS)
asked = st.builds(f"{PREFIXES} {{}} WHERE {{{{ {{}} }}}} {{}}".format, *parts)
BUSY, TOO_SLOW, TOO_LARGE = 503, 504, 507


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(query=asked)
async def test_it_is_answered_or_told_as_a_problem(sparql: httpx.AsyncClient, query: str) -> None:
    alone = {"content": query, "headers": {"Content-Type": QUERY}}
    ways = [
        await sparql.get("/sparql", params={"query": query}),
        await sparql.post("/sparql", data={"query": query}),
        await sparql.post("/sparql", **alone),
    ]
    for told in ways:
        assert told.status_code in (200, 400, BUSY, TOO_SLOW, TOO_LARGE)
        if told.status_code != 200:
            assert told.headers["content-type"] == "application/problem+json"
            assert told.json()["status"] == told.status_code
    assert len({told.status_code for told in ways} - {BUSY, TOO_SLOW}) <= 1
