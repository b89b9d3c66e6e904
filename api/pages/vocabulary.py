"""What is derived from the types: as records, and as a list of links."""

from api.pages.foot import Version
from api.pages.rendering import render
from schema.derive import ARTEFACTS


def listed(base: str) -> list[dict[str, str]]:
    """Name, address and media type of each artefact."""
    found = ARTEFACTS.items()
    return [{"name": n, "url": f"{base}v1/schema/{a.FILE}", "media_type": a.MEDIA_TYPE} for n, a in found]


def page(root: str, version: Version | None) -> bytes:
    """The artefacts as a page."""
    return render("vocabulary.html", root, {"artefacts": listed(root), "version": version})
