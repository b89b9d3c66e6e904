/*
topic: People and groups
question: Who held this office when, and when did nobody?
description: >
  Holders of the office in the order of time, with the days for which nobody is known to have held it before: nought
  where one followed the other, empty where a date is not known to the day or another term may lie between. A term of
  the same person without a beginning is taken for the same term, unless it ended before.
parameters:
  office: {type: entity, kinds: [Office], required: true, description: "Id of an office.", example: mayor-of-new-york}
columns:
  valid_from: Since when, as exact as the source says.
  until: End, if the source gives one.
  gap: Days between the end of the term before and this one.
  holder_id: Id of the person.
  holder: Its name.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim {incoming: $office + ' HOLDS_OFFICE'})-[:SUBJECT]->(p:Entity)
WHERE after(c.id) AND holds(c)
OPTIONAL MATCH (b:Claim {incoming: c.incoming})
WHERE holds(b) AND CASE WHEN b.valid_from IS NULL THEN b.subject <> c.subject OR b.to_max <= c.from_min
                        ELSE b.from_min < c.from_min END
WITH c, p, max(b.to_max) AS ended, collect(b.valid_to) AS ends
WITH c, p, CASE WHEN c.valid_from = c.from_min AND ended IN ends AND ended <= c.valid_from THEN ended END AS ended
RETURN c.id AS key, c.valid_from AS valid_from, c.valid_to AS until,
       CASE WHEN ended = c.valid_from THEN 0 ELSE days(c.valid_from) - days(ended) - 1 END AS gap,
       p.id AS holder_id, p.name AS holder, c.status AS status, standing(c) AS standing
