"""The checklist of api/described/README.md: every line of it is asked of a server that holds what is seeded."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import httpx
import pyoxigraph
import pytest

import api.described
from api.app import create_app
from api.site import Site
from schema.vocabulary import DCAT, PREFIXES
from tests.conftest import BASE, Store

pytestmark = pytest.mark.slow

Get = Callable[..., Awaitable[httpx.Response]]
FILE = Path(api.described.__file__).with_name("README.md")
NAMES = PREFIXES | {"dcat": DCAT, "np": "http://www.nanopub.org/nschema#"}


class Line(NamedTuple):
    """One line of a table: what is asked, where, as which media type, and what has to be found there."""

    asked: str
    address: str
    accept: str
    shown: list[str]


def lines() -> list[Line]:
    rows = re.findall(
        r"^\| (?!what is asked)(.+?) \| (.*?) \| (.*?) ?\| (.*?) ?\|$", FILE.read_text(encoding="utf-8"), re.M
    )
    return [Line(asked, address.strip("`"), accept, shown.split()) for asked, address, accept, shown in rows]


LINES = lines()
ASKED = [line for line in LINES if line.address != "-"]


def test_the_checklist_is_whole() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert len(LINES) == text.count("\n| ") - text.count("| what is asked ") > 25
    assert [line.asked.split()[0] for line in LINES if line.address == "-"] == ["F4"]
    assert all(line.shown for line in ASKED)
    wanted = ("★", "★★", "★★★", "★★★★", "★★★★★", "F1", "F2", "F3", "F4", "R1", "R1.1", "R1.2", "R1.3")
    assert {*wanted} <= {line.asked.split()[0] for line in LINES}


@pytest.fixture
async def get(embedded: Store, tmp_path: Path) -> Get:
    site = Site(await embedded.hold("sourced"), BASE, dumps=tmp_path)
    transport = httpx.ASGITransport(create_app(site))
    return httpx.AsyncClient(transport=transport, base_url=BASE, follow_redirects=True).get


@pytest.mark.parametrize("line", ASKED, ids=lambda line: f"{line.asked[:40]} {line.address}")
async def test_a_line_is_true(get: Get, line: Line) -> None:
    answer = await get(line.address, headers={"Accept": line.accept})
    assert answer.status_code == 200
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind == line.accept.partition(";")[0]
    if "/" in line.shown[0]:
        assert line.shown == [kind]
        return
    quads = list(pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.from_media_type(kind)))
    found = {str(quad.predicate.value) for quad in quads} | {str(getattr(quad.object, "value", "")) for quad in quads}
    wanted = {term: NAMES[term.partition(":")[0]] + term.partition(":")[2] for term in line.shown}
    assert [term for term, address in wanted.items() if address not in found] == []
