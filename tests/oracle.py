"""Every query read anew in plain Python over the claims files: what an answer must hold, and in which order."""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from schema import Claim
from schema.entities import City, Group, Measure, Office, Organization
from tests.plain_world import EVERY, LIVE, Asked, Hops, Row, World, alike, folded, joined

Answer = Callable[[Asked, Any], Iterable[Row]]

STATEMENT = "subject_id subject relation object_id object detail status standing"
COLUMNS: dict[str, tuple[str, ...]] = {}
ANSWERS: dict[str, Answer] = {}
RANKED = ("search", "source", "sources")  # in an order of their own
AS_WRITTEN = 6  # the likeness of a beginning
EVERY_STANDING = ("backing", "claim", "disputed-claims")
COVERED = "ADVISES APPLIES_IN COOPERATES_WITH HOLDS_OFFICE INVITED ISSUED LOCATED_IN OPPOSES PREPARES SERVES SIGNED"
COVERED_RELATIONS = (*COVERED.split(), "SUPPORTS", "WARNED")


def answers(name: str, columns: str) -> Callable[[Answer], Answer]:
    """Registers the function as the reading of the named query."""

    def keep(answer: Answer) -> Answer:
        COLUMNS[name], ANSWERS[name] = tuple(columns.split()), answer
        return answer

    return keep


def expected(world: World, query: str, given: Row) -> list[Row]:
    """The rows of the query, each with its columns and `claims`, in the order of an answer."""
    asked = Asked(world, given, EVERY if query in EVERY_STANDING else LIVE)
    rows = list(ANSWERS[query](asked, given))
    if query not in RANKED:
        rows.sort(key=lambda row: (*(place(row[c]) for c in COLUMNS[query] if sorts(c)), row["claims"]))
    return [{c: row[c] for c in (*COLUMNS[query], "claims")} for row in rows]


def sorts(column: str) -> bool:
    """Whether rows are put in order by this column."""
    return not column.endswith("_id") and column not in ("id", "status", "standing")


def place(value: object) -> tuple[int, float, str]:
    """Numbers by value, texts by their plain letters, what is missing last."""
    if value is None:
        return 2, 0, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, folded(" ".join(value) if isinstance(value, list) else str(value))


def mayors(asked: Asked) -> set[str]:
    """Mayors, their offices, and groups of mayors."""
    offices = {e.id for e in asked.world.entities.values() if isinstance(e, Office) and e.role == "mayor"}
    groups = {e.id for e in asked.world.entities.values() if isinstance(e, Group) and e.of == "Mayor"}
    return offices | groups | {c.subject for c in asked.of("HOLDS_OFFICE") if c.object in offices}


@answers("whom-groups-advise", "advisor_id advisor advised_id advised kind detail status standing")
def whom_groups_advise(asked: Asked, given: Row) -> Iterator[Row]:
    cities = {e.id for e in asked.world.entities.values() if isinstance(e, City) or getattr(e, "of", "") == "City"}
    for c in asked.of("ADVISES"):
        if c.subject == given["advisor"] if "advisor" in given else asked.is_a(c.subject, Organization, Group):
            kind = "mayor" if c.object in mayors(asked) else "city" if c.object in cities else "other"
            yield asked.row(c, asked.end("advisor", c.subject) | asked.end("advised", c.object) | {"kind": kind})


def circle(asked: Asked, id: str, *serving: type) -> Hops:
    """The thing itself, the offices it holds or who holds it, what serves it and who holds that."""
    served = asked.serving(id, *serving)
    return joined([{id: set()}, asked.held_by(id), asked.holding_one_of({id: set(), **served}), served])


def judged(asked: Asked, id: str, resolve: object) -> Iterator[tuple[Claim, str]]:
    """Where they are to be followed, the judgements on the thing that do not part it from the other end, and that."""
    for c in asked.of("COMPARED_WITH") if resolve else ():
        if getattr(c, "verdict", "") != "different" and id in (c.subject, c.object):
            yield c, str(c.object if c.subject == id else c.subject)


def resolved(asked: Asked, given: Row, id: str | None, *ends: str | None) -> Row:
    """The column of the judgements on the thing that lead to one of these ends, where they are to be followed."""
    led = [(c, x) for c, x in judged(asked, str(id), given.get("resolve")) if x in ends]
    return {"resolved": sorted({f"{getattr(c, 'verdict', '')}: {asked.names[x]}" for c, x in led})}


def belonging(asked: Asked, id: str, resolve: object = None) -> Hops:
    """The thing itself, its parts and groups of its people, the groups to which it belongs, what it is judged to be."""
    belongs = list(asked.of("MEMBER_OF", "PART_OF"))
    inside = [{c.subject: {c.id}} for c in belongs if c.object == id and asked.is_a(c.subject, Group, Organization)]
    around = [{str(c.object): {c.id}} for c in belongs if c.subject == id and asked.is_a(c.object, Group)]
    return joined([{id: set()}, *inside, *around, *({x: {c.id}} for c, x in judged(asked, id, resolve))])


@answers("advisors", "advisor_id advisor advised_id advised relation detail status standing")
def advisors(asked: Asked, given: Row) -> Iterator[Row]:
    advised = circle(asked, given["of"], Office)
    for c in asked.of("ADVISES", "EMPLOYED_BY"):
        counsels = c.relation() == "ADVISES" or "advis" in (c.detail or "").lower()
        if counsels and c.object in advised:
            columns = asked.end("advisor", c.subject) | asked.end("advised", c.object)
            yield asked.row(c, columns, advised[c.object])


@answers("claim", STATEMENT)
def claim(asked: Asked, given: Row) -> list[Row]:
    return [asked.row(c, asked.statement(c)) for c in asked.holding if c.id == given["id"]]


@answers("claims-of-document", STATEMENT)
def claims_of_document(asked: Asked, given: Row) -> list[Row]:
    return [asked.row(c, asked.statement(c)) for c in asked.holding if given["document"] in asked.documents(c)]


@answers("claims", STATEMENT)
def claims(asked: Asked, given: Row) -> list[Row]:
    relations = [given["relation"]] if "relation" in given else {c.relation() for c in asked.holding}
    return [asked.row(c, asked.statement(c)) for c in asked.of(*relations)]


@answers("neighbourhood", STATEMENT)
def neighbourhood(asked: Asked, given: Row) -> list[Row]:
    ends = [given["direction"]] if given.get("direction") else ["subject", "object"]
    near = [c for c in asked.holding if given["id"] in [getattr(c, end) for end in ends]]
    return [asked.row(c, asked.statement(c)) for c in near if given.get("relation") in (None, c.relation())]


@answers("entity", "relation direction other_id other detail status standing")
def entity(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.holding:
        if c.subject == given["id"]:
            yield asked.row(c, {"direction": "subject", **asked.object_of(c, "other")})
        elif c.object == given["id"]:
            yield asked.row(c, {"direction": "object", **asked.end("other", c.subject)})


@answers("coverage", "city_id city relation known")
def coverage(asked: Asked, given: Row) -> Iterator[Row]:
    for city in (e.id for e in asked.world.entities.values() if isinstance(e, City)):
        offices = asked.serving(city, Office)
        about = {city, *offices, *asked.holding_one_of(offices)}
        for relation in COVERED_RELATIONS:
            found = [c.id for c in asked.of(relation) if {c.subject, c.object} & about]
            yield asked.end("city", city) | {"relation": relation, "known": len(found), "claims": tuple(found[:3])}


@answers("disputed-claims", f"{STATEMENT} challenges challengers asserted_by")
def disputed_claims(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.holding:
        if by := sorted((x.id, kind.upper(), x) for x, kind in asked.world.challengers(c.id, asked.known_at)):
            voices = {asked.names[voice] for *_, x in by for voice in asked.world.voices(x, asked.known_at)}
            more = {"challenges": [kind for _, kind, _ in by], "challengers": [x for x, *_ in by]}
            yield asked.row(c, asked.statement(c) | more | {"asserted_by": sorted(voices)}, {x for x, *_ in by})


@answers("entities-by-type", "id name type")
def entities_by_type(asked: Asked, given: Row) -> Iterator[Row]:
    for e in asked.world.entities.values():
        types, found = asked.world.types(e.id), asked.naming(e.id)
        among = given.get("id") or e.id
        if found and given.get("type") in (None, *types) and e.id in among.split(","):
            yield {"id": e.id, "name": e.name, "type": types[0], "claims": tuple(found)}


@answers("timeline", f"when until {STATEMENT}")
def timeline(asked: Asked, given: Row) -> Iterator[Row]:
    x = given.get("about")
    measures = [{c.subject: {c.id}} for c in asked.of("APPLIES_IN") if c.object == x and asked.is_a(c.subject, Measure)]
    served = asked.serving(str(x), Office, Organization)
    about = joined([{str(x): set()}, *measures, served, asked.holding_one_of(served)])
    for c in asked.holding:
        ends = [about[end] for end in (c.subject, c.object) if end in about]
        if c.valid_from and (ends or x is None):
            dates = {"when": c.valid_from, "until": c.valid_to}
            yield asked.row(c, dates | asked.statement(c), set().union(*ends))


@answers("shortest-path", f"step walked {STATEMENT}")
def shortest_path(asked: Asked, given: Row) -> list[Row]:
    ways: dict[str, tuple[tuple[str, str], ...]] = {given["from"]: ()}
    for _ in range(4 if given["to"] not in ways else 0):
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for c in asked.holding:
            for here, there in ((c.subject, c.object), (c.object, c.subject)):
                if here in ways and there and there not in ways:
                    way = (*ways[here], (c.id, there))
                    found[there] = min(way, found.get(there, way))
        ways |= found
        if given["to"] in ways:
            break
    rows = []
    for n, (id, there) in enumerate(ways.get(given["to"], ()), 1):
        c = asked.world.claims[id]
        walked = "forward" if c.object == there else "backward"
        rows.append(asked.row(c, asked.statement(c) | {"step": n, "walked": walked}))
    return rows


@answers("search", "id name type")
def search(asked: Asked, given: Row) -> Iterator[Row]:
    terms, found = re.findall(r"[^\W_]+", folded(given["q"])), []
    for e in entities_by_type(asked, given):
        words = re.findall(r"[^\W_]+", folded(" ".join((e["name"], *asked.world.entities[e["id"]].aliases))))
        likeness = [max(alike(term, word) for word in words) for term in terms]
        forgiven = min(likeness) < AS_WRITTEN  # which asks more of short words
        if all(likeness) and not (forgiven and any(t not in words for t in terms if len(t) < 4)):
            found.append((forgiven, words != terms, -sum(likeness), e["id"], e))
    found = [each for each in found if each[0] == min(found)[0]]  # errors are forgiven where nothing is as written
    yield from (e for *_, e in sorted(found, key=lambda ranked: ranked[:4]))


for path in sorted(Path(__file__).parent.glob("oracle_*.py")):  # the readings of other topics, found by lying here
    import_module(f"tests.{path.stem}")
