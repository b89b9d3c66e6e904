/*
topic: The graph
question: Who or what has a name like this?
description: >
  Entities by name or alias, accents and typing errors forgiven, best first, with up to three claims that name them.
parameters:
  q: {type: text, required: true, description: "Words of the name.", example: mamdani}
  type: {type: entity-type, description: "Only entities of this type or a type below it.", example: Person}
columns:
  id: Id of the entity.
  name: Its name.
  type: Its most specific type.
*/
CALL db.index.fulltext.queryNodes('entity_search', $lucene) YIELD node AS n
WHERE $type IS NULL OR $type IN labels(n)
WITH n, reduce(worst = CASE WHEN n.search = $folded THEN 100 ELSE 300 END, t IN $terms | worst -
       CASE WHEN ' ' + n.search + ' ' CONTAINS ' ' + t + ' ' THEN 9 WHEN ' ' + n.search CONTAINS ' ' + t THEN 6 ELSE 1 END) AS rank
WITH n, toString(rank + 1000) + ' ' + n.id AS key
WHERE key > $after
CALL (n) {
  MATCH (n)<-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim)
  WITH DISTINCT c, CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
            WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
  WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  RETURN c, status ORDER BY c.id LIMIT 3
}
WITH n, key, c, status
WITH key, n, c, status ORDER BY key, c.id
RETURN key, n.id AS id, n.name AS name, n.type AS type,
       collect(c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(a:Entity) | a {.*, labels: labels(a)}]
          }) AS claims,
       collect(n {.*, labels: labels(n)}) AS entities
ORDER BY key LIMIT $limit
