/*
topic: Sources and claims
question: What is known for which city, and what is not?
description: >
  For each city and each kind of relation: how many claims are about the city, the offices that serve it and those who
  hold them, with up to three of the claims. Nought means that nothing is recorded, not that nothing exists.
columns:
  city_id: Id of the city.
  city: Its name.
  relation: Kind of relation.
  known: Number of claims.
*/
MATCH (x:City)
UNWIND ['ADVISES', 'APPLIES_IN', 'COOPERATES_WITH', 'HOLDS_OFFICE', 'INVITED', 'ISSUED', 'LOCATED_IN', 'OPPOSES',
        'PREPARES', 'SERVES', 'SIGNED', 'SUPPORTS', 'WARNED'] AS relation
WITH x, relation, x.id + ' ' + relation AS key
WHERE key > $after
WITH * ORDER BY key LIMIT $limit
CALL (x, relation) {
  OPTIONAL MATCH (x)<-[:SERVES]-(o:Entity)
  OPTIONAL MATCH (o)<-[:HOLDS_OFFICE]-(p:Entity)
  WITH x, relation, collect(o) AS offices, collect(p) AS holders
  WITH relation, [x] + offices + holders AS circle
  UNWIND circle AS member
  OPTIONAL MATCH (member)<-[:SUBJECT|OBJECT]-(c:Claim)
  WHERE c.relation = relation AND c.recorded_at <= $known_at AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
    AND CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
             WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END IN $status
  WITH DISTINCT c ORDER BY c.id
  RETURN collect(c) AS found
}
WITH key, x, relation, size(found) AS known, found[0..3] AS found
RETURN key, x.id AS city_id, x.name AS city, relation, known,
       [c IN found | c {.*, status: CASE WHEN c.retracted_at <= $known_at THEN 'retracted'
             WHEN c.superseded_at <= $known_at THEN 'superseded' WHEN c.disputed_at <= $known_at THEN 'disputed'
             ELSE c.status END,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [x {.*, labels: labels(x)}] AS entities
ORDER BY key
