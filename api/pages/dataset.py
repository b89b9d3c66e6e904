"""The dataset as a page: what is in it, whose documents it rests on, and where it is to be had for programs."""

from api.formats import FORMATS
from api.pages.foot import Version
from api.pages.rendering import render
from graph.edition import Edition
from graph.holdings import Holdings
from schema import ENTITIES, RELATIONS
from schema.derive.ontology import sentence
from schema.vocabulary import relation_term


def page(root: str, edition: Edition, found: Holdings | None, base: str, version: Version | None) -> bytes:
    """The page; without counts where they are not at hand."""
    told = {
        "types": _types(found) if found else [],
        "relations": _relations(found) if found else [],
        "documents": sorted(found.documents, key=lambda each: not each.publisher) if found else [],
        "edition": edition,
        "version": version,
        "base": base,
        "alternates": _alternates(root),
    }
    return render("dataset.html", root, told)


def _types(found: Holdings) -> list[dict[str, object]]:
    return [{"name": name, "count": n, "meaning": sentence(ENTITIES[name])} for name, n in found.types.items()]


def _relations(found: Holdings) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "term": relation_term(name).removeprefix("cg:"),
            "claims": count,
            "facts": found.facts.get(name, 0),
            "meaning": sentence(RELATIONS[name]),
        }
        for name, count in found.claims.items()
    ]


def _alternates(root: str) -> list[dict[str, str]]:
    rdf = (form for form in FORMATS.values() if form.kind == "rdf")
    return [
        {"suffix": form.suffix, "type": form.media_type, "href": f"{root}.well-known/void?format={form.suffix}"}
        for form in rdf
    ]
