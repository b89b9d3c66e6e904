/*
topic: People and groups
question: Who or what is this, and what is said of it?
description: >
  One entity with every claim in which it is subject or object.
parameters:
  id: {type: entity, required: true, description: "Id of any entity.", example: zohran-mamdani}
not_found: true
columns:
  relation: Relation of the claim.
  direction: Whether the entity is its subject or its object.
  other_id: Id of the other end; empty for a figure.
  other: Its name, or the value with its unit.
  detail: What exactly.
  status: How far the claim is to be taken.
*/
MATCH (x:Entity {id: $id})
OPTIONAL MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE c.recorded_at <= $known_at AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
           WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END IN $status
  AND c.relation + ' ' + c.id > $after
WITH DISTINCT x, c, coalesce(c.relation + ' ' + c.id, '') AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
ORDER BY key LIMIT $limit
OPTIONAL MATCH (c)-[:SUBJECT|OBJECT]->(other:Entity) WHERE other.id <> $id
RETURN key, c.relation AS relation, CASE WHEN c.subject = $id THEN 'subject' ELSE 'object' END AS direction,
       other.id AS other_id, coalesce(other.name, toString(c.value) + coalesce(' ' + c.unit, '')) AS other,
       c.detail AS detail, status,
       CASE WHEN c IS NULL THEN [] ELSE
         [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] END AS claims,
       [x {.*, labels: labels(x)}] AS entities
ORDER BY key
