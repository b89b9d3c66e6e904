/*
topic: People and groups
question: Who leads or founded this group, and what did they do before?
description: >
  Leaders and founders, with the offices and posts they hold or held.
parameters:
  group: {type: entity, required: true, description: "Id of a group or organization.", example: mayors-for-america}
columns:
  leader_id: Id of the leader or founder.
  leader: Its name.
  relation: LEADS, FOUNDED, or the post held.
  object_id: Id of what was led, founded or served.
  object: Its name.
  detail: Title or task.
  status: How far the claim is to be taken.
*/
MATCH (x:Entity {id: $group})<-[:OBJECT]-(l:Claim)-[:SUBJECT]->(s:Entity)<-[:SUBJECT]-(c:Claim)
WHERE l.relation IN ['LEADS', 'FOUNDED'] AND l.recorded_at <= $known_at
  AND (l.retracted_at IS NULL OR l.retracted_at > $known_at) AND l.from_min <= $as_of_max AND l.to_max >= $as_of_min
  AND (c.object = $group AND c.relation IN ['LEADS', 'FOUNDED']
       OR c.relation IN ['WORKED_FOR', 'EMPLOYED_BY', 'HOLDS_OFFICE'])
WITH DISTINCT c, s
MATCH (c)-[:OBJECT]->(o:Entity)
WITH c, s, o, s.id + ' ' + c.relation + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, s.id AS leader_id, s.name AS leader, c.relation AS relation, o.id AS object_id, o.name AS object,
       c.detail AS detail, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
