/*
topic: Measures
question: Who has authority to do what, and on whose word?
description: >
  Powers that somebody is said to have, with who says so. With `of` those of this person, body, territory or group, of
  a part of it, a group of its people, or a group to which it belongs.
parameters:
  of: {type: entity, required: false, description: "Id of a person, body, territory or group.", example: ice-agents}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
columns:
  subject_id: Id of the subject.
  subject: Its name.
  authority: What it may do.
  condition: Under which condition, if the source sets one.
  speaker_id: Id of the speaker; empty where the document says so itself.
  speaker: Name of the speaker.
  until: End, if the source gives one.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, the judgements that lead to what the row is about, each its verdict and what it leads to.
*/
MATCH (c:Claim)-[:SUBJECT]->(t:Entity)
WHERE seek(c.by_relation, 'HAS_AUTHORITY') AND holds(c)
RETURN c.by_relation AS key, t.id AS subject_id, t.name AS subject, toString(c.value) AS authority,
       c.condition AS condition, c.attributed_to AS speaker_id, speaker(c) AS speaker,
       c.valid_to AS until, c.status AS status, standing(c) AS standing, [] AS resolved

// with of
MATCH (x:Entity {id: $of}) WHERE live(x)
belonging(x)
MATCH (c:Claim {outgoing: t.id + ' HAS_AUTHORITY'})
WHERE after(c.by_subject) AND holds(c)
RETURN c.by_subject AS key, t.id AS subject_id, t.name AS subject, toString(c.value) AS authority,
       c.condition AS condition, c.attributed_to AS speaker_id, speaker(c) AS speaker,
       c.valid_to AS until, c.status AS status, standing(c) AS standing,
       told([verdicts]) AS resolved, cited([c] + via)
