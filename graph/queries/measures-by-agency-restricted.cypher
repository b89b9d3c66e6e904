/*
topic: Measures
question: Which measures restrict which agencies?
description: >
  Every measure said to limit what an agency may do, agency by agency, with where it applies and whose it is.
columns:
  agency_id: Id of the restricted agency or group.
  agency: Its name.
  measure_id: Id of the measure.
  measure: Its name.
  applies_in: Names of the territories where it applies.
  made_by: Names of who issued, signed, sponsored or prepares it.
  detail: What is limited.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)-[:OBJECT]->(a:Entity), (c)-[:SUBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'RESTRICTS') AND holds(c)
RETURN c.by_relation AS key, a.id AS agency_id, a.name AS agency, m.id AS measure_id, m.name AS measure,
       places(m) AS applies_in, makers(m) AS made_by, c.detail AS detail, c.status AS status, standing(c) AS standing,
       cited([c] + origin(m))
