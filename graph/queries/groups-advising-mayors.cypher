/*
topic: Advice
question: Which groups advise which mayors?
description: >
  Organizations and groups that counsel a mayor, a mayor's office or a group of mayors, with the words that say so.
  Groups that advise cities or others are not among them; whom-groups-advise tells of all.
parameters:
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  group_id: Id of the advising group.
  group: Its name.
  mayor_id: Id of the mayor, the office or the group of mayors.
  mayor: Its name.
  detail: What the advice is about.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, whom judgements hold the mayor to be, or who is one of them, and who held that office then or possibly did, each with the verdict.
near:
  kind(m) = 'mayor': whom they advise is no mayor, mayor's office or group of mayors
  group(g): who advises is no organization or group
*/
MATCH (c:Claim)-[:SUBJECT]->(g:Entity), (c)-[:OBJECT]->(m:Entity)
WHERE seek(c.by_relation, 'ADVISES') AND holds(c) AND group(g) AND kind(m) = 'mayor'
RETURN c.by_relation AS key, g.id AS group_id, g.name AS group, m.id AS mayor_id, m.name AS mayor, c.detail AS detail,
       c.status AS status, standing(c) AS standing, counterparts(m) AS resolved, cited([c] + judged(m) + backed(m))
