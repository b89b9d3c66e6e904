/*
topic: Measures
question: Which measures did this office, person or body issue or sign?
description: >
  Measures put forth or signed by the issuer.
parameters:
  issuer: {type: entity, required: true, description: "Id of a person, office, body or territory.", example: zohran-mamdani}
columns:
  measure_id: Id of the measure.
  measure: Its name.
  relation: ISSUED, SIGNED, SPONSORED or PREPARES.
  valid_from: When, as exact as the source says.
  detail: What exactly.
  status: How far the claim is to be taken.
*/
MATCH (x:Entity {id: $issuer})<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(m:Entity)
WHERE c.relation IN ['ISSUED', 'SIGNED', 'SPONSORED', 'PREPARES']
WITH c, m, m.id + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, m.id AS measure_id, m.name AS measure, c.relation AS relation, c.valid_from AS valid_from, c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
