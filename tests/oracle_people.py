"""What is asked of people, positions and speech, read anew in plain Python."""

from collections.abc import Iterator

from schema.entities import Document
from tests.oracle import answers
from tests.plain_world import Asked, Row, joined


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
