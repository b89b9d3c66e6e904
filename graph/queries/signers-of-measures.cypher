/*
topic: Measures
question: Who signed what?
description: >
  Every signature and issue of a measure, with its date as exact as the source gives it.
columns:
  signer_id: Id of the person, office or body.
  signer: Its name.
  relation: SIGNED or ISSUED.
  measure_id: Id of the measure.
  measure: Its name.
  valid_from: When.
  status: How far the claim is to be taken.
*/
MATCH (c:Claim)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'ISSUED') AND holds(c)
RETURN c.by_relation AS key, s.id AS signer_id, s.name AS signer, c.relation AS relation, m.id AS measure_id,
       m.name AS measure, c.valid_from AS valid_from, status(c) AS status
UNION ALL
MATCH (c:Claim)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'SIGNED') AND holds(c)
RETURN c.by_relation AS key, s.id AS signer_id, s.name AS signer, c.relation AS relation, m.id AS measure_id,
       m.name AS measure, c.valid_from AS valid_from, status(c) AS status
