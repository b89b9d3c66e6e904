/*
topic: Measures
question: Who is obliged to do what, and by which measure?
description: >
  What measures require. With `of` what this body, a part of it, a group of its people or a group to which it belongs
  is obliged to do, or whom this measure obliges.
parameters:
  of: {type: entity, required: false, description: "Id of a body, group or measure.", example: maryland-sheriffs-offices}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  obliged_id: Id of who is obliged.
  obliged: Its name.
  measure_id: Id of the measure.
  measure: Its name.
  detail: To do what.
  condition: Under which condition, if the source sets one.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, the judgements that lead to what the row is about, each its verdict and what it leads to.
*/
MATCH (c:Claim)-[:OBJECT]->(t:Entity), (c)-[:SUBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'REQUIRES') AND holds(c)
RETURN c.by_relation AS key, t.id AS obliged_id, t.name AS obliged, m.id AS measure_id, m.name AS measure,
       c.detail AS detail, c.condition AS condition, c.status AS status, standing(c) AS standing, [] AS resolved

// with of
MATCH (c:Claim)-[:OBJECT]->(t:Entity), (c)-[:SUBJECT]->(m:Entity)
WHERE seek(c.by_subject, $of, 'REQUIRES') AND holds(c)
RETURN c.by_subject AS key, t.id AS obliged_id, t.name AS obliged, m.id AS measure_id, m.name AS measure,
       c.detail AS detail, c.condition AS condition, c.status AS status, standing(c) AS standing, [] AS resolved
UNION ALL
MATCH (x:Entity {id: $of}) WHERE live(x)
belonging(x)
MATCH (c:Claim {incoming: t.id + ' REQUIRES'})-[:SUBJECT]->(m:Entity)
WHERE after(c.by_object) AND holds(c)
RETURN c.by_object AS key, t.id AS obliged_id, t.name AS obliged, m.id AS measure_id, m.name AS measure,
       c.detail AS detail, c.condition AS condition, c.status AS status, standing(c) AS standing,
       told([verdicts]) AS resolved, cited([c] + via)
