/*
topic: Measures
question: Which measures restrict which agencies?
description: >
  Every measure said to limit what an agency may do, agency by agency.
columns:
  agency_id: Id of the restricted agency or group.
  agency: Its name.
  measure_id: Id of the measure.
  measure: Its name.
  detail: What is limited.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)-[:OBJECT]->(a:Entity), (c)-[:SUBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'RESTRICTS') AND holds(c)
RETURN c.by_relation AS key, a.id AS agency_id, a.name AS agency, m.id AS measure_id, m.name AS measure,
       c.detail AS detail, c.status AS status, standing(c) AS standing
