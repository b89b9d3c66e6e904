/*
topic: The graph
question: Which claims are there among these entities?
description: >
  Claims whose subject and object are both among the entities: what a picture of them draws. They are looked for among
  the first thousand claims that each has as subject and the first thousand as object, so that a hub costs no more.
parameters:
  id: {type: entities, required: true, description: "Ids of up to 400 entities, with commas or repeated.", example: "ice,ice-agents,zohran-mamdani,city-executive-orders"}
  new: {type: entities, required: false, description: "Only claims on one of these, which are among them: what came with them.", example: "ice-agents,zohran-mamdani"}
  relation: {type: relations, required: false, description: "Only these relations, several with commas.", example: "RESTRICTS,SIGNED"}
  source: {type: entities, required: false, description: "Only what these documents say, several with commas.", example: cities-push-back-on-ice}
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
UNWIND coalesce($new, $id) AS one
MATCH (x:Entity {id: one}) WHERE live(x)
CALL (x) {
  MATCH (x)<-[:SUBJECT]-(c:Claim) WHERE holds(c) RETURN c LIMIT 1000
  UNION ALL
  MATCH (x)<-[:OBJECT]-(c:Claim) WHERE holds(c) RETURN c LIMIT 1000
}
WITH DISTINCT c
WHERE c.subject IN $id AND c.object IN $id AND after(c.id) AND ($relation IS NULL OR c.relation IN $relation) AND ($source IS NULL OR COLLECT {
    MATCH (c)-[piece:EVIDENCED_BY]->(d:Entity) WHERE d.id IN $source AND known(piece) RETURN true LIMIT 1
  } <> [])
RETURN c.id AS key, statement(c)
