"""What is asked of people, positions and speech, read anew in plain Python."""

from collections.abc import Iterator

from schema.entities import Document, Office
from tests.oracle import STATEMENT, answers, belonging, circle, resolved
from tests.plain_world import Asked, Hops, Row, joined


def of_either_side(asked: Asked, given: Row, x: str | None, *relations: str) -> Iterator[Row]:
    """The claims of these relations, all or those of the thing and what belongs to it, with the judgements followed."""
    sides = belonging(asked, x, given.get("resolve")) if x else None
    for row in between(asked, sides, *relations):
        yield row | resolved(asked, given, x, row["subject_id"], row["object_id"])


def between(asked: Asked, sides: Hops | None, *relations: str) -> Iterator[Row]:
    """The claims of these relations, all or those of one of the sides, each with which end that is."""
    for c in asked.of(*relations):
        more = asked.statement(c) | {"until": c.valid_to, "condition": c.condition}
        if sides is None:
            yield asked.row(c, more | {"direction": None})
        elif ends := [end for end in (c.subject, c.object) if end in sides]:
            direction = "subject" if c.subject in sides else "object"
            yield asked.row(c, more | {"direction": direction}, set().union(*(sides[end] for end in ends)))


@answers("opposition-and-support", f"direction {STATEMENT} valid_from resolved")
def opposition_and_support(asked: Asked, given: Row) -> Iterator[Row]:
    return of_either_side(asked, given, given.get("of"), "OPPOSES", "SUPPORTS")


@answers("leaders-of-group", "leader_id leader relation object_id object detail status standing")
def leaders_of_group(asked: Asked, given: Row) -> Iterator[Row]:
    leading = [c for c in asked.of("LEADS", "FOUNDED") if c.object == given["group"]]
    leaders = joined({c.subject: {c.id}} for c in leading)
    for c in leading:
        yield asked.row(c, asked.end("leader", c.subject) | asked.object_of(c))
    for c in asked.of("WORKED_FOR", "EMPLOYED_BY", "HOLDS_OFFICE"):
        if c.subject in leaders:
            yield asked.row(c, asked.end("leader", c.subject) | asked.object_of(c), leaders[c.subject])


@answers("remarks-on", "speaker_id speaker remark_id remark relation detail status standing")
def remarks_on(asked: Asked, given: Row) -> Iterator[Row]:
    about = joined({c.subject: {c.id}} for c in asked.of("ABOUT") if c.object == given["about"])
    for c in asked.of("SAID"):
        if c.object in about:
            yield asked.row(c, asked.end("speaker", c.subject) | asked.end("remark", c.object), about[c.object])
    for c in asked.holding:
        if given["about"] in (c.subject, c.object) and c.attributed_to and not asked.is_a(c.attributed_to, Document):
            words = c.detail or c.relation().lower().replace("_", " ")
            yield asked.row(c, asked.end("speaker", c.attributed_to) | asked.end("remark", None, words))


@answers("threats-and-warnings", f"direction {STATEMENT} condition resolved")
def threats_and_warnings(asked: Asked, given: Row) -> Iterator[Row]:
    return of_either_side(asked, given, given.get("of"), "PROSECUTES", "WARNED")


@answers("working-together", f"direction {STATEMENT} valid_from until")
def working_together(asked: Asked, given: Row) -> Iterator[Row]:
    sides = circle(asked, given["of"], Office)
    return between(asked, sides, "ADVISES", "COOPERATES_WITH", "EMPLOYED_BY", "INVITED", "WORKED_FOR")


@answers("membership", f"direction {STATEMENT} valid_from until")
def membership(asked: Asked, given: Row) -> Iterator[Row]:
    return between(asked, {given["of"]: set()}, "FOUNDED", "LEADS", "MEMBER_OF", "PART_OF")


@answers("office-holders", "holder_id holder office_id office valid_from until status standing")
def office_holders(asked: Asked, given: Row) -> Iterator[Row]:
    x = given.get("of")
    serving = asked.serving(str(x), Office)
    for c in asked.of("HOLDS_OFFICE"):
        if x in (None, c.subject, c.object) or c.object in serving:
            columns = asked.end("holder", c.subject) | asked.end("office", c.object) | {"until": c.valid_to}
            yield asked.row(c, columns, serving.get(str(c.object), ()))


@answers("uncertain-claims", f"{STATEMENT} condition resolved")
def uncertain_claims(asked: Asked, given: Row) -> Iterator[Row]:
    near = belonging(asked, given["about"], given.get("resolve"))
    for c in asked.holding:
        ends = [near[str(end)] for end in (c.subject, c.object) if end in near]
        if ends and (c.status not in ("asserted", "reported") or asked.standing(c) == "disputed"):
            columns = asked.statement(c) | {"condition": c.condition}
            columns |= resolved(asked, given, given["about"], c.subject, c.object)
            yield asked.row(c, columns, set().union(*ends))


@answers("said-by", f"{STATEMENT.replace('detail', 'topic_id topic detail')} condition")
def said_by(asked: Asked, given: Row) -> Iterator[Row]:
    for c in asked.holding:
        columns = asked.statement(c) | {"condition": c.condition}
        if c.relation() == "SAID" and c.subject == given["speaker"]:
            about = [b for b in asked.of("ABOUT") if b.subject == c.object]
            for b in about or [None]:
                yield asked.row(c, columns | asked.end("topic", b and b.object), [b.id] if b else ())
        if c.attributed_to == given["speaker"]:
            yield asked.row(c, columns | asked.end("topic", None))
