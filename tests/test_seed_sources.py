"""What `make serve` answers from several sources: the article, public data, and the judgements between them."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Reader
from graph.query import read_queries
from graph.result import Result
from graph.run import run
from schema.file_hash import sha256_of
from seed.lint import lint
from seed.read import read
from seed.verify import verify
from tests.conftest import FILLINGS, HERE

SIGNED = {  # as ICE's list of 18 July 2025 has them, read off the sheet
    "Allegany": ("2025-06-12", "Warrant Service Officer"),
    "Carroll": ("2025-03-03", "Warrant Service Officer"),
    "Cecil": ("2020-03-09", "Jail Enforcement Model"),
    "Frederick": ("2020-06-09", "Jail Enforcement Model"),
    "Garrett": ("2025-02-28", "Warrant Service Officer"),
    "Harford": ("2020-06-26", "Jail Enforcement Model"),
    "St. Mary's": ("2025-03-26", "Warrant Service Officer"),
    "Washington": ("2025-03-10", "Warrant Service Officer"),
}
HOLDERS = {  # as OpenStates had them on 5 August 2026
    "mayor-of-los-angeles": "Karen Bass",
    "mayor-of-chicago": "Brandon Johnson",
    "mayor-of-boston": "Michelle Wu",
    "mayor-of-oakland": "Barbara Lee",
}
DOCUMENTS_OF_OTHERS = HERE.parent.parent / "shared" / "data" / "documents"
CURATED = 7  # documents of that folder of which claims are written by hand
ARTICLE, JUDGEMENTS = "cities-push-back-on-ice", "judgements-on-the-article"


async def asked(graph: Reader, name: str, **given: Any) -> Result:
    query = read_queries()[name]
    return await run(graph, query, query.check(given))


def sources(found: Result, row: dict[str, Any]) -> set[str]:
    return {piece["document"] for id in row["claims"] for piece in found.claims[id]["evidence"]}


async def test_which_sheriffs_offices_of_maryland_have_agreements(sourced: Reader) -> None:
    found = await asked(sourced, "agreements", of="maryland-sheriffs-offices", resolve=True)
    told = {row["actor"]: row for row in found.rows if row["relation"] == "PARTY_TO" and row["actor_id"] != "ice"}
    for county, (signed, model) in SIGNED.items():
        row = told[f"{county} County Sheriff's Office"]
        assert (row["valid_from"], row["resolved"]) == (signed, [f"part-of: {county} County Sheriff's Office"])
        assert sources(found, row) == {"ice-list-of-july-2025", JUDGEMENTS}
        (party,) = [found.claims[id] for id in row["claims"] if found.claims[id]["relation"] == "PARTY_TO"]
        assert party["model"] == model and str(signed) in party["evidence"][0]["raw"]
    ninth = told["Wicomico County Corrections Center"]
    assert (ninth["valid_from"], ninth["resolved"]) == ("2026-01-30", ["unsure: Wicomico County Corrections Center"])
    assert sources(found, told["Sheriff's offices of Maryland with ICE agreements"]) == {ARTICLE}
    assert len(told) == len(SIGNED) + 2


async def test_who_signed_is_named_by_the_other_source_where_it_was_researched(sourced: Reader) -> None:
    found = await asked(sourced, "signers-of-measures", resolve=True)
    signed = {row["signer_id"]: row for row in found.rows if row["measure_id"] == "city-executive-orders"}
    for office, holder in HOLDERS.items():
        # The orders are of some day of 2026: one term has all of it, one ends in December, two have no beginning.
        held = "then held by" if office == "mayor-of-chicago" else "then possibly held by"
        assert signed[office]["resolved"][-1] == f"same, {held} {holder}"
        assert sources(found, signed[office]) == {ARTICLE, JUDGEMENTS, "openstates-mayors"}
    assert signed["mayor-of-seattle"]["resolved"] == []  # its state is not in the data that were read
    assert signed["zohran-mamdani"]["resolved"] == ["same: Zohran K. Mamdani"]


async def test_what_restricts_ice_stands_on_the_order_with_the_doubt_of_the_judgement(sourced: Reader) -> None:
    found = await asked(sourced, "restrictions-on-agency", agency="ice", resolve=True)
    (ban,) = [row for row in found.rows if row["measure_id"] == "new-york-city-property-ban"]
    assert [told.split(",")[0] for told in ban["resolved"]] == ["same: Executive Order No. 13 of 2026"]
    assert sources(found, ban) == {ARTICLE, "executive-order-13-of-2026", JUDGEMENTS}
    quotes = {piece.get("quote") for id in ban["claims"] for piece in found.claims[id]["evidence"]}
    assert {"EXECUTIVE ORDER No. 13", "date_signed: '2026-02-06'"} < quotes
    (judgement,) = [found.claims[id] for id in ban["claims"] if found.claims[id]["relation"] == "COMPARED_WITH"]
    assert (judgement["status"], judgement["verdict"]) == ("hedged", "same")
    assert judgement["attributed_to"] == ["civicgraph-editors"]


async def test_the_order_s_page_carries_no_restriction_of_its_own(sourced: Reader) -> None:
    found = await asked(sourced, "neighbourhood", id="nyc-executive-order-2026-eo-013")
    assert {row["relation"] for row in found.rows} == {"ISSUED", "APPLIES_IN", "COMPARED_WITH", "DESCRIBED_AS"}


async def test_which_groups_advise_which_mayors_names_nobody_for_certain(sourced: Reader) -> None:
    found = await asked(sourced, "groups-advising-mayors", resolve=True)
    (row,) = found.rows
    assert row["resolved"] == ["unsure: Karen Bass", "unsure: Michelle Wu"]
    assert sources(found, row) == {ARTICLE, JUDGEMENTS, "openstates-mayors"}


async def test_what_is_held_for_another_measure_is_not_followed(sourced: Reader) -> None:
    found = await asked(sourced, "neighbourhood", id="new-york-city-property-ban", relation="COMPARED_WITH")
    verdicts = {row["subject_id"]: found.claims[row["claims"][0]]["verdict"] for row in found.rows}
    assert verdicts == {
        "nyc-executive-order-2026-eo-013": "same",
        "nyc-local-law-63-of-2026": "different",
        "nyc-executive-order-2025-eo-050": "different",
    }
    told = await asked(sourced, "restrictions-on-agency", agency="ice", resolve=True)
    (ban,) = [row for row in told.rows if row["measure_id"] == "new-york-city-property-ban"]
    assert len(ban["resolved"]) == 1


async def test_the_orders_of_six_mayors_have_one_that_public_data_name_with_doubt(sourced: Reader) -> None:
    found = await asked(sourced, "restrictions-on-agency", agency="ice", resolve=True)
    orders = [row for row in found.rows if row["measure_id"] == "city-executive-orders"]
    assert {tuple(told.split(",")[0] for told in row["resolved"]) for row in orders} == {
        ("part-of: Executive Order No. 13 of 2026",)
    }
    sure = ["asserted", "reported"]
    without = await asked(sourced, "restrictions-on-agency", agency="ice", resolve=True, status=sure)
    assert {(*row["resolved"],) for row in without.rows if row["measure_id"] == "city-executive-orders"} == {()}


async def test_one_party_goes_by_two_names(sourced: Reader) -> None:
    found = await asked(sourced, "neighbourhood", id="democratic-party", relation="COMPARED_WITH")
    (claim,) = found.claims.values()
    assert (claim["subject"], claim["verdict"], claim["status"]) == ("party-democratic", "same", "asserted")


@pytest.mark.skipif(not DOCUMENTS_OF_OTHERS.is_dir(), reason="public data do not lie beside the project")
def test_every_quote_of_public_data_stands_where_the_claim_says() -> None:
    present = {sha256_of(path) for path in DOCUMENTS_OF_OTHERS.rglob("*") if path.is_file()}
    reading = read([HERE.parent / "seed" / "claims"])
    of_others = [file for file in reading.files if file.document.sha256 in present]
    assert len(of_others) >= CURATED
    assert verify(of_others, DOCUMENTS_OF_OTHERS, reading.places) == []


def test_where_a_quote_lacks_the_verb_a_comment_says_why() -> None:
    reading = read([HERE.parent / "seed" / "claims"])
    for warning in lint(reading.files, reading.places):
        lines = Path(warning.file).read_text("utf-8").splitlines()
        assert warning.field == "relation" and lines[warning.line - 2].startswith("  # "), str(warning)


def test_every_judgement_points_at_itself() -> None:
    """Its evidence is its place in its own file."""
    paths = sorted((HERE.parent / "seed" / "judgements").glob("*.yaml"))
    assert paths
    for path in paths:
        (file,) = [each for each in read(FILLINGS["sourced"]).files if each.document.id == _document(path)]
        assert [c.evidence[0].pointer for c in file.claims] == [f"/claims/{n}" for n in range(len(file.claims))]


def _document(path: Path) -> str:
    (file,) = read([path]).files
    return file.document.id


@pytest.mark.parametrize("resolve", ["perhaps", "2"])
async def test_resolve_is_true_or_false(client: Any, resolve: str) -> None:
    response = await client("/v1/queries/agreements/results.json", params={"resolve": resolve})
    assert response.status_code == 400
    assert [error["parameter"] for error in json.loads(response.text)["errors"]] == ["resolve"]
