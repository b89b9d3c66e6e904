"""What only several sources can answer, read anew in plain Python."""

from collections.abc import Iterator
from datetime import date

from schema import Claim
from schema.closed_lists import Stage
from schema.entities import Agreement, City, County, Jurisdiction, LocalAgency, Office, Organization
from schema.relations import PartyTo
from tests.oracle import COVERED_RELATIONS, STATEMENT, answers, circle
from tests.oracle_judgements import readings
from tests.oracle_people import of_either_side
from tests.plain_world import Asked, Hops, Row, first_day, joined, last_day

VOICED = STATEMENT.replace("status", "document_id document publisher voice_id voice status")


def same(asked: Asked, id: str | None) -> Hops:
    """The thing itself and what judgements hold to be the same, with those judgements."""
    ends = [(c, (c.subject, c.object)) for c in asked.of("COMPARED_WITH") if getattr(c, "verdict", "") == "same"]
    others = [{str(b): {c.id}} for c, (x, y) in ends for a, b in ((x, y), (y, x)) if a == id]
    return joined([{str(id): set()}, *others])


def bearing(asked: Asked, c: Claim) -> Iterator[tuple[str, Claim, set[str]]]:
    """How each claim bears on the claim, with the judgements that lead to it."""
    yield "supports", c, set()
    challenges = ((x, kind, of) for of, each in asked.world.challenges.items() for x, kind in each)
    contests = [(x, kind, of) for x, kind, of in challenges if c.id in (x.id, of)]
    for x, kind, of in contests:
        yield (kind, x, set()) if of == c.id else ("is-contested", asked.world.claims[of], set())
    near = {c.id, *(x.id for x, *_ in contests), *(of for *_, of in contests)}
    subjects, objects = same(asked, c.subject), same(asked, c.object)
    for x in asked.of(c.relation()):
        ends = x.subject in subjects and (str(x.object) in objects and (x.value, x.unit) == (c.value, c.unit))
        if x.id not in near and ends:
            yield "same-elsewhere", x, subjects[x.subject] | objects[str(x.object)]


@answers("backing", f"bears {VOICED}")
def backing(asked: Asked, given: Row) -> Iterator[Row]:
    for c in (c for c in asked.holding if c.id == given["id"]):
        for bears, x, hops in bearing(asked, c):
            for document in asked.documents(x) if x in asked.holding else ():
                if bears != "same-elsewhere" or document not in asked.documents(c):
                    entity = asked.world.entities[document]
                    columns = asked.statement(x) | asked.end("document", document) | asked.end("voice", x.attributed_to)
                    more = {"bears": bears, "publisher": getattr(entity, "publisher", None)}
                    yield asked.row(x, columns | more, {c.id, *hops})


def placing(asked: Asked, id: str) -> list[Claim]:
    """The claims that say where a body lies or whom it serves, and in what that lies."""
    lies = [c for c in asked.of("LOCATED_IN", "PART_OF", "SERVES") if asked.is_a(c.object, Jurisdiction)]
    near = [c for c in lies if c.subject == id]
    above = [c for c in lies if c.relation() != "SERVES" and c.subject in {n.object for n in near}]
    return [*near, *above]


@answers(
    "agreements-by-stage",
    "places models stage agreement_id agreement parties valid_from until detail status standing",
)
def agreements_by_stage(asked: Asked, given: Row) -> Iterator[Row]:
    first, last = first_day(given.get("from")), last_day(given.get("to"))
    refused = "to" in given and ("from" not in given or last < first)
    for c in () if refused else asked.of("HAS_STAGE"):
        parties = [p for p in asked.of("PARTY_TO") if p.object == c.subject]
        at = [near for p in parties for near in placing(asked, p.subject)]
        places = {str(p.object) for p in at}
        models = {p.model for p in parties if isinstance(p, PartyTo) and p.model}
        in_time = "from" not in given or (
            c.valid_from is not None and first_day(c.valid_from) <= last and last_day(c.valid_from) >= first
        )
        of_kind = given.get("model", "").lower() in {"", *map(str.lower, models)}
        if (
            asked.is_a(c.subject, Agreement)
            and (in_time and of_kind and given.get("stage") in (None, c.value))
            and ("in" not in given or given["in"] in places)
        ):
            lists = {
                "places": sorted(asked.names[p] for p in places),
                "models": sorted(models),
                "parties": sorted({asked.names[p.subject] for p in parties}),
            }
            columns = asked.end("agreement", c.subject) | {"stage": c.value, "until": c.valid_to} | lists
            yield asked.row(c, columns, {p.id for p in (*parties, *at)})


@answers("history-of-measure", f"valid_from until direction {STATEMENT} resolved")
def history_of_measure(asked: Asked, given: Row) -> Iterator[Row]:
    return of_either_side(asked, given, given["measure"], "AMENDS", "HAS_STAGE", "REPEALS", "TERMINATES")


@answers("succession", "valid_from until gap holder_id holder status standing")
def succession(asked: Asked, given: Row) -> Iterator[Row]:
    terms = [c for c in asked.of("HOLDS_OFFICE") if c.object == given["office"]]
    for c in terms:
        before = [b for b in terms if comes_before(b, c)]
        columns = asked.end("holder", c.subject) | {"until": c.valid_to, "gap": gap(c, before)}
        yield asked.row(c, columns)


def comes_before(b: Claim, c: Claim) -> bool:
    """Whether the term began before; of the same person one without a beginning may be this one told otherwise."""
    if b.valid_from is None and b.subject == c.subject:
        return last_day(b.valid_to) <= first_day(c.valid_from)
    return first_day(b.valid_from) < first_day(c.valid_from)


def gap(c: Claim, before: list[Claim]) -> int | None:
    """The days for which nobody held the office before the term, if they are known."""
    ended = max((last_day(b.valid_to) for b in before), default=None)
    if (
        ended not in {b.valid_to for b in before}
        or c.valid_from != first_day(c.valid_from)
        or str(ended) > c.valid_from
    ):
        return None
    return max(0, (date.fromisoformat(c.valid_from) - date.fromisoformat(str(ended))).days - 1)


def within(asked: Asked, place: str) -> Hops:
    """The territory and those in which it lies, two steps up, with the claims that lead there."""
    lies = [(c, str(c.object)) for c in asked.of("LOCATED_IN", "PART_OF")]
    one = joined({to: {c.id}} for c, to in lies if c.subject == place)
    two = joined({to: {*one[c.subject], c.id}} for c, to in lies if c.subject in one)
    return joined([{place: set()}, one, two])


@answers("not-known", "relation state known document_id document last_checked detail")
def not_known(asked: Asked, given: Row) -> Iterator[Row]:
    about, places = circle(asked, given["place"], Office, Organization), within(asked, given["place"])
    bodies = {c.subject for c in asked.of("LOCATED_IN", "PART_OF", "SERVES") if c.object == given["place"]}
    for relation in (*COVERED_RELATIONS, "PARTY_TO"):
        ends = {id for id in about if relation == "PARTY_TO" or not asked.is_a(id, Organization)}
        ends |= {id for id in bodies if relation == "PARTY_TO" and asked.is_a(id, Organization)}
        found = [c.id for c in asked.of(relation) if {c.subject, c.object} & ends]
        row = {
            "relation": relation,
            "known": len(found),
            "claims": tuple(found[:3]),
            "last_checked": None,
            "detail": None,
        }
        searches = [] if found else [s for s in asked.of("SEARCHED") if s.object in places and searched(s) == relation]
        for s in searches:
            checked = s.valid_to or str(asked.world.entities[s.subject].published)  # type: ignore[attr-defined]
            columns = asked.end("document", s.subject) | {"state": "searched", "last_checked": checked}
            claims = (s.id, *sorted(places[str(s.object)]))
            yield row | columns | {"detail": s.detail, "claims": claims}
        if not searches:
            yield row | asked.end("document", None) | {"state": "known" if found else "not researched"}


def searched(s: Claim) -> str:
    """What the document was gone through for."""
    return str(getattr(s, "sought", ""))


@answers(
    "mayors-and-sheriffs",
    "mayor_id mayor city_id city county_id county sheriff_id sheriff agreement_id agreement model stage stage_status"
    " valid_from until status standing",
)
def mayors_and_sheriffs(asked: Asked, given: Row) -> Iterator[Row]:
    for p in asked.of("PARTY_TO"):
        stage, how, told = stage_of(asked, str(p.object))
        if stage != given["stage"] if "stage" in given else stage == Stage.ENDED:
            continue
        for county, ways in counties(asked, p.subject).items():
            for i in (
                i for i in asked.of("LOCATED_IN", "PART_OF") if i.object == county and asked.is_a(i.subject, City)
            ):
                mayoral = {
                    id: hops for id, hops in asked.serving(i.subject, Office).items() if is_role(asked, id, "mayor")
                }
                for h in (h for h in asked.of("HOLDS_OFFICE") if h.object in mayoral):
                    columns = asked.end("mayor", h.subject) | asked.end("city", i.subject) | asked.end("county", county)
                    columns |= asked.end("sheriff", p.subject) | asked.end("agreement", p.object)
                    columns |= {
                        "model": getattr(p, "model", None),
                        "until": h.valid_to,
                        "stage": stage,
                        "stage_status": how,
                    }
                    yield asked.row(h, columns, {p.id, i.id, *ways, *mayoral[str(h.object)], *told})


def stage_of(asked: Asked, agreement: str) -> tuple[str | None, str | None, set[str]]:
    """How far the agreement has come, how that is put, and the claims that say so."""
    begun = {c: [first for first, _ in readings(asked, c)] for c in asked.of("HAS_STAGE") if c.subject == agreement}
    last = [c for c, days in begun.items() if not any(min(later) > max(days) for later in begun.values())]
    stage = max((str(c.value) for c in last), key=[*Stage].index, default=None)
    told = [c for c in last if c.value == stage]
    surest = ("asserted", "reported", "hedged", "alleged", "planned")
    return stage, min((str(c.status) for c in told), key=surest.index, default=None), {c.id for c in told}


def counties(asked: Asked, party: str) -> Hops:
    """The counties of a party that is a sheriff or a sheriff's office."""
    named = asked.is_a(party, LocalAgency) and "sheriff" in asked.names[party].lower()
    at = [c for c in asked.of("LOCATED_IN", "PART_OF", "SERVES") if c.subject == party and asked.is_a(c.object, County)]
    return joined({str(c.object): {c.id}} for c in at if named or is_role(asked, party, "sheriff"))


def is_role(asked: Asked, id: str, role: str) -> bool:
    """Whether it is an office of this role."""
    return getattr(asked.world.entities[id], "role", None) == role
