/*
topic: People and groups
question: What does this speaker or outlet say, and about what?
description: >
  Remarks of a person, body, group or outlet, one row for each of their topics, and the claims that are made in its
  name, which are about their subject and object.
parameters:
  speaker: {type: entity, required: true, description: "Id of who speaks.", example: washington-post}
columns:
  subject_id: Id of the speaker, or of the subject of the claim.
  subject: Its name.
  relation: SAID, or the relation of the claim, read from subject to object.
  object_id: Id of the remark, or of the object of the claim; empty for a figure.
  object: What the remark is about in neutral words, or the object of the claim.
  topic_id: Id of what the remark is about; empty for a claim and where no topic is known.
  topic: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  condition: Under which condition, if the source sets one.
*/
MATCH (c:Claim {outgoing: $speaker + ' SAID'})-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(r:Entity)
WHERE holds(c)
// A remark is the subject of nothing but what it is about.
OPTIONAL MATCH (r)<-[:SUBJECT]-(b:Claim)-[:OBJECT]->(t:Entity)
WHERE holds(b)
WITH s, c, r, b, t, c.id + coalesce(' ' + b.id, '') AS key
WHERE after(key)
RETURN key, s.id AS subject_id, s.name AS subject, c.relation AS relation, r.id AS object_id, r.name AS object,
       t.id AS topic_id, t.name AS topic, c.detail AS detail, c.status AS status, standing(c) AS standing,
       c.condition AS condition, cited([c] + CASE WHEN b IS NULL THEN [] ELSE [b] END)
UNION ALL
MATCH (:Entity {id: $speaker})<-[:ATTRIBUTED_TO]-(c:Claim)-[:SUBJECT]->(s:Entity)
WHERE c.attributed_to = $speaker AND after(c.id) AND holds(c)
RETURN c.id AS key, s.id AS subject_id, s.name AS subject, c.relation AS relation, c.object AS object_id,
       coalesce([(c)-[:OBJECT]->(end:Entity) | end.name][0], figure(c)) AS object,
       null AS topic_id, null AS topic, c.detail AS detail, c.status AS status, standing(c) AS standing,
       c.condition AS condition
