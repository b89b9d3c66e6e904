"""The explorer's frame: what a script fills with pictures, and what leads on where none runs."""

import json

from fastapi import Request

from api.formats import FORMATS
from api.pages.cite import CITED
from api.pages.pictures.kinds import kind
from api.pages.rendering import Page, Values
from schema import ENTITIES, RELATIONS

BEGINNINGS = (
    ("ice", "U.S. Immigration and Customs Enforcement"),
    ("mayors-for-america", "Mayors for America"),
    ("zohran-mamdani", "Zohran Mamdani"),
    ("city-executive-orders", "Executive orders of six mayors on ICE operations"),
)


def values(request: Request) -> Values:
    """Where one may begin, and the words that the script draws with."""
    words = {
        "root": request.state.root,
        "relations": {name: (told.verb, told.inverse) for name, told in sorted(RELATIONS.items())},
        "kinds": {name: kind(told.labels()) for name, told in sorted(ENTITIES.items())},
        "formats": [suffix for suffix in (*FORMATS, *CITED) if suffix != "html"],
    }
    return {"words": json.dumps(words, ensure_ascii=False), "beginnings": BEGINNINGS}


PAGE = Page("/explorer", "Explorer", "explorer.html", values)
