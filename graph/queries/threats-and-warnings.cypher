/*
topic: People and groups
question: Who threatens or warns whom, and under which condition?
description: >
  Warnings, and charges that are brought or threatened, with the condition that the source sets. With `of` both what it
  threatens and by whom it is threatened, by itself, by its parts and groups of its people, or by the groups to which it
  belongs.
parameters:
  of: {type: entity, required: false, description: "Id of either side.", example: ice}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  direction: Whether the one asked about is the subject or the object; empty where none is.
  subject_id: Id of the subject.
  subject: Its name.
  relation: WARNED or PROSECUTES, read from subject to object.
  object_id: Id of the object.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  condition: Under which condition, if the source sets one.
  resolved: With `resolve`, the judgements that lead to what the row is about, each its verdict and what it leads to.
*/
MATCH (c:Claim)
WHERE seek(c.by_relation, 'PROSECUTES|WARNED') AND holds(c)
RETURN c.by_relation AS key, null AS direction, statement(c), c.condition AS condition, [] AS resolved

// with of
MATCH (x:Entity {id: $of}) WHERE live(x)
belonging(x)
UNWIND [t.id + ' PROSECUTES', t.id + ' WARNED'] AS ends
touching(ends)
sided(c)
RETURN c.id AS key, CASE WHEN c.subject IN sides THEN 'subject' ELSE 'object' END AS direction, statement(c),
       c.condition AS condition, told(verdicts) AS resolved, cited([c] + via)
