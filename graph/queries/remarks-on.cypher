/*
topic: People and groups
question: What was said about this measure, person or body?
description: >
  Remarks whose topic it is, with the speaker and the words; and what somebody else than the document says of it.
parameters:
  about: {type: entity, required: true, description: "Id of any entity.", example: maryland-police-cooperation-bill}
columns:
  speaker_id: Id of the speaker.
  speaker: Name of the speaker.
  remark_id: Id of the remark; empty for a claim that somebody makes.
  remark: What the remark is about or the claim says, in neutral words.
  relation: SAID, or the relation of the claim.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (b:Claim {incoming: $about + ' ABOUT'})-[:SUBJECT]->(r:Entity) WHERE holds(b)
MATCH (c:Claim {incoming: r.id + ' SAID'})-[:SUBJECT]->(s:Entity)
WHERE after(c.id) AND holds(c)
RETURN c.id AS key, s.id AS speaker_id, s.name AS speaker, r.id AS remark_id, r.name AS remark,
       c.relation AS relation, c.detail AS detail, c.status AS status, standing(c) AS standing, cited([c, b])
UNION ALL
MATCH (:Entity {id: $about})<-[:SUBJECT|OBJECT]-(c:Claim)-[:ATTRIBUTED_TO]->(s:Entity)
WHERE NOT s:Document AND after(c.id) AND holds(c)
WITH DISTINCT c, s
RETURN c.id AS key, s.id AS speaker_id, s.name AS speaker, null AS remark_id,
       coalesce(c.detail, replace(toLower(c.relation), '_', ' ')) AS remark,
       c.relation AS relation, c.detail AS detail, c.status AS status, standing(c) AS standing, cited([c])
