/*
topic: People and groups
question: Who opposes or supports whom or what?
description: >
  Who stands against or behind a person, office, body, territory, group or measure. With `of` both what it opposes and
  supports and who opposes and supports it, by itself, by its parts and groups of its people, or by the groups to which
  it belongs.
parameters:
  of: {type: entity, required: false, description: "Id of either side.", example: donald-trump}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  direction: Whether the one asked about is the subject or the object; empty where none is.
  subject_id: Id of the subject.
  subject: Its name.
  relation: OPPOSES or SUPPORTS, read from subject to object.
  object_id: Id of the object.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  valid_from: Since when, as exact as the source says.
  resolved: With `resolve`, the judgements that lead to what the row is about, each its verdict and what it leads to.
*/
MATCH (c:Claim)
WHERE seek(c.by_relation, 'OPPOSES|SUPPORTS') AND holds(c)
RETURN c.by_relation AS key, null AS direction, statement(c), c.valid_from AS valid_from, [] AS resolved

// with of
MATCH (x:Entity {id: $of}) WHERE live(x)
belonging(x)
UNWIND [t.id + ' OPPOSES', t.id + ' SUPPORTS'] AS ends
touching(ends)
sided(c)
RETURN c.id AS key, CASE WHEN c.subject IN sides THEN 'subject' ELSE 'object' END AS direction, statement(c),
       c.valid_from AS valid_from, told(verdicts) AS resolved, cited([c] + via)
