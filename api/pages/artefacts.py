"""What is derived from the types: as records, and as a list of links."""

from html import escape

from api.formats.page import layout
from schema.derive import ARTEFACTS


def listed(base: str) -> list[dict[str, str]]:
    """Name, address and media type of each artefact."""
    found = ARTEFACTS.items()
    return [{"name": n, "url": f"{base}v1/schema/{a.FILE}", "media_type": a.MEDIA_TYPE} for n, a in found]


def page(listed: list[dict[str, str]]) -> bytes:
    """The artefacts as a page."""
    items = "\n".join(
        f'<li><a href="{escape(a["url"])}" type="{escape(a["media_type"])}">{escape(a["name"])}</a></li>'
        for a in listed
    )
    return layout("The vocabulary", f"<h1>The vocabulary</h1>\n<ul>\n{items}\n</ul>").encode()
