/*
topic: Sources and claims
question: What does this claim say, and on whose word?
description: >
  One claim with its evidence, whatever its status.
parameters:
  id: {type: claim, required: true, description: "Id of a claim.", example: c-3957fa2c8029ceb4}
not_found: true
every_status: true
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How far the claim is to be taken.
*/
MATCH (c:Claim {id: $id})
WHERE after(c.id) AND holds(c)
RETURN c.id AS key, statement(c)
