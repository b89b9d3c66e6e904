/*
topic: Sources and claims
question: What is not certain about this person, body or measure?
description: >
  What is hedged, alleged, planned or contested of it, of its parts and groups of its people, and of the groups to which
  it belongs, with the condition that the source sets. What is merely told as somebody's word is found by remarks-on.
parameters:
  about: {type: entity, required: true, description: "Id of any entity.", example: ice}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
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
  resolved: With `resolve`, the judgements that lead to what the row is about, each its verdict and what it leads to.
*/
MATCH (x:Entity {id: $about}) WHERE live(x)
belonging(x)
MATCH (t)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE after(c.id) AND holds(c) AND (c.status IN ['alleged', 'hedged', 'planned'] OR standing(c) = 'disputed')
WITH c, reduce(all = [], way IN collect(via) | all + way) AS via, collect(verdicts) AS verdicts
RETURN c.id AS key, statement(c), c.condition AS condition, told(verdicts) AS resolved, cited([c] + via)
