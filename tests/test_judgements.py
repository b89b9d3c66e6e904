"""With `resolve`, questions follow reviewed judgements from one source to the other, and say so in each row."""

from typing import Any

import pytest

from graph.connection import Reader
from graph.query import read_queries
from graph.run import run
from tests.conftest import JUDGED
from tests.expected_rows import claim_keys

KEYS = {id: key for key, id in claim_keys(JUDGED).items()}


async def rows(graph: Reader, name: str, **given: Any) -> list[dict[str, Any]]:
    query = read_queries()[name]
    found = (await run(graph, query, query.check(given))).rows
    return [row | {"claims": {KEYS[id] for id in row["claims"]}} for row in found]


async def test_a_mayor_is_followed_to_the_register_and_her_namesake_is_not(judged: Reader) -> None:
    told = {r["mayor_id"]: r for r in await rows(judged, "groups-advising-mayors", resolve=True)}
    assert told["ines-araujo"]["resolved"] == ["same: ARAÚJO, Inês"]
    assert told["ines-araujo"]["claims"] == {"lantern-advises", "same-mayor", "reg-araujo-holds"}
    assert told["lena-ortiz"]["resolved"] == [] and told["lena-ortiz"]["claims"] == {"lantern-lena"}


async def test_without_resolve_nothing_is_followed(judged: Reader) -> None:
    told = await rows(judged, "groups-advising-mayors")
    assert {tuple(row["resolved"]) for row in told} == {()}
    assert "same-mayor" not in set().union(*(row["claims"] for row in told))


async def test_a_signer_is_followed_to_who_held_the_office_then_by_the_register(judged: Reader) -> None:
    told = await rows(judged, "signers-of-measures", resolve=True)
    (row,) = [r for r in told if (r["signer_id"], r["measure_id"]) == ("mayor-of-port-quill", "toll-order")]
    assert row["resolved"] == ["same: Mayor of Port Quill (register)", "same, then held by BRANDT, Olga"]
    assert {"same-quill-office", "reg-brandt-holds"} <= row["claims"]
    (own,) = [r for r in told if (r["signer_id"], r["measure_id"]) == ("reg-mayor-sao-bento", "reg-order-2031-12")]
    # The report has Olga Brandt too, until 2026, and does not say since when Araújo is mayor.
    assert own["resolved"] == ["same: Mayor of São Bento", "same, then possibly held by Inês Araújo"]
    assert own["claims"] == {"reg-order-issued", "same-office", "ines-mayor"}
    (old,) = [r for r in told if r["measure_id"] == "reg-order-2020-1"]
    assert old["resolved"] == ["same: Mayor of Port Quill (register)"] and old["claims"] == {
        "reg-old-issued",
        "same-quill-office",
    }


async def test_an_order_stands_on_both_sources_with_the_doubt_of_the_judgement(judged: Reader) -> None:
    told = await rows(judged, "restrictions-on-agency", agency="federal-transit-inspectorate", resolve=True)
    (row,) = [r for r in told if r["measure_id"] == "sao-bento-order-12" and r["detail"] == "where its agents may work"]
    assert row["resolved"] == ["same: Order 2031/12"]
    assert {"order-agents", "same-order", "reg-order-issued"} <= row["claims"]


@pytest.mark.parametrize("status", [["asserted", "reported", "alleged"]])
async def test_a_judgement_that_is_doubtful_is_left_out_with_what_is(judged: Reader, status: list[str]) -> None:
    given = {"agency": "federal-transit-inspectorate", "status": status}
    told = await rows(judged, "restrictions-on-agency", **given, resolve=True)
    assert [row["resolved"] for row in told if row["measure_id"] == "sao-bento-order-12"] != []
    assert {tuple(row["resolved"]) for row in told} == {()}


async def test_agreements_of_offices_that_are_not_named_are_those_of_the_ones_judged_to_be_among_them(
    judged: Reader,
) -> None:
    told = await rows(judged, "agreements", of="calder-sheriffs-offices", resolve=True)
    found = {(r["agreement_id"], r["actor_id"]): r for r in told}
    assert found["reg-accord-quill", "reg-quill-sheriff"]["claims"] == {"reg-quill-party", "one-of-seven"}
    assert found["reg-accord-quill", "reg-quill-sheriff"]["resolved"] == ["part-of: Quill County Sheriff's Office"]
    assert found["reg-accord-jail", "reg-quill-jail"]["resolved"] == ["unsure: Quill County Jail"]
    assert found["calder-transit-agreements", "calder-sheriffs-offices"]["resolved"] == []
    plain = await rows(judged, "agreements", of="calder-sheriffs-offices")
    assert {row["agreement_id"] for row in plain} == {"calder-transit-agreements"}


async def test_from_the_register_the_way_leads_back(judged: Reader) -> None:
    told = await rows(judged, "agreements", of="reg-quill-sheriff", resolve=True)
    assert ("calder-transit-agreements", "federal-transit-inspectorate") in {
        (row["agreement_id"], row["actor_id"]) for row in told
    }


async def test_a_path_leads_through_a_judgement_and_not_through_one_that_parts_two_things(judged: Reader) -> None:
    told = await rows(judged, "shortest-path", **{"from": "reg-accord-quill", "to": "calder-sheriffs-offices"})
    assert [row["claims"] for row in told] == [{"reg-quill-party"}, {"one-of-seven"}]
    apart = await rows(judged, "shortest-path", **{"from": "reg-p-2", "to": "ines-araujo"})
    assert len(apart) == 3 and apart[0]["claims"] == {"reg-irma-signed"}  # by the order that both signed
    assert "other-woman" not in set().union(*(row["claims"] for row in apart))


async def test_a_judgement_is_shown_from_both_sides_and_filtered(judged: Reader) -> None:
    for id in ("reg-order-2031-12", "sao-bento-order-12"):
        told = await rows(judged, "neighbourhood", id=id, relation="COMPARED_WITH")
        assert [(row["claims"], row["status"]) for row in told] == [({"same-order"}, "hedged")]
        assert await rows(judged, "neighbourhood", id=id, relation="COMPARED_WITH", status=["asserted"]) == []


async def test_what_an_order_changed_is_told_by_the_register_under_its_own_name(judged: Reader) -> None:
    told = await rows(judged, "history-of-measure", measure="sao-bento-order-12", resolve=True)
    assert {(r["relation"], r["object"]): r["resolved"] for r in told} == {
        ("AMENDS", "Night Order"): ["same: Order 2031/12"],
        ("HAS_STAGE", "filed"): ["same: Order 2031/12"],
        ("REPEALS", "Order 2031/12"): ["same: Order 2031/12"],
    }
    assert await rows(judged, "history-of-measure", measure="sao-bento-order-12") == []
