"""The table of formats, and the formats that show an answer as rows: JSON, NDJSON and CSV."""

import csv
import io
import json
import re
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest

from api.formats import FORMATS, Format
from api.formats.links import address
from api.place import Place
from graph.result import Result
from tests.sample_result import CLAIM_RECORDS, HOSTILE, NEXT, PLACE, empty, sample

BESIDE = "claims,quotes,sources,attributed_to,status,standing,wording,condition,inferred,valid_from,valid_to,"
BESIDE += "temporal_match,disputed_by,truncated"
# Records a line and nothing else: headers tell of the whole.
ROWS_ALONE = ("ndjson", "ftm.json")
CLAIM_ID = re.compile(rb"c-[0-9a-f]{16}")

every_format = pytest.mark.parametrize("each", FORMATS.values(), ids=FORMATS.keys())


def write(suffix: str, result: Result, place: Place = PLACE) -> str:
    return FORMATS[suffix].write(result, place).decode()


def cells(result: Result) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write("csv", result), newline="")))


def shuffled(value: Any) -> Any:
    """The same records with their keys in another order, as another store might return them."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(list(value))}
    return [shuffled(each) for each in value] if isinstance(value, list) else value


@every_format
def test_the_same_answer_gives_the_same_bytes_whatever_the_order_of_its_records(each: Format) -> None:
    result = sample()
    other = sample(claims=shuffled(result.claims), entities=shuffled(result.entities), rows=shuffled(result.rows))

    assert each.write(other, PLACE) == each.write(result, PLACE)


@every_format
def test_every_format_holds_the_same_claims(each: Format) -> None:
    found = {claim.decode() for claim in CLAIM_ID.findall(each.write(sample(), PLACE))}

    assert found == {record["id"] for record in CLAIM_RECORDS}


@every_format
def test_every_format_quotes_every_claim(each: Format) -> None:
    written = each.write(sample(), PLACE).decode()

    assert all(f"quote {number}" in written for number in (1, 2, 3, 4, 6, 7, 8, 9, 10))


@pytest.mark.parametrize("each", [f for s, f in FORMATS.items() if s not in ROWS_ALONE], ids=lambda f: f.suffix)
def test_every_format_but_rows_alone_declares_truncation_in_its_body(each: Format) -> None:
    more = sample(next_cursor="abc")
    onward = Place(PLACE.base, PLACE.here, NEXT)

    written = each.write(more, onward)

    assert written != each.write(sample(), PLACE)
    assert re.search(rb"truncated|more exist", written)


def test_no_two_formats_share_a_suffix_or_a_content_type() -> None:
    """Nanopublications are TriG; who accepts TriG gets the plain one."""
    media_types = [name for each in FORMATS.values() for name in (each.media_type, *each.aliases)]
    content_types = {each.content_type for each in FORMATS.values()}

    assert Counter(media_types) - Counter(set(media_types)) == Counter(["application/trig"])
    assert len(content_types) == len(FORMATS)
    assert next(s for s, each in FORMATS.items() if each.media_type == "application/trig") == "trig"
    assert all(suffix == each.suffix for suffix, each in FORMATS.items())


def test_json_is_preferred_before_all_and_turtle_before_the_rdf_formats() -> None:
    order = list(FORMATS)

    assert order[0] == "json"
    assert [s for s in order if FORMATS[s].kind == "rdf"] == ["ttl", "nt", "nq", "trig", "jsonld", "rdf"]
    assert order[-1] == "html"


def test_csv_says_its_charset_and_its_header_in_the_content_type() -> None:
    assert FORMATS["csv"].content_type == "text/csv; charset=utf-8; header=present"
    assert FORMATS["ttl"].content_type == "text/turtle"


def test_a_suffix_goes_before_the_question_mark() -> None:
    assert address(PLACE, "graph.json") == PLACE.here.replace("?", ".graph.json?")
    assert address(Place(PLACE.base, "https://graph.example/v1/entities/vale"), "ttl").endswith("/vale.ttl")


def test_json_rows_hold_columns_claims_and_no_nulls() -> None:
    body = json.loads(write("json", sample()))

    assert body["data"][0] == {"group": "=2+3", "person": "mira-vale", "since": "2026", "share": -14,
                               "claims": [record["id"] for record in CLAIM_RECORDS[:3]]}  # fmt: skip
    assert body["data"][1]["group"] == HOSTILE
    assert body["claims"] == {record["id"]: record for record in CLAIM_RECORDS}


def test_json_names_its_sources_parameters_and_extent() -> None:
    body = json.loads(write("json", sample()))

    assert [source["id"] for source in body["meta"]["sources"]] == ["minutes", "vale-gazette-2026"]
    assert body["meta"]["sources"][1]["sha256"] == "ab" * 32
    assert body["meta"]["parameters"] == {"city": "vale", "limit": 50}
    assert body["total"] == {"value": 2, "relation": "eq"} and body["truncated"] is False


def test_json_of_a_page_says_where_the_next_begins() -> None:
    body = json.loads(FORMATS["json"].write(sample(next_cursor="abc"), Place(PLACE.base, PLACE.here, NEXT)))

    assert body["page"] == {"limit": 50, "next_cursor": "abc", "next": NEXT}
    assert body["total"]["relation"] == "gte" and body["truncated"] is True


def test_the_last_page_does_not_pass_for_the_whole() -> None:
    body = json.loads(write("json", sample(), Place(PLACE.base, NEXT)))

    assert body["total"] == {"value": 2, "relation": "gte"} and body["truncated"] is False


def test_json_of_an_empty_answer_is_whole() -> None:
    body = json.loads(write("json", empty()))

    assert body["data"] == [] and body["claims"] == {} and body["meta"]["sources"] == []


def test_ndjson_gives_each_row_its_quotes_and_has_no_line_else() -> None:
    rows = [json.loads(line) for line in write("ndjson", sample(next_cursor="abc")).splitlines()]

    assert [quote["quote"] for quote in rows[0]["quotes"]] == ["quote 1", "quote 2", "quote 3"]
    assert rows[0]["quotes"][2]["status"] == "hedged"
    assert rows[1]["quotes"][2] == {"claim": "c-0000000000000005", "document": "vale-gazette-2026", "row": 3,
        "pointer": "/a/0", "status": "asserted", "standing": "current",
        "attributed_to": ["minutes", "vale-gazette-2026"]}  # fmt: skip
    assert rows[0]["names"] == {"vale-gazette-2026": "Vale Gazette"}
    assert rows[1]["names"].keys() == {"ana-silva", "minutes", "mira-vale", "vale-gazette-2026"}
    assert len(rows) == len(sample().rows) and write("ndjson", empty()) == ""


def test_csv_puts_the_evidence_beside_each_row() -> None:
    head, first, second = cells(sample())

    assert ",".join(head).endswith("," + BESIDE)
    assert dict(zip(head[-14:], first[-14:], strict=True)) == {
        "claims": "c-0000000000000001 | c-0000000000000002 | c-0000000000000003",
        "quotes": "quote 1 | quote 2 | quote 3",
        "sources": "vale-gazette-2026",
        "attributed_to": "Vale Gazette",
        "status": "asserted | asserted | hedged",
        "standing": "current | current | current",
        "wording": 'will "work" with | about',
        "condition": "",
        "inferred": "",
        "valid_from": "2026 | 2024-02 | 2026-02-17",
        "valid_to": " | 2025-06-30 | ",
        "temporal_match": "",
        "disputed_by": "",
        "truncated": "false",
    }
    told = dict(zip(head, second, strict=True))
    assert told["group"] == HOSTILE and told["certain"] == "true"
    assert told["attributed_to"] == "Vale Gazette | Council <minutes> | Mira Vale"
    assert told["status"] == "asserted | asserted | asserted | reported | asserted | reported | alleged"
    assert told["standing"] == "disputed | current | current | current | current | retracted | disputed"
    assert told["disputed_by"] == 'Ana "Ani" Silva | Mira Vale'
    assert (told["valid_from"], told["wording"]) == ("", "dozens | would “defy” it")


def test_csv_has_one_column_of_a_name_that_of_the_question_if_it_has_one() -> None:
    row = {"status": "hedged", "valid_from": "2020", "claims": [CLAIM_RECORDS[0]["id"]]}
    head, first = cells(sample(columns=("status", "valid_from"), rows=[row]))

    assert len(set(head)) == len(head) and not {"statuses", "standings"} & set(head)
    told = dict(zip(head, first, strict=True))
    assert (told["status"], told["valid_from"], told["standing"]) == ("hedged", "2020", "current")


@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
@pytest.mark.parametrize(("matches", "told"), [(("certain",) * 2, "certain"), (("certain", "possible"), "possible")])
def test_a_row_is_as_certain_as_the_least_certain_of_its_claims(
    suffix: str, matches: tuple[str, ...], told: str
) -> None:
    claims = {r["id"]: r | {"temporal_match": m} for r, m in zip(CLAIM_RECORDS[:2], matches, strict=True)}
    result = sample(columns=("group",), rows=[{"group": "x", "claims": list(claims)}], claims=claims)

    if suffix == "csv":
        (row,) = csv.DictReader(io.StringIO(write("csv", result), newline=""))
    else:
        row = json.loads(write("ndjson", result))
        assert [quote["temporal_match"] for quote in row["quotes"]] == list(matches)
        assert row["quotes"][0]["wording"] == CLAIM_RECORDS[0]["wording"] and row["quotes"][0]["valid_from"] == "2026"
    assert row["temporal_match"] == told


def test_csv_of_an_empty_answer_is_its_header() -> None:
    assert write("csv", empty()) == f"group,person,{BESIDE}\r\n"


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋A1", "－A1", "＠A1"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(cell: str) -> None:
    rows = [{"group": cell, "claims": [CLAIM_RECORDS[0]["id"]]}]

    assert re.sub("(?<=[\t\r])'", "", cells(sample(rows=rows))[1][0]) == "'" + cell


RUNS = tuple("=+-@＝＋－＠")
WITHIN = [
    "x;=cmd|' /C calc'!A1",
    'x;"=1+1"',
    "x;;=1",
    "x\t=1",
    "x\n=1+1",
    "x\r\n@SUM(A1)",
    "\t=1",
    "\r=1",
    "a;-1;+2",
    "x;＝1",
]


@pytest.mark.parametrize("part", [",", ";", "\t"])
@pytest.mark.parametrize("cell", WITHIN)
def test_no_cell_runs_wherever_a_spreadsheet_parts_them(cell: str, part: str) -> None:
    rows = [{"group": "g", "person": cell, "claims": [CLAIM_RECORDS[0]["id"]]}]
    written = write("csv", sample(columns=("group", "person"), rows=rows))
    lines = re.split("[\r\n]+", written) if part != "," else [written]
    found = [
        each for line in lines for row in csv.reader(io.StringIO(line, newline=""), delimiter=part) for each in row
    ]

    assert found and not [each for each in found if each.startswith(RUNS)]


@pytest.mark.parametrize("cell", [-14, 2.5, 0, "-14", "+1.5e3", "2026", "a; b - c", 'say "hi", twice\r\nor more'])
def test_numbers_and_harmless_text_stay_as_they_are(cell: Any) -> None:
    rows = [{"group": cell, "claims": [CLAIM_RECORDS[0]["id"]]}]

    assert cells(sample(rows=rows))[1][0] == str(cell)


@pytest.mark.parametrize(("cell", "told"), [(1e-7, "0.0000001"), (-2.5e-9, "-0.0000000025"), (1e16, "1" + 16 * "0")])
def test_a_number_is_told_in_digits_as_it_is_in_rdf(cell: float, told: str) -> None:
    rows = [{"group": cell, "claims": [CLAIM_RECORDS[0]["id"]]}]

    assert cells(sample(rows=rows))[1][0] == told


def test_a_semicolon_is_quoted_because_many_spreadsheets_split_there() -> None:
    rows = [{"group": "a;b", "claims": [CLAIM_RECORDS[0]["id"]]}]

    assert write("csv", sample(rows=rows)).splitlines()[1].startswith('"a;b",')


def test_what_is_conditional_or_inferred_says_so_in_tables() -> None:
    result = deepcopy(sample())
    claim = result.claims[result.rows[0]["claims"][0]]
    claim |= {"condition": "if it rains", "inferred": ["all others do", "it is said of one"]}
    row = next(csv.DictReader(io.StringIO(write("csv", result), newline="")))
    assert row["condition"].split(" | ")[0] == "if it rains"
    assert row["inferred"] == "all others do | it is said of one"
    told = json.loads(write("ndjson", result).splitlines()[0])["quotes"][0]
    assert (told["condition"], told["inferred"]) == ("if it rains", ["all others do", "it is said of one"])
