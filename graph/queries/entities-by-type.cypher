/*
topic: The graph
question: Which entities of this type does the graph know?
description: >
  Entities that at least one claim names, in the order of their ids, with up to three of those claims.
parameters:
  type: {type: entity-type, description: "Only entities of this type or a type below it.", example: AdvocacyGroup}
columns:
  id: Id of the entity.
  name: Its name.
  type: Its most specific type.
*/
MATCH (n:Entity)
WHERE n.id > $after AND ($type IS NULL OR $type IN labels(n))
CALL (n) {
  MATCH (n)<-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim)
  WITH DISTINCT c, CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
            WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
  WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  RETURN c, status ORDER BY c.id LIMIT 3
}
WITH n, n.id AS key, c, status
WITH key, n, c, status ORDER BY key, c.id
RETURN key, n.id AS id, n.name AS name, n.type AS type,
       collect(c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(a:Entity) | a {.*, labels: labels(a)}]
          }) AS claims,
       collect(n {.*, labels: labels(n)}) AS entities
ORDER BY key LIMIT $limit
