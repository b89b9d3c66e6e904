"""An answer as citations: each claim of its rows once, each document once, in three forms."""

import json
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest

from api.pages.cite import CITED
from tests.sample_result import PLACE, empty, sample

Get = Callable[..., Awaitable[httpx.Response]]
CLAIMS = [f"c-{number:016x}" for number in range(1, 11)]
DOCUMENTS = ["vale-gazette-2026", "minutes"]
LICENCE = "Claims under Apache-2.0; the words quoted are their authors’."


def written(suffix: str) -> str:
    return CITED[suffix].write(sample(), PLACE).decode()


def test_every_claim_and_then_every_document_is_an_entry_once() -> None:
    entries = [each["id"] for each in json.loads(written("csl.json"))]

    assert entries == re.findall(r"^@misc\{([^,]+),$", written("bib"), re.MULTILINE)
    assert entries[:10] == CLAIMS and sorted(entries[10:]) == sorted(DOCUMENTS)
    assert len(written("apa.txt").splitlines()) == len(entries) + 1


def test_citations_say_of_which_version_they_are_and_whose() -> None:
    about = f"civicgraph, version 3f9a2c41 of 2026-03-02. {LICENCE}"

    assert written("apa.txt").splitlines()[-1] == written("bib").splitlines()[0] == about
    assert {each["version"] for each in json.loads(written("csl.json"))[:10]} == {"3f9a2c41"}


def test_an_answer_without_rows_cites_nothing() -> None:
    assert json.loads(CITED["csl.json"].write(empty(), PLACE)) == []
    assert "@" not in CITED["bib"].write(empty(), PLACE).decode()


@pytest.mark.parametrize("suffix", CITED)
async def test_the_address_of_an_answer_ends_in_it_or_a_client_asks_for_its_type(client: Get, suffix: str) -> None:
    by_suffix = await client(f"/v1/queries/groups-advising-mayors/results.{suffix}")
    by_type = await client("/v1/queries/groups-advising-mayors/results", headers={"Accept": CITED[suffix].media_type})

    assert by_suffix.status_code == by_type.status_code == 200 and by_suffix.content == by_type.content
    assert by_suffix.headers["content-type"] == by_type.headers["content-type"] == CITED[suffix].content_type
    assert "c-17212859340cbff8" in by_suffix.text
