"""The interface keeps its own OpenAPI description, whatever is sent to it, well or ill formed."""

from collections.abc import Iterator

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from api.endpoints import add_endpoints
from api.site import Site
from graph.connection import Reader, Writer
from graph.engine import Engine
from graph.query import read_queries
from graph.write import load
from schema.derive.constraints import arcadedb_statements
from seed.read import read
from tests.conftest import BASE, NOW, SEED

pytestmark = pytest.mark.slow

DATABASE, REQUESTS = "described", 25
CONFIG = {
    "seed": 1,
    "generation": {"deterministic": True, "max-examples": REQUESTS},
    # What is a day or a page is said in words: no pattern tells the 29th of February.
    "checks": {"positive_data_acceptance": {"enabled": False}},
}


class Served:
    """The application over a graph that lives in the event loop of Schemathesis, opened anew for each operation."""

    engine: Engine
    answer: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            return await self.answer(scope, receive, send)
        async with (
            await Reader.open(self.engine.uri, self.engine.reader, DATABASE) as reader,
            await Writer.open(self.engine.uri, self.engine.login, DATABASE) as writer,
        ):
            self.answer = create_app(Site(reader, BASE))
            for part in ("startup", "shutdown"):
                await receive()
                for file in read(SEED).files if part == "startup" else ():
                    await load(writer, [file], NOW)
                await send({"type": f"lifespan.{part}.complete"})


described = FastAPI(title="civicgraph", version="1")
add_endpoints(described, read_queries())
interface = schemathesis.openapi.from_dict(described.openapi(), config=SchemathesisConfig.from_dict(CONFIG))
interface.app = Served()


@pytest.fixture(scope="module", autouse=True)
def served(engine: Engine) -> Iterator[None]:
    engine.create_database(DATABASE)
    engine.command(arcadedb_statements(), database=DATABASE)
    interface.app.engine = engine
    yield
    engine.drop_database(DATABASE)


@interface.parametrize()
@settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_operation_keeps_its_description(case: schemathesis.Case) -> None:
    case.call_and_validate()
