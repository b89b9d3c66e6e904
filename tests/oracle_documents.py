"""What rests on documents, and where in them, read anew in plain Python."""

from collections.abc import Iterator

from schema import Evidence
from tests.oracle import STATEMENT, answers
from tests.plain_world import Asked, Row

IN_THE_LIST, ONE_BY_ITSELF = 100, 200  # claims are counted


def spelt(piece: Evidence) -> str:
    """The place as an address has it."""
    if piece.start is not None and not piece.path:
        return str(piece.start)
    number = piece.row if piece.row is not None else piece.start
    cell = ["" if number is None else str(number), piece.column or piece.pointer or ""]
    return "!".join([piece.path or "", piece.sheet or "", *cell])


def before(spelling: str) -> tuple[str, str, int, str]:
    """What a place is put in order by."""
    path, sheet, number, name = ["", "", spelling, ""] if spelling.isdigit() else [*spelling.split("!"), "", "", ""][:4]
    return path, sheet, int(number or 0), name


@answers("source", f"at quote {STATEMENT}")
def source(asked: Asked, given: Row) -> Iterator[Row]:
    first, found = before(given.get("at", "0")), []
    for c in asked.holding:
        if given["document"] in asked.documents(c):
            pieces = [e for e in asked.world.evidence[c.id] if e.document == given["document"]]
            found += [(before(spelt(e)), e.end or 0, c.id, c, e) for e in pieces if before(spelt(e)) >= first]
    for *_, c, e in sorted(found, key=lambda each: each[:3]):
        yield asked.row(c, asked.statement(c) | {"at": spelt(e), "quote": e.quote})


@answers("sources", "id name publisher published url licence resting alone")
def sources(asked: Asked, given: Row) -> Iterator[Row]:
    on: dict[str, list[str]] = {}
    for c in asked.holding:
        for document in asked.documents(c):
            on.setdefault(document, []).append(c.id)
    for id, claims in sorted(on.items()):
        if id == given.get("document", id):
            told = asked.world.entities[id].model_dump()
            about = {name: told[name] for name in ("id", "name", "publisher", "published", "url", "licence")}
            most = ONE_BY_ITSELF if "document" in given else IN_THE_LIST
            alone = [c for c in claims[:most] if len(asked.documents(asked.world.claims[c])) == 1]
            counted = {"resting": len(claims[:most]), "alone": len(alone) if "document" in given else None}
            yield about | counted | {"claims": tuple(claims)}
