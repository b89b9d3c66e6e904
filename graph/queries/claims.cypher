/*
topic: The graph
question: Which claims does the graph hold?
description: >
  Every claim, page by page; narrowed to one relation on request.
parameters:
  relation: {type: relation, required: false, description: "Only claims of this relation.", example: ADVISES}
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
WHERE seek(c.by_relation, $relation) AND holds(c)
RETURN c.by_relation AS key, statement(c)
