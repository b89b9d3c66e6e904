"""What the application answers from: the graph, the address that identifiers begin with, the questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from graph.connection import Reader
from graph.query import Query, read_queries
from graph.run import run


@dataclass(frozen=True)
class Site:
    """`base` ends in `/`; `queries` are by name."""

    reader: Reader
    base: str
    queries: Mapping[str, Query] = field(default_factory=read_queries)

    @classmethod
    def of(cls, request: Request) -> "Site":
        """The site that the request was sent to."""
        site: Site = request.app.state.site
        return site

    async def holds_claims(self) -> bool:
        """Whether the store has any claim that stands; one read."""
        claims = self.queries["claims"]
        return bool((await run(self.reader, claims, claims.check({"limit": 1}))).rows)
