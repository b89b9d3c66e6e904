/*
topic: Sources and claims
question: What does this claim say, and on whose word?
description: >
  One claim with its evidence, whatever its standing.
parameters:
  id: {type: claim, required: true, description: "Id of a claim.", example: c-17212859340cbff8}
not_found: true
every_standing: true
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
MATCH (c:Claim {id: $id})
WHERE after(c.id) AND holds(c)
RETURN c.id AS key, statement(c)
UNION ALL
MATCH (x:Tombstone {key: $tombstone})
RETURN '' AS key, null AS subject_id, null AS subject, null AS relation, null AS object_id, null AS object, null AS detail, null AS status,
       null AS standing, cited([])
