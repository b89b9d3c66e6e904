"""The explorer: its frame is whole without a script, its bundle is fresh, and no page lets in what is not ours."""

import json
import re
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from html import unescape
from pathlib import Path

import httpx
import pytest

from api.middleware import POLICY
from schema import ENTITIES, RELATIONS
from tests.required import skip_or_fail

FOLDER = Path(__file__).parent.parent / "api" / "web" / "explorer"
BUILT = ("explorer.js", "explorer.css")
OLDEST = (20, 19)
MOST_BYTES = 30 * 1024

Get = Callable[..., Awaitable[httpx.Response]]


def lacking(folder: Path = FOLDER) -> str:
    """What is not there that the bundle is built with; nothing where all is."""
    if not shutil.which("node"):
        return "node is not installed"
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, told.strip().removeprefix("v").split(".")[:2])) < OLDEST:
        return f"node is {told.strip()}; 20.19 is wanted"
    return "" if (folder / "node_modules").is_dir() else "what it is built with is not there: run npm ci in its folder"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the bundle is made of, in which it can be made."""
    if reason := lacking():
        skip_or_fail(reason)
    folder = tmp_path_factory.mktemp("explorer") / "explorer"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "build"))
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    return folder


def run(folder: Path, script: str) -> None:
    """A script of its package."""
    done = subprocess.run(["npm", "run", script], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_bundle_that_is_committed_is_that_of_its_sources(workshop: Path) -> None:
    run(workshop, "build")
    assert sorted(path.name for path in (workshop / "dist").iterdir()) == sorted(BUILT)
    for name in BUILT:
        assert (workshop / "dist" / name).read_bytes() == (FOLDER / "dist" / name).read_bytes(), "run npm run build"


@pytest.mark.slow
def test_the_parts_of_it_that_need_no_browser_keep_their_promises(workshop: Path) -> None:
    run(workshop, "test")


async def test_the_frame_leads_on_where_no_script_runs(client: Get) -> None:
    page = (await client("/explorer")).text
    assert "<noscript>" in page and 'action="./v1/search.html"' in page
    begun = re.findall(r'href="\./(v1/entities/[^"]+\.html)" data-start="([^"]+)"', page)
    assert len(begun) > 2
    for address, id in begun:
        assert (await client(f"/{address}")).status_code == 200 and id in address


async def test_the_frame_tells_the_script_every_relation_and_every_type(client: Get) -> None:
    page = (await client("/explorer")).text
    words = json.loads(unescape(re.search(r'data-words="([^"]*)"', page)[1]))  # type: ignore[index]
    assert words["relations"].keys() == RELATIONS.keys() and words["kinds"].keys() == ENTITIES.keys()
    assert words["relations"]["ADVISES"] == ["advises", "is advised by"] and words["kinds"]["Mayor"] == "person"
    assert "ttl" in words["formats"] and words["root"] == "./"


async def test_nothing_is_let_in_that_is_not_ours_and_nothing_is_written_into_the_page(client: Get) -> None:
    told = await client("/explorer")
    assert told.headers["content-security-policy"] == POLICY
    allowed = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert allowed["default-src"] == "'none'" and "unsafe" not in POLICY
    assert {allowed[name] for name in ("script-src", "connect-src", "style-src")} == {"'self'"}
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", told.text, re.DOTALL)
    assert scripts and all("src=" in attributes and not inside for attributes, inside in scripts)
    assert not re.search(r"\s(style|on\w+)=", told.text)


async def test_the_script_is_served_small_and_what_it_is_made_of_is_not(client: Get) -> None:
    for name in BUILT:
        told = await client(f"/web/explorer/{name}", headers={"Accept-Encoding": "gzip"})
        assert told.status_code == 200 and told.headers["content-encoding"] == "gzip"
    sent = 0
    async with client.__self__.stream("GET", "/web/explorer/explorer.js") as raw:  # type: ignore[attr-defined]
        async for piece in raw.aiter_raw():
            sent += len(piece)
    assert sent <= MOST_BYTES
    for path in ("package.json", "src/main.ts", "node_modules/vite/package.json"):
        assert (await client(f"/web/explorer/{path}")).status_code == 404


def test_its_sources_never_make_markup_of_text() -> None:
    sources = sorted((FOLDER / "src").glob("*.ts"))
    assert FOLDER / "src" / "main.ts" in sources
    for path in sources:
        assert not re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", path.read_text("utf-8")
        )
