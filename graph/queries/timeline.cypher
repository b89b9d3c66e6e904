/*
topic: Measures
question: What happened when?
description: >
  Dated claims in the order of their dates; of one entity on request.
parameters:
  about: {type: entity, required: false, description: "Only claims with this subject or object.", example: maryland}
columns:
  when: Date as exact as the source gives it.
  until: End, if the source gives one.
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How far the claim is to be taken.
*/
MATCH (c:Claim)
WHERE c.valid_from IS NOT NULL AND ($about IS NULL OR c.subject = $about OR c.object = $about)
MATCH (c)-[:SUBJECT]->(s:Entity)
OPTIONAL MATCH (c)-[:OBJECT]->(o:Entity)
WITH c, s, o, c.valid_from + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, c.valid_from AS when, c.valid_to AS until, s.id AS subject_id, s.name AS subject, c.relation AS relation, o.id AS object_id,
       coalesce(o.name, toString(c.value) + coalesce(' ' + c.unit, '')) AS object, c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
