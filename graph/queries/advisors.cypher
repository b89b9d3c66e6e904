/*
topic: Advice
question: Who advises this mayor or city?
description: >
  People and groups that counsel the mayor, office, city or group named by `of`, or are employed as its advisors; for
  a city also those of the offices that serve it and of who holds them, for a person those of the offices held.
parameters:
  of: {type: entity, required: true, description: "Id of a mayor, office, city or group.", example: zohran-mamdani}
columns:
  advisor_id: Id of the advisor.
  advisor: Its name.
  advised_id: Id of who is advised, as the claim has it.
  advised: Its name.
  relation: How the advisor is related.
  detail: About what.
  status: How far the claim is to be taken.
*/
MATCH (x:Entity {id: $of})
OPTIONAL MATCH (x)-[:HOLDS_OFFICE]->(own:Office)
OPTIONAL MATCH (x)<-[:SERVES]-(office:Office)
OPTIONAL MATCH (office)<-[:HOLDS_OFFICE]-(holder:Person)
WITH x, collect(own) AS offices, collect(office) AS posts, collect(holder) AS holders
UNWIND [x] + offices + posts + holders AS t
WITH DISTINCT t
MATCH (t)<-[:OBJECT]-(c:Claim)-[:SUBJECT]->(s:Entity)
WHERE c.relation = 'ADVISES' OR c.relation = 'EMPLOYED_BY' AND toLower(c.detail) CONTAINS 'advis'
WITH c, s, t, s.id + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, s.id AS advisor_id, s.name AS advisor, t.id AS advised_id, t.name AS advised, c.relation AS relation, c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
