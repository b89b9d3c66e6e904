/*
topic: Advice
question: Which groups advise which mayors?
description: >
  Organizations and groups that counsel a mayor, a mayor's office or a group of mayors, with the words that say so.
columns:
  group_id: Id of the advising group.
  group: Its name.
  mayor_id: Id of the mayor, the office or the group of mayors.
  mayor: Its name.
  detail: What the advice is about, claim by claim.
  status: How far each claim is to be taken.
*/
MATCH (c:Claim {relation: 'ADVISES'})-[:SUBJECT]->(g:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE (g:Organization OR g:Group) AND (m:Mayor OR m.role = 'mayor' OR m.of = 'Mayor')
WITH c, g, m, g.id + ' ' + m.id AS key,
     CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
          WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END AS status
WHERE c.recorded_at <= $known_at AND status IN $status AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND key > $after
WITH key, g, m, collect({claim: c, status: status}) AS found
ORDER BY key LIMIT $limit
UNWIND found AS f
WITH key, g, m, f.claim AS c, f.status AS status
ORDER BY key, c.id
RETURN key, g.id AS group_id, g.name AS group, m.id AS mayor_id, m.name AS mayor, collect(c.detail) AS detail,
       collect(status) AS status,
       collect(c {.*, status: status,
                  evidence: [(c)-[e:EVIDENCED_BY]->(d:Entity) | e {.*, document: d.id}],
                  around: [(c)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(n:Entity) | n {.*, labels: labels(n)}]
                 }) AS claims,
       [] AS entities
ORDER BY key
