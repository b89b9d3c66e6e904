/*
topic: Sources and claims
question: What is not certain about this person, body or measure?
description: >
  What is hedged, alleged, planned or contested of it, of its parts and groups of its people, and of the groups to which
  it belongs, with the condition that the source sets. What is merely told as somebody's word is found by remarks-on.
parameters:
  about: {type: entity, required: true, description: "Id of any entity.", example: ice}
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  condition: Under which condition, if the source sets one.
*/
MATCH (x:Entity {id: $about}) WHERE live(x)
belonging(x)
MATCH (t)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE after(c.id) AND holds(c) AND (c.status IN ['alleged', 'hedged', 'planned'] OR standing(c) = 'disputed')
WITH c, reduce(all = [], way IN collect(via) | all + way) AS via
RETURN c.id AS key, statement(c), c.condition AS condition, cited([c] + via)
