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
  detail: What the advice is about.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)-[:SUBJECT]->(g:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'ADVISES') AND holds(c) AND (g:Organization OR g:Group)
  AND (m.role = 'mayor' OR m.of = 'Mayor' OR EXISTS {
    MATCH (m)<-[:SUBJECT]-(h:Claim {relation: 'HOLDS_OFFICE'})-[:OBJECT]->(:Office {role: 'mayor'}) WHERE holds(h)
  })
RETURN c.by_relation AS key, g.id AS group_id, g.name AS group, m.id AS mayor_id, m.name AS mayor, c.detail AS detail,
       c.status AS status, standing(c) AS standing
