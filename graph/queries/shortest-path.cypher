/*
topic: People and groups
question: How are these two linked?
description: >
  A shortest chain of at most four claims between two entities, claim by claim; of several the first in the order of
  ids. No rows means that there is none.
parameters:
  from: {type: entity, required: true, description: "Id of one end.", example: mayors-for-america}
  to: {type: entity, required: true, description: "Id of the other end.", example: kamala-harris-presidential-campaign}
columns:
  step: Place in the chain, from 1.
  from_id: Id of the entity the step starts at.
  from: Its name.
  relation: Relation of the claim, in either direction.
  to_id: Id of the entity the step leads to.
  to: Its name.
  status: How far the claim is to be taken.
*/
MATCH (a:Entity {id: $from}) MATCH (b:Entity {id: $to})
WITH b, [a] AS seen, [{node: a, way: a.id}] AS front, CASE WHEN a = b THEN a.id END AS way
CALL (b, seen, front, way) {
  UNWIND CASE WHEN way IS NULL THEN front ELSE [] END AS f
  WITH f.node AS x, f.way AS sofar, seen
  MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(n:Entity)
  WHERE NOT n IN seen
  WITH c, n, sofar, CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
            WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
  WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  WITH n, min(sofar + ' ' + c.id + ' ' + n.id) AS to
  RETURN collect({node: n, way: to}) AS next
}
WITH b, seen + [f IN next | f.node] AS seen, next AS front,
     coalesce(way, head([f IN next WHERE f.node = b | f.way])) AS way
CALL (b, seen, front, way) {
  UNWIND CASE WHEN way IS NULL THEN front ELSE [] END AS f
  WITH f.node AS x, f.way AS sofar, seen
  MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(n:Entity)
  WHERE NOT n IN seen
  WITH c, n, sofar, CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
            WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
  WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  WITH n, min(sofar + ' ' + c.id + ' ' + n.id) AS to
  RETURN collect({node: n, way: to}) AS next
}
WITH b, seen + [f IN next | f.node] AS seen, next AS front,
     coalesce(way, head([f IN next WHERE f.node = b | f.way])) AS way
CALL (b, seen, front, way) {
  UNWIND CASE WHEN way IS NULL THEN front ELSE [] END AS f
  WITH f.node AS x, f.way AS sofar, seen
  MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(n:Entity)
  WHERE NOT n IN seen
  WITH c, n, sofar, CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
            WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
  WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  WITH n, min(sofar + ' ' + c.id + ' ' + n.id) AS to
  RETURN collect({node: n, way: to}) AS next
}
WITH b, seen + [f IN next | f.node] AS seen, next AS front,
     coalesce(way, head([f IN next WHERE f.node = b | f.way])) AS way
CALL (b, seen, front, way) {
  UNWIND CASE WHEN way IS NULL THEN front ELSE [] END AS f
  WITH f.node AS x, f.way AS sofar, seen
  MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(n:Entity)
  WHERE NOT n IN seen
  WITH c, n, sofar, CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
            WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
  WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  WITH n, min(sofar + ' ' + c.id + ' ' + n.id) AS to
  RETURN collect({node: n, way: to}) AS next
}
WITH b, seen + [f IN next | f.node] AS seen, next AS front,
     coalesce(way, head([f IN next WHERE f.node = b | f.way])) AS way
WITH split(coalesce(way, ''), ' ') AS ids
UNWIND range(1, size(ids) - 1, 2) AS i
WITH ids[i - 1] AS from_id, ids[i] AS claim_id, ids[i + 1] AS to_id, (i + 1) / 2 AS step
MATCH (c:Claim {id: claim_id}) MATCH (s:Entity {id: from_id}) MATCH (o:Entity {id: to_id})
WITH c, s, o, step, toString(step) AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
RETURN key, step, s.id AS from_id, s.name AS from, c.relation AS relation, o.id AS to_id, o.name AS to, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key LIMIT $limit
