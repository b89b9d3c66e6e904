/*
topic: Sources and claims
question: Which figures are given, and in which words?
description: >
  Sizes and shares with the source's own words for them. With `of` those of this body, territory or group, of a part of
  it, a group of its people, a group to which it belongs, or of what lies in it.
parameters:
  of: {type: entity, required: false, description: "Id of a body, territory or group.", example: maryland}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: HAS_SHARE or HAS_SIZE.
  figure: The value with its unit.
  detail: What exactly.
  wording: The source's own words, where they are vague or told apart.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, the judgements that lead to what the row is about, each its verdict and what it leads to.
*/
MATCH (c:Claim)-[:SUBJECT]->(t:Entity)
WHERE seek(c.by_relation, 'HAS_SHARE|HAS_SIZE') AND holds(c)
RETURN c.by_relation AS key, t.id AS subject_id, t.name AS subject, c.relation AS relation, figure(c) AS figure,
       c.detail AS detail, c.wording AS wording, c.status AS status, standing(c) AS standing, [] AS resolved

// with of
MATCH (x:Entity {id: $of}) WHERE live(x)
belonging(x)
UNWIND [' HAS_SHARE', ' HAS_SIZE'] AS relation
MATCH (c:Claim {outgoing: t.id + relation}) WHERE after(c.by_subject) AND holds(c)
RETURN c.by_subject AS key, t.id AS subject_id, t.name AS subject, c.relation AS relation, figure(c) AS figure,
       c.detail AS detail, c.wording AS wording, c.status AS status, standing(c) AS standing,
       told([verdicts]) AS resolved, cited([c] + via)
UNION ALL
MATCH (l:Claim {incoming: $of + ' LOCATED_IN'})-[:SUBJECT]->(t:Entity) WHERE holds(l)
WITH t, collect(l) AS via
UNWIND [' HAS_SHARE', ' HAS_SIZE'] AS relation
MATCH (c:Claim {outgoing: t.id + relation}) WHERE after(c.by_subject) AND holds(c)
RETURN c.by_subject AS key, t.id AS subject_id, t.name AS subject, c.relation AS relation, figure(c) AS figure,
       c.detail AS detail, c.wording AS wording, c.status AS status, standing(c) AS standing,
       [] AS resolved, cited([c] + via)
