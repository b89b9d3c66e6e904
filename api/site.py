"""What the application answers from: the graph, the address that identifiers begin with, the questions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.requests import Request

import api
import graph
import schema
from api.texts import NOWHERE, Texts
from graph.connection import Reader
from graph.kept import Kept
from graph.query import Query, read_queries

MADE_BY = {".py", ".cypher", ".html", ".css"}  # a picture that stands alone holds its colours
WEB = Path(api.__path__[0]) / "web"
ICON = WEB / "icon.svg"


@cache
def fingerprint() -> str:
    """A hash of all files that an answer is made by: with another program the same graph has other answers."""
    files = (file for package in (api, graph, schema) for file in sorted(Path(package.__path__[0]).rglob("*.*")))
    content = (file.read_bytes() for file in files if file.suffix in MADE_BY)
    return hashlib.sha256(b"".join(content)).hexdigest()


@dataclass(frozen=True)
class Site:
    """`base` ends in `/`; `queries` are by name; `build` tells this program from another one.

    `kept` are the counts and near misses that pages tell beside an answer, `texts` the documents at hand, of which
    pages show those that they may, and `dumps` the folder of what was written whole.
    """

    reader: Reader
    base: str
    queries: Mapping[str, Query] = field(default_factory=read_queries)
    build: str = field(default_factory=fingerprint)
    kept: Kept[Any] = field(default_factory=Kept, compare=False)
    texts: Texts = NOWHERE
    dumps: Path = Path("dumps")

    @property
    def prefix(self) -> str:
        """The path at which the graph is published, decoded; `/` where it has a host of its own."""
        return unquote(urlsplit(self.base).path)

    @classmethod
    def of(cls, request: Request) -> "Site":
        """The site that the request was sent to."""
        site: Site = request.app.state.site
        return site

    async def holds_claims(self) -> bool:
        """Whether the edition that is published has any claim; one seek, at once even where no query is planned yet."""
        edition = await self.reader.newest()
        return edition is not None and bool(edition.instant)
