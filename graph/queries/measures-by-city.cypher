/*
topic: Measures
question: Which measures apply in this city or state?
description: >
  Orders, laws, policies and agreements in force or proposed in the territory.
parameters:
  city: {type: entity, required: true, description: "Id of a city, county, state or country.", example: new-york-city}
columns:
  measure_id: Id of the measure.
  measure: Its name.
  type: Kind of measure.
  valid_from: Since when, as exact as the source says.
  detail: Where it applies, if only in part.
  status: How far the claim is to be taken.
*/
MATCH (x:Entity {id: $city})<-[:OBJECT]-(c:Claim {relation: 'APPLIES_IN'})-[:SUBJECT]->(m:Entity)
WITH c, m, m.id + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, m.id AS measure_id, m.name AS measure, m.type AS type, c.valid_from AS valid_from, c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
