/*
topic: Measures
question: What restricts this agency?
description: >
  What limits, obliges, affects, warns or threatens with charges the agency or a group of its people.
parameters:
  agency: {type: entity, required: true, description: "Id of an agency or group.", example: ice}
columns:
  measure_id: Id of the measure or actor.
  measure: Its name.
  restricted_id: Id of the agency or of the group of its people.
  restricted: Its name.
  relation: RESTRICTS, REQUIRES, AFFECTS, WARNED or PROSECUTES.
  detail: What exactly.
  status: How far the claim is to be taken.
*/
MATCH (x:Entity {id: $agency})
OPTIONAL MATCH (x)<-[:MEMBER_OF]-(people:Group)
WITH x, collect(people) AS groups
UNWIND [x] + groups AS t
WITH DISTINCT t
MATCH (t)<-[:OBJECT]-(c:Claim)-[:SUBJECT]->(m:Entity)
WHERE c.relation IN ['RESTRICTS', 'REQUIRES', 'AFFECTS', 'WARNED', 'PROSECUTES']
WITH c, m, t, m.id + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, m.id AS measure_id, m.name AS measure, t.id AS restricted_id, t.name AS restricted,
       c.relation AS relation, c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
