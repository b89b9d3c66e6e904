"""The graph published below a path, behind a real proxy: every link, redirect and header leads on, whoever asks."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
import rdflib

from graph.engine import Engine
from schema.vocabulary import LICENCE, PREFIXES
from tests.conftest import Store
from tests.required import skip_or_fail

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MOST_PAGES = 30
ELSEWHERE = (LICENCE, *PREFIXES.values())  # what pages tell of, and nothing of ours
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RESULTS = "v1/queries/groups-advising-mayors/results"
SERVER = """
import asyncio, sys, tempfile
from pathlib import Path
from api.serve import serve, take_port
from api.site import Site
from api.sparql.keeper import Keeper
from graph.connection import Reader

async def main():
    uri, user, password, database, port, base = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        async with await Reader.open(uri, (user, password), database) as graph:
            site = Site(graph, base)
            async with Keeper(site, Path(folder)).running() as keeper:
                await keeper.changed.wait()
                await serve(site, take_port("127.0.0.1", int(port)), keeper)

asyncio.run(main())
"""
# Three ways to publish: the proxy takes the path off, leaves it on, or serves another one than identifiers begin with.
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{taken}; location /town/graph/ {{ proxy_pass http://127.0.0.1:{port}/; }} }}
  server {{ listen 127.0.0.1:{left}; location /town/graph/ {{ proxy_pass http://127.0.0.1:{port}; }} }}
  server {{ listen 127.0.0.1:{other}; location /elsewhere/ {{ proxy_pass http://127.0.0.1:{port}/; }} }}
}}
"""


@dataclass(frozen=True)
class Published:
    """Where the graph is reached, and what its identifiers begin with."""

    base: str
    ways: dict[str, str]


def free_ports(count: int) -> list[int]:
    taken = [socket.socket() for _ in range(count)]
    for each in taken:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in taken]
    for each in taken:
        each.close()
    return ports


@pytest.fixture(scope="module")
def nginx() -> str:
    """The proxy; without it the tests are skipped, or fail where it is required."""
    if found := shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        return found
    skip_or_fail("nginx is not installed; on Debian: apt-get install nginx-light")


@pytest.fixture(scope="module")
def addresses() -> dict[str, int]:
    return dict(zip(("port", "taken", "left", "other"), free_ports(4), strict=True))


@pytest.fixture(scope="module")
def served(engine: Engine, addresses: dict[str, int]) -> Iterator[Published]:
    """The server itself, published at what the first proxy serves; whoever uses it holds the seed."""
    base = f"http://127.0.0.1:{addresses['taken']}/town/graph/"
    words = [engine.uri, *engine.reader, engine.database, str(addresses["port"]), base]
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout and f"answers at http://127.0.0.1:{addresses['port']}/" in server.stdout.readline()
        yield Published(base, {})
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture(scope="module")
def published(
    served: Published, nginx: str, addresses: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, **addresses))
    command = [nginx, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    ways = {
        "taken off": served.base,
        "left on": f"http://127.0.0.1:{addresses['left']}/town/graph/",
        "another": f"http://127.0.0.1:{addresses['other']}/elsewhere/",
        "none": f"http://localhost:{addresses['port']}/",
        "none, with the path": f"http://localhost:{addresses['port']}/town/graph/",
    }
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as proxy:
        for _ in range(100):
            assert proxy.poll() is None, proxy.stderr and proxy.stderr.read()
            with socket.socket() as knocking:
                if knocking.connect_ex(("127.0.0.1", addresses["other"])) == 0:
                    break
            time.sleep(0.05)
        yield Published(served.base, ways)
        proxy.send_signal(signal.SIGQUIT)
        proxy.communicate(timeout=20)


@pytest.fixture
async def holding(embedded: Store) -> None:
    await embedded.hold("seed")
    embedded.holds = "seed"


@pytest.fixture
async def asking() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, headers={"Accept": BROWSER}, timeout=20) as client:
        yield client


WAYS = ["taken off", "left on", "another", "none", "none, with the path"]
each_way = pytest.mark.parametrize("way", WAYS)


def links(page: httpx.Response) -> set[str]:
    """Where a page leads; a form with what its fields hold."""
    found = {urljoin(str(page.url), unescape(each)) for each in re.findall(r'(?:href|src)="([^"#][^"]*)"', page.text)}
    for action, fields in re.findall(r'<form action="([^"]*)"[^>]*>(.*?)</form>', page.text, re.DOTALL):
        held = dict(re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"', fields)) | (
            {"q": "mayor"} if ' name="q"' in fields else {}
        )
        found.add(str(httpx.URL(urljoin(str(page.url), unescape(action)), params=held)))
    return {each.partition("#")[0] for each in found}


def kind(link: str) -> str:
    """The same for links of which one stands for all: to any thing, to any question in a format for programs."""
    link = re.sub(r"(/id/)[\w-]+", r"\1", link)
    return link if ".html" in link else re.sub(r"/queries/[\w-]+/results", "/results", link).partition("?")[0]


@each_way
async def test_every_page_and_every_link_works_from_where_it_is_read(
    published: Published, holding: None, asking: httpx.AsyncClient, way: str
) -> None:
    start = published.ways[way]
    ahead, seen, pages = [start, f"{start}v1/graph.html?limit=3", f"{start}v1/entities/nobody.html"], set[str](), 0
    while ahead:
        address = ahead.pop(0)
        told = await asking.get(address, follow_redirects=True)
        # a form sent with the last of its choices asks for a retracted plan, which nothing is
        none = "nobody" in address or re.search("queries/(claim|entity)/.*retracted", address)
        assert told.status_code == (404 if none else 200), address
        assert str(told.url).startswith(start), (address, str(told.url))
        if told.headers["content-type"].startswith("text/html") and (pages := pages + 1) <= MOST_PAGES:
            found = links(told)
            assert {f"{start}web/style.css", f"{start}web/icon.svg", start} <= found
            assert [each for each in found if not each.startswith((start, *ELSEWHERE))] == [], address
            fewer = {kind(each): each for each in sorted(found) if each.startswith(start)}
            ahead += [each for kind, each in fewer.items() if kind not in seen]
            seen |= fewer.keys()
    assert pages > MOST_PAGES / 2


@each_way
@pytest.mark.parametrize("path", ["id/chicago", "docs/", "v1/graph/?limit=2", "v1/entities/chicago.ttl/"])
async def test_a_redirect_stays_below_the_path(
    published: Published, holding: None, asking: httpx.AsyncClient, way: str, path: str
) -> None:
    start = published.ways[way]
    told = await asking.get(start + path)
    assert told.status_code in (303, 308) and told.headers["location"].startswith("../")
    assert (followed := await asking.get(start + path, follow_redirects=True)).status_code == 200
    assert str(followed.url).startswith(start) and ("limit=2" in str(followed.url)) is ("limit" in path)


@each_way
async def test_every_header_that_leads_somewhere_leads_there(
    published: Published, holding: None, asking: httpx.AsyncClient, way: str
) -> None:
    start = published.ways[way]
    told = await asking.get(f"{start}v1/graph.csv?limit=2")
    links = re.findall(r'<([^>]+)>; rel="([a-z]+)"', told.headers["link"])
    found = [(address, rel) for address, rel in links if rel != "license"]  # which is nothing of ours
    relative = {rel: urljoin(str(told.url), address) for address, rel in found}
    assert relative.pop("canonical") == f"{published.base}v1/graph?limit=2"
    assert relative.keys() == {"alternate", "describedby", "next"}
    for address in [urljoin(str(told.url), a) for a, rel in found if rel != "canonical"]:
        assert address.startswith(start) and (await asking.get(address)).status_code == 200
    assert urljoin(str(told.url), told.headers["content-location"]) == f"{start}v1/graph.csv?limit=2"


@each_way
async def test_identifiers_are_those_of_the_base_whoever_asks(
    published: Published, holding: None, asking: httpx.AsyncClient, way: str
) -> None:
    start, graph = published.ways[way], rdflib.Graph()
    told = await asking.get(f"{start}{RESULTS}.ttl")
    graph.parse(data=told.text, format="turtle")
    named = {str(s) for s in graph.subjects() if isinstance(s, rdflib.URIRef)}
    own = {each for each in named if urlsplit(each).hostname in ("127.0.0.1", "localhost")}
    assert own and all(each.startswith(published.base) for each in own)
    assert (await asking.get(f"{start}{RESULTS}.json")).json()["meta"]["base"] == published.base


async def test_an_identifier_can_be_looked_up_through_the_proxy(
    published: Published, holding: None, asking: httpx.AsyncClient
) -> None:
    told = await asking.get(f"{published.base}id/chicago", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert str(told.url) == f"{published.base}v1/entities/chicago.ttl"
    graph = rdflib.Graph().parse(data=told.text, format="turtle")
    assert (rdflib.URIRef(f"{published.base}id/chicago"), None, None) in graph


@each_way
async def test_the_description_tells_addresses_that_work(
    published: Published, holding: None, asking: httpx.AsyncClient, way: str
) -> None:
    start = published.ways[way]
    (server,) = (await asking.get(f"{start}openapi.json")).json()["servers"]
    assert server["url"] == "/town/graph"
    if way != "another":  # a path that the identifiers do not begin with is nobody's to tell
        assert (await asking.get(urljoin(start, server["url"]) + "/v1/coverage?limit=1")).status_code == 200


@each_way
async def test_a_problem_names_the_address_that_was_asked(
    published: Published, holding: None, asking: httpx.AsyncClient, way: str
) -> None:
    told = (await asking.get(f"{published.ways[way]}v1/nowhere", headers={"Accept": "application/json"})).json()
    assert (told["instance"], told["type"]) == ("/town/graph/v1/nowhere", f"{published.base}problems/not-found")
    if way == "taken off":
        assert (await asking.get(told["type"])).json()["type"] == "not-found"
