/*
topic: The graph
question: How many claims has this entity, by relation and direction?
description: >
  For each relation that it has as subject or as object, how many claims there are, counted to a thousand, with up to
  three of them; so that nobody need fetch a hub to see what it is linked by.
parameters:
  id: {type: entity, required: true, description: "Id of any entity.", example: ice}
columns:
  relation: Relation, read from subject to object.
  direction: Whether the entity is the subject or the object.
  known: Number of claims; 1000 where there are as many or more.
*/
UNWIND $relations AS relation
CALL (relation) {
  MATCH (c:Claim {outgoing: $id + ' ' + relation}) WHERE holds(c)
  WITH c LIMIT 1000
  WITH c ORDER BY c.id
  RETURN 'subject' AS direction, collect(c) AS found
  UNION ALL
  MATCH (c:Claim {incoming: $id + ' ' + relation}) WHERE holds(c)
  WITH c LIMIT 1000
  WITH c ORDER BY c.id
  RETURN 'object' AS direction, collect(c) AS found
}
WITH relation, direction, found, relation + ' ' + direction AS key
WHERE found <> [] AND after(key)
RETURN key, relation, direction, size(found) AS known, cited(found[..3])
