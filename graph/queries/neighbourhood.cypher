/*
topic: People and groups
question: What is linked to this entity?
description: >
  Claims in which it is subject or object, narrowed to one relation or one direction on request.
parameters:
  id: {type: entity, required: true, description: "Id of any entity.", example: new-york-city}
  relation: {type: relation, required: false, description: "Only this relation.", example: SERVES}
  direction: {type: direction, required: false, description: "Only claims in which it is the subject, or the object.", example: object}
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)
WHERE seek(c.by_subject, $id, $relation, $direction=subject) AND holds(c)
RETURN c.by_subject AS key, statement(c)
UNION ALL
MATCH (c:Claim)
WHERE seek(c.by_object, $id, $relation, $direction=object) AND holds(c)
RETURN c.by_object AS key, statement(c)
