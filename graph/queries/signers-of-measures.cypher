/*
topic: Measures
question: Who signed what?
description: >
  Every signature and issue of a measure, with its date as exact as the source gives it.
columns:
  signer_id: Id of the person, office or body.
  signer: Its name.
  relation: SIGNED or ISSUED.
  measure_id: Id of the measure.
  measure: Its name.
  valid_from: When.
  status: How far the claim is to be taken.
*/
MATCH (c:Claim)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE c.relation IN ['SIGNED', 'ISSUED']
WITH c, s, m, s.id + ' ' + m.id + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, s.id AS signer_id, s.name AS signer, c.relation AS relation, m.id AS measure_id, m.name AS measure,
       c.valid_from AS valid_from, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
