"""Where the same answer, and the things in it, stand on the Web."""

from api.place import Place


def address(place: Place, suffix: str) -> str:
    """The answer's address in the format of that suffix: `…/results?x=1` → `…/results.ttl?x=1`."""
    path, mark, query = place.here.partition("?")
    return f"{path}.{suffix}{mark}{query}"


def identity(place: Place, name: str) -> str:
    """The address that identifies an entity or a claim."""
    return f"{place.base}id/{name}"
