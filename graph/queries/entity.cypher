/*
topic: People and groups
question: Who or what is this, and what is said of it?
description: >
  One entity with every claim in which it is subject or object; gone once it is taken down or all claims that named it are retracted.
parameters:
  id: {type: entity, required: true, description: "Id of any entity.", example: zohran-mamdani}
not_found: true
columns:
  relation: Relation of the claim.
  direction: Whether the entity is its subject or its object.
  other_id: Id of the other end; empty for a figure.
  other: Its name, or the value with its unit.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)
WHERE seek(c.by_subject, $id) AND holds(c)
RETURN c.by_subject AS key, c.relation AS relation, 'subject' AS direction, c.object AS other_id,
       coalesce([(c)-[:OBJECT]->(end:Entity) | end.name][0], figure(c)) AS other,
       c.detail AS detail, c.status AS status, standing(c) AS standing
UNION ALL
MATCH (c:Claim)
WHERE seek(c.by_object, $id) AND holds(c)
RETURN c.by_object AS key, c.relation AS relation, 'object' AS direction, c.subject AS other_id,
       [(c)-[:SUBJECT]->(end:Entity) | end.name][0] AS other, c.detail AS detail, c.status AS status, standing(c) AS standing
UNION ALL
MATCH (x:Entity {id: $id}) WHERE live(x)
RETURN '' AS key, null AS relation, null AS direction, null AS other_id, null AS other, null AS detail, null AS status, null AS standing,
       cited([]), shown(CASE WHEN gone(x) THEN [] ELSE [x] END)
UNION ALL
MATCH (x:Tombstone {key: $tombstone})
RETURN '' AS key, null AS relation, null AS direction, null AS other_id, null AS other, null AS detail, null AS status, null AS standing,
       cited([]), shown([])
