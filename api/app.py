"""The web application: routes over one graph, problems for all errors, manners round it all."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from api import errors
from api.manners import Manners
from api.routes import add_routes
from graph.connection import Reader
from graph.query import Query, read_queries

WEB = Path(__file__).parent / "web"


def create_app(graph: Reader, base: str, queries: Callable[[], dict[str, Query]] = read_queries) -> ASGIApp:
    """An application that answers from `graph`; `base` begins the identifiers it writes and ends in `/`."""
    app = FastAPI(
        title="civicgraph",
        version=version("civicgraph"),
        openapi_url=None,
        docs_url=None,
        redirect_slashes=False,
        description="How US cities, states and civic groups respond to federal immigration enforcement: every answer "
        "with the words it rests on.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.graph, app.state.base, app.state.queries = graph, base, queries()
    errors.install(app)
    add_routes(app, app.state.queries)
    app.mount("/web", StaticFiles(directory=WEB), "web")
    return Manners(app)
