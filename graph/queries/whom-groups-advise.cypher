/*
topic: Advice
question: Whom do groups advise – mayors, cities or others?
description: >
  Organizations and groups with everybody whom they counsel; the kind tells mayors, their offices and groups of mayors
  from cities and groups of cities, and from others. With `advisor` whom this group or person advises.
parameters:
  advisor: {type: entity, required: false, description: "Id of a group or person.", example: public-rights-project}
columns:
  advisor_id: Id of the advisor.
  advisor: Its name.
  advised_id: Id of who is advised, as the claim has it.
  advised: Its name.
  kind: Kind of who is advised – mayor, city or other.
  detail: About what.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)-[:SUBJECT]->(g:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'ADVISES') AND holds(c) AND group(g)
RETURN c.by_relation AS key, g.id AS advisor_id, g.name AS advisor, m.id AS advised_id, m.name AS advised,
       kind(m) AS kind, c.detail AS detail, c.status AS status, standing(c) AS standing

// with advisor
MATCH (c:Claim)-[:SUBJECT]->(g:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE seek(c.by_subject, $advisor, 'ADVISES') AND holds(c)
RETURN c.by_subject AS key, g.id AS advisor_id, g.name AS advisor, m.id AS advised_id, m.name AS advised,
       kind(m) AS kind, c.detail AS detail, c.status AS status, standing(c) AS standing
