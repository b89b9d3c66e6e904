"""The dumps over HTTP: which versions there are, the manifest of each, and its files."""

from functools import partial

import rdflib
from fastapi import Request, Response
from fastapi.responses import FileResponse

from api.described.document import told
from api.dumps.folder import Dumps
from api.formats.links import dataset
from api.pages.dumps import listed, one
from api.site import Site
from graph.errors import NotFound
from schema.derive.rdf import build
from schema.spelling import near
from schema.vocabulary import DCAT

KINDS = {"gz": "application/gzip", "zst": "application/zstd", "ttl": "text/turtle", "json": "application/json"}
FOR_EVER = "public, max-age=31536000, immutable"


async def all_dumps(request: Request) -> Response:
    """Which versions have a dump, the one written last first."""
    dumps, base = _dumps(request), Site.of(request).base
    return await told(request, partial(_versions, base, dumps.versions()), partial(listed, request.state.root, dumps))


async def one_dump(request: Request) -> Response:
    """The manifest of a version; NotFound names those that there are."""
    dumps, version = _dumps(request), _known(request)
    text = (dumps.folder / version / "manifest.ttl").read_text(encoding="utf-8")
    record = dumps.manifest(version)
    return await told(
        request,
        lambda: rdflib.Graph(bind_namespaces="none").parse(data=text, format="turtle"),
        partial(one, request.state.root, version, record),
    )


async def one_file(request: Request) -> Response:
    """A file of a dump; it is the same for ever."""
    dumps, version, name = _dumps(request), _known(request), request.path_params["file"]
    path = dumps.file(version, name)
    if path is None:
        there = [each["name"] for each in dumps.manifest(version)["files"]]
        raise NotFound(f"version {version} has no file {name}", near(name, there, 3), name)
    kind = KINDS.get(path.suffix.lstrip("."), "application/octet-stream")
    return FileResponse(path, media_type=kind, headers={"Cache-Control": FOR_EVER})


def _dumps(request: Request) -> Dumps:
    return Dumps(Site.of(request).dumps)


def _known(request: Request) -> str:
    version: str = request.path_params["version"]
    dumps = _dumps(request)
    if version not in dumps.versions():
        raise NotFound(f"there is no dump of version {version}", dumps.versions()[:3], version)
    return version


def _versions(base: str, versions: list[str]) -> rdflib.Graph:
    kept = [f"<{base}dumps/{version}/>" for version in versions]
    return build([(f"<{dataset(base)}>", (("rdf:type", ["dcat:Dataset"]), ("dcat:hasVersion", kept)))], dcat=DCAT)
