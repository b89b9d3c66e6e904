"""What a picture of the graph asks, read anew in plain Python: counts, the claims among things, what things share."""

from collections.abc import Iterator

from tests.oracle import STATEMENT, answers
from tests.plain_world import Asked, Row

SIDES = ("subject", "object")


@answers("counts-by-relation", "relation direction known")
def counts_by_relation(asked: Asked, given: Row) -> Iterator[Row]:
    for relation in sorted({c.relation() for c in asked.holding}):
        for side in SIDES:
            found = [c.id for c in asked.of(relation) if getattr(c, side) == given["id"]]
            if found:
                yield {"relation": relation, "direction": side, "known": len(found), "claims": tuple(found[:3])}


@answers("edges-among", STATEMENT)
def edges_among(asked: Asked, given: Row) -> Iterator[Row]:
    among, new, relations, sources = (listed(given.get(name)) for name in ("id", "new", "relation", "source"))
    for c in asked.holding:
        said = not sources or sources & {*asked.documents(c)}
        comes = not new or {c.subject, c.object} & new
        if {c.subject, c.object} <= among and comes and said and (not relations or c.relation() in relations):
            yield asked.row(c, asked.statement(c))


@answers("shared-connections", "id name type known")
def shared_connections(asked: Asked, given: Row) -> Iterator[Row]:
    of = listed(given["id"])
    for e in asked.world.entities.values():
        via = {x: [c.id for c in asked.holding if {c.subject, c.object} == {x, e.id}] for x in of}
        if all(via.values()) and e.id not in of:
            claims = tuple(sorted({id for ids in via.values() for id in ids}))
            row = {"id": e.id, "name": e.name, "type": asked.world.types(e.id)[0]}
            yield row | {"known": len(claims), "claims": claims}


def listed(given: object) -> set[str]:
    """The words of a list, which may be written with commas."""
    return {*given} if isinstance(given, list) else {*str(given).split(",")} if given else set()
