"""Kinds of things as pages draw and name them: a sign and a word for each, and never a colour."""

from collections.abc import Sequence

# The first that is found among an entity's types.
_BY_TYPE = {
    "Group": "group",
    "Person": "person",
    "Office": "office",
    "Organization": "organisation",
    "Jurisdiction": "place",
    "Event": "event",
    "Measure": "measure",
    "Remark": "remark",
    "Document": "document",
}

KINDS: dict[str, str] = {kind: kind for kind in _BY_TYPE.values()} | {
    "group": "group without names",
    "other": "other",
}
"""Every kind and the words for it, in the order in which a legend tells them."""


def kind(types: Sequence[str]) -> str:
    """The kind of an entity of these types; `other` where none of them has a sign of its own."""
    return next((sign for name, sign in _BY_TYPE.items() if name in types), "other")


def widest(kind: str) -> str:
    """The type of all entities of this kind, empty for `other`."""
    return next((name for name, sign in _BY_TYPE.items() if sign == kind), "")
