"""The web application: endpoints over one site, problems for all errors, middleware round it all."""

from importlib.metadata import version

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from api import errors
from api.compression import Compression
from api.endpoints import add_endpoints
from api.middleware import Middleware
from api.site import WEB, Site
from api.sparql.endpoint import add_sparql
from api.sparql.keeper import Keeper


def create_app(site: Site, keeper: Keeper | None = None) -> ASGIApp:
    """An application that answers from the site; queries in SPARQL only with one who keeps a snapshot of it."""
    app = FastAPI(
        title="civicgraph",
        version=version("civicgraph"),
        openapi_url=None,
        docs_url=None,
        redirect_slashes=False,
        description="How US cities, states and civic groups respond to federal immigration enforcement: every answer "
        "with the words it rests on.",
        servers=[{"url": site.prefix.rstrip("/")}] if site.prefix != "/" else None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.site, app.state.sparql = site, keeper
    errors.install(app)
    add_sparql(app)
    add_endpoints(app, site.queries)
    app.mount("/web/explorer", StaticFiles(directory=WEB / "explorer" / "dist"), "explorer")  # not what it is built of
    app.mount("/web/sparql", StaticFiles(directory=WEB / "sparql" / "dist"), "editor")
    app.mount("/web", StaticFiles(directory=WEB), "web")
    return Middleware(Compression(app), site.prefix)
