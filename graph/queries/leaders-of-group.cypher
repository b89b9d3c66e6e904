/*
topic: People and groups
question: Who leads or founded this group, and what did they do before?
description: >
  Leaders and founders, with the offices and posts they hold or held.
parameters:
  group: {type: entity, kinds: [Organization, Group, Jurisdiction], required: true, description: "Id of a group or organization.", example: mayors-for-america}
columns:
  leader_id: Id of the leader or founder.
  leader: Its name.
  relation: LEADS, FOUNDED, or the post held.
  object_id: Id of what was led, founded or served.
  object: Its name.
  detail: Title or task.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
UNWIND [' LEADS', ' FOUNDED'] AS relation
MATCH (c:Claim {incoming: $group + relation})-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(x:Entity)
WHERE after(c.by_subject) AND holds(c)
RETURN c.by_subject AS key, s.id AS leader_id, s.name AS leader, c.relation AS relation, x.id AS object_id,
       x.name AS object, c.detail AS detail, c.status AS status, standing(c) AS standing, cited([c])
UNION ALL
UNWIND [' LEADS', ' FOUNDED'] AS relation
MATCH (l:Claim {incoming: $group + relation})-[:SUBJECT]->(s:Entity) WHERE holds(l)
WITH s, collect(l) AS via
UNWIND [' WORKED_FOR', ' EMPLOYED_BY', ' HOLDS_OFFICE'] AS relation
MATCH (c:Claim {outgoing: s.id + relation})-[:OBJECT]->(o:Entity) WHERE after(c.by_subject) AND holds(c)
RETURN c.by_subject AS key, s.id AS leader_id, s.name AS leader, c.relation AS relation, o.id AS object_id,
       o.name AS object, c.detail AS detail, c.status AS status, standing(c) AS standing, cited([c] + via)
