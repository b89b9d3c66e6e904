/*
topic: Measures
question: Who signed what?
description: >
  Every signature and issue of a measure, with its date as exact as the source gives it. Who held an office is told of
  the time of the measure: for certain, possibly where the dates do not decide it, and not at all where none is known.
parameters:
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  signer_id: Id of the person, office or body.
  signer: Its name.
  relation: SIGNED or ISSUED.
  measure_id: Id of the measure.
  measure: Its name.
  valid_from: When.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, whom judgements hold the signer to be, and who held that office then or possibly did, each with the verdict.
*/
MATCH (c:Claim)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'ISSUED|SIGNED') AND holds(c)
RETURN c.by_relation AS key, s.id AS signer_id, s.name AS signer, c.relation AS relation, m.id AS measure_id,
       m.name AS measure, c.valid_from AS valid_from, c.status AS status, standing(c) AS standing,
       counterparts(s) AS resolved, cited([c] + judged(s) + backed(s))
