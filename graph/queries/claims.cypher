/*
topic: The graph
question: What does the graph hold?
description: >
  Every claim, page by page; narrowed to one relation on request.
parameters:
  relation: {type: relation, required: false, description: "Only claims of this relation.", example: ADVISES}
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How far the claim is to be taken.
*/
MATCH (c:Claim)
WHERE c.id > $after AND ($relation IS NULL OR c.relation = $relation)
MATCH (c)-[:SUBJECT]->(s:Entity)
OPTIONAL MATCH (c)-[:OBJECT]->(o:Entity)
WITH c, s, o, c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, s.id AS subject_id, s.name AS subject, c.relation AS relation, o.id AS object_id,
       coalesce(o.name, toString(c.value) + coalesce(' ' + c.unit, '')) AS object, c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
