"""The queries about measures, agreements, powers and figures, read anew in plain Python."""

from collections.abc import Iterator

from schema import Claim
from schema.entities import Office, Organization
from tests.oracle import STATEMENT, answers, belonging, circle, resolved
from tests.plain_world import Asked, Hops, Row, joined

MAKING = ("ISSUED", "SIGNED", "SPONSORED", "PREPARES")
SIDE_BY_SIDE = ("APPLIES_IN", "SERVES", "HOLDS_OFFICE", "ADVISES")


def made(asked: Asked, makers: Hops) -> Hops:
    """The measures that one of these issued, signed, sponsored or prepares."""
    return joined({str(c.object): {*makers[c.subject], c.id}} for c in asked.of(*MAKING) if c.subject in makers)


def origin(asked: Asked, measure: str) -> tuple[Row, set[str]]:
    """The columns of where a measure applies and whose it is, and the claims that say so."""
    places = [c for c in asked.of("APPLIES_IN") if c.subject == measure]
    makers = [c for c in asked.of(*MAKING) if c.object == measure]
    applies_in = sorted({asked.names[str(c.object)] for c in places})
    made_by = sorted({asked.names[c.subject] for c in makers})
    return {"applies_in": applies_in, "made_by": made_by}, {c.id for c in (*places, *makers)}


@answers(
    "measures-by-agency-restricted", "agency_id agency measure_id measure applies_in made_by detail status standing"
)
def measures_by_agency_restricted(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.of("RESTRICTS"):
        columns, hops = origin(asked, c.subject)
        yield asked.row(c, asked.end("agency", c.object) | asked.end("measure", c.subject) | columns, hops)


@answers("measures-by-city", "measure_id measure type valid_from detail status standing")
def measures_by_city(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.of("APPLIES_IN"):
        if c.object == given["city"]:
            yield asked.row(c, asked.end("measure", c.subject) | {"type": asked.world.types(c.subject)[0]})


@answers("measures-by-issuer", "measure_id measure issuer_id issuer relation valid_from detail status standing")
def measures_by_issuer(asked: Asked, given: Row) -> Iterator[Row]:
    issuers = circle(asked, given["issuer"], Office, Organization)
    for c in asked.of(*MAKING):
        if c.subject in issuers:
            columns = asked.end("measure", c.object) | asked.end("issuer", c.subject)
            yield asked.row(c, columns, issuers[c.subject])


@answers("makers-of-measure", "issuer_id issuer relation actor_id actor type valid_from detail status standing")
def makers_of_measure(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.of(*MAKING):
        if c.object == given["measure"]:
            held = joined([{c.subject: set()}, asked.held_by(c.subject)])
            served = [{str(s.object): {*held[s.subject], s.id}} for s in asked.of("SERVES") if s.subject in held]
            for id, hops in joined([held, *served, asked.holding_one_of({c.subject: set()})]).items():
                columns = asked.end("issuer", c.subject) | asked.end("actor", id)
                yield asked.row(c, columns | {"type": asked.world.types(id)[0]}, hops)


@answers("planned-and-in-force", f"stage {STATEMENT} valid_from until")
def planned_and_in_force(asked: Asked, given: Row) -> Iterator[Row]:
    x = given.get("of")
    here: list[Hops] = [{c.subject: {c.id}} for c in asked.of("APPLIES_IN") if c.object == x]
    makers = joined([circle(asked, str(x), Office, Organization), belonging(asked, str(x))])
    measures = joined([{str(x): set()}, *here, made(asked, makers)])
    for c in asked.holding:
        ends = [measures[end] for end in (c.subject, c.object) if end in measures]
        if (c.status == "planned" or c.relation() in ("APPLIES_IN", "PREPARES")) and (ends or x is None):
            stage = "in preparation" if c.relation() == "PREPARES" else "in force"
            columns = {"stage": "planned" if c.status == "planned" else stage, "until": c.valid_to}
            yield asked.row(c, columns | asked.statement(c), set().union(*ends))


@answers("obligations", "obliged_id obliged measure_id measure detail condition status standing resolved")
def obligations(asked: Asked, given: Row) -> Iterator[Row]:
    x = given.get("of")
    obliged = belonging(asked, str(x), given.get("resolve"))
    for c in asked.of("REQUIRES"):
        if x in (None, c.subject) or c.object in obliged:
            columns = asked.end("obliged", c.object) | asked.end("measure", c.subject) | {"condition": c.condition}
            yield asked.row(c, columns | resolved(asked, given, x, c.object), obliged.get(str(c.object), ()))


@answers("authority", "subject_id subject authority condition speaker_id speaker until status standing resolved")
def authority(asked: Asked, given: Row) -> Iterator[Row]:
    x = given.get("of")
    having = belonging(asked, str(x), given.get("resolve"))
    for c in asked.of("HAS_AUTHORITY"):
        if x is None or c.subject in having:
            more = {"authority": str(c.value), "condition": c.condition, "until": c.valid_to}
            columns = asked.end("subject", c.subject) | asked.end("speaker", c.attributed_to)
            yield asked.row(c, columns | more | resolved(asked, given, x, c.subject), having.get(c.subject, ()))


@answers("agreements", "agreement_id agreement relation actor_id actor valid_from until detail status standing")
def agreements(asked: Asked, given: Row) -> Iterator[Row]:
    x, told = given.get("of"), list(asked.of("PARTY_TO", "TERMINATES"))
    parties = belonging(asked, str(x))
    found = joined({str(c.object): {*parties[c.subject], c.id}} for c in told if c.subject in parties)
    for c in told:
        if x in (None, c.object) or c.object in found:
            columns = asked.end("agreement", c.object) | asked.end("actor", c.subject) | {"until": c.valid_to}
            yield asked.row(c, columns, found.get(str(c.object), ()))


@answers("figures", "subject_id subject relation figure detail wording status standing resolved")
def figures(asked: Asked, given: Row) -> Iterator[Row]:
    x = given.get("of")
    lying: list[Hops] = [{c.subject: {c.id}} for c in asked.of("LOCATED_IN") if c.object == x]
    about = joined([belonging(asked, str(x), given.get("resolve")), *lying])
    for c in asked.of("HAS_SHARE", "HAS_SIZE"):
        if x is None or c.subject in about:
            columns = {"figure": asked.object_of(c)["object"], "wording": list(c.wording) or None}
            columns |= asked.end("subject", c.subject) | resolved(asked, given, x, c.subject)
            yield asked.row(c, columns, about.get(c.subject, ()))


@answers("cities-compared", "relation other_id other shared city_id city detail status standing")
def cities_compared(asked: Asked, given: Row) -> Iterator[Row]:
    first, second = given["first"], given["second"]
    rows = [found for city in dict.fromkeys((first, second)) for found in _of_city(asked, city)]
    for city, c, other, hops in rows:
        also = {at for at, d, o, _ in rows if (d.relation(), o) == (c.relation(), other)}
        shared = "both" if {first, second} <= also else "first" if city == first else "second"
        columns = asked.end("other", other) | asked.end("city", city) | {"shared": shared}
        yield asked.row(c, columns, hops)


def _of_city(asked: Asked, city: str) -> Iterator[tuple[str, Claim, str, set[str]]]:
    """What a city has: the claim, its other end, and the claims that lead to it."""
    acting = {id: hops for id, hops in circle(asked, city, Office, Organization).items() if id != city}
    acting = {city: set()} | {id: hops for id, hops in acting.items() if not asked.is_a(id, Organization)}
    for c in asked.holding:
        if c.relation() in SIDE_BY_SIDE and c.object in acting:
            yield city, c, c.subject, acting[c.object]
        elif c.relation() == "MEMBER_OF" and c.subject == city:
            yield city, c, str(c.object), set()
