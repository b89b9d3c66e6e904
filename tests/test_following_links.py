"""A client that knows one address, `/id/…`, gets the flagship answer by following links: Comunica's engine for that.

It follows what its query matches, one link away from the first document. Two things of its version 0.5.0 shape the
test: its hash join waits for the last document before it gives a row, so that `engine.json` leaves this join out, as
its makers have done since; and a query of several patterns may not end by itself, so that this one wants one row.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.consumers import TRAVERSAL, javascript, require_javascript
from tests.test_serve import Serving

pytestmark = pytest.mark.slow

# Which groups advise which mayors, in which words, and in which document do these stand?
QUERY = """
PREFIX cg: <https://w3id.org/civicgraph/terms#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?group ?mayors ?quote ?document WHERE {
  ?claim rdf:predicate cg:advises ; rdf:subject ?adviser ; rdf:object ?advised ; cg:evidence ?evidence .
  ?adviser schema:name ?group .
  ?advised schema:name ?mayors .
  ?evidence oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote .
  ?source schema:name ?document .
  FILTER EXISTS { ?adviser a cg:Organization }
  FILTER EXISTS { ?advised cg:of cg:Mayor }
} LIMIT 1
"""
ANSWER = {
    "group": "Mayors for America",
    "mayors": "Democratic mayors",
    "quote": "is likewise working with Democratic mayors to craft model legislation and study strategies to "
    "effectively communicate the policies to the public",
    "document": "News article on city measures about federal immigration enforcement",
}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    require_javascript(TRAVERSAL)
    made = Serving(tmp_path / "data")
    made.told()
    yield made
    made.end(15)


def test_comunica_finds_who_advises_mayors_from_the_address_of_their_party(serving: Serving) -> None:
    seed = f"{serving.base}id/democratic-party"
    assert b"terms#advises" not in serving.get("v1/entities/democratic-party.nt").content

    given = {"query": QUERY, "seed": seed, "config": str(TRAVERSAL / "engine.json")}
    found = javascript("follow.mjs", given, TRAVERSAL)

    assert found["rows"] == [ANSWER]
    assert found["asked"][0] == seed and f"{serving.base}id/democratic-mayors" in found["asked"]
    assert [address for address in found["asked"] if not address.startswith(f"{serving.base}id/")] == []
    assert found["peers"] == [f"127.0.0.1:{serving.port}"]
