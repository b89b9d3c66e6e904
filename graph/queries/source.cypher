/*
topic: Sources and claims
question: What stands where in this document, and what rests on it?
description: >
  The places of the document that claims rest on, in their order there: quotes, cells, entries, each with a claim. A
  place that carries several claims is told once for each. With `at` from this place on.
parameters:
  document: {type: entity, kinds: [Document], required: true, description: "Id of a document.", example: cities-push-back-on-ice}
  at: {type: text, description: "Place at which to begin: a character, or `path!sheet!row!column`.", example: "519"}
ranked: true
columns:
  at: The place, as `at` takes it.
  quote: The words that stand there; empty where no words are quoted.
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
WHERE onward(s.by_place, $document, $at) AND holds(c) AND known(s)
RETURN s.by_place AS key, s.at AS at, s.quote AS quote, statement(c)
