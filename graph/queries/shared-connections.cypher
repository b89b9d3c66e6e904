/*
topic: People and groups
question: What are all of these linked to?
description: >
  What a claim links to each of two to five entities, with those claims. Of each entity the first two thousand claims are
  looked at, so that of hubs some may be missed.
parameters:
  id: {type: few-entities, required: true, description: "Ids of two to five entities, with commas or repeated.", example: "boston,chicago"}
columns:
  id: Id of what they share.
  name: Its name.
  type: Its most specific type.
  known: Number of claims that link it to them.
*/
UNWIND $id AS one
MATCH (x:Entity {id: one}) WHERE live(x)
CALL (x) {
  MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim) WHERE holds(c)
  RETURN c, CASE WHEN c.subject = x.id THEN c.object ELSE c.subject END AS other LIMIT 2000
}
WITH other, collect(DISTINCT x.id) AS ends, collect(DISTINCT c) AS via
WHERE size(ends) = size($id) AND NOT other IN $id AND after(other)
MATCH (n:Entity {id: other}) WHERE live(n)
UNWIND via AS c
WITH n, c ORDER BY c.id
WITH n, collect(c) AS via
RETURN n.id AS key, n.id AS id, n.name AS name, n.type AS type, size(via) AS known, cited(via), shown([n])
