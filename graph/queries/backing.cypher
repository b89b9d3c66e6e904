/*
topic: Sources and claims
question: What backs or contradicts this claim, and from whom?
description: >
  Each claim that bears on it, itself first of all, with each document that says so: what supports, disputes, corrects
  or supersedes it, what it contests itself, and what other documents say in the same relation of the same two, or of
  what judgements hold to be the same, which are cited then.
parameters:
  id: {type: claim, required: true, description: "Id of a claim.", example: c-17212859340cbff8}
every_standing: true
columns:
  bears: supports, disputes, corrects, supersedes, is-contested (by the claim asked about) or same-elsewhere.
  subject_id: Id of the subject of the claim that bears on it.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  document_id: Id of the document that says so.
  document: Its name.
  publisher: Who published it.
  voice_id: Id of who says so; empty where the document says so itself.
  voice: Name of who says so.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim {id: $id}) WHERE holds(c)
CALL (c) {
  RETURN 'supports' AS bears, c AS x, [] AS way
  UNION ALL
  challenging(c) WHERE holds(x)
  RETURN toLower(type(r)) AS bears, x, [] AS way
  UNION ALL
  MATCH (c)-[:DISPUTES|CORRECTS|SUPERSEDES]->(x:Claim) WHERE holds(x)
  RETURN 'is-contested' AS bears, x, [] AS way
  UNION ALL
  WITH c, alike(c.subject) AS subjects, alike(c.object) AS objects
  UNWIND subjects AS one
  UNWIND objects AS two
  MATCH (x:Claim {outgoing: one.id + ' ' + c.relation})
  WHERE (x.object = two.id OR x.value = c.value AND coalesce(x.unit, '') = coalesce(c.unit, ''))
    AND holds(x) AND NOT EXISTS { MATCH (c)-[:DISPUTES|CORRECTS|SUPERSEDES]-(x) }
  RETURN 'same-elsewhere' AS bears, x, one.way + two.way AS way
}
MATCH (x)-[said:EVIDENCED_BY]->(d:Entity)
WHERE known(said) AND (bears <> 'same-elsewhere' OR NOT EXISTS { MATCH (c)-[own:EVIDENCED_BY]->(d) WHERE known(own) })
WITH c, x, bears, d, reduce(all = [], way IN collect(way) | all + way) AS via, bears + ' ' + x.id + ' ' + d.id AS key
WHERE after(key)
RETURN key, bears, statement(x), d.id AS document_id, d.name AS document, d.publisher AS publisher,
       x.attributed_to AS voice_id, speaker(x) AS voice, cited([x, c] + via)
