/*
topic: Measures
question: Which measures did this office, person or body issue or sign?
description: >
  Measures put forth, signed, sponsored or prepared by the issuer; for a territory by the offices and bodies that serve
  it and by who holds them, for a person by the offices held, for an office by its holders.
parameters:
  issuer: {type: entity, kinds: [Person, Office, Organization, Jurisdiction, Group], required: true, description: "Id of a person, office, body or territory.", example: zohran-mamdani}
columns:
  measure_id: Id of the measure.
  measure: Its name.
  issuer_id: Id of who did it.
  issuer: Its name.
  relation: ISSUED, SIGNED, SPONSORED or PREPARES.
  valid_from: When, as exact as the source says.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (x:Entity {id: $issuer}) WHERE live(x)
circle(x)
WITH t, reduce(all = [], way IN collect(way) | all + way) AS via
UNWIND making() AS relation
MATCH (c:Claim {outgoing: t.id + relation})-[:OBJECT]->(m:Entity) WHERE after(c.by_subject) AND holds(c)
RETURN c.by_subject AS key, m.id AS measure_id, m.name AS measure, t.id AS issuer_id, t.name AS issuer,
       c.relation AS relation, c.valid_from AS valid_from, c.detail AS detail, c.status AS status, standing(c) AS standing, cited([c] + via)
