/*
topic: People and groups
question: What was said about this measure, person or body?
description: >
  Remarks whose topic it is, with the speaker and the words.
parameters:
  about: {type: entity, required: true, description: "Id of any entity.", example: maryland-police-cooperation-bill}
columns:
  speaker_id: Id of the speaker.
  speaker: Name of the speaker.
  remark_id: Id of the remark.
  remark: What it is about, in neutral words.
  status: How far the claim is to be taken.
*/
MATCH (x:Entity {id: $about})<-[:OBJECT]-(:Claim {relation: 'ABOUT'})-[:SUBJECT]->(r:Entity)<-[:OBJECT]-(c:Claim {relation: 'SAID'})
MATCH (c)-[:SUBJECT]->(s:Entity)
WITH c, s, r, s.id + ' ' + r.id + ' ' + c.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH * ORDER BY key LIMIT $limit
RETURN key, s.id AS speaker_id, s.name AS speaker, r.id AS remark_id, r.name AS remark, status,
       [c {.*, status: status,
           evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
           around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
          }] AS claims,
       [] AS entities
ORDER BY key
