/*
topic: Sources and claims
question: What does this document support?
description: >
  Every claim that has evidence in the document: what would fall if it were withdrawn.
parameters:
  document: {type: entity, kinds: [Document], required: true, description: "Id of a document.", example: cities-push-back-on-ice}
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
MATCH (s:Statement)-[:STATES]->(c:Claim)
WHERE seek(s.by_document, $document) AND holds(c) AND known(s)
RETURN s.by_document AS key, statement(c)
