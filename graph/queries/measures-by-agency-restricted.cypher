/*
topic: Measures
question: Which measures restrict which agencies?
description: >
  Every measure said to limit what an agency may do, agency by agency.
columns:
  agency_id: Id of the restricted agency or group.
  agency: Its name.
  measure_id: Id of the measure.
  measure: Its name.
  detail: What is limited.
  status: How far the claim is to be taken.
*/
MATCH (c:Claim {relation: 'RESTRICTS'})-[:OBJECT]->(a:Entity), (c)-[:SUBJECT]->(m:Entity)
WITH c, a, m, a.id + ' ' + m.id + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, a.id AS agency_id, a.name AS agency, m.id AS measure_id, m.name AS measure, c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
