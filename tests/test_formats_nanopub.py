"""Nanopublications: what each asserts, on whose word, and that the field's own library holds every one for valid."""

import re
from base64 import urlsafe_b64encode
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from api.app import create_app
from api.formats import FORMATS
from api.formats.trusty import artifact_code
from api.site import Site
from graph.connection import Reader
from graph.result import Result, Row
from schema.vocabulary import iri
from tests.conftest import BASE, Store
from tests.judging import judged
from tests.sample_result import CLAIM_RECORDS, HOSTILE, PLACE, claim, sample
from tests.whole_graph import PLACE as WHOLE
from tests.whole_graph import everything, exported

ID, NP = f"{PLACE.base}id/", f"{PLACE.base}np/"
Graph = set[tuple[str, str, str]]


def written(result: Result) -> str:
    return FORMATS["np.trig"].write(result, PLACE).decode()


def parted(text: bytes | str) -> dict[str, dict[str, Graph]]:
    """By claim: the triples of each of its four graphs, with `…` for the address of the nanopublication."""
    found: dict[str, dict[str, Graph]] = defaultdict(lambda: defaultdict(set))
    for quad in pyoxigraph.parse(text, RdfFormat.TRIG):
        this, _, part = quad.graph_name.value.partition("#")
        id = this.removeprefix(NP).partition("/")[0]
        found[id][part].add(tuple(term.value.replace(this, "…") for term in quad.triple))  # type: ignore[arg-type]
    return found


def of(record: Row, **changes: Any) -> dict[str, Graph]:
    """The nanopublication of one claim of the sample."""
    [found] = parted(written(sample(rows=[], claims={record["id"]: record | changes}))).values()
    return found


def address(text: str) -> str:
    [found] = re.findall("^@prefix this: <(.*)> .$", text, re.MULTILINE)
    return found


def one(record: Row, **changes: Any) -> str:
    """The address of one claim of the sample."""
    return address(written(sample(rows=[], claims={record["id"]: record | changes})))


ADVISES = (f"{ID}river-alliance", iri("cg:advises"), f"{ID}mira-vale")
FACT = claim(1, "ADVISES", "river-alliance", "mira-vale", valid_from="2026", detail=HOSTILE)


def test_a_fact_is_asserted_as_the_plain_triple_and_as_its_statement() -> None:
    asserted = of(FACT)["assertion"]

    assert ADVISES in asserted
    statement = {predicate: value for subject, predicate, value in asserted if subject == f"{ID}{FACT['id']}"}
    assert statement[iri("rdf:subject")], statement[iri("rdf:object")] == (ADVISES[0], ADVISES[2])
    assert statement[iri("schema:startDate")] == "2026" and statement[iri("cg:detail")] == HOSTILE
    assert statement[iri("cg:status")] == iri("cg:status-asserted")


NO_FACTS: list[dict[str, Any]] = [
    {"status": "hedged"},
    {"status": "alleged"},
    {"status": "planned"},
    {"standing": "disputed"},
    {"standing": "superseded"},
    {"standing": "retracted"},
    {"condition": "in some cases"},
    {"inferred": ["so it must be"]},
    {"attributed_to": ["mira-vale"]},
    {"valid_to": "2999"},
    {"valid_to": "2020"},
    {"valid_from": "2027"},
]


@pytest.mark.parametrize("changes", NO_FACTS, ids=str)
def test_what_is_no_fact_for_good_is_asserted_as_a_statement_alone(changes: Row) -> None:
    asserted = of(FACT, **changes)["assertion"]

    assert {subject for subject, _, _ in asserted} == {f"{ID}{FACT['id']}"}
    [(field, value)] = changes.items()
    term = {"attributed_to": "prov:wasAttributedTo", "valid_to": "schema:endDate", "valid_from": "schema:startDate"}
    told = {
        o.rpartition("-")[2].rpartition("/id/")[2] for _, p, o in asserted if p == iri(term.get(field, f"cg:{field}"))
    }
    assert {str(value).strip("[']").rpartition("-")[2]} == told


def test_provenance_leads_to_the_quote_its_place_its_document_and_the_voice() -> None:
    record = CLAIM_RECORDS[4] | {"attributed_to": ["ana-silva"]}
    found = of(record)["provenance"]

    def values(subject: str, term: str) -> list[str]:
        return sorted(o for s, p, o in found if (s, p) == (subject, iri(term)))

    assert values("…#assertion", "prov:wasAttributedTo") == [f"{ID}ana-silva"]
    pieces = values(f"{ID}{record['id']}", "cg:evidence")
    documents = [f"{ID}minutes", f"{ID}vale-gazette-2026"]
    assert values("…#assertion", "prov:wasDerivedFrom") == sorted([*pieces, *documents]) and len(pieces) == 3
    selectors = [each for piece in pieces for each in values(piece, "oa:hasSelector")]
    quotes = {
        tuple(values(each, f"oa:{name}")[0] for name in ("exact",)) for each in selectors if values(each, "oa:exact")
    }
    assert quotes == {(HOSTILE,), ("took office",)}
    places = {
        tuple(values(each, f"oa:{name}")[0] for name in ("start", "end"))
        for each in selectors
        if values(each, "oa:end")
    }
    assert places == {("0", str(len(HOSTILE))), ("90", "101")}
    assert {source for piece in pieces for source in values(piece, "oa:hasSource")} == set(documents)
    assert values(documents[0], "rdfs:label") == ["Council <minutes>"]
    assert values(documents[1], "schema:url") == ["https://gazette.example/7"]


def test_publication_info_says_when_by_whom_of_what_and_what_is_named() -> None:
    found = of(FACT)["pubinfo"]

    told = {predicate: value for subject, predicate, value in found if subject == "…"}
    assert told == {
        iri("dct:created"): "2026-02-18T09:00:00+00:00",
        iri("dct:creator"): f"{PLACE.base}#editors",
        iri("dct:isPartOf"): f"{PLACE.base}#dataset",
        iri("dct:license"): "https://creativecommons.org/licenses/by/4.0/",
        "http://purl.org/nanopub/x/introduces": f"{ID}{FACT['id']}",
    }
    labels = {subject: value for subject, predicate, value in found if predicate == iri("rdfs:label")}
    assert (labels[f"{ID}river-alliance"], labels[f"{ID}mira-vale"]) == (HOSTILE, "Mira Vale")


@pytest.mark.parametrize(
    ("terms", "licence"),
    [
        ({"minutes": "CC BY 4.0"}, "https://creativecommons.org/licenses/by/4.0/"),
        ({"minutes": "CC0 1.0"}, None),
        ({"minutes": "all rights reserved"}, None),
        ({}, None),
        ({"minutes": "MITRE terms", "vale-gazette-2026": "MITRE terms"}, None),
        ({"minutes": "MIT (as found)", "vale-gazette-2026": "MIT"}, "https://spdx.org/licenses/MIT"),
    ],
)
def test_a_licence_is_told_where_all_documents_give_that_one_and_none_is_made_up(
    terms: Row, licence: str | None
) -> None:
    record, entities = CLAIM_RECORDS[4], sample().entities
    changed = {id: entities[id] | {"licence": text} for id, text in terms.items()}
    [found] = parted(written(sample(rows=[], claims={record["id"]: record}, entities=entities | changed))).values()

    assert [o for s, p, o in found["pubinfo"] if (s, p) == ("…", iri("dct:license"))] == ([licence] if licence else [])
    rights = {s: o for s, p, o in found["provenance"] if p == iri("dct:rights")}
    assert rights == {f"{ID}{id}": text for id, text in ({"vale-gazette-2026": "CC BY 4.0"} | terms).items()}


def test_the_address_of_a_claim_changes_with_what_it_says_and_with_nothing_else() -> None:
    same = [
        one(FACT),
        one(FACT, temporal_match="possible"),
        address(written(sample(rows=[], claims={FACT["id"]: FACT}, version="", version_at="2999-01-01T00:00:00Z"))),
        address(written(sample(rows=[], claims={FACT["id"]: FACT}, parameters={"as_of": "2020"}, next_cursor="x"))),
    ]
    others = [
        one(FACT, **changes)
        for changes in (
            *NO_FACTS,
            {"detail": "x"},
            {"recorded_at": "2026-02-18T09:00:01Z"},
            {"evidence": [FACT["evidence"][0] | {"quote": "quote 2"}]},
            {"disputed_by": ["ana-silva"]},
            {"subject": "ana-silva"},
        )
    ]
    assert len(set(same)) == 1 and len({*same, *others}) == 1 + len(others)


def test_the_hash_is_that_of_the_specification() -> None:
    """Sorted by graph, subject, predicate; IRIs before literals; escaped; a repeated quad once."""
    quads = [
        ("<g#b>", "<s>", "<p>", '"a\\\\b\\n\\t\\u0001\\"c"'),
        ("<g>", "<s>", "<p>", '"2026"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("<g>", "<s>", "<p>", '"2026"@en-US'),
        ("<g>", "<s#x>", "<p>", "<z>"),
        ("<g>", "<s>", "<p>", "<z>"),
        ("<g>", "<s>", "<p>", "<z>"),
    ]
    lines = [
        "g\ns\np\nz\n",
        "g\ns\np\n@en-us 2026\n",
        "g\ns\np\n^http://www.w3.org/2001/XMLSchema#gYear 2026\n",
        "g\ns#x\np\nz\n",
        'g#b\ns\np\n^http://www.w3.org/2001/XMLSchema#string a\\\\b\\n\t\x01"c\n',
    ]
    expected = urlsafe_b64encode(sha256("".join(lines).encode()).digest()).decode().rstrip("=")
    assert artifact_code(quads) == artifact_code(reversed(quads)) == f"RA{expected}"


def test_the_librarys_judgement_can_be_no(tmp_path: Path) -> None:
    file = tmp_path / "one"
    file.write_text(written(sample(rows=[], claims={FACT["id"]: FACT})).replace("quote 1", "quote 2"))
    [found] = judged("nanopub", file)

    assert "The Trusty artefact of the nanopub" in found["fault"]


def test_the_library_holds_what_is_hostile_for_valid(tmp_path: Path) -> None:
    result = sample()
    file = tmp_path / "sample"
    file.write_bytes(FORMATS["np.trig"].write(result, PLACE))

    assert {each.get("introduces", each) for each in judged("nanopub", file)} == {f"{ID}{id}" for id in result.claims}


@pytest.mark.slow
@pytest.mark.parametrize("what", ["world", "judged", "seed", "sourced"])
async def test_the_library_holds_every_nanopublication_of_a_dump_for_valid(
    what: str, store: Store, tmp_path: Path
) -> None:
    reader = await store.hold(what)
    whole = await everything(reader)
    file = tmp_path / what
    file.write_bytes(await exported(reader, "np.trig"))
    found = judged("nanopub", file)

    assert [each for each in found if "fault" in each] == []
    assert {each["introduces"] for each in found} == {f"http://graph.test/id/{id}" for id in whole.claims}


@pytest.mark.parametrize("what", ["judged", "sourced"])
async def test_a_claim_is_the_same_bytes_in_an_export_and_on_a_page(what: str, store: Store) -> None:
    reader = await store.hold(what)
    whole = replace(await everything(reader), rows=[])
    given, expected = (await exported(reader, "np.trig")).decode(), FORMATS["np.trig"].write(whole, WHOLE).decode()

    blocks = [sorted(text.split("\n@prefix this: ")) for text in (given, expected)]
    assert blocks[0] == blocks[1] and len(blocks[0]) == len(whole.claims) + 1


@pytest.fixture
async def door(seed: Reader) -> AsyncIterator[httpx.AsyncClient]:
    """The application over either store with the seed in it."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(Site(seed, BASE))), base_url=BASE) as asking:
        yield asking


async def test_the_address_of_a_nanopublication_leads_to_it_and_to_no_other(door: httpx.AsyncClient) -> None:
    told = await door.get("/v1/graph.np.trig?limit=3")
    assert told.headers["content-type"] == 'application/trig; profile="http://www.nanopub.org/nschema#"'
    for this in re.findall("^@prefix this: <(.*)> .$", told.text, re.MULTILINE):
        led = await door.get(this)
        assert led.status_code == 303
        shown = await door.get(urljoin(this, led.headers["location"]))
        assert f"@prefix this: <{this}> ." in shown.text
        other = await door.get(f"{this[:-1]}{'A' if this[-1] != 'A' else 'B'}")
        assert other.status_code == 404 and this in other.json()["detail"]
    assert (await door.get("/np/c-0000000000000000/RA")).status_code == 404


async def test_who_accepts_trig_gets_the_plain_one(site: httpx.AsyncClient) -> None:
    told = await site.get("/v1/graph?limit=3", headers={"Accept": "application/trig"})
    assert told.headers["content-type"] == "application/trig"
