"""The interface keeps its own OpenAPI description, whatever is sent to it, well or ill formed."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from api.endpoints import add_endpoints
from api.site import Site
from api.sparql.asked import QUERY
from api.sparql.endpoint import add_sparql
from api.sparql.keeper import Keeper
from graph.connection import Reader, Writer
from graph.engine import Engine
from graph.query import read_queries
from graph.write import load
from schema.derive.constraints import arcadedb_statements
from seed.read import read
from tests.conftest import BASE, NOW, SEED, up_to_date

pytestmark = pytest.mark.slow

DATABASE, REQUESTS = "described", 25
CONFIG: dict[str, Any] = {
    "seed": 1,
    "generation": {"deterministic": True, "max-examples": REQUESTS},
    # What is a day or a page is said in words: no pattern tells the 29th of February.
    "checks": {"positive_data_acceptance": {"enabled": False}},
}


class Served:
    """The application over a graph that lives in the event loop of Schemathesis, opened anew for each operation.

    With a folder it keeps a snapshot there, made once, that queries in SPARQL are asked of.
    """

    engine: Engine
    answer: ASGIApp
    snapshots: Path | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            return await self.answer(scope, receive, send)
        async with (
            await Reader.open(self.engine.uri, self.engine.reader, DATABASE) as reader,
            await Writer.open(self.engine.uri, self.engine.login, DATABASE) as writer,
            AsyncExitStack() as stack,
        ):
            site, keeper = Site(reader, BASE), None
            await receive()
            for file in read(SEED).files:
                await load(writer, [file], NOW)
            if self.snapshots:
                keeper = await stack.enter_async_context(Keeper(site, self.snapshots).running())
                await up_to_date(keeper, reader)
            self.answer = create_app(site, keeper)
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})


@schemathesis.serializer(QUERY)
def as_it_stands(context: schemathesis.SerializationContext, value: Any) -> Any:
    return str(value).encode()


described = FastAPI(title="civicgraph", version="1")
add_endpoints(described, read_queries())
interface = schemathesis.openapi.from_dict(described.openapi(), config=SchemathesisConfig.from_dict(CONFIG))
interface.app = Served()
add_sparql(asked := FastAPI(title="civicgraph", version="1"))
endpoint = schemathesis.openapi.from_dict(asked.openapi(), config=SchemathesisConfig.from_dict(CONFIG))
endpoint.app = Served()


@pytest.fixture(scope="module", autouse=True)
def served(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    engine.create_database(DATABASE)
    engine.command(arcadedb_statements(), database=DATABASE)
    interface.app.engine = endpoint.app.engine = engine
    endpoint.app.snapshots = tmp_path_factory.mktemp("sparql")
    yield
    engine.drop_database(DATABASE)


@interface.parametrize()
@settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_operation_keeps_its_description(case: schemathesis.Case) -> None:
    case.call_and_validate()


@endpoint.parametrize()
@settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_endpoint_of_sparql_keeps_its_description(case: schemathesis.Case) -> None:
    told = case.call_and_validate()
    if told.status_code >= 400:
        assert told.headers["content-type"] == ["application/problem+json"]
        assert told.json()["status"] == told.status_code
