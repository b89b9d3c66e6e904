/*
topic: Measures
question: What restricts this agency?
description: >
  What limits, obliges, affects, warns or threatens with charges the agency, a part of it, a group of its people, or a
  group of agencies to which it belongs; of a measure also where it applies and whose it is.
parameters:
  agency: {type: entity, kinds: [Organization, Office, Group], required: true, description: "Id of an agency or group.", example: ice}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  measure_id: Id of the measure or actor.
  measure: Its name.
  restricted_id: Id of the agency or of the group of its people.
  restricted: Its name.
  relation: RESTRICTS, REQUIRES, AFFECTS, WARNED or PROSECUTES.
  applies_in: Names of the territories where it applies.
  made_by: Names of who issued, signed, sponsored or prepares it.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, what judgements hold the measure or actor to be, and who held that office then or possibly did, each with the verdict.
*/
MATCH (x:Entity {id: $agency}) WHERE live(x)
belonging(x)
UNWIND [' RESTRICTS', ' REQUIRES', ' AFFECTS', ' WARNED', ' PROSECUTES'] AS relation
MATCH (c:Claim {incoming: t.id + relation})-[:SUBJECT]->(m:Entity) WHERE after(c.by_object) AND holds(c)
RETURN c.by_object AS key, m.id AS measure_id, m.name AS measure, t.id AS restricted_id, t.name AS restricted,
       c.relation AS relation, places(m) AS applies_in, makers(m) AS made_by, c.detail AS detail, c.status AS status,
       standing(c) AS standing, counterparts(m) AS resolved,
       cited([c] + via + origin(m) + judged(m) + backed(m))
