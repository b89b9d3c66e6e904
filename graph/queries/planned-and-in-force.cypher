/*
topic: Measures
question: What is planned, and what is in force?
description: >
  Where measures apply, who prepares them, and whatever is planned, such as what they are to restrict or end. With `of` this and whatever else is planned of this measure, territory, person or body, and of the
  measures that apply in it, or that it, who acts for it, a part of it or a group to which it belongs made or prepares.
  What has an end is in force until then.
parameters:
  of: {type: entity, required: false, description: "Id of a territory, person, body or measure.", example: maryland}
columns:
  stage: In force, in preparation or planned.
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  valid_from: Since when, as exact as the source says.
  until: End, if the source gives one.
*/
MATCH (c:Claim) WHERE seek(c.by_relation, 'APPLIES_IN|PREPARES') AND holds(c)
RETURN c.by_relation AS key, stage(c) AS stage, statement(c), c.valid_from AS valid_from, c.valid_to AS until
UNION ALL
MATCH (c:Claim) WHERE seek(c.by_status, 'planned') AND NOT c.relation IN ['APPLIES_IN', 'PREPARES'] AND holds(c)
RETURN c.by_status AS key, stage(c) AS stage, statement(c), c.valid_from AS valid_from, c.valid_to AS until

// with of
MATCH (x:Entity {id: $of}) WHERE live(x)
CALL (x) {
  RETURN x AS m, [] AS way
  UNION ALL
  MATCH (a:Claim {incoming: x.id + ' APPLIES_IN'})-[:SUBJECT]->(m:Entity) WHERE holds(a)
  RETURN m, [a] AS way
}
MATCH (m)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE after(c.id) AND staged(c)
WITH c, reduce(all = [], way IN collect(way) | all + way) AS via
RETURN c.id AS key, stage(c) AS stage, statement(c), c.valid_from AS valid_from, c.valid_to AS until, cited([c] + via)
UNION ALL
MATCH (x:Entity {id: $of}) WHERE live(x)
circle(x)
UNWIND making() AS relation
MATCH (i:Claim {outgoing: t.id + relation})-[:OBJECT]->(m:Entity) WHERE holds(i)
MATCH (m)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE after(c.id) AND staged(c)
WITH c, reduce(all = [], way IN collect(way + i) | all + way) AS via
RETURN c.id AS key, stage(c) AS stage, statement(c), c.valid_from AS valid_from, c.valid_to AS until, cited([c] + via)
UNION ALL
MATCH (x:Entity {id: $of}) WHERE live(x)
belonging(x)
UNWIND making() AS relation
MATCH (i:Claim {outgoing: t.id + relation})-[:OBJECT]->(m:Entity) WHERE holds(i)
MATCH (m)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE after(c.id) AND staged(c)
WITH c, reduce(all = [], way IN collect(via + i) | all + way) AS via
RETURN c.id AS key, stage(c) AS stage, statement(c), c.valid_from AS valid_from, c.valid_to AS until, cited([c] + via)
