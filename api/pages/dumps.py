"""The dumps as pages: the versions that there are, and the files of one."""

from typing import Any

from api.pages.foot import Version
from api.pages.rendering import render

VERSIONS = 50


def listed(root: str, dumps: Any, newest: Version | None) -> bytes:
    """The versions, the one written last first; `dumps` is the folder of them."""
    told = [{"version": version} | dumps.manifest(version) for version in dumps.versions()[:VERSIONS]]
    return render("dumps.html", root, {"dumps": told, "version": newest})


def one(root: str, version: str, record: dict[str, Any], newest: Version | None) -> bytes:
    """The files of a version, each with its size and checksum."""
    return render("dump.html", root, {"dump": version, "version": newest, **record})
